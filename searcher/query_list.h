/*
 * Database queries on their way into one, with one owner at a time.
 */
#ifndef PM_QUERY_LIST_H
#define PM_QUERY_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "error.h"

/* Queries that are to be joined; they belong to the list.  Start with {0}. */
struct pm_query_list {
    struct pm_db_query **item;
    size_t len, cap;
};

void pm_query_list_release(struct pm_query_list *list);

/* Adds a query, which the list owns from here on, even on failure; NULL is a failure. */
int pm_query_list_add(struct pm_query_list *list, struct pm_db_query *query, struct pm_error *err);

/* Joins all of a list that is not empty into one query, and empties the list. */
struct pm_db_query *pm_query_list_join(struct pm_query_list *list, enum pm_db_op op,
                                       uint32_t window, struct pm_error *err);

/* Joins two queries, which belong to the joined one from here on; NULL if either is. */
struct pm_db_query *pm_query_join_two(enum pm_db_op op, struct pm_db_query *a,
                                      struct pm_db_query *b, struct pm_error *err);

#endif
