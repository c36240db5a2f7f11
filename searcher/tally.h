/*
 * What is counted over all that matches, while it is searched: facets and the timeline.
 */
#ifndef PM_TALLY_H
#define PM_TALLY_H

#include "error.h"
#include "opened.h"
#include "ranking.h"
#include "results.h"

struct pm_tally;

/* NULL when the request counts nothing (or on failure: err->code tells); `search` outlives it. */
struct pm_tally *pm_tally_new(const struct pm_search *search, const struct pm_request *request,
                              struct pm_error *err);
void pm_tally_free(struct pm_tally *tally);

/* Has the ranking tell the tally of every match. */
void pm_tally_attach(struct pm_tally *tally, struct pm_ranking_request *ranking);

/* Moves the counts into the results; the whole index is read for a timeline. */
int pm_tally_finish(struct pm_tally *tally, const struct pm_search *search,
                    struct pm_results *results, struct pm_error *err);

#endif
