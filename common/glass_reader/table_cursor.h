/*
 * A place in a table: a B-tree of keys in the order of their bytes, each with a tag.
 *
 * A tag that is too long for one item stands in several, one behind the other; a cursor is at the
 * first, or wherever its tag was read to.
 */
#ifndef PM_TABLE_CURSOR_H
#define PM_TABLE_CURSOR_H

#include <stddef.h>
#include <stdint.h>

#include "block_cache.h"
#include "buf.h"
#include "error.h"

#define PM_TABLE_LEVELS 10 /* of blocks, at most */

struct libdeflate_decompressor;

struct pm_table {
    struct pm_block_cache cache;
    uint32_t root;
    unsigned level;                           /* of the root */
    struct libdeflate_decompressor *inflater; /* NULL until a tag is deflated */
};

struct pm_table_place {
    const unsigned char *block;
    unsigned item, items;
};

struct pm_table_cursor {
    struct pm_table *table;
    struct pm_table_place at[PM_TABLE_LEVELS]; /* from the leaf up to the root */
    struct pm_buf whole, plain;                /* a tag put together, and inflated */
};

struct pm_bytes {
    const unsigned char *data;
    size_t len;
};

void pm_table_close(struct pm_table *table);

/* A zeroed cursor with its table is at no place yet. */
void pm_table_cursor_release(struct pm_table_cursor *cursor);

/* Makes the cursor be at no place, before blocks go. */
void pm_table_forget(struct pm_table_cursor *cursor);

/* Goes to `key`: 1; or to the last key before it: 0; or -1. */
int pm_table_seek(struct pm_table_cursor *cursor, const void *key, size_t len,
                  struct pm_error *err);

/* Goes to the next key: 1, 0 at the end, or -1. */
int pm_table_next(struct pm_table_cursor *cursor, struct pm_error *err);

/* The key at the cursor, empty before the first. */
struct pm_bytes pm_table_key(const struct pm_table_cursor *cursor);

/* The tag of the key at the cursor, until the cursor moves; to be asked for once. */
int pm_table_tag(struct pm_table_cursor *cursor, struct pm_bytes *tag, struct pm_error *err);

#endif
