/*
 * How words begin that a query may ask for: most words of a text are told by it to be none.
 *
 * That spares them to be folded and stemmed.  It speaks of words of ASCII characters alone.
 */
#ifndef PM_STARTS_H
#define PM_STARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The first three letters or digits, whatever their case, in a number; a shorter word has nothing
 * in their places.  `y` and `i` are one letter: in the stems of `dying` and `lying` one is the
 * other.  The points of `U.S.` and commas of `1,000` do not count, as the analyzer drops them.
 */
#define PM_START_LETTERS 3
#define PM_STARTS        (1u << (5 * PM_START_LETTERS))

struct pm_starts {
    uint64_t set[PM_STARTS / 64]; /* bits */
};

static inline uint32_t pm_start(const char *text, size_t len)
{
    uint32_t start = 0, letters = 0;
    for (size_t i = 0; letters < PM_START_LETTERS; i++) {
        char c = i < len ? text[i] : '\0';
        if (c == '.' || c == ',')
            continue;
        start = start << 5 | ((c == 'y' || c == 'Y' ? 'i' : c) & 31);
        letters++;
    }
    return start;
}

/* Adds all words that may have the term `text`, the stem of a language that keeps starts. */
void pm_starts_add(struct pm_starts *starts, const char *text, size_t len);

/* Adds those that may have one of those terms once they are spelt as in America; comes last. */
void pm_starts_add_spellings(struct pm_starts *starts);

/* False for a word that has none of the terms that were added. */
static inline bool pm_starts_have(const struct pm_starts *starts, const char *word, size_t len)
{
    uint32_t start = pm_start(word, len);
    return starts->set[start / 64] >> start % 64 & 1;
}

#endif
