#include "sort.h"

#include <stdbool.h>

static bool comes_before(const struct pm_sort_key *a, const struct pm_sort_key *b)
{
    if (a->head != b->head)
        return a->head < b->head;
    int order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);
    return order ? order < 0 : a->len < b->len;
}

/* Merges the keys from `low` to `middle` with those from there to `high`. */
static void merge(const struct pm_sort_key *from, struct pm_sort_key *to, size_t low, size_t middle,
                  size_t high)
{
    size_t left = low, right = middle, i = low;
    while (left < middle && right < high)
        to[i++] = from[comes_before(&from[right], &from[left]) ? right++ : left++];
    memcpy(to + i, from + left, (middle - left) * sizeof *to);
    i += middle - left;
    memcpy(to + i, from + right, (high - right) * sizeof *to);
}

struct pm_sort_key *pm_sort(struct pm_sort_key *key, size_t n)
{
    struct pm_sort_key *from = key, *to = key + n;
    for (size_t width = 1; width < n; width *= 2) {
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
