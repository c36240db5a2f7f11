/*
 * Our own matcher: what libxapian's does, over the tables themselves.
 */
#ifndef PM_MATCHER_H
#define PM_MATCHER_H

#include "clause.h"
#include "db.h"

/* Runs a search over all shards; all that match are counted, so the bounds are one number. */
int pm_matcher_run(const struct pm_scoring *scoring, const struct pm_db_request *request,
                   struct pm_db_matches *matches, struct pm_error *err);

#endif
