/*
 * Names in a query, and clauses for whom they stand for.
 */
#ifndef PM_NAME_CLAUSES_H
#define PM_NAME_CLAUSES_H

#include <stdint.h>

#include "analyzer.h"
#include "db.h"
#include "error.h"
#include "fold.h"
#include "query.h"

/*
 * Adds to each list of the tree a clause for every run of its bare words, the longest first, that
 * the articles of `db` know somebody by: they match it whatever they call them.  A single word has
 * to be a name in a fair share of the articles that have it; `analyzer` is of the language that
 * most are in; `shouting` tells that the query is set in capitals, which mean nothing then.
 */
int pm_name_clauses_add(const struct pm_db *db, struct pm_analyzer *analyzer, struct pm_fold *fold,
                        bool shouting, double boost, struct pm_node *tree, struct pm_error *err);

#endif
