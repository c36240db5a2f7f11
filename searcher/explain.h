/*
 * Why an article is among the results, and where: its score clause by clause.
 */
#ifndef PM_EXPLAIN_H
#define PM_EXPLAIN_H

#include "error.h"
#include "opened.h"
#include "plan.h"
#include "results.h"

/*
 * Explains the article `request->explain`, by a plan whose query checks everything
 * (pm_plan_base.check).  PM_ERR_NO_INPUT when there is no such article.
 */
int pm_explain(const struct pm_search *search, const struct pm_request *request,
               const struct pm_plan *plan, struct pm_explanation **explanation,
               struct pm_error *err);

#endif
