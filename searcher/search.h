/*
 * A search, from the words typed to the hits with their snippets.
 *
 * The door to the library for who embeds it: open, search as often as wanted, close.
 */
#ifndef PM_SEARCH_H
#define PM_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "article.h"
#include "date.h"
#include "error.h"
#include "snippet.h"

struct pm_search;

/*
 * Opens the indexes in the `n` folders to be searched as one, as they are now; what is
 * published later is not seen.  `language` is that of the queries, or NULL for all that the
 * indexes hold.  pm_search_close() accepts NULL.
 */
struct pm_search *pm_search_open(const char *const *folders, size_t n, const char *language,
                                 struct pm_error *err);
void pm_search_close(struct pm_search *search);

/* BM25 in units of words: k1 is multiplied by PM_WDF_UNIT on its way to the database. */
struct pm_rank {
    double k1, k3, b;
};

/* BM25 as of Robertson and Walker, Okapi at TREC-7 (1998), k1 and b as Lucene has them. */
extern const struct pm_rank pm_rank_default;

struct pm_request {
    const char *query; /* any bytes; ill-formed UTF-8 is mended */
    size_t query_len;
    bool literal;                /* all of it is words: no operators */
    struct pm_date since, until; /* inclusive, each to its own precision; empty: no bound */
    uint32_t offset, limit;
    bool exact;             /* count all matches instead of estimating how many there are */
    uint32_t snippet_words; /* 0: no snippets */
    struct pm_rank rank;
};

/* What is asked when nothing else is said: ten hits with snippets. */
extern const struct pm_request pm_request_default;

struct pm_hit {
    uint32_t rank; /* from 1 */
    double score;  /* rounded to 1e-9 */
    struct pm_article article;
    struct pm_snippet title;   /* the whole title, with marks */
    struct pm_snippet snippet; /* of the body */
};

struct pm_results {
    char *query; /* as searched for, valid UTF-8 */
    struct pm_hit *hit;
    size_t len;
    uint32_t total;   /* articles that match in all */
    bool total_exact; /* else it is an estimate */
    char *dropped;    /* words left out as too common, ", " between them; or NULL */
};

/*
 * Answers a request.  Hits come by (score rounded to 1e-9, newest date, id): the order does
 * not depend on how an index is split into segments.  A broken query is PM_ERR_QUERY, with
 * the byte of the query in err->offset.  Release the results in any case.
 */
int pm_search_run(struct pm_search *search, const struct pm_request *request,
                  struct pm_results *results, struct pm_error *err);
void pm_results_release(struct pm_results *results);

#endif
