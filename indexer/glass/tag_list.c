#include "tag_list.h"

#include "pack.h"

enum { DEFLATED = 1, SECOND = 2 };

int tag_list_init(struct tag_list *list, const char *folder, const char *name, struct pm_error *err)
{
    *list = (struct tag_list){0};
    return spool_init(&list->file, folder, name, err);
}

void tag_list_release(struct tag_list *list)
{
    spool_release(&list->file);
}

int tag_list_add(struct tag_list *list, uint32_t docid, bool second, const struct pm_buf *tag,
                 bool deflated, struct pm_error *err)
{
    uint64_t gap = docid - list->last, flags = (deflated ? DEFLATED : 0) | (second ? SECOND : 0);
    list->last = docid;
    return spool_add_varint(&list->file, gap, err) || spool_add_varint(&list->file, flags, err) ||
                   spool_add_varint(&list->file, tag->len, err) ||
                   spool_add(&list->file, tag->data, tag->len, err)
               ? -1
               : 0;
}

int tag_list_write(struct tag_list *list, struct table *table, const struct pm_dead *dropped,
                   struct pm_error *err)
{
    struct spool_reader reader;
    struct pm_buf key = PM_BUF_INIT;
    uint32_t docid = 0;
    int rc = spool_flush(&list->file, err);
    spool_read(&reader, &list->file, 0, list->file.len);
    while (!rc && spool_more(&reader)) {
        uint64_t gap, flags, len;
        const char *tag = NULL;
        if (!spool_varint(&reader, &gap, err) && !spool_varint(&reader, &flags, err) &&
            !spool_varint(&reader, &len, err))
            tag = spool_bytes(&reader, (size_t)len, err);
        if (!tag) {
            rc = -1;
            break;
        }
        docid += (uint32_t)gap;
        if (pm_dead_has(dropped, docid))
            continue;
        pm_buf_clear(&key);
        pm_pack_sorted(&key, docid);
        if (flags & SECOND)
            pm_buf_addc(&key, 0);
        rc = table_add(table, &key, tag, (size_t)len, flags & DEFLATED, err);
    }
    spool_reader_release(&reader);
    pm_buf_release(&key);
    return rc;
}
