#include "array.h"

#include <stdlib.h>

void *pm_array_room(void *array, size_t len, size_t size)
{
    /* The length is a power of two whenever the array is full. */
    if (len & (len - 1))
        return array;
    return reallocarray(array, len ? len * 2 : 1, size);
}
