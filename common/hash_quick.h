/*
 * A hash for tables in memory alone, of what mostly is a word: XXH3, in line, since a call takes as
 * long as it does.
 */
#ifndef PM_HASH_QUICK_H
#define PM_HASH_QUICK_H

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint32_t pm_hash_quick(const char *bytes, size_t len)
{
    return (uint32_t)XXH3_64bits(bytes, len);
}

#endif
