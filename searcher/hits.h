/*
 * From what matches to the page of hits that was asked for.
 */
#ifndef PM_HITS_H
#define PM_HITS_H

#include "error.h"
#include "opened.h"
#include "plan.h"
#include "results.h"

/* Fills hits, totals, counts and the next cursor of *results; the plan has a query. */
int pm_hits_find(struct pm_search *search, const struct pm_request *request,
                 const struct pm_plan *plan, struct pm_results *results, struct pm_error *err);

#endif
