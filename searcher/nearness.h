/*
 * What the places of a query's words add to the score of an article: words that the query has side
 * by side stand together, words stand in the headline.
 *
 * Nearness of neighbours in a query is that of Buettcher, Clarke and Lushman (SIGIR 2006), here for
 * both of a pair at once.  It is told by positions, so only of the best articles.
 */
#ifndef PM_NEARNESS_H
#define PM_NEARNESS_H

#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "error.h"

/* A word of the query. */
struct pm_neighbour {
    const char *text; /* in the query; not terminated */
    size_t len;
    struct pm_db_bytes *term; /* its forms, as terms of the database; each `data` is owned */
    size_t terms;
    double weight; /* its idf; 0 of a word that is in half of the articles or more */
};

struct pm_neighbours {
    struct pm_neighbour *item; /* in their order in the query, each word once */
    size_t len;
};

void pm_neighbours_release(struct pm_neighbours *neighbours);

/* Sets bonus[i], 0 or more, of the article docid[i], for each of `n`. */
int pm_nearness(const struct pm_db *db, const struct pm_neighbours *words, const uint32_t *docid,
                size_t n, double *bonus, struct pm_error *err);

#endif
