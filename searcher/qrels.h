/*
 * Judgements of articles in TREC's form: "QUERY 0 ARTICLE GRADE" a line.
 */
#ifndef QRELS_H
#define QRELS_H

#include <stddef.h>

#include "error.h"

struct judgement {
    char *qid, *id; /* of the query and of the article, as a TREC run has them */
    double grade;   /* that of the last line for both */
    size_t line;    /* the first */
    size_t changed; /* the line that had another grade than one before, or 0 */
};

/* Start with {0}, and release in any case. */
struct qrels {
    struct judgement *item; /* by query, then by article; a query and an article are there once */
    size_t len;
};

/*
 * Reads a file.  PM_ERR_SYNTAX names the first line that is malformed, since half of the
 * judgements would give wrong figures, or tells that there are none.
 */
int qrels_read(struct qrels *qrels, const char *path, struct pm_error *err);
void qrels_release(struct qrels *qrels);

#endif
