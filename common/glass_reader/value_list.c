#include "value_list.h"

#include "chunk.h"
#include "pack.h"

int pm_value_list_open(struct pm_value_list *list, struct pm_table *table, uint32_t slot,
                       struct pm_error *err)
{
    *list = (struct pm_value_list){.cursor = {.table = table}};
    pm_buf_add(&list->key, "\0\xd8", 2);
    pm_pack_varint(&list->key, slot);
    return list->key.failed ? pm_fail_nomem(err) : 0;
}

void pm_value_list_close(struct pm_value_list *list)
{
    pm_table_cursor_release(&list->cursor);
    pm_buf_release(&list->key);
    *list = (struct pm_value_list){0};
}

static int damaged(const struct pm_value_list *list, struct pm_error *err)
{
    return pm_block_damaged(&list->cursor.table->cache, err);
}

static int read_value(struct pm_value_list *list, struct pm_error *err)
{
    uint64_t len;
    if (!pm_varint(&list->chunk, &len) || len > (uint64_t)(list->chunk.end - list->chunk.at))
        return damaged(list, err);
    list->value = (struct pm_bytes){list->chunk.at, len};
    list->chunk.at += len;
    return 1;
}

/* The first value of the chunk at the cursor: 1, 0 if it is of another slot, or -1. */
static int enter_chunk(struct pm_value_list *list, struct pm_error *err)
{
    struct pm_bytes tag;
    uint32_t first = pm_chunk_first(&list->cursor, &list->key);
    if (first <= list->docid)
        return first ? damaged(list, err) : 0;
    if (pm_table_tag(&list->cursor, &tag, err))
        return -1;
    list->docid = first;
    list->chunk = (struct pm_unread){tag.data, tag.data + tag.len};
    return read_value(list, err);
}

static int next(struct pm_value_list *list, struct pm_error *err)
{
    uint32_t gap;
    if (list->chunk.at == list->chunk.end) {
        int rc = pm_table_next(&list->cursor, err);
        return rc == 1 ? enter_chunk(list, err) : rc;
    }
    if (!pm_varint32(&list->chunk, &gap) || gap >= UINT32_MAX - list->docid)
        return damaged(list, err);
    list->docid += gap + 1;
    return read_value(list, err);
}

/* On, to the chunk that may have the document if that is another one: 1, 0 at the end, or -1. */
static int find_chunk(struct pm_value_list *list, uint32_t docid, struct pm_error *err)
{
    if (pm_chunk_seek(&list->cursor, &list->key, docid, err) < 0)
        return -1;
    if (pm_chunk_first(&list->cursor, &list->key) > list->docid)
        return enter_chunk(list, err);
    return next(list, err); /* in the chunk at hand, or the first one */
}

#define FAR 500 /* documents, about what a chunk has */

int pm_value_list_seek(struct pm_value_list *list, uint32_t docid, struct pm_error *err)
{
    int rc = 1;
    if (list->ended)
        return 0;
    if (!list->docid || (docid > list->docid && docid - list->docid > FAR))
        rc = find_chunk(list, docid, err);
    while (rc == 1 && list->docid < docid)
        rc = next(list, err);
    list->ended = rc == 0;
    return rc;
}
