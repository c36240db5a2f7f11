/*
 * How words begin that a query may ask for: most words of a text are told by it to be none.
 *
 * That spares them to be folded and stemmed.  It speaks of words of the shapes that the analyzer
 * tells (analyzer.h), which begin with ASCII characters.
 */
#ifndef PM_STARTS_H
#define PM_STARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The first three characters in a number, the five lowest bits of each: letters are told apart
 * whatever their case.  A shorter word has nothing in the places of others.
 */
#define PM_START_LETTERS 3
#define PM_STARTS        (1u << (5 * PM_START_LETTERS))

struct pm_starts {
    uint64_t set[PM_STARTS / 64]; /* bits */
};

static inline uint32_t pm_start(const char *text, size_t len)
{
    uint32_t first = len > 0 ? text[0] & 31 : 0;
    uint32_t second = len > 1 ? text[1] & 31 : 0;
    uint32_t third = len > 2 ? text[2] & 31 : 0;
    return first << 10 | second << 5 | third;
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
