/*
 * Strings of bytes put in their order.
 *
 * Most are told apart by their first eight bytes, which are compared as one number; qsort_r() calls
 * back for each comparison, which then reads both strings where they lie.
 */
#ifndef PM_SORT_H
#define PM_SORT_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pm_sort_key {
    uint64_t head; /* the first bytes as a number that sorts as they do */
    const char *text;
    uint32_t len;
    uint32_t number; /* the caller's: which string this is */
};

static inline uint32_t pm_sort_four(const char *text)
{
    uint32_t four;
    memcpy(&four, text, sizeof four);
    return be32toh(four);
}

/* The first eight bytes of a string, or all with zeros behind them, as a number. */
static inline uint64_t pm_sort_head(const char *text, size_t len)
{
    if (len >= 8)
        return (uint64_t)pm_sort_four(text) << 32 | pm_sort_four(text + 4);
    if (len > 4) /* the last four, of which the first were there already */
        return (uint64_t)pm_sort_four(text) << 32 | pm_sort_four(text + len - 4) << 8 * (8 - len);
    uint64_t head = 0;
    for (size_t i = 0; i < len; i++)
        head |= (uint64_t)(unsigned char)text[i] << (56 - 8 * i);
    return head;
}

static inline struct pm_sort_key pm_sort_key(const char *text, uint32_t len, uint32_t number)
{
    return (struct pm_sort_key){pm_sort_head(text, len), text, len, number};
}

/*
 * Sorts `n` keys by their bytes, a string before those that it begins; equal ones stay as they
 * are.  Behind the keys there is room for as many: the result is in either half, and returned.
 */
struct pm_sort_key *pm_sort(struct pm_sort_key *key, size_t n);

#endif
