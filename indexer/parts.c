#include "parts.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "dead.h"
#include "disk.h"
#include "vocabulary.h"

#define PART_DOCUMENTS 500        /* more are added slower */
#define PART_BYTES     (8u << 20) /* nor should long articles fill the memory */
#define PARTS_OPEN     64         /* parts merged at once; each needs up to 6 open files */

/* A database of consecutive documents. */
struct part {
    uint32_t name;         /* of its folder */
    uint32_t first, count; /* numbers of its documents */
};

struct parts {
    char *work;
    struct part *part;
    size_t parts, parts_cap;
    size_t merged;               /* so many of the first parts are merged ones */
    uint32_t names;              /* folders named so far */
    uint32_t count;              /* documents added so far */
    struct pm_dead dropped;      /* numbers of documents that were taken out again */
    struct pm_db_writer *writer; /* of the last part, or NULL */
    size_t bytes;                /* in the last part */
};

struct parts *parts_new(const char *work, struct pm_error *err)
{
    struct parts *parts = calloc(1, sizeof *parts);
    if (!parts || !(parts->work = strdup(work))) {
        pm_fail_nomem(err);
        goto fail;
    }
    if (mkdir(work, 0777)) {
        pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", work);
        goto fail;
    }
    return parts;
fail:
    if (parts)
        free(parts->work);
    free(parts);
    return NULL;
}

void parts_free(struct parts *parts)
{
    if (!parts)
        return;
    pm_db_writer_close(parts->writer);
    disk_remove(parts->work, NULL);
    free(parts->work);
    free(parts->part);
    pm_dead_release(&parts->dropped);
    free(parts);
}

static char *part_path(const struct parts *parts, uint32_t name, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    pm_buf_addf(&path, "%s/part-%u", parts->work, name);
    char *result = pm_buf_detach(&path);
    if (!result)
        pm_fail_nomem(err);
    return result;
}

/* Appends a part to the list. */
static int push_part(struct parts *parts, struct part part, struct pm_error *err)
{
    if (parts->parts == parts->parts_cap) {
        size_t cap = parts->parts_cap ? parts->parts_cap * 2 : 16;
        struct part *grown = realloc(parts->part, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        parts->part = grown;
        parts->parts_cap = cap;
    }
    parts->part[parts->parts++] = part;
    return 0;
}

/* Merges `n` parts from the one at `first` on into the database `to`. */
static int merge(struct parts *parts, size_t first, size_t n, const char *to, struct pm_error *err)
{
    int rc = -1;
    const struct part *part = parts->part + first;
    char **path = calloc(n, sizeof *path);
    if (!path)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (!(path[i] = part_path(parts, part[i].name, err)))
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
static int merge_parts(struct parts *parts, size_t first, size_t n, struct pm_error *err)
{
    struct part *part = parts->part + first;
    struct part merged = {parts->names, part->first, 0};
    for (size_t i = 0; i < n; i++)
        merged.count += part[i].count;
    char *to = part_path(parts, merged.name, err);
    int rc = to ? merge(parts, first, n, to, err) : -1;
    free(to);
    if (rc)
        return -1;
    parts->names++;
    *part = merged;
    memmove(part + 1, part + n, (parts->parts - first - n) * sizeof *part);
    parts->parts -= n - 1;
    return 0;
}

/* Keeps the number of parts small: two levels, so that no document is copied often. */
static int limit_parts(struct parts *parts, struct pm_error *err)
{
    if (parts->parts - parts->merged < PARTS_OPEN)
        return 0;
    if (merge_parts(parts, parts->merged, PARTS_OPEN, err))
        return -1;
    parts->merged++;
    if (parts->merged < PARTS_OPEN)
        return 0;
    if (merge_parts(parts, 0, parts->merged, err))
        return -1;
    parts->merged = 1;
    return 0;
}

/* Commits the last part and closes it. */
static int close_part(struct parts *parts, struct pm_error *err)
{
    if (!parts->writer)
        return 0;
    int rc = pm_db_writer_commit(parts->writer, err);
    pm_db_writer_close(parts->writer);
    parts->writer = NULL;
    parts->bytes = 0;
    return rc;
}

static int open_part(struct parts *parts, struct pm_error *err)
{
    if (limit_parts(parts, err))
        return -1;
    char *path = part_path(parts, parts->names, err);
    if (!path)
        return -1;
    parts->writer = pm_db_writer_open(path, false, err);
    free(path);
    if (!parts->writer)
        return -1;
    return push_part(parts, (struct part){parts->names++, parts->count, 0}, err);
}

int parts_add(struct parts *parts, struct pm_db_doc *doc, size_t bytes, struct pm_error *err)
{
    uint32_t docid;
    if (!parts->writer && open_part(parts, err))
        return -1;
    struct part *part = &parts->part[parts->parts - 1];
    if (pm_db_writer_add(parts->writer, doc, &docid, err))
        return -1;
    parts->count++;
    part->count++;
    parts->bytes += bytes;
    if (part->count >= PART_DOCUMENTS || parts->bytes >= PART_BYTES)
        return close_part(parts, err);
    return 0;
}

int parts_drop(struct parts *parts, uint32_t number, struct pm_error *err)
{
    return pm_dead_add(&parts->dropped, number, err);
}

static struct pm_db_writer *open_again(const struct parts *parts, const struct part *part,
                                       struct pm_error *err)
{
    char *path = part_path(parts, part->name, err);
    struct pm_db_writer *writer = path ? pm_db_writer_open(path, true, err) : NULL;
    free(path);
    return writer;
}

/* Deletes from one part what was dropped of it.  Document ids in a part count from 1. */
static int apply_drops(struct parts *parts, const struct part *part, struct pm_error *err)
{
    struct pm_db_writer *writer = NULL;
    int rc = 0;
    for (size_t i = 0; !rc && i < parts->dropped.len; i++) {
        uint32_t number = parts->dropped.number[i];
        if (number < part->first || number - part->first >= part->count)
            continue;
        if (!writer && !(writer = open_again(parts, part, err)))
            return -1;
        rc = pm_db_writer_delete(writer, number - part->first + 1, err);
    }
    if (!rc && writer)
        rc = pm_db_writer_commit(writer, err);
    pm_db_writer_close(writer);
    return rc;
}

/* Gives the list of words to the last part, and so to what all of them become. */
static int set_words(const struct parts *parts, const struct pm_buf *words, struct pm_error *err)
{
    struct pm_db_writer *writer = open_again(parts, &parts->part[parts->parts - 1], err);
    int rc = !writer ||
                     pm_db_writer_set_metadata(writer, PM_VOCABULARY_KEY, words->data, words->len,
                                               err) ||
                     pm_db_writer_commit(writer, err)
                 ? -1
                 : 0;
    pm_db_writer_close(writer);
    return rc;
}

int parts_finish(struct parts *parts, const struct pm_buf *words, const char *path,
                 struct pm_error *err)
{
    if (close_part(parts, err) || (words->len && set_words(parts, words, err)))
        return -1;
    for (size_t i = 0; i < parts->parts; i++)
        if (apply_drops(parts, &parts->part[i], err))
            return -1;
    if (parts->parts > PARTS_OPEN &&
        merge_parts(parts, parts->merged, parts->parts - parts->merged, err))
        return -1;
    return merge(parts, 0, parts->parts, path, err);
}
