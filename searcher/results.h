/*
 * What a search is asked, and what it answers.
 */
#ifndef PM_RESULTS_H
#define PM_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article.h"
#include "cursor.h"
#include "date.h"
#include "facets.h"
#include "snippet.h"
#include "synonyms.h"
#include "warnings.h"
#include "word_list.h"

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
    const char *similar;         /* instead of a query: what is like the article of this id */
    const struct pm_synonyms *synonyms;
    bool plain;        /* rank by BM25 of the words alone: no names, no nearness */
    double halflife;   /* of what newer articles gain, in days (recency.h); 0: nothing */
    double name_boost; /* of the clauses for names among the words (name_clauses.h); 0: none */
    const struct pm_word_list *stop_words; /* instead of each language's own; NULL: those */
    bool suggest;                          /* look for what was meant instead of rare words */
    bool correct;                          /* search for that, if there is any */
    int64_t now; /* seconds since 1970, for `today` and its like; 0: the clock's */

    uint32_t offset, limit;
    const char *after; /* only what comes after this cursor, which replaces the offset; NULL */
    enum pm_sort sort; /* articles without a date, or a source, come last both ways */
    bool group;        /* near-copies of a story are one hit, by its best; limit counts stories */
    bool exact;        /* count all matches instead of estimating how many there are */
    uint32_t snippets, snippet_words; /* passages of a hit, and words of each; 0: none */
    bool title_marks;                 /* what was found is marked in titles */
    uint32_t names;                   /* of its entities, the most salient, that are wanted */
    bool extra;                       /* its keys that we do not know are wanted */
    struct pm_rank rank;

    const enum pm_facet *facet; /* to be counted over all that matches */
    size_t facets;
    uint32_t facet_limit; /* values of each, those of the most articles; 0: all.  Not of times. */
    int timeline;         /* PM_FACET_MONTH, WEEK, DAY or YEAR; -1: none */
    const char *explain;  /* the id of an article whose score is to be explained, or NULL */
    bool parse_only;      /* fill `tree` and the warnings of the query, look for nothing */
};

/* What is asked when nothing else is said: ten hits with a snippet of 40 words each. */
extern const struct pm_request pm_request_default;

/* Another article of a hit's story. */
struct pm_copy {
    char *id, *title, *source; /* the last two NULL where there is none */
    struct pm_date date;
};

struct pm_hit {
    uint32_t rank;              /* from 1 */
    double score;               /* rounded to 1e-9; 0 when sorted by something else */
    struct pm_article article;  /* perhaps only with the `names` and `extra` asked for */
    struct pm_snippet title;    /* with `title_marks`: the whole title */
    struct pm_snippet *snippet; /* of the body, in its order */
    size_t snippets;
    struct pm_copy *copy; /* with `group`: oldest first */
    size_t copies;
};

/* A clause of the query, and what it gives one article. */
struct pm_clause_score {
    uint32_t depth;   /* 0: the whole; a clause stands in the nearest before it that is less deep */
    const char *role; /* a constant: "must", "may", "not", "filter", "near" */
    char *text;       /* as in the query */
    bool matches;
    double score; /* clauses of one depth add up to the one that they stand in, if that matches */
};

struct pm_explanation {
    char *id;
    bool matches; /* the article is among the results */
    double score; /* the same as in the results */
    struct pm_clause_score *clause;
    size_t clauses;
    char *failed; /* of an article that does not match: the first clause that is why; or NULL */
};

struct pm_results {
    char *query; /* as searched for, valid UTF-8 */
    char *tree;  /* as understood: an s-expression */
    struct pm_hit *hit;
    size_t len;
    uint32_t total;   /* articles that match in all */
    bool total_exact; /* else it is an estimate */
    uint32_t stories; /* with `group`: how many stories they tell */
    struct pm_warning *warning;
    size_t warnings;
    char *suggestion; /* the query as it was probably meant, or NULL */
    char *next;       /* the cursor after the last hit, or NULL where there is no more */
    struct pm_facet_counts *facet; /* one for each asked for */
    size_t facets;
    struct pm_timeline timeline;
    struct pm_explanation *explanation; /* or NULL */
};

void pm_results_release(struct pm_results *results);

#endif
