/*
 * The queries of a file, each with its id: a line for each, or topics as TREC writes them.
 *
 * A line is a query, or an id, a tab and a query; empty ones are passed over.  A file whose first
 * line with text begins with "<top>" has TREC's topics: the id is <num>, the query is <title>
 * (https://trec.nist.gov/data/topics_eng/).  "Number:" and "Topic:" before them go, as do zeros
 * that a number begins with, since judgements have none; other elements are passed over.
 */
#ifndef TOPICS_H
#define TOPICS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"

struct topics;

struct topic {
    const char *id;    /* the number of the line if it has none */
    bool numbered;     /* it has none */
    const char *query; /* with a NUL behind it, and perhaps others in it */
    size_t len;        /* of the query */
    size_t line;       /* from 1 on, where it begins */
};

/* Reads standard input if `path` is "-"; keeps `path`. */
struct topics *topics_open(const char *path, struct pm_error *err);
void topics_close(struct topics *topics);

/*
 * The next one in *topic, its texts valid until the next call: 1, 0 at the end, or -1.  What is
 * malformed is PM_ERR_SYNTAX, with its line and that for an id in *topic; one may go on behind it.
 */
int topics_next(struct topics *topics, struct topic *topic, struct pm_error *err);

#endif
