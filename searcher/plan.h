/*
 * From the tree of a query to what the database is asked, and what to mark in its answers.
 */
#ifndef PM_PLAN_H
#define PM_PLAN_H

#include <stdbool.h>

#include "analyzers.h"
#include "date.h"
#include "db.h"
#include "error.h"
#include "query.h"
#include "wanted.h"

/* What a plan is made against. */
struct pm_plan_base {
    const struct pm_db *db;
    const struct pm_db_numbers *dead; /* articles to leave out, as pm_db_query_numbers() has it */
    bool any_dead;
    uint32_t documents;
    /*
     * The analyzers of the languages that the index holds, the most common first: a word of
     * the query is looked for as each of them would have indexed it.
     */
    struct pm_analyzer *const *analyzer;
    size_t analyzers;
};

struct pm_plan {
    struct pm_db_query *query; /* NULL when nothing of the query is left to look for */
    bool scored;               /* some part of it gives a score */
    struct pm_wanted wanted;
    struct pm_buf dropped; /* stop words left out, ", " between them */
};

/*
 * Makes *plan of the tree.  `since` and `until` bound the date (both inclusive, to their own
 * precision); NULL is no bound.  PM_ERR_QUERY when a required clause holds no word.
 */
int pm_plan_make(const struct pm_plan_base *base, const struct pm_node *tree,
                 const struct pm_date *since, const struct pm_date *until, struct pm_plan *plan,
                 struct pm_error *err);
void pm_plan_release(struct pm_plan *plan);

#endif
