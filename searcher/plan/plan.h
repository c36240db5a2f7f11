/*
 * From the tree of a query to what the database is asked, and what to mark in its answers.
 */
#ifndef PM_PLAN_H
#define PM_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers.h"
#include "date.h"
#include "db.h"
#include "error.h"
#include "exact.h"
#include "fold.h"
#include "nearness.h"
#include "query.h"
#include "recency.h"
#include "wanted.h"
#include "warnings.h"
#include "word_list.h"

/* What a plan is made against, all of which must outlive it. */
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
    struct pm_fold *fold;
    struct pm_analyzers *all;              /* of whatever language an article has */
    const struct pm_word_list *stop_words; /* or NULL: each language's own */
    struct pm_recency recency;
    bool plain; /* the words alone: none of those left out that a sentence asks with, no neighbours
                 */
    struct pm_date since, until; /* inclusive, to their own precision; empty: no bound */
    const char *text;            /* the query, of which the tree speaks */
    size_t len;
    bool marks; /* the words are looked for in texts, too: `wanted` is to be sorted */
    bool check; /* the database checks all that the stored text decides; else `exact` is left */
};

enum pm_role {
    PM_ROLE_MAY,    /* one of those that any of has to match */
    PM_ROLE_MUST,   /* it has to match */
    PM_ROLE_FILTER, /* it has to match beside what may; it scores if its field does */
    PM_ROLE_NOT,    /* it must not match */
};

/* A clause: its query is that of its children joined, as their roles say. */
struct pm_part {
    enum pm_role role;
    char *text; /* as in the query */
    size_t at;
    struct pm_db_query *query; /* NULL when nothing of the clause is left to look for */
    bool scored;               /* some of it gives a score */
    double boost;              /* what its query has multiplied the scores of its children by */
    struct pm_part *child, *next;
};

/* A word of the query that stands for itself: it may be misspelt. */
struct pm_plain_word {
    const char *text; /* in the query; not terminated */
    size_t len;
    uint32_t articles; /* that have it, in any of its forms */
};

struct pm_plan_own; /* memory that the queries speak of */

struct pm_plan {
    struct pm_part *root;      /* or NULL when the query asks for nothing */
    struct pm_db_query *query; /* what to ask; NULL when nothing is left to look for */
    bool scored;               /* some part of it gives a score */
    struct pm_wanted wanted;
    struct pm_warnings warnings;
    struct pm_plain_word *word;
    size_t words;
    struct pm_neighbours neighbours;
    struct pm_exact **exact; /* what each match has to be asked yet */
    size_t exacts;
    struct pm_plan_own *own;
};

/*
 * Makes *plan of the tree, to be released in any case.  PM_ERR_QUERY, with the place, for a clause
 * without a word in it, and what cannot be looked for.
 */
int pm_plan_make(const struct pm_plan_base *base, const struct pm_node *tree, struct pm_plan *plan,
                 struct pm_error *err);
void pm_plan_release(struct pm_plan *plan);

#endif
