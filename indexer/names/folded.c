#include "folded.h"

#include <stdlib.h>
#include <string.h>

struct name {
    const char *key;
    size_t len;
};

static int by_key(const void *name, const void *row)
{
    const struct name *sought = name;
    const char *key = *(const char *const *)row;
    /* Most rows differ in their first letter. */
    int order = (unsigned char)*sought->key - (unsigned char)*key;
    if (order)
        return order;
    /* By both lengths, since what is sought may have a NUL in it. */
    size_t len = strlen(key);
    order = memcmp(sought->key, key, sought->len < len ? sought->len : len);
    return order ? order : (sought->len > len) - (sought->len < len);
}

const void *folded_find(const char *key, size_t len, const void *rows, size_t count, size_t size)
{
    return len ? bsearch(&(struct name){key, len}, rows, count, size, by_key) : NULL;
}
