#include <stdlib.h>
#include <string.h>

#include "glass.h"
#include "glass_reader.h"
#include "positions.h"
#include "stop.h"

/* A table while it is read, at a chunk of it. */
struct source {
    const struct glass_renumbered *from;
    struct pm_position_lists *lists;
    struct pm_position_chunk chunk;
    bool ended;
};

static int next_chunk(struct source *source, struct pm_error *err)
{
    int rc = pm_position_lists_next(source->lists, &source->chunk, err);
    source->ended = rc != 1;
    return rc < 0 ? -1 : 0;
}

static int open_source(struct source *source, const struct glass_renumbered *from,
                       struct pm_error *err)
{
    source->from = from;
    source->lists = pm_position_lists_open(from->path, err);
    return source->lists ? next_chunk(source, err) : -1;
}

/* The order of a key of a term, which ends with what no other has there, and that of a chunk. */
static int compare(const struct pm_buf *term, const struct source *source)
{
    struct pm_unread other = source->chunk.term;
    size_t len = (size_t)(other.end - other.at);
    int order = memcmp(term->data, other.at, term->len < len ? term->len : len);
    return order ? order : (term->len > len) - (term->len < len);
}

/* The key of the first term that a source is at: 1, 0 if all have ended, or -1. */
static int find_least(const struct source *source, size_t n, struct pm_buf *term,
                      struct pm_error *err)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (source[i].ended || (any && compare(term, &source[i]) <= 0))
            continue;
        struct pm_unread key = source[i].chunk.term;
        pm_buf_clear(term);
        pm_buf_add(term, key.at, (size_t)(key.end - key.at));
        any = true;
    }
    return term->failed ? pm_fail_nomem(err) : any;
}

/* Adds those of a chunk whose documents are in the other database. */
static int add_chunk(struct source *source, struct positions_writer *writer, struct pm_error *err)
{
    const struct glass_renumbered *from = source->from;
    struct pm_unread packed;
    bool sound;
    while (pm_position_chunk_next(&source->chunk, &packed, &sound)) {
        uint32_t docid = source->chunk.docid, to = docid <= from->last ? from->to[docid] : 0;
        if (to && positions_writer_add(writer, to, (const char *)packed.at,
                                       (size_t)(packed.end - packed.at), err))
            return -1;
    }
    return sound ? 0
                 : pm_fail(err, PM_ERR_CORRUPT, "%s/%s is damaged", from->path, PM_POSITIONS_FILE);
}

static int merge(struct source *source, size_t n, struct positions_writer *writer,
                 struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT;
    int rc;
    while ((rc = find_least(source, n, &term, err)) == 1) {
        rc = stop_check(err) ? -1 : positions_writer_begin(writer, term.data, term.len, err);
        for (size_t i = 0; !rc && i < n; i++)
            while (!rc && !source[i].ended && !compare(&term, &source[i]))
                rc = add_chunk(&source[i], writer, err) || next_chunk(&source[i], err) ? -1 : 0;
        if (rc)
            break;
    }
    pm_buf_release(&term);
    return rc;
}

int glass_merge_positions(const struct glass_renumbered *from, size_t n, const char *to,
                          struct pm_error *err)
{
    struct positions_writer *writer = positions_writer_new(to, err);
    struct source *source = calloc(n + 1, sizeof *source);
    int rc = !writer ? -1 : !source ? pm_fail_nomem(err) : 0;
    for (size_t i = 0; !rc && i < n; i++)
        rc = open_source(&source[i], &from[i], err);
    if (!rc)
        rc = merge(source, n, writer, err);
    if (!rc)
        rc = positions_writer_end(writer, err);
    for (size_t i = 0; source && i < n; i++)
        pm_position_lists_close(source[i].lists);
    free(source);
    positions_writer_free(writer);
    return rc;
}
