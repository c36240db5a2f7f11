#include "table_cursor.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <string.h>

#define TAG_MAX        ((size_t)1 << 30) /* bytes that a tag may inflate to */
#define COMPONENTS_MAX 65535             /* of a tag: their numbers have 16 bits */

void pm_table_close(struct pm_table *table)
{
    pm_block_cache_close(&table->cache);
    libdeflate_free_decompressor(table->inflater);
    table->inflater = NULL;
}

void pm_table_cursor_release(struct pm_table_cursor *cursor)
{
    pm_buf_release(&cursor->whole);
    pm_buf_release(&cursor->plain);
}

void pm_table_forget(struct pm_table_cursor *cursor)
{
    memset(cursor->at, 0, sizeof cursor->at); /* nor can it step from there */
}

/* ---- keys ---- */

/* A key in a block: its length, its bytes, the number of the component behind them. */
static const unsigned char *key_of(const unsigned char *item, unsigned level)
{
    return item + (level ? 4 : 2);
}

/* A key with all its components comes before those that are longer or larger. */
static int compare(const unsigned char *key, unsigned component, const void *other, size_t len)
{
    size_t key_len = *key;
    int order = memcmp(key + 1, other, key_len < len ? key_len : len);
    if (!order && key_len != len)
        order = key_len < len ? -1 : 1;
    return order ? order : component > 1;
}

static unsigned component_of(const unsigned char *item, unsigned level)
{
    const unsigned char *key = key_of(item, level);
    return !level && *item & PM_ITEM_FIRST ? 1 : pm_be16(key + 1 + *key);
}

/* The number of items in the block that are not behind the key; *equal if the last of them is it.
 */
static unsigned count_to(const struct pm_table_place *place, unsigned level, const void *key,
                         size_t len, bool *equal)
{
    /* The first item of a branch has no key and is before all. */
    unsigned low = level ? 1 : 0, high = place->items;
    *equal = false;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        const unsigned char *item = pm_block_item(place->block, middle);
        int order = compare(key_of(item, level), component_of(item, level), key, len);
        if (order > 0) {
            high = middle;
        } else {
            low = middle + 1;
            *equal = !order;
        }
    }
    return low;
}

/* ---- going ---- */

static int enter(struct pm_table_cursor *cursor, unsigned level, struct pm_error *err)
{
    struct pm_table *table = cursor->table;
    uint32_t number = table->root;
    if (level < table->level) {
        const struct pm_table_place *above = &cursor->at[level + 1];
        number = pm_be32(pm_block_item(above->block, above->item));
    }
    const unsigned char *block = pm_block_read(&table->cache, number, level, err);
    if (!block)
        return -1;
    cursor->at[level] = (struct pm_table_place){block, 0, pm_block_items(block)};
    return 0;
}

/* One item on (or back, at the ends of blocks too): 1, 0 where there is none, or -1. */
static int step(struct pm_table_cursor *cursor, bool back, struct pm_error *err)
{
    const struct pm_table *table = cursor->table;
    for (unsigned level = 0; level <= table->level; level++) {
        struct pm_table_place *place = &cursor->at[level];
        if (back ? !place->item : place->item + 1 >= place->items)
            continue;
        place->item += back ? -1U : 1U;
        while (level-- > 0) {
            if (enter(cursor, level, err)) {
                pm_table_forget(cursor);
                return -1;
            }
            if (back)
                cursor->at[level].item = cursor->at[level].items - 1;
        }
        return 1;
    }
    return 0;
}

static const unsigned char *item_at(const struct pm_table_cursor *cursor)
{
    return pm_block_item(cursor->at[0].block, cursor->at[0].item);
}

/* Whether the key can only be in the leaf at hand: the entries of a term stand together. */
static bool is_in_leaf(const struct pm_table_place *leaf, const void *key, size_t len)
{
    if (!leaf->block)
        return false;
    const unsigned char *first = pm_block_item(leaf->block, 0);
    const unsigned char *last = pm_block_item(leaf->block, leaf->items - 1);
    return compare(key_of(first, 0), component_of(first, 0), key, len) <= 0 &&
           compare(key_of(last, 0), component_of(last, 0), key, len) > 0;
}

int pm_table_seek(struct pm_table_cursor *cursor, const void *key, size_t len, struct pm_error *err)
{
    bool equal = false, here = is_in_leaf(&cursor->at[0], key, len);
    if (cursor->table->cache.fd < 0) /* nothing is in the table */
        return 0;
    if (here)
        cursor->at[0].item = count_to(&cursor->at[0], 0, key, len, &equal) - 1;
    else
        pm_table_forget(cursor);
    for (unsigned level = here ? 0 : cursor->table->level + 1; level-- > 0;) {
        if (enter(cursor, level, err)) {
            pm_table_forget(cursor);
            return -1;
        }
        unsigned count = count_to(&cursor->at[level], level, key, len, &equal);
        if (count)
            cursor->at[level].item = count - 1;
        else if (step(cursor, true, err) < 0) /* the key that was cut to part blocks is before it */
            return -1;
    }
    if (equal)
        return 1;
    for (unsigned i = 0; !(*item_at(cursor) & PM_ITEM_FIRST); i++) {
        int rc = i < COMPONENTS_MAX ? step(cursor, true, err) : 0;
        if (rc <= 0)
            return rc ? rc : pm_block_damaged(&cursor->table->cache, err);
    }
    return 0;
}

int pm_table_next(struct pm_table_cursor *cursor, struct pm_error *err)
{
    for (unsigned i = 0; i < COMPONENTS_MAX; i++) {
        int rc = step(cursor, false, err);
        if (rc <= 0 || *item_at(cursor) & PM_ITEM_FIRST)
            return rc;
    }
    return pm_block_damaged(&cursor->table->cache, err);
}

/* ---- tags ---- */

struct pm_bytes pm_table_key(const struct pm_table_cursor *cursor)
{
    if (!cursor->at[0].block)
        return (struct pm_bytes){NULL, 0};
    const unsigned char *key = key_of(item_at(cursor), 0);
    return (struct pm_bytes){key + 1, *key};
}

/* The part of the tag that the item at the cursor has. */
static struct pm_bytes part_at(const struct pm_table_cursor *cursor)
{
    const unsigned char *item = item_at(cursor);
    size_t head = 3 + (size_t)item[2] + (*item & PM_ITEM_FIRST ? 0 : 2);
    return (struct pm_bytes){item + head, pm_item_size(item) - head};
}

/* Puts a tag of several items together. */
static int collect(struct pm_table_cursor *cursor, struct pm_bytes *tag, struct pm_error *err)
{
    struct pm_buf *whole = &cursor->whole;
    unsigned components = 1;
    pm_buf_clear(whole);
    pm_buf_add(whole, tag->data, tag->len);
    do {
        int rc = components++ < COMPONENTS_MAX ? step(cursor, false, err) : 0;
        if (rc < 0)
            return -1;
        if (!rc || component_of(item_at(cursor), 0) != components)
            return pm_block_damaged(&cursor->table->cache, err);
        struct pm_bytes part = part_at(cursor);
        pm_buf_add(whole, part.data, part.len);
    } while (!(*item_at(cursor) & PM_ITEM_LAST));
    if (whole->failed)
        return pm_fail_nomem(err);
    *tag = (struct pm_bytes){(const unsigned char *)whole->data, whole->len};
    return 0;
}

/* How long it will be is not said: text is seldom more than four times as long as what it was
 * deflated to. */
static int inflate(struct pm_table_cursor *cursor, struct pm_bytes *tag, struct pm_error *err)
{
    struct pm_table *table = cursor->table;
    struct pm_buf *plain = &cursor->plain;
    if (!table->inflater && !(table->inflater = libdeflate_alloc_decompressor()))
        return pm_fail_nomem(err);
    for (size_t room = 4 * tag->len + 64;; room *= 4) {
        size_t read, written;
        room = room < TAG_MAX ? room : TAG_MAX;
        pm_buf_clear(plain);
        if (!pm_buf_reserve(plain, room))
            return pm_fail_nomem(err);
        enum libdeflate_result result = libdeflate_deflate_decompress_ex(
            table->inflater, tag->data, tag->len, plain->data, room, &read, &written);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < TAG_MAX)
            continue;
        if (result != LIBDEFLATE_SUCCESS || read != tag->len)
            break;
        *tag = (struct pm_bytes){(const unsigned char *)plain->data, written};
        return 0;
    }
    return pm_block_damaged(&table->cache, err);
}

int pm_table_tag(struct pm_table_cursor *cursor, struct pm_bytes *tag, struct pm_error *err)
{
    unsigned flags = *item_at(cursor);
    *tag = part_at(cursor);
    if (!(flags & PM_ITEM_LAST) && collect(cursor, tag, err))
        return -1;
    return flags & PM_ITEM_DEFLATED ? inflate(cursor, tag, err) : 0;
}
