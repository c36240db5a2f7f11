#include "terms.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 1024

void terms_release(struct terms *terms)
{
    free(terms->term);
    free(terms->slot);
    pm_buf_release(&terms->text);
    *terms = (struct terms){0};
}

size_t terms_bytes(const struct terms *terms)
{
    return terms->cap * sizeof *terms->term + terms->slots * sizeof *terms->slot + terms->text.cap;
}

static void enter(const struct terms *terms, uint32_t number, uint32_t hash)
{
    size_t at = hash & (terms->slots - 1);
    while (terms->slot[at])
        at = (at + 1) & (terms->slots - 1);
    terms->slot[at] = number + 1;
}

/* Room for one term more: half of the slots stay empty. */
static int make_room(struct terms *terms, struct pm_error *err)
{
    if (terms->len * 2 < terms->slots)
        return 0;
    size_t slots = terms->slots ? terms->slots * 2 : SLOTS_FIRST;
    struct term *term = realloc(terms->term, slots / 2 * sizeof *term);
    if (!term)
        return pm_fail_nomem(err);
    terms->term = term;
    terms->cap = slots / 2;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    free(terms->slot);
    terms->slot = slot;
    terms->slots = slots;
    for (size_t i = 0; i < terms->len; i++)
        enter(terms, (uint32_t)i, terms->term[i].hash);
    return 0;
}

struct term *terms_find(struct terms *terms, const char *text, size_t len, uint32_t hash,
                        struct pm_error *err)
{
    if (make_room(terms, err))
        return NULL;
    size_t at = hash & (terms->slots - 1);
    for (; terms->slot[at]; at = (at + 1) & (terms->slots - 1)) {
        struct term *term = &terms->term[terms->slot[at] - 1];
        if (term->hash == hash && term->len == len &&
            !memcmp(terms->text.data + term->text, text, len))
            return term;
    }
    struct term added = {.text = (uint32_t)terms->text.len, .len = (uint32_t)len, .hash = hash};
    pm_buf_add(&terms->text, text, len);
    if (terms->text.failed) {
        pm_fail_nomem(err);
        return NULL;
    }
    terms->term[terms->len] = added;
    terms->slot[at] = (uint32_t)++terms->len;
    return &terms->term[terms->len - 1];
}

static int compare(const void *a, const void *b, void *text)
{
    const struct term *left = *(const struct term *const *)a;
    const struct term *right = *(const struct term *const *)b;
    uint32_t least = left->len < right->len ? left->len : right->len;
    int order = memcmp((const char *)text + left->text, (const char *)text + right->text, least);
    return order ? order : (left->len > right->len) - (left->len < right->len);
}

const struct term **terms_sorted(const struct terms *terms, struct pm_error *err)
{
    const struct term **sorted = malloc((terms->len + 1) * sizeof *sorted);
    if (!sorted) {
        pm_fail_nomem(err);
        return NULL;
    }
    for (size_t i = 0; i < terms->len; i++)
        sorted[i] = &terms->term[i];
    qsort_r(sorted, terms->len, sizeof *sorted, compare, terms->text.data);
    return sorted;
}
