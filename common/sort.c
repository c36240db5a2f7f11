#include "sort.h"

#include <stdbool.h>

#define SHORT 8 /* so many are sorted by insertion before they are merged */

/* True if `a` comes before `b`, whose heads are the same. */
static bool tail_before(const struct pm_sort_key *a, const struct pm_sort_key *b)
{
    int order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
    return order ? order < 0 : a->len < b->len;
}

static inline bool comes_before(const struct pm_sort_key *a, const struct pm_sort_key *b)
{
    return a->head < b->head || (a->head == b->head && tail_before(a, b));
}

static void insert_each(struct pm_sort_key *key, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct pm_sort_key moved = key[i];
        size_t to = i;
        for (; to && comes_before(&moved, &key[to - 1]); to--)
            key[to] = key[to - 1];
        key[to] = moved;
    }
}

/* Merges the keys from `low` to `middle` with those from there to `high`. */
static void merge(const struct pm_sort_key *from, struct pm_sort_key *to, size_t low, size_t middle,
                  size_t high)
{
    size_t left = low, right = middle, i = low;
    while (left < middle && right < high) {
        bool take = comes_before(&from[right], &from[left]);
        to[i++] = from[take ? right : left];
        right += take;
        left += !take;
    }
    while (left < middle)
        to[i++] = from[left++];
    while (right < high)
        to[i++] = from[right++];
}

struct pm_sort_key *pm_sort(struct pm_sort_key *key, size_t n)
{
    struct pm_sort_key *from = key, *to = key + n;
    for (size_t low = 0; low < n; low += SHORT)
        insert_each(key + low, n - low < SHORT ? n - low : SHORT);
    for (size_t width = SHORT; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            merge(from, to, low, middle, middle + width < n ? middle + width : n);
        }
        struct pm_sort_key *merged = to;
        to = from;
        from = merged;
    }
    return from;
}
