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
    if (!order)
        order = strncmp(sought->key, key, sought->len);
    return order ? order : -(key[sought->len] != '\0');
}

const void *folded_find(const char *key, size_t len, const void *rows, size_t count, size_t size)
{
    return len ? bsearch(&(struct name){key, len}, rows, count, size, by_key) : NULL;
}
