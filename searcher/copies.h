/*
 * Hits that tell one story, found among all that match.
 */
#ifndef PM_COPIES_H
#define PM_COPIES_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "opened.h"
#include "ranking.h"
#include "results.h"

/* Places in a ranking, by story. */
struct pm_copies {
    size_t *place;    /* of all that is ranked, those of one story together, each in order */
    size_t *start;    /* of each story in `place`; one more marks the end */
    uint32_t stories; /* by their first in the ranking, which leads */
};

/* Groups all that is ranked, to be released in any case. */
int pm_copies_find(const struct pm_search *search, const struct pm_ranking *ranking,
                   struct pm_copies *copies, struct pm_error *err);
void pm_copies_release(struct pm_copies *copies);

/* Fills in the copies of the hit that leads a story, oldest first. */
int pm_copies_fill(struct pm_search *search, const struct pm_ranking *ranking,
                   const struct pm_copies *copies, uint32_t story, struct pm_hit *hit,
                   struct pm_error *err);

#endif
