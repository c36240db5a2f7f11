/*
 * The order of hits: what they are sorted by, and a place in that order as text.
 */
#ifndef PM_CURSOR_H
#define PM_CURSOR_H

#include <stdint.h>

#include "article.h"
#include "buf.h"
#include "db.h"
#include "error.h"

enum pm_sort {
    PM_SORT_RELEVANCE, /* score, newest date, id */
    PM_SORT_OLDEST,    /* date, id */
    PM_SORT_NEWEST,    /* the same, newest date first */
    PM_SORT_SOURCE,    /* source, newest date, id */
};

/* What an article is sorted by; start with {0}. */
struct pm_key {
    double score;             /* rounded to 1e-9; 0 where nothing scores */
    char *source, *date, *id; /* "" where there is none */
};

/* Reads the key of a document that was found, of that score, to be released. */
int pm_key_read(const struct pm_db *db, uint32_t docid, double score, struct pm_key *key,
                struct pm_error *err);
/* The same of the article itself, which spares the reading. */
int pm_key_of(const struct pm_article *article, double score, struct pm_key *key,
              struct pm_error *err);
void pm_key_release(struct pm_key *key);

/* Below 0 if `a` comes before `b`.  Who has no date, or no source, comes last in any order. */
int pm_key_compare(enum pm_sort sort, const struct pm_key *a, const struct pm_key *b);

/* A place in the results of a query, with the rank of the hit that has it. */
struct pm_cursor {
    enum pm_sort sort;
    uint32_t rank;
    uint32_t query; /* a hash of what was asked, by which a cursor of something else is seen */
    struct pm_key key;
};

/* Adds the cursor to `out`, as text that a shell leaves alone and URLs can hold. */
void pm_cursor_format(const struct pm_cursor *cursor, struct pm_buf *out);

/* Reads such text, to be released with pm_key_release(); PM_ERR_USAGE when it is none. */
int pm_cursor_parse(const char *text, struct pm_cursor *cursor, struct pm_error *err);

#endif
