/*
 * A table of a glass database, a B-tree, written in one go in the order of its keys.
 *
 * Leaves are written as they fill, one behind the other; the levels of branches follow at the end.
 * In memory is one leaf and, for each that is written, the key that tells it from the one before.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "spool.h"

#define TABLE_KEY_MAX 255 /* bytes */

/* What the version file says of a table. */
struct table_root {
    uint32_t block,
        blocks; /* the number of the root, and of all; blocks is 0 where there is no file */
    unsigned level;
    uint64_t entries;
};

struct table;

/* A table in the file folder/name of blocks of `size` bytes; it is not made before it is needed. */
struct table *table_new(const char *folder, const char *name, size_t size, uint32_t revision,
                        struct pm_error *err);
void table_free(struct table *table);

/*
 * Adds an entry behind all others.  `deflated` says what the bytes of the tag are.  A key that is
 * too long, or a tag of more than 65535 items, is PM_ERR_TOO_LARGE.
 */
int table_add(struct table *table, const struct pm_buf *key, const char *tag, size_t len,
              bool deflated, struct pm_error *err);

/* Writes the rest; a table without entries has one block. */
int table_end(struct table *table, struct table_root *root, struct pm_error *err);

#endif
