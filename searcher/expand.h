/*
 * Words of the index that a query's word stands for: completed, misspelt, or meant.
 */
#ifndef PM_EXPAND_H
#define PM_EXPAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "error.h"

#define PM_EXPAND_MAX 100 /* words that a wildcard or a fuzzy word may become */

struct pm_expansion {
    char *text; /* a word of the index, folded */
    uint32_t articles;
    uint32_t distance; /* letters that differ; 0 for a wildcard's */
};

struct pm_expansions {
    struct pm_expansion *item; /* nearest first, then those in most articles, then by text */
    size_t len;
    bool cut; /* there were more than PM_EXPAND_MAX; the rarest were left out */
};

/*
 * The words of `db` that begin with `text` (case and accents aside, which its words have not).
 */
int pm_expand_prefix(const struct pm_db *db, const char *text, size_t len,
                     struct pm_expansions *expansions, struct pm_error *err);

/*
 * The words that differ from `text` by at most `distance` (1 or 2) letters put in, left out,
 * replaced or swapped with the next (optimal string alignment; case and accents aside).
 */
int pm_expand_fuzzy(const struct pm_db *db, const char *text, size_t len, uint32_t distance,
                    struct pm_expansions *expansions, struct pm_error *err);
void pm_expansions_release(struct pm_expansions *expansions);

/*
 * For each of `n` words that is in at most `articles[i]` articles: the word that was probably
 * meant, in suggestion[i] (to be freed), or NULL.  Only a near neighbour (one letter; two in
 * words of seven letters or more; none in words of three or fewer) is a suggestion, that two
 * articles have at least, or six where two letters differ or the first.  Of several one with a
 * single slip is taken rather than one with two, unless that is in a hundred times as many
 * articles; then the most frequent.  For a word that the index has it must be a single slip inside
 * a word of six letters or more, and the other in a hundred times as many articles.  One walk over
 * the words serves all.
 */
int pm_expand_suggest(const struct pm_db *db, const char *const *word, const size_t *len,
                      const uint32_t *articles, size_t n, char **suggestion, struct pm_error *err);

#endif
