/*
 * The leaves of a query's tree, made of the pieces of its text.
 */
#ifndef PM_QUERY_LEAF_H
#define PM_QUERY_LEAF_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "query.h"
#include "query_lex.h"
#include "schema.h"

/* The field that a leaf is of: named with it, around it, or not at all. */
struct pm_query_scope {
    enum pm_field field;
    bool named;
};

/*
 * Reads the word, phrase or, in that field, date that comes next, but for ^ and what goes with
 * that; to be freed.  `now` is what dates are seen from.
 */
struct pm_node *pm_query_leaf_read(struct pm_query_lex *lex, struct pm_query_scope scope,
                                   int64_t now);

/* Reads all of the query as words, whatever is in it: a list, to be freed. */
struct pm_node *pm_query_leaf_words(struct pm_query_lex *lex);

#endif
