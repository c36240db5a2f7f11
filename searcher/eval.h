/*
 * How good rankings are, measured against judgements.
 *
 * Gains are the grades as they are, discounted by log2(rank + 1) (Järvelin and Kekäläinen
 * 2002); MAP and recall count every grade above 0 as relevant.  Queries without a relevant
 * article do not count; queries without an answer score 0.
 */
#ifndef EVAL_H
#define EVAL_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"
#include "search.h"

#define EVAL_DEPTH 1000 /* hits of a query that are looked at */

struct eval;

/* Reads the judgements of a file, as qrels_read() does. */
struct eval *eval_open(const char *path, struct pm_error *err);
void eval_close(struct eval *eval);

/*
 * Whether the query `qid`, of a line of the topics, is to be asked: 1, or 0 if it does not count.
 * PM_ERR_SYNTAX if it was asked before.
 */
int eval_wants(struct eval *eval, const char *qid, size_t line, struct pm_error *err);

/*
 * Scores the hits of the query `qid`, best first.  What is there twice, as from two indexes,
 * counts once.
 */
int eval_add(struct eval *eval, const char *qid, const struct pm_results *results,
             struct pm_error *err);

/* Where topics and judgements do not fit each other. */
enum eval_gap {
    EVAL_NOT_JUDGED,       /* topics without judgements */
    EVAL_NOTHING_RELEVANT, /* topics whose judgements are all 0 */
    EVAL_NO_TOPIC,         /* relevant articles of queries that no topic asks */
    EVAL_JUDGED_TWICE,     /* articles with several grades for a query; the last counts */
    EVAL_GAPS
};

/*
 * Once all topics were asked: adds a text that names the first few of a gap, and sets *line to that
 * of the first, in the topics or in the judgements (*of_topics).  False if there are none.
 */
bool eval_tell(const struct eval *eval, enum eval_gap gap, size_t *line, bool *of_topics,
               struct pm_buf *text);

/*
 * Prints one line: queries, nDCG@10, MAP, P@10, recall@100, MRR@10.  Before it, if that is asked
 * for, the names of the figures and those of each query, in the order of the judgements, with
 * tabs between them.
 */
void eval_print(const struct eval *eval, bool per_query);

#endif
