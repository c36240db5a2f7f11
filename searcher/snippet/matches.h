/*
 * The words of a text, and where among them stands what a query asks for.
 */
#ifndef PM_MATCHES_H
#define PM_MATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzer.h"
#include "error.h"
#include "wanted.h"

#define PM_NO_MATCH SIZE_MAX

/* A word of the text; words are counted from 0, as the positions of the index. */
struct pm_text_word {
    size_t start; /* byte of the text */
    uint32_t len;
    bool marked; /* it is wanted, alone or in a phrase that stands here as a whole */
};

/* A wanted word, or a whole phrase, which has the concept of its first word. */
struct pm_match {
    size_t first, last; /* words */
    uint32_t concept;
    int64_t weight;        /* in whole numbers, at least 1; of a phrase, the sum of its words' */
    size_t previous, next; /* match of the same concept, or PM_NO_MATCH */
};

struct pm_matches {
    struct pm_text_word *word;
    size_t words, word_cap;
    struct pm_match *match; /* by their first words */
    size_t matches, match_cap;
};

/*
 * Reads `text`, valid UTF-8, in one walk and fills *matches, which the caller releases, after
 * a failure too.  A phrase matches where words stand at all its offsets from some word.
 */
int pm_matches_read(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                    size_t len, struct pm_matches *matches, struct pm_error *err);
void pm_matches_release(struct pm_matches *matches);

#endif
