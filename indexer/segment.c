#include "segment.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "carry.h"
#include "db.h"
#include "disk.h"
#include "glass.h"
#include "parts.h"
#include "vocabulary.h"

struct segment {
    struct glass *glass;
    struct parts *parts; /* libxapian writes, and `glass` but the positions; or NULL */
    char *work;
    bool fallback;
    uint32_t count, dropped; /* documents added, and taken out again */
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
    struct glass_options how = {.memory = (size_t)options->memory, .threads = options->threads};
    if (mkdir(segment->work, 0777))
        return pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", segment->work);
    int possible = options->api ? 0 : bulk_is_possible(segment->work, err);
    if (possible < 0 || !(segment->glass = glass_new(segment->work, &how, err)))
        return -1;
    if (possible)
        return 0;
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
    free(segment->work);
    free(segment);
}

bool segment_wants_docs(const struct segment *segment)
{
    return segment->parts;
}

bool segment_is_fallback(const struct segment *segment)
{
    return segment->fallback;
}

uint32_t segment_len(const struct segment *segment)
{
    return segment->count - segment->dropped;
}

int segment_invert(struct segment *segment, size_t thread, struct pm_db_doc *doc, uint32_t number,
                   struct pm_error *err)
{
    return glass_invert(segment->glass, thread, doc, number + 1, err);
}

int segment_add(struct segment *segment, const struct document *document, struct pm_error *err)
{
    if ((segment->parts && parts_add(segment->parts, document->doc, document->data.len, err)) ||
        glass_add(segment->glass, &document->packed, segment->count + 1, err))
        return -1;
    segment->count++;
    return 0;
}

int segment_drop(struct segment *segment, uint32_t number, struct pm_error *err)
{
    if (segment->parts && parts_drop(segment->parts, number, err))
        return -1;
    segment->dropped++;
    return glass_drop(segment->glass, number + 1, err);
}

/* Has libxapian write the database, and gives it the positions of the one that we write. */
static int finish_parts(struct segment *segment, const struct pm_buf *words, const char *path,
                        struct pm_error *err)
{
    char *bulk = disk_join(segment->work, "bulk", err);
    const struct part_alive from = {.path = bulk};
    int rc = !bulk || parts_finish(segment->parts, words, path, err) ||
                     glass_finish(segment->glass, bulk, err) || carry_positions(&from, 1, path, err)
                 ? -1
                 : 0;
    free(bulk);
    return rc;
}

int segment_finish(struct segment *segment, const struct pm_buf *words, const char *path,
                   struct pm_error *err)
{
    if (segment->parts)
        return finish_parts(segment, words, path, err);
    return (words->len &&
            glass_set_metadata(segment->glass, PM_VOCABULARY_KEY, words->data, words->len, err)) ||
                   glass_finish(segment->glass, path, err)
               ? -1
               : 0;
}
