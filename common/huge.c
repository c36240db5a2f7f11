#include "huge.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static int is_large(size_t bytes)
{
    return bytes >= PM_HUGE_PAGE / 2 && bytes <= (size_t)-1 / 2;
}

void *pm_huge_alloc(size_t bytes)
{
    if (!is_large(bytes))
        return malloc(bytes);
    size_t pages = (bytes + PM_HUGE_PAGE - 1) / PM_HUGE_PAGE;
    void *memory = aligned_alloc(PM_HUGE_PAGE, pages * PM_HUGE_PAGE);
    if (memory)
        (void)madvise(memory, pages * PM_HUGE_PAGE, MADV_HUGEPAGE); /* only a wish */
    return memory;
}

void *pm_huge_zeros(size_t bytes)
{
    if (!is_large(bytes))
        return calloc(1, bytes);
    void *memory = pm_huge_alloc(bytes);
    return memory ? memset(memory, 0, bytes) : NULL;
}

void *pm_huge_grow(void *old, size_t used, size_t bytes)
{
    if (!is_large(bytes))
        return realloc(old, bytes);
    void *memory = pm_huge_alloc(bytes);
    if (memory && used)
        memcpy(memory, old, used);
    if (memory)
        free(old);
    return memory;
}
