#include "segment.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "buf.h"
#include "disk.h"
#include "glass.h"
#include "parts.h"

struct segment {
    struct parts *parts; /* libxapian writes; or NULL, and */
    struct glass *glass;
    char *work;
    bool fallback;
    uint32_t count, dropped; /* documents added, and taken out again */
    struct pm_word_counts *words;
    struct pm_buf *list; /* of words, counted until the memory was full */
    size_t lists;
};

/* Has libxapian make an empty database, and looks whether that is what we would write. */
static int bulk_is_possible(const char *work, struct pm_error *err)
{
    char *path = disk_join(work, "empty", err);
    struct pm_db_writer *writer = path ? pm_db_writer_open(path, false, err) : NULL;
    int rc = writer ? pm_db_writer_commit(writer, err) : -1;
    pm_db_writer_close(writer);
    if (!rc)
        rc = glass_is_format_of(path, err);
    if (rc >= 0 && disk_remove(path, err))
        rc = -1;
    free(path);
    return rc;
}

/* The folder, and the bulk writer in it if that is possible. */
static int start(struct segment *segment, const struct segment_options *options,
                 struct pm_error *err)
{
    struct glass_options how = {.memory = (size_t)options->memory};
    if (mkdir(segment->work, 0777))
        return pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", segment->work);
    int possible = options->api ? 0 : bulk_is_possible(segment->work, err);
    if (possible < 0)
        return -1;
    if (possible) {
        segment->words = pm_word_counts_new(err);
        segment->glass = segment->words ? glass_new(segment->work, &how, err) : NULL;
        return segment->glass ? 0 : -1;
    }
    segment->fallback = !options->api;
    char *path = disk_join(segment->work, "parts", err);
    segment->parts = path ? parts_new(path, err) : NULL;
    free(path);
    return segment->parts ? 0 : -1;
}

struct segment *segment_new(const char *work, const struct segment_options *options,
                            struct pm_error *err)
{
    struct segment *segment = calloc(1, sizeof *segment);
    if (!segment || !(segment->work = strdup(work))) {
        pm_fail_nomem(err);
        free(segment);
        return NULL;
    }
    if (start(segment, options, err)) {
        segment_free(segment);
        return NULL;
    }
    return segment;
}

void segment_free(struct segment *segment)
{
    if (!segment)
        return;
    parts_free(segment->parts);
    glass_free(segment->glass);
    disk_remove(segment->work, NULL);
    pm_word_counts_free(segment->words);
    for (size_t i = 0; i < segment->lists; i++)
        pm_buf_release(&segment->list[i]);
    free(segment->list);
    free(segment->work);
    free(segment);
}

bool segment_is_fallback(const struct segment *segment)
{
    return segment->fallback;
}

struct pm_word_counts *segment_words(struct segment *segment)
{
    return segment->parts ? parts_words(segment->parts) : segment->words;
}

uint32_t segment_len(const struct segment *segment)
{
    return segment->parts ? parts_len(segment->parts) : segment->count - segment->dropped;
}

/* Makes a list of the words counted so far, which takes far less memory. */
static int list_words(struct segment *segment, struct pm_error *err)
{
    struct pm_buf *grown = pm_array_room(segment->list, segment->lists, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    segment->list = grown;
    segment->list[segment->lists] = (struct pm_buf)PM_BUF_INIT;
    return pm_word_counts_format(segment->words, &segment->list[segment->lists++], err);
}

int segment_add(struct segment *segment, struct pm_db_doc *doc, size_t bytes, uint32_t *number,
                struct pm_error *err)
{
    if (segment->parts)
        return parts_add(segment->parts, doc, bytes, number, err);
    size_t runs = glass_runs(segment->glass);
    if (glass_add(segment->glass, doc, segment->count + 1, err))
        return -1;
    *number = segment->count++;
    return glass_runs(segment->glass) > runs ? list_words(segment, err) : 0;
}

int segment_drop(struct segment *segment, uint32_t number, struct pm_error *err)
{
    if (segment->parts)
        return parts_drop(segment->parts, number, err);
    segment->dropped++;
    return glass_drop(segment->glass, number + 1, err);
}

/* Gives the database the list of its words. */
static int set_words(struct segment *segment, struct pm_error *err)
{
    struct pm_buf merged = PM_BUF_INIT;
    int rc = list_words(segment, err);
    struct pm_db_bytes *list = calloc(segment->lists + 1, sizeof *list);
    if (!list)
        rc = pm_fail_nomem(err);
    for (size_t i = 0; list && i < segment->lists; i++)
        list[i] = (struct pm_db_bytes){segment->list[i].data, segment->list[i].len};
    if (!rc)
        rc = pm_vocabulary_merge(PM_VOCABULARY_KEY, list, segment->lists, &merged, err);
    if (!rc && merged.failed)
        rc = pm_fail_nomem(err);
    if (!rc && merged.len)
        rc = glass_set_metadata(segment->glass, PM_VOCABULARY_KEY, merged.data, merged.len, err);
    free(list);
    pm_buf_release(&merged);
    return rc;
}

int segment_finish(struct segment *segment, const char *path, struct pm_error *err)
{
    if (segment->parts)
        return parts_finish(segment->parts, path, err);
    return set_words(segment, err) ? -1 : glass_finish(segment->glass, path, err);
}
