/*
 * The articles that match, in an order that does not depend on how an index is split.
 */
#ifndef PM_RANKING_H
#define PM_RANKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cursor.h"
#include "db.h"
#include "error.h"
#include "plan.h"

/* Of the best, so many have the places of their words looked at: more change little. */
#define PM_RANKING_LOOK 30

struct pm_ranked {
    uint32_t docid;
    double score;    /* rounded to 1e-9; 0 when sorted by something else */
    double nearness; /* of it, what the places of its words gave (nearness.h) */
};

struct pm_ranking {
    struct pm_ranked *item;
    size_t len;
    bool complete;    /* no others match */
    uint32_t total;   /* how many match in all */
    bool total_exact; /* else it is an estimate */
};

struct pm_ranking_request {
    const struct pm_db *db;
    const struct pm_plan *plan; /* with a query */
    struct pm_db_bm25 bm25;     /* in the database's units */
    enum pm_sort sort;
    uint32_t documents;
    bool count; /* the total is to be exact */
    /* If not NULL, told once of every match, as in struct pm_db_request. */
    int (*spy)(const struct pm_db_bytes *value, void *arg, struct pm_error *err);
    void *spy_arg;
    const uint32_t *spy_slot;
    size_t spy_slots;
};

/* Finds the first `want` into *ranking, to be released in any case. */
int pm_ranking_find(const struct pm_ranking_request *request, uint32_t want,
                    struct pm_ranking *ranking, struct pm_error *err);
void pm_ranking_release(struct pm_ranking *ranking);

/* The number of those in the ranking that come before what is after the cursor's place. */
int pm_ranking_skip(const struct pm_ranking_request *request, const struct pm_ranking *ranking,
                    const struct pm_cursor *cursor, size_t *skip, struct pm_error *err);

#endif
