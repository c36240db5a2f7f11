#include "folded.h"

#include <stdlib.h>

struct name {
    const char *key;
    size_t len;
};

static int by_key(const void *name, const void *row)
{
    const struct name *sought = name;
    const char *key = *(const char *const *)row;
    /* Most rows differ in one of their first letters, before which no length needs to be known. */
    for (size_t i = 0; i < sought->len; i++) {
        int order = (unsigned char)sought->key[i] - (unsigned char)key[i];
        if (order)
            return order;
        if (!key[i]) /* what is sought has a NUL too, and goes on */
            return 1;
    }
    return key[sought->len] ? -1 : 0;
}

const void *folded_find(const char *key, size_t len, const void *rows, size_t count, size_t size)
{
    return len ? bsearch(&(struct name){key, len}, rows, count, size, by_key) : NULL;
}
