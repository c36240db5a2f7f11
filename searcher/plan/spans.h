/*
 * Where in a document words stand together: phrases and NEAR over alternatives, by positions.
 */
#ifndef PM_SPANS_H
#define PM_SPANS_H

#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "error.h"

enum pm_spans_kind {
    PM_SPANS_TERMS,  /* any of the terms */
    PM_SPANS_ANY,    /* any of its children */
    PM_SPANS_PHRASE, /* its children in order, with at most `distance` words among them in all */
    PM_SPANS_NEAR,   /* its children in any order, no two of them overlapping, within a stretch
                        that has at most `distance` words more than they need themselves */
};

struct pm_spans {
    enum pm_spans_kind kind;
    uint32_t distance;
    struct pm_db_bytes *term; /* database terms; each `data` is owned */
    size_t terms;
    struct pm_spans **child; /* owned */
    size_t children;
};

/* Start with a kind; add terms (copied) or children (owned from here on, even on failure). */
struct pm_spans *pm_spans_new(enum pm_spans_kind kind, uint32_t distance, struct pm_error *err);
int pm_spans_add_term(struct pm_spans *spans, const char *term, size_t len, struct pm_error *err);
int pm_spans_add_child(struct pm_spans *spans, struct pm_spans *child, struct pm_error *err);
void pm_spans_free(struct pm_spans *spans);

/*
 * The documents where `spans` (a phrase or a NEAR) stands, without a score.  `spans` must
 * outlive the query.  A NEAR of more than eight children, or one that would take more than a
 * bounded number of steps in a document, is decided by whether the smallest window that holds
 * one of each is small enough.
 */
struct pm_db_query *pm_spans_query(const struct pm_spans *spans, struct pm_error *err);

#endif
