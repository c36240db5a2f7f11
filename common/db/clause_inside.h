/*
 * Inside clauses: what the files that make and match them share.
 */
#ifndef PM_CLAUSE_INSIDE_H
#define PM_CLAUSE_INSIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "clause.h"
#include "phrase.h"

/* A list of postings, and the place in its chunk. */
struct pm_postings {
    struct pm_posting_list list;
    size_t at;
    bool ended;
};

struct pm_clause {
    const struct pm_db_query *query;
    const struct pm_db *db;
    struct pm_glass *glass;
    size_t shard;
    bool scored;
    struct pm_db_bm25 bm25;
    struct pm_clause **child;
    size_t children;
    struct pm_postings *postings; /* one, or one for each term of each group */
    size_t lists;
    size_t *group_end;     /* where in `postings` those of the group i end */
    double weight;         /* of a TERM: all of the score but the document's part */
    double factor;         /* by which it and clauses above multiply the score */
    double inverse_length; /* 1 / the average */
    struct pm_value_list values;
    size_t number; /* of NUMBERS: the next */
    double *own;   /* scores of a window, of what joins with a score; 0 between windows */
    struct pm_phrase_room phrase;
};

static inline bool pm_clause_is_any(const struct pm_db_query *query)
{
    return query->kind == PM_QUERY_SCALE || (query->kind == PM_QUERY_JOIN && query->op == PM_DB_OR);
}

/* ---- the bits of a window ---- */

static inline void pm_bits_clear(uint64_t *bit)
{
    memset(bit, 0, PM_WINDOW_WORDS * sizeof *bit);
}

static inline bool pm_bits_have(const uint64_t *bit, size_t i)
{
    return bit[i / 64] >> (i % 64) & 1;
}

static inline void pm_bits_set(uint64_t *bit, size_t i)
{
    bit[i / 64] |= (uint64_t)1 << (i % 64);
}

static inline bool pm_bits_are_empty(const uint64_t *bit)
{
    uint64_t any = 0;
    for (size_t i = 0; i < PM_WINDOW_WORDS; i++)
        any |= bit[i];
    return !any;
}

/* ---- clause_postings.c ---- */

/* The first document from `from` on that the list may have. */
uint64_t pm_postings_next(const struct pm_postings *postings, uint64_t from);

/* Goes to the first document from `from` on: 1, 0 if there is none, or -1. */
int pm_postings_seek(struct pm_postings *postings, uint64_t from, struct pm_error *err);

/* Goes to the first of the next chunk: 1, 0 where there is none, or -1. */
int pm_postings_next_chunk(struct pm_postings *postings, struct pm_error *err);

/* Sets the bits of the documents of the list in the window. */
int pm_postings_match(struct pm_postings *postings, uint64_t from, const uint64_t *within,
                      uint64_t *bit, struct pm_error *err);

/* ---- clause_leaf.c ---- */

/* pm_clause_match() for what has no children. */
int pm_clause_match_leaf(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                         uint64_t *bit, double *score, struct pm_error *err);

/* Leaves of the documents those that `passes` lets, which returns 1, 0 or -1. */
int pm_clause_keep(struct pm_clause *clause, uint64_t from, uint64_t *bit,
                   int (*passes)(struct pm_clause *clause, uint32_t docid, struct pm_error *err),
                   struct pm_error *err);

#endif
