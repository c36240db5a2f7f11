/*
 * Arrays that grow by one element at a time.
 */
#ifndef PM_ARRAY_H
#define PM_ARRAY_H

#include <stddef.h>

/*
 * The array with room for one more behind its `len` elements of `size` bytes, moved if need be, or
 * NULL without memory: then the old one stays.  It may have grown in no other way; NULL is an
 * empty one.
 */
void *pm_array_room(void *array, size_t len, size_t size);

#endif
