/*
 * A query as it is matched with the documents of one shard, a window of them at a time.
 *
 * Which documents of a window match is a set of bits, so that what joins clauses works on 64 of
 * them at once, and a list of postings is read in a row, not document by document in turns with
 * others.
 */
#ifndef PM_CLAUSE_H
#define PM_CLAUSE_H

#include <stddef.h>
#include <stdint.h>

#include "glass_reader.h"
#include "query_tree.h"

#define PM_WINDOW       2048 /* documents */
#define PM_WINDOW_WORDS (PM_WINDOW / 64)

/* What is known of the documents of a window. */
struct pm_window {
    uint64_t bit[PM_WINDOW_WORDS]; /* that match */
    double score[PM_WINDOW];       /* 0 where no bit is set */
};

/*
 * How many documents of all shards have each term that scores, in the order in which clauses are
 * made: counted with the first shard, and the same with the others, whose `at` begins at 0.
 */
struct pm_term_counts {
    double *count;
    size_t len, at;
};

/* What scores are made of, over all shards. */
struct pm_scoring {
    struct pm_db_bm25 bm25;
    const struct pm_db *db; /* to ask for positions and data */
    struct pm_glass *const *glass;
    size_t shards;
    double documents, average_length;
    struct pm_term_counts *terms; /* the matcher's */
};

struct pm_clause;

/* The clause of a query in one shard; its scores, if they are wanted, are multiplied by `factor`.
 */
struct pm_clause *pm_clause_new(const struct pm_db_query *query, const struct pm_scoring *scoring,
                                size_t shard, double factor, bool scored, struct pm_error *err);
void pm_clause_free(struct pm_clause *clause);

/* No document from `from` on and before this one matches. */
uint64_t pm_clause_next(const struct pm_clause *clause, uint64_t from);

/*
 * Sets the bits of the documents from `from` on that match, of those in `within` (NULL: of all),
 * and adds to the scores of these alone.  `score` is NULL if none is wanted.  Windows are asked for
 * in rising order, and do not overlap.
 */
int pm_clause_match(struct pm_clause *clause, uint64_t from, const uint64_t *within, uint64_t *bit,
                    double *score, struct pm_error *err);

#endif
