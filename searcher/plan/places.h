/*
 * Where in a document the parts of a phrase or a NEAR stand together, from where each stands.
 */
#ifndef PM_PLACES_H
#define PM_PLACES_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "spans.h"

struct pm_place {
    uint32_t start, end; /* positions, both in it */
    uint32_t child;      /* whose it is, of the node that is looked at */
};

struct pm_places {
    struct pm_place *item;
    size_t len, cap;
};

int pm_places_add(struct pm_places *places, uint32_t start, uint32_t end, uint32_t child,
                  struct pm_error *err);
void pm_places_release(struct pm_places *places);

/* By their ends, then starts, and each once. */
void pm_places_sort(struct pm_places *places);

/*
 * 1 if a phrase or NEAR stands anywhere, given the sorted places of all its children, else 0, or
 * -1.  With `out`, which is empty, it gets all its places, sorted, as those of child 0.
 * *allowance is how many steps may still be taken, from 0 on down; when they are used up, what
 * is told of a NEAR is about its smallest windows, and to a phrase in something else fewer of the
 * places that end together.  `places` may come back in another order.
 */
int pm_places_join(const struct pm_spans *spans, struct pm_places *places, struct pm_places *out,
                   int64_t *allowance, struct pm_error *err);

#endif
