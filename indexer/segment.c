#include "segment.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "dead.h"
#include "disk.h"

#define PART_DOCUMENTS 500        /* more are added slower */
#define PART_BYTES     (8u << 20) /* nor should long articles fill the memory */
#define PARTS_OPEN     64         /* parts merged at once; each needs up to 6 open files */

/* A database of consecutive documents. */
struct part {
    uint32_t name;         /* of its folder */
    uint32_t first, count; /* numbers of its documents */
};

struct segment {
    char *work;
    struct part *part;
    size_t parts, parts_cap;
    size_t merged;                /* so many of the first parts are merged ones */
    uint32_t names;               /* folders named so far */
    uint32_t count;               /* documents added so far */
    struct pm_dead dropped;       /* numbers of documents that were taken out again */
    struct pm_db_writer *writer;  /* of the last part, or NULL */
    struct pm_word_counts *words; /* of the last part */
    size_t bytes;                 /* in the last part */
};

struct segment *segment_new(const char *work, struct pm_error *err)
{
    struct segment *segment = calloc(1, sizeof *segment);
    if (!segment || !(segment->work = strdup(work))) {
        pm_fail_nomem(err);
        goto fail;
    }
    if (!(segment->words = pm_word_counts_new(err)))
        goto fail;
    if (mkdir(work, 0777)) {
        pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", work);
        goto fail;
    }
    return segment;
fail:
    if (segment) {
        pm_word_counts_free(segment->words);
        free(segment->work);
    }
    free(segment);
    return NULL;
}

void segment_free(struct segment *segment)
{
    if (!segment)
        return;
    pm_db_writer_close(segment->writer);
    disk_remove(segment->work, NULL);
    pm_word_counts_free(segment->words);
    free(segment->work);
    free(segment->part);
    pm_dead_release(&segment->dropped);
    free(segment);
}

uint32_t segment_len(const struct segment *segment)
{
    return segment->count - (uint32_t)segment->dropped.len;
}

static char *part_path(const struct segment *segment, uint32_t name, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    pm_buf_addf(&path, "%s/part-%u", segment->work, name);
    char *result = pm_buf_detach(&path);
    if (!result)
        pm_fail_nomem(err);
    return result;
}

/* Appends a part to the list. */
static int push_part(struct segment *segment, struct part part, struct pm_error *err)
{
    if (segment->parts == segment->parts_cap) {
        size_t cap = segment->parts_cap ? segment->parts_cap * 2 : 16;
        struct part *grown = realloc(segment->part, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        segment->part = grown;
        segment->parts_cap = cap;
    }
    segment->part[segment->parts++] = part;
    return 0;
}

/* Merges `n` parts from the one at `first` on into the database `to`. */
static int merge(struct segment *segment, size_t first, size_t n, const char *to,
                 struct pm_error *err)
{
    int rc = -1;
    const struct part *part = segment->part + first;
    char **path = calloc(n, sizeof *path);
    if (!path)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!(path[i] = part_path(segment, part[i].name, err)))
            goto out;
    rc = pm_db_compact((const char *const *)path, n, to, pm_vocabulary_merge, err);
    for (size_t i = 0; !rc && i < n; i++)
        rc = disk_remove(path[i], err);
out:
    for (size_t i = 0; i < n; i++)
        free(path[i]);
    free(path);
    return rc;
}

/* Replaces `n` parts from the one at `first` on by one. */
static int merge_parts(struct segment *segment, size_t first, size_t n, struct pm_error *err)
{
    struct part *part = segment->part + first;
    struct part merged = {segment->names, part->first, 0};
    for (size_t i = 0; i < n; i++)
        merged.count += part[i].count;
    char *to = part_path(segment, merged.name, err);
    int rc = to ? merge(segment, first, n, to, err) : -1;
    free(to);
    if (rc)
        return -1;
    segment->names++;
    *part = merged;
    memmove(part + 1, part + n, (segment->parts - first - n) * sizeof *part);
    segment->parts -= n - 1;
    return 0;
}

/* Keeps the number of parts small: two levels, so that no document is copied often. */
static int limit_parts(struct segment *segment, struct pm_error *err)
{
    if (segment->parts - segment->merged < PARTS_OPEN)
        return 0;
    if (merge_parts(segment, segment->merged, PARTS_OPEN, err))
        return -1;
    segment->merged++;
    if (segment->merged < PARTS_OPEN)
        return 0;
    if (merge_parts(segment, 0, segment->merged, err))
        return -1;
    segment->merged = 1;
    return 0;
}

/* Gives the last part the list of its words. */
static int set_words(struct segment *segment, struct pm_error *err)
{
    struct pm_buf list = PM_BUF_INIT;
    int rc = pm_word_counts_format(segment->words, &list, err);
    if (!rc)
        rc =
            pm_db_writer_set_metadata(segment->writer, PM_VOCABULARY_KEY, list.data, list.len, err);
    pm_buf_release(&list);
    return rc;
}

/* Commits the last part and closes it. */
static int close_part(struct segment *segment, struct pm_error *err)
{
    if (!segment->writer)
        return 0;
    int rc = set_words(segment, err);
    if (!rc)
        rc = pm_db_writer_commit(segment->writer, err);
    pm_db_writer_close(segment->writer);
    segment->writer = NULL;
    segment->bytes = 0;
    return rc;
}

static int open_part(struct segment *segment, struct pm_error *err)
{
    if (limit_parts(segment, err))
        return -1;
    char *path = part_path(segment, segment->names, err);
    if (!path)
        return -1;
    segment->writer = pm_db_writer_open(path, false, err);
    free(path);
    if (!segment->writer)
        return -1;
    return push_part(segment, (struct part){segment->names++, segment->count, 0}, err);
}

struct pm_word_counts *segment_words(struct segment *segment)
{
    return segment->words;
}

int segment_add(struct segment *segment, const struct pm_db_doc *doc, size_t bytes,
                uint32_t *number, struct pm_error *err)
{
    uint32_t docid;
    if (!segment->writer && open_part(segment, err))
        return -1;
    struct part *part = &segment->part[segment->parts - 1];
    if (pm_db_writer_add(segment->writer, doc, &docid, err))
        return -1;
    *number = segment->count++;
    part->count++;
    segment->bytes += bytes;
    if (part->count >= PART_DOCUMENTS || segment->bytes >= PART_BYTES)
        return close_part(segment, err);
    return 0;
}

int segment_drop(struct segment *segment, uint32_t number, struct pm_error *err)
{
    return pm_dead_add(&segment->dropped, number, err);
}

/* Deletes from one part what was dropped of it.  Document ids in a part count from 1. */
static int apply_drops(struct segment *segment, const struct part *part, struct pm_error *err)
{
    struct pm_db_writer *writer = NULL;
    int rc = 0;
    for (size_t i = 0; !rc && i < segment->dropped.len; i++) {
        uint32_t number = segment->dropped.number[i];
        if (number < part->first || number - part->first >= part->count)
            continue;
        if (!writer) {
            char *path = part_path(segment, part->name, err);
            writer = path ? pm_db_writer_open(path, true, err) : NULL;
            free(path);
            if (!writer)
                return -1;
        }
        rc = pm_db_writer_delete(writer, number - part->first + 1, err);
    }
    if (!rc && writer)
        rc = pm_db_writer_commit(writer, err);
    pm_db_writer_close(writer);
    return rc;
}

int segment_finish(struct segment *segment, const char *path, struct pm_error *err)
{
    if (close_part(segment, err))
        return -1;
    for (size_t i = 0; i < segment->parts; i++)
        if (apply_drops(segment, &segment->part[i], err))
            return -1;
    if (segment->parts > PARTS_OPEN &&
        merge_parts(segment, segment->merged, segment->parts - segment->merged, err))
        return -1;
    return merge(segment, 0, segment->parts, path, err);
}
