/*
 * Arrays that grow by one element at a time.
 */
#ifndef PM_ARRAY_H
#define PM_ARRAY_H

#include <stddef.h>
#include <stdlib.h>

/*
 * The array with room for one more behind its `len` elements of `size` bytes, moved if need be, or
 * NULL without memory: then the old one stays.  It may have grown in no other way; NULL is an
 * empty one.
 */
static inline void *pm_array_room(void *array, size_t len, size_t size)
{
    /* The length is a power of two whenever the array is full. */
    return len & (len - 1) ? array : reallocarray(array, len ? len * 2 : 1, size);
}

/*
 * The same for an array that is emptied and filled again and again, and keeps its memory: with room
 * for `n` elements, at least one, of the *cap that there is room for.
 */
static inline void *pm_array_fit(void *array, size_t *cap, size_t n, size_t size)
{
    if (n <= *cap)
        return array;
    void *grown = reallocarray(array, 2 * n, size);
    *cap = grown ? 2 * n : *cap;
    return grown;
}

#endif
