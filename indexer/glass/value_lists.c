#include "value_lists.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "buf.h"
#include "pack.h"
#include "spool.h"

#define CHUNK_BYTES 2000 /* a chunk that has so many is full; Xapian's own size */

struct value_list {
    uint32_t slot;
    uint32_t last; /* document */
    struct spool file;
};

void value_lists_release(struct value_lists *lists)
{
    for (size_t i = 0; i < lists->len; i++)
        spool_release(&lists->list[i].file);
    free(lists->list);
    *lists = (struct value_lists){0};
}

static struct value_list *list_of(struct value_lists *lists, const char *folder, uint32_t slot,
                                  struct pm_error *err)
{
    struct pm_buf name = PM_BUF_INIT;
    for (size_t i = 0; i < lists->len; i++)
        if (lists->list[i].slot == slot)
            return &lists->list[i];
    struct value_list *grown = pm_array_room(lists->list, lists->len, sizeof *grown);
    if (!grown) {
        pm_fail_nomem(err);
        return NULL;
    }
    lists->list = grown;
    struct value_list *list = &lists->list[lists->len];
    *list = (struct value_list){.slot = slot};
    pm_buf_addf(&name, "values-%u", slot);
    int rc = name.failed ? pm_fail_nomem(err) : spool_init(&list->file, folder, name.data, err);
    pm_buf_release(&name);
    if (rc)
        return NULL;
    lists->len++;
    return list;
}

/* What a packed value begins with. */
struct head {
    uint32_t slot;
    size_t len;
};

void value_lists_pack(struct pm_buf *out, uint32_t slot, const char *value, size_t len)
{
    const struct head head = {slot, len};
    pm_buf_add(out, &head, sizeof head);
    pm_buf_add(out, value, len);
}

int value_lists_add(struct value_lists *lists, const char *folder, uint32_t docid,
                    const struct pm_buf *packed, struct pm_error *err)
{
    struct head head;
    for (size_t at = 0; at < packed->len; at += head.len) {
        memcpy(&head, packed->data + at, sizeof head);
        at += sizeof head;
        struct value_list *list = list_of(lists, folder, head.slot, err);
        if (!list || spool_add_varint(&list->file, docid - list->last, err) ||
            spool_add_varint(&list->file, head.len, err) ||
            spool_add(&list->file, packed->data + at, head.len, err))
            return -1;
        list->last = docid;
    }
    return 0;
}

/* A list while it is read. */
struct reading {
    struct spool_reader reader;
    const struct pm_dead *dropped;
    uint32_t docid;
    const char *value; /* until the next is read */
    size_t len;
};

static void start(struct reading *reading, const struct value_list *list,
                  const struct pm_dead *dropped)
{
    *reading = (struct reading){.dropped = dropped};
    spool_read(&reading->reader, &list->file, 0, list->file.len);
}

/* The next value: 1, 0 at the end, or -1. */
static int next(struct reading *reading, struct pm_error *err)
{
    while (spool_more(&reading->reader)) {
        uint64_t gap, len;
        if (spool_varint(&reading->reader, &gap, err) || spool_varint(&reading->reader, &len, err))
            return -1;
        reading->docid += (uint32_t)gap;
        reading->len = (size_t)len;
        if (!(reading->value = spool_bytes(&reading->reader, reading->len, err)))
            return -1;
        if (!pm_dead_has(reading->dropped, reading->docid))
            return 1;
    }
    return 0;
}

static int compare(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int order = memcmp(a, b, a_len < b_len ? a_len : b_len);
    return order ? order : (a_len > b_len) - (a_len < b_len);
}

static void set(struct pm_buf *to, const char *value, size_t len)
{
    pm_buf_clear(to);
    pm_buf_add(to, value, len);
}

static int write_stats(const struct value_list *list, struct table *table,
                       const struct pm_dead *dropped, struct pm_error *err)
{
    struct pm_buf low = PM_BUF_INIT, high = PM_BUF_INIT, key = PM_BUF_INIT, tag = PM_BUF_INIT;
    struct reading reading;
    uint32_t count = 0;
    int rc;
    start(&reading, list, dropped);
    while ((rc = next(&reading, err)) == 1) {
        if (!count || compare(reading.value, reading.len, low.data, low.len) < 0)
            set(&low, reading.value, reading.len);
        if (!count || compare(reading.value, reading.len, high.data, high.len) > 0)
            set(&high, reading.value, reading.len);
        if (low.failed || high.failed) {
            rc = pm_fail_nomem(err);
            break;
        }
        count++;
    }
    if (!rc && count) {
        pm_buf_add(&key, "\0\xd0", 2);
        pm_pack_last(&key, list->slot);
        pm_pack_varint(&tag, count);
        pm_pack_string(&tag, low.data, low.len);
        if (compare(low.data, low.len, high.data, high.len) != 0)
            pm_buf_add(&tag, high.data, high.len);
        rc =
            tag.failed ? pm_fail_nomem(err) : table_add(table, &key, tag.data, tag.len, false, err);
    }
    spool_reader_release(&reading.reader);
    pm_buf_release(&low);
    pm_buf_release(&high);
    pm_buf_release(&key);
    pm_buf_release(&tag);
    return rc;
}

static int write_chunk(struct table *table, uint32_t slot, uint32_t first, struct pm_buf *body,
                       struct pm_error *err)
{
    struct pm_buf key = PM_BUF_INIT;
    if (body->failed) /* then it may have no bytes though there are values */
        return pm_fail_nomem(err);
    if (!body->len)
        return 0;
    pm_buf_add(&key, "\0\xd8", 2);
    pm_pack_varint(&key, slot);
    pm_pack_sorted(&key, first);
    int rc = table_add(table, &key, body->data, body->len, false, err);
    pm_buf_clear(body);
    pm_buf_release(&key);
    return rc;
}

static int write_values(const struct value_list *list, struct table *table,
                        const struct pm_dead *dropped, struct pm_error *err)
{
    struct pm_buf body = PM_BUF_INIT;
    struct reading reading;
    uint32_t first = 0, last = 0;
    int rc;
    start(&reading, list, dropped);
    while ((rc = next(&reading, err)) == 1) {
        if (body.len)
            pm_pack_varint(&body, reading.docid - last - 1);
        else
            first = reading.docid;
        pm_pack_string(&body, reading.value, reading.len);
        last = reading.docid;
        if (body.len >= CHUNK_BYTES && write_chunk(table, list->slot, first, &body, err)) {
            rc = -1;
            break;
        }
    }
    if (!rc)
        rc = write_chunk(table, list->slot, first, &body, err);
    spool_reader_release(&reading.reader);
    pm_buf_release(&body);
    return rc;
}

/* Keys are in the order of their bytes, which is not that of slots, and differs for both kinds. */
static int compare_packed(uint32_t a, uint32_t b, void (*pack)(struct pm_buf *, uint64_t))
{
    struct pm_buf left = PM_BUF_INIT, right = PM_BUF_INIT;
    pack(&left, a);
    pack(&right, b);
    int order = compare(pm_buf_str(&left), left.len, pm_buf_str(&right), right.len);
    pm_buf_release(&left);
    pm_buf_release(&right);
    return order;
}

static int by_last(const void *a, const void *b)
{
    const struct value_list *left = a, *right = b;
    return compare_packed(left->slot, right->slot, pm_pack_last);
}

static int by_varint(const void *a, const void *b)
{
    const struct value_list *left = a, *right = b;
    return compare_packed(left->slot, right->slot, pm_pack_varint);
}

int value_lists_write(struct value_lists *lists, struct table *table, const struct pm_dead *dropped,
                      struct pm_error *err)
{
    if (!lists->len)
        return 0;
    for (size_t i = 0; i < lists->len; i++)
        if (spool_flush(&lists->list[i].file, err))
            return -1;
    qsort(lists->list, lists->len, sizeof *lists->list, by_last);
    for (size_t i = 0; i < lists->len; i++)
        if (write_stats(&lists->list[i], table, dropped, err))
            return -1;
    qsort(lists->list, lists->len, sizeof *lists->list, by_varint);
    for (size_t i = 0; i < lists->len; i++)
        if (write_values(&lists->list[i], table, dropped, err))
            return -1;
    return 0;
}
