#include "posting_list.h"

#include <stdlib.h>

#include "chunk.h"
#include "varint.h"

void pm_posting_list_close(struct pm_posting_list *list)
{
    pm_table_cursor_release(&list->cursor);
    pm_buf_release(&list->key);
    free(list->docid);
    free(list->wdf);
    *list = (struct pm_posting_list){0};
}

static int damaged(const struct pm_posting_list *list, struct pm_error *err)
{
    return pm_block_damaged(&list->cursor.table->cache, err);
}

static int make_room(struct pm_posting_list *list, size_t room, struct pm_error *err)
{
    if (room <= list->cap)
        return 0;
    uint32_t *docid = reallocarray(list->docid, room, sizeof *docid);
    if (docid)
        list->docid = docid;
    uint32_t *wdf = reallocarray(list->wdf, room, sizeof *wdf);
    if (wdf)
        list->wdf = wdf;
    if (!docid || !wdf)
        return pm_fail_nomem(err);
    list->cap = room;
    return 0;
}

/* The chunk from the mark of the last one on; `first` is its first document. */
static int read_chunk(struct pm_posting_list *list, uint32_t first, struct pm_unread from,
                      struct pm_error *err)
{
    uint32_t span, gap;
    uint64_t docid = first;
    size_t n = 0;
    if (from.at == from.end || (*from.at != '0' && *from.at != '1'))
        return damaged(list, err);
    list->ends = *from.at++ == '1';
    /* A document takes two bytes at least, the first one of them. */
    if (!pm_varint32(&from, &span) || first > UINT32_MAX - span || !first)
        return damaged(list, err);
    if (make_room(list, (size_t)(from.end - from.at) / 2 + 1, err))
        return -1;
    uint32_t *docids = list->docid, *wdfs = list->wdf;
    docids[n] = first;
    if (!pm_varint32(&from, &wdfs[n++]))
        return damaged(list, err);
    for (; from.at < from.end; n++) {
        if (from.end - from.at > 1 && (from.at[0] | from.at[1]) < 0x80) { /* most are like this */
            gap = *from.at++;
            wdfs[n] = *from.at++;
        } else if (!pm_varint32(&from, &gap) || !pm_varint32(&from, &wdfs[n])) {
            return damaged(list, err);
        }
        docid += (uint64_t)gap + 1; /* none is behind the last, which is looked at below */
        docids[n] = (uint32_t)docid;
    }
    list->len = n;
    list->last = (uint32_t)docid;
    return docid == (uint64_t)first + span ? 0 : damaged(list, err);
}

/* The first chunk, at the cursor. */
static int read_first(struct pm_posting_list *list, struct pm_error *err)
{
    struct pm_bytes tag;
    uint32_t before;
    if (pm_table_tag(&list->cursor, &tag, err))
        return -1;
    struct pm_unread from = {tag.data, tag.data + tag.len};
    if (!pm_varint32(&from, &list->documents) || !pm_varint(&from, &list->occurrences) ||
        !pm_varint32(&from, &before) || before == UINT32_MAX)
        return damaged(list, err);
    return read_chunk(list, before + 1, from, err);
}

/* A chunk behind the one at hand, at the cursor. */
static int read_later(struct pm_posting_list *list, struct pm_error *err)
{
    struct pm_bytes tag;
    uint32_t first = pm_chunk_first(&list->cursor, &list->key);
    if (first <= list->last)
        return damaged(list, err);
    if (pm_table_tag(&list->cursor, &tag, err))
        return -1;
    return read_chunk(list, first, (struct pm_unread){tag.data, tag.data + tag.len}, err);
}

int pm_posting_list_open(struct pm_posting_list *list, struct pm_table *table,
                         const struct pm_buf *key, const struct pm_buf *more, struct pm_error *err)
{
    *list = (struct pm_posting_list){.cursor = {.table = table}};
    pm_buf_add(&list->key, pm_buf_str(more), more->len);
    if (key->failed || more->failed || list->key.failed)
        return pm_fail_nomem(err);
    int rc = pm_table_seek(&list->cursor, key->data, key->len, err);
    return rc == 1 && read_first(list, err) ? -1 : rc;
}

int pm_posting_list_next(struct pm_posting_list *list, struct pm_error *err)
{
    if (list->ends)
        return 0;
    int rc = pm_table_next(&list->cursor, err);
    if (rc <= 0)
        return rc ? rc : damaged(list, err);
    return read_later(list, err) ? -1 : 1;
}

int pm_posting_list_seek(struct pm_posting_list *list, uint32_t docid, struct pm_error *err)
{
    if (docid <= list->last)
        return 1;
    if (list->ends)
        return 0;
    int rc = pm_chunk_seek(&list->cursor, &list->key, docid, err);
    if (rc < 0)
        return -1;
    /* Where the document would stand may be the chunk at hand; then it is behind that. */
    if (pm_chunk_first(&list->cursor, &list->key) > list->last && read_later(list, err))
        return -1;
    for (rc = 1; rc == 1 && list->last < docid;)
        rc = pm_posting_list_next(list, err);
    return rc;
}
