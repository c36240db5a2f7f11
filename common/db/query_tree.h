/*
 * A query as it was asked for: the tree that is matched by our own matcher, or made one of
 * libxapian's.
 */
#ifndef PM_QUERY_TREE_H
#define PM_QUERY_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db.h"

enum pm_query_kind {
    PM_QUERY_TERM,
    PM_QUERY_ALL,
    PM_QUERY_JOIN,
    PM_QUERY_SCALE,
    PM_QUERY_RANGE,
    PM_QUERY_NUMBERS,
    PM_QUERY_CHECKED,
    PM_QUERY_FIXED,
    PM_QUERY_WEIGHED,
};

struct pm_db_query {
    enum pm_query_kind kind;
    unsigned references;
    struct pm_db_query **child; /* of JOIN and SCALE */
    size_t children;
    enum pm_db_op op;
    uint32_t window; /* of PHRASE */
    double factor;   /* of SCALE */
    char *term;
    size_t term_len;
    uint32_t wqf;
    uint32_t slot;    /* of RANGE and WEIGHED */
    char *low, *high; /* of RANGE; `high` NULL: no upper end */
    const struct pm_db_numbers *numbers;
    const struct pm_db_terms *group; /* of CHECKED, and of FIXED, whose own they are */
    size_t groups;
    const double *score; /* of each group */
    pm_db_accept *accept;
    pm_db_weigh *weigh;
    double most;
    void *arg;
};

/* A document that CHECKED asks about, by its number in the shard. */
struct pm_db_candidate {
    const struct pm_db *db;
    size_t shard;
    uint32_t docid;
};

#endif
