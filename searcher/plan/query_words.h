/*
 * The words of a query, each with the forms that it may stand as in the index.
 *
 * A word is read as every language of the index would have indexed it; what begins at the
 * same byte of the query is one word.  Of the languages the first, the most common, says
 * whether it is a function word.
 */
#ifndef PM_QUERY_WORDS_H
#define PM_QUERY_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzer.h"
#include "error.h"

/*
 * A term that a word may stand as.  The forms of one reading share its weight: what has all
 * of them ("US" is indexed as the acronym and as a word) counts fully, what has only one
 * ("us", or "cafe" for "café") counts less.
 */
struct pm_query_form {
    char *text;         /* without a field's prefix */
    double share;       /* of the word's weight, above 0 and at most 1 */
    bool acronym;       /* it is the word taken as an acronym */
    uint32_t languages; /* a bit for each analyzer that reads the word so */
};

struct pm_query_word {
    struct pm_query_form *form; /* at least one */
    size_t forms, cap;
    char **part; /* of a script without spaces: the terms it is in a row, when more than one */
    size_t parts;
    uint32_t wqf;      /* how often the query has it */
    bool left_out;     /* it is not asked for (plan_stops.c) */
    bool stop;         /* a function word in the first language that it is a word of */
    bool acronym;      /* there, it means the acronym alone: "US", "WHO", "IT" */
    const char *typed; /* as in the query; not terminated */
    size_t typed_len;
};

struct pm_query_words {
    struct pm_query_word *item;
    size_t len, cap;
};

/*
 * Adds the words of `text`, read by each of the `n` analyzers; `shouting` says that the whole
 * query is set in capitals.  `text` must outlive the words.
 */
int pm_query_words_read(struct pm_query_words *words, struct pm_analyzer *const *analyzer, size_t n,
                        bool shouting, const char *text, size_t len, struct pm_error *err);

/* Folds every word that has come before into its earlier self, whose wqf grows. */
void pm_query_words_count(struct pm_query_words *words);

void pm_query_words_release(struct pm_query_words *words);

#endif
