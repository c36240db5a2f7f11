/*
 * A passage of a text around some of its matches, on its way to a snippet.
 */
#ifndef PM_PASSAGE_H
#define PM_PASSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "matches.h"
#include "snippet.h"

#define PM_PASSAGE_WORDS (SIZE_MAX / 160) /* no more may be asked for: counts must not overflow */

struct pm_passage {
    const char *text;
    size_t len;
    struct pm_matches found;
    size_t low, high;           /* words: the passage may take these; high is exclusive */
    size_t low_byte, high_byte; /* the same in bytes */
    int64_t score;              /* of the best window so far; -1: there is none */
    size_t first, last;         /* words: the matches to show */
    size_t start, end;          /* words: the passage; end is exclusive */
};

/* The first match that begins at the word `word` or after it. */
size_t pm_passage_match(const struct pm_matches *found, size_t word);

/*
 * Looks for the best window of `words` words among those from `low` to before `high`.  If its
 * score is above passage->score, that becomes it, and its matches and bounds the passage's.
 */
void pm_passage_choose(struct pm_passage *passage, size_t low, size_t high, size_t words);

/* Sets the words of the passage, about `words`, around its matches, and the bytes of *snippet. */
void pm_passage_bound(struct pm_passage *passage, size_t words, struct pm_snippet *snippet);

/* Sets the bytes of *snippet, which is empty, to the beginning of the text. */
void pm_passage_beginning(const struct pm_passage *passage, size_t words,
                          struct pm_snippet *snippet);

#endif
