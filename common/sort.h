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

static inline struct pm_sort_key pm_sort_key(const char *text, uint32_t len, uint32_t number)
{
    uint64_t head = 0;
    memcpy(&head, text, len < sizeof head ? len : sizeof head);
    return (struct pm_sort_key){be64toh(head), text, len, number};
}

/*
 * Sorts `n` keys by their bytes, a string before those that it begins; equal ones stay as they
 * are.  Behind the keys there is room for as many: the result is in either half, and returned.
 */
struct pm_sort_key *pm_sort(struct pm_sort_key *key, size_t n);

#endif
