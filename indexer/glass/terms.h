/*
 * Terms in memory, each with what is known of it so far.
 */
#ifndef TERMS_H
#define TERMS_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "error.h"

struct term {
    uint32_t text, len; /* in terms.text */
    uint32_t hash;
    uint32_t docid; /* of its last document */
    struct arena_string postings;
};

/* A hash table; a zeroed one is empty. */
struct terms {
    struct term *term;
    size_t len, cap;
    uint32_t *slot; /* number of a term + 1, or 0 */
    size_t slots;
    struct pm_buf text;
};

void terms_release(struct terms *terms);
size_t terms_bytes(const struct terms *terms);

/* The term with these bytes, added if need be, valid until the next call; or NULL. */
struct term *terms_find(struct terms *terms, const char *text, size_t len, uint32_t hash,
                        struct pm_error *err);

/* Asks for the memory where the search for that hash begins. */
static inline void terms_prefetch_slot(const struct terms *terms, uint32_t hash)
{
    if (terms->slots)
        __builtin_prefetch(&terms->slot[hash & (terms->slots - 1)]);
}

/* The term where that search begins, which is most often the one, or NULL. */
static inline const struct term *terms_guess(const struct terms *terms, uint32_t hash)
{
    uint32_t number = terms->slots ? terms->slot[hash & (terms->slots - 1)] : 0;
    return number ? &terms->term[number - 1] : NULL;
}

/* The terms in the order of their bytes, to free(); or NULL. */
const struct term **terms_sorted(const struct terms *terms, struct pm_error *err);

#endif
