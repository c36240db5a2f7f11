/*
 * Large memory in huge pages, for tables that are read in no order.
 *
 * In pages of 4 KB nearly each look at such a table has to wait until its address is translated,
 * and each page is a fault when it is first written.  The kernel is asked for pages of 2 MB; where
 * it has none to give, all is the same but slower.  All of it is for free().
 */
#ifndef PM_HUGE_H
#define PM_HUGE_H

#include <stddef.h>

#define PM_HUGE_PAGE ((size_t)2 << 20)

/* At least `bytes`, or NULL; less than half a page is as from malloc(). */
void *pm_huge_alloc(size_t bytes);

/* The same, of zeros. */
void *pm_huge_zeros(size_t bytes);

/* At least `bytes` that begin with the first `used` of `old`, as from realloc(). */
void *pm_huge_grow(void *old, size_t used, size_t bytes);

#endif
