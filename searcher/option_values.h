/*
 * What words of the command line mean: an order, a time, facets, a query.
 *
 * What returns a number gives -1 with PM_ERR_USAGE, which tells what there is, for a value that
 * names nothing.
 */
#ifndef OPTION_VALUES_H
#define OPTION_VALUES_H

#include "cli.h"
#include "error.h"
#include "search.h"

/* "relevance", "date", "-date", "source". */
int option_sort(const char *value, enum pm_sort *sort, struct pm_error *err);

/* How many times something counts: 0 to 100, with or without decimals. */
int option_boost(const char *value, double *boost, struct pm_error *err);

/* A time such as 30d, 2w, 6m or 1y, in days. */
int option_halflife(const char *value, double *days, struct pm_error *err);

/* A date or a word for a time, with its first and its last day. */
int option_time(const char *value, int64_t now, struct pm_date *since, struct pm_date *until,
                struct pm_error *err);

/* The first must not come after the second, where both are given. */
int option_times_check(const struct pm_date *since, const struct pm_date *until,
                       struct pm_error *err);

/* Names of facets with commas between, added to the `*len` that are there (at most PM_FACETS). */
int option_facets(const char *value, enum pm_facet *facet, size_t *len, struct pm_error *err);

/* "day", "week", "month", "year": the facet of that name. */
int option_timeline(const char *value, int *facet, struct pm_error *err);

/* The words from optind on as one query, to free(), with a warning of those like options; NULL
 * when memory ran out. */
char *option_join(const struct pm_cli *cli, int argc, char **argv, struct pm_error *err);

#endif
