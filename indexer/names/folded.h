/*
 * Finds a folded name in a table of rows, each of which begins with its key.
 *
 * For each word of a name a dozen tables are asked, and most do not have it: a hash tells that at
 * once.
 */
#ifndef NAMES_FOLDED_H
#define NAMES_FOLDED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FOLDED_SLOTS 2048 /* a power of two; at most half are taken */

/* Rows that begin with a `const char *`, their key; no key is there twice. */
struct folded_table {
    const void *rows;
    size_t count, size;          /* of rows; of one, in bytes */
    atomic_bool hashed;          /* what follows is there */
    uint16_t slot[FOLDED_SLOTS]; /* number of a row + 1; 0: free */
};

/* What a table of an array of rows begins as. */
#define FOLDED_TABLE(array)                                                                        \
    {                                                                                              \
        .rows = (array), .count = sizeof(array) / sizeof *(array), .size = sizeof *(array)         \
    }

/* The row whose key is these bytes, or NULL. */
const void *folded_find(struct folded_table *table, const char *key, size_t len);

#endif
