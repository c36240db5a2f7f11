/*
 * How good rankings are, measured against judgements.
 *
 * Gains are the grades as they are, discounted by log2(rank + 1) (Järvelin and Kekäläinen
 * 2002); MAP and recall count every grade above 0 as relevant.  Queries without a relevant
 * article do not count; queries without an answer score 0.
 */
#ifndef EVAL_H
#define EVAL_H

#include "error.h"
#include "search.h"

#define EVAL_DEPTH 1000 /* hits of a query that are looked at */

struct eval;

/* Reads judgements in TREC's form: "QUERY 0 ARTICLE GRADE" a line. */
struct eval *eval_open(const char *path, struct pm_error *err);
void eval_close(struct eval *eval);

/* Scores the hits of the query `qid`, best first. */
int eval_add(struct eval *eval, const char *qid, const struct pm_results *results,
             struct pm_error *err);

/* Prints one line: queries, nDCG@10, MAP, P@10, recall@100, MRR@10. */
void eval_print(const struct eval *eval);

#endif
