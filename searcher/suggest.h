/*
 * Did you mean: a query with its unknown words put right.
 */
#ifndef PM_SUGGEST_H
#define PM_SUGGEST_H

#include "error.h"
#include "plan.h"
#include "warnings.h"

/*
 * Sets *suggestion to the query of the plan with other words of the index in place of those
 * that are unknown, or rare beside a near neighbour (to be freed), or to NULL; with a warning
 * for each.  `taken` says that the suggestion is searched for instead.
 */
int pm_suggest(const struct pm_plan_base *base, const struct pm_plan *plan, bool taken,
               struct pm_warnings *warnings, char **suggestion, struct pm_error *err);

#endif
