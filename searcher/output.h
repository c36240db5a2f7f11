/*
 * What a person or a program gets to see of the results.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "options.h"
#include "search.h"

/*
 * Writes the results of one query to standard output in the format of `options`.  `qid` is
 * the query's id in a batch, or NULL.  -1 only when memory ran out; whether the writing
 * succeeded shows when standard output is closed.
 */
int output_results(const struct options *options, const char *qid, const struct pm_results *results,
                   struct pm_error *err);

/* Writes why a query failed, in a format that has room for it; else does nothing. */
int output_failure(const struct options *options, const char *qid, const char *query,
                   const struct pm_error *why, struct pm_error *err);

#endif
