#include "table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "block.h"
#include "branch.h"

#define SYNC_LEAVES 1024  /* written between two calls of the disk */
#define PARTS_MAX   65535 /* items of one tag */
#define ITEM_MAX    8191  /* bytes; an item's length has 13 bits */
#define FILL_MIN    34    /* less room beside the key is not worth an item of its own */

/* The highest bits of an item's length. */
enum { DEFLATED = 0x80, LAST = 0x40, FIRST = 0x20 };

struct table {
    struct spool file;
    size_t size, item_max;
    uint32_t revision;
    uint32_t leaves; /* written; the next has this number */
    uint64_t entries;
    struct block leaf;
    struct pm_buf list; /* of leaves, for their branches */
    struct pm_buf last; /* the key added last */
};

/* The first item of every table is an empty one. */
static void put_null(struct block *leaf)
{
    unsigned char *item = block_item(leaf, 3);
    item[0] = LAST | FIRST;
    item[1] = item[2] = 0;
}

struct table *table_new(const char *folder, const char *name, size_t size, uint32_t revision,
                        struct pm_error *err)
{
    struct table *table = calloc(1, sizeof *table);
    unsigned char *bytes = malloc(size);
    if (!table || !bytes) {
        pm_fail_nomem(err);
        free(table);
        free(bytes);
        return NULL;
    }
    /* Four items fit into any block, with their places: what the updater builds on. */
    size_t item_max = (size - BLOCK_HEAD - 4 * BLOCK_ITEM) / 4;
    table->size = size;
    table->item_max = item_max < ITEM_MAX ? item_max : ITEM_MAX;
    table->revision = revision;
    block_start(&table->leaf, bytes, size);
    put_null(&table->leaf);
    branch_note(&table->list, 0, "", 0, 0);
    if (spool_init(&table->file, folder, name, err)) {
        table_free(table);
        return NULL;
    }
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    spool_release(&table->file);
    free(table->leaf.bytes);
    pm_buf_release(&table->list);
    pm_buf_release(&table->last);
    free(table);
}

static int write_leaf(struct table *table, struct pm_error *err)
{
    block_end(&table->leaf, table->revision, 0);
    table->leaves++;
    if (!(table->leaves % SYNC_LEAVES))
        spool_begin_sync(&table->file);
    return spool_add(&table->file, table->leaf.bytes, table->size, err);
}

/* Begins a leaf whose first item is the part `part` of `key`. */
static int next_leaf(struct table *table, const struct pm_buf *key, unsigned part,
                     struct pm_error *err)
{
    size_t len = key->len;
    if (write_leaf(table, err))
        return -1;
    if (part == 1) {
        /* No more of the key than tells it from the one before. */
        size_t same = 0, least = table->last.len < len ? table->last.len : len;
        while (same < least && key->data[same] == table->last.data[same])
            same++;
        len = same + 1;
    }
    branch_note(&table->list, table->leaves, key->data, len, part);
    block_start(&table->leaf, table->leaf.bytes, table->size);
    return table->list.failed ? pm_fail_nomem(err) : 0;
}

static void put_item(struct block *leaf, const struct pm_buf *key, unsigned part, unsigned flags,
                     const char *bytes, size_t len)
{
    size_t head = 3 + key->len + (part > 1 ? 2 : 0);
    unsigned char *item = block_item(leaf, head + len);
    block_put16(item, head + len - 3);
    item[0] |= (unsigned char)flags;
    item[2] = (unsigned char)key->len;
    memcpy(item + 3, key->data, key->len);
    if (part > 1)
        block_put16(item + 3 + key->len, part);
    if (len)
        memcpy(item + head, bytes, len);
}

/* The key is in order, and a fault of ours if not. */
static bool rises(const struct table *table, const struct pm_buf *key)
{
    size_t least = table->last.len < key->len ? table->last.len : key->len;
    int order = least ? memcmp(table->last.data, key->data, least) : 0;
    return order < 0 || (order == 0 && table->last.len < key->len);
}

int table_add(struct table *table, const struct pm_buf *key, const char *tag, size_t len,
              bool deflated, struct pm_error *err)
{
    unsigned part = 0;
    if (key->failed || table->last.failed)
        return pm_fail_nomem(err);
    if (!key->len || key->len > TABLE_KEY_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "a key of %zu bytes is too long for the index",
                       key->len);
    if (!rises(table, key))
        return pm_fail(err, PM_ERR_INTERNAL, "a key of '%s' is out of order", table->file.path);
    do {
        size_t head = 3 + key->len + (part ? 2 : 0), now = len;
        if (now > table->item_max - head)
            now = table->item_max - head;
        if (part == PARTS_MAX)
            return pm_fail(err, PM_ERR_TOO_LARGE, "an entry of the index is too long");
        size_t room = block_room(&table->leaf);
        if (head + now > room && room >= key->len + FILL_MIN)
            now = room - head;
        else if (head + now > room && next_leaf(table, key, part + 1, err))
            return -1;
        part++;
        put_item(&table->leaf, key, part,
                 (part == 1 ? FIRST : 0u) | (now == len ? LAST : 0u) | (deflated ? DEFLATED : 0u),
                 tag, now);
        tag += now;
        len -= now;
    } while (len);
    table->entries++;
    pm_buf_clear(&table->last);
    pm_buf_add(&table->last, key->data, key->len);
    return 0;
}

int table_end(struct table *table, struct table_root *root, struct pm_error *err)
{
    *root = (struct table_root){0};
    if (write_leaf(table, err))
        return -1;
    root->blocks = table->leaves;
    int level =
        branch_write(&table->list, &table->file, table->size, table->revision, &root->blocks, err);
    if (level < 0)
        return -1;
    root->level = (unsigned)level;
    root->block = root->blocks - 1;
    root->entries = table->entries;
    if (spool_flush(&table->file, err))
        return -1;
    spool_begin_sync(&table->file);
    return 0;
}
