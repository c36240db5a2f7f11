#include "terms.h"

#include <stdlib.h>
#include <string.h>

#include "sort.h"

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

const struct term **terms_sorted(const struct terms *terms, struct pm_error *err)
{
    size_t n = terms->len;
    const struct term **sorted = malloc((n + 1) * sizeof *sorted);
    struct pm_sort_key *key = reallocarray(NULL, 2 * n + 1, sizeof *key);
    if (!sorted || !key) {
        pm_fail_nomem(err);
        free(sorted);
        free(key);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        key[i] =
            pm_sort_key(terms->text.data + terms->term[i].text, terms->term[i].len, (uint32_t)i);
    const struct pm_sort_key *in_order = pm_sort(key, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &terms->term[in_order[i].number];
    free(key);
    return sorted;
}
