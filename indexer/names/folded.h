/*
 * Finds a folded name in a table of rows, each of which begins with its key.
 */
#ifndef NAMES_FOLDED_H
#define NAMES_FOLDED_H

#include <stddef.h>

/*
 * The row whose key is these bytes, or NULL.  A row of `size` bytes begins with a `const char *`,
 * its key, and the keys rise in the order of strcmp().
 */
const void *folded_find(const char *key, size_t len, const void *rows, size_t count, size_t size);

#endif
