/*
 * The best of the documents that match, as many as are asked for.
 */
#ifndef PM_BEST_H
#define PM_BEST_H

#include "db.h"

struct pm_best;

/*
 * By score if `sort_len` is 0, else by the keys; then by docid.  Values of what is offered are in
 * `values`, one for each key, and are copied.
 */
struct pm_best *pm_best_new(const struct pm_db_request *request, struct pm_error *err);
void pm_best_free(struct pm_best *best);
int pm_best_offer(struct pm_best *best, uint32_t docid, double score,
                  const struct pm_db_bytes *values, struct pm_error *err);

/* The least score that is still among the best; below nothing while there is room. */
double pm_best_least(const struct pm_best *best);

/* Moves them to *matches, the best first. */
int pm_best_take(struct pm_best *best, struct pm_db_matches *matches, struct pm_error *err);

#endif
