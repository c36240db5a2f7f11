#include "best.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

struct item {
    struct pm_db_match match;
    struct pm_db_bytes *value; /* `keys`, each an allocation of its own */
};

struct pm_best {
    struct item *item; /* a heap, the last in order at its top */
    size_t len, limit;
    const struct pm_db_sort *sort;
    size_t keys;
};

struct pm_best *pm_best_new(const struct pm_db_request *request, struct pm_error *err)
{
    struct pm_best *best = calloc(1, sizeof *best);
    if (!best) {
        pm_fail_nomem(err);
        return NULL;
    }
    best->limit = request->limit;
    best->sort = request->sort;
    best->keys = request->sort_len;
    return best;
}

static void release_values(const struct pm_best *best, struct item *item)
{
    for (size_t i = 0; item->value && i < best->keys; i++)
        free((char *)(uintptr_t)item->value[i].data);
    free(item->value);
    item->value = NULL;
}

void pm_best_free(struct pm_best *best)
{
    if (!best)
        return;
    for (size_t i = 0; i < best->len; i++)
        release_values(best, &best->item[i]);
    free(best->item);
    free(best);
}

/* ---- order ---- */

static int compare_values(const struct pm_db_sort *sort, const struct pm_db_bytes *a,
                          const struct pm_db_bytes *b)
{
    if (!a->len || !b->len) /* what has no value comes last either way */
        return (int)!a->len - (int)!b->len;
    int order = memcmp(a->data, b->data, a->len < b->len ? a->len : b->len);
    if (!order)
        order = (a->len > b->len) - (a->len < b->len);
    return sort->descending ? -order : order;
}

/* Less than 0 if `a` comes first. */
static int compare(const struct pm_best *best, const struct item *a, const struct item *b)
{
    int order = 0;
    for (size_t i = 0; !order && i < best->keys; i++)
        order = compare_values(&best->sort[i], &a->value[i], &b->value[i]);
    if (!best->keys)
        order = (a->match.score < b->match.score) - (a->match.score > b->match.score);
    return order ? order : (a->match.docid > b->match.docid) - (a->match.docid < b->match.docid);
}

/* Lets the item at `at` sink to where none below it comes later. */
static void sink(struct pm_best *best, size_t at, size_t len)
{
    struct item *item = best->item;
    for (size_t child; (child = 2 * at + 1) < len; at = child) {
        if (child + 1 < len && compare(best, &item[child + 1], &item[child]) > 0)
            child++;
        if (compare(best, &item[at], &item[child]) >= 0)
            return;
        struct item swapped = item[at];
        item[at] = item[child];
        item[child] = swapped;
    }
}

static void rise(struct pm_best *best, size_t at)
{
    struct item *item = best->item;
    for (size_t above; at && compare(best, &item[at], &item[above = (at - 1) / 2]) > 0;
         at = above) {
        struct item swapped = item[at];
        item[at] = item[above];
        item[above] = swapped;
    }
}

/* ---- taking in ---- */

static int copy_values(const struct pm_best *best, struct item *item, struct pm_error *err)
{
    const struct pm_db_bytes *value = item->value;
    item->value = best->keys ? calloc(best->keys, sizeof *item->value) : NULL;
    if (best->keys && !item->value)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < best->keys; i++) {
        char *data = malloc(value[i].len + 1);
        if (!data)
            return pm_fail_nomem(err);
        memcpy(data, value[i].len ? value[i].data : "", value[i].len);
        item->value[i] = (struct pm_db_bytes){data, value[i].len};
    }
    return 0;
}

int pm_best_offer(struct pm_best *best, uint32_t docid, double score,
                  const struct pm_db_bytes *values, struct pm_error *err)
{
    struct item item = {{docid, score}, (struct pm_db_bytes *)(uintptr_t)values};
    bool full = best->len == best->limit;
    if (!best->limit || (full && compare(best, &item, &best->item[0]) > 0))
        return 0;
    if (copy_values(best, &item, err)) {
        release_values(best, &item);
        return -1;
    }
    if (full) {
        release_values(best, &best->item[0]);
        best->item[0] = item;
        sink(best, 0, best->len);
        return 0;
    }
    struct item *grown = pm_array_room(best->item, best->len, sizeof *grown);
    if (!grown) {
        release_values(best, &item);
        return pm_fail_nomem(err);
    }
    best->item = grown;
    best->item[best->len++] = item;
    rise(best, best->len - 1);
    return 0;
}

double pm_best_least(const struct pm_best *best)
{
    return best->keys || best->len < best->limit || !best->len ? -HUGE_VAL
                                                               : best->item[0].match.score;
}

int pm_best_take(struct pm_best *best, struct pm_db_matches *matches, struct pm_error *err)
{
    if (!best->len)
        return 0;
    matches->item = calloc(best->len, sizeof *matches->item);
    if (!matches->item)
        return pm_fail_nomem(err);
    matches->len = best->len;
    /* The last in order is on top: it goes behind all that are left. */
    for (size_t len = best->len; len > 0; len--) {
        struct item last = best->item[0];
        best->item[0] = best->item[len - 1];
        best->item[len - 1] = last;
        matches->item[len - 1] = last.match;
        sink(best, 0, len - 1);
    }
    return 0;
}
