/*
 * How words begin that a query may ask for: most words of a text are told by it to be none.
 *
 * That spares them to be folded and stemmed.  It speaks of plain words: of ASCII letters and digits
 * alone.
 */
#ifndef PM_STARTS_H
#define PM_STARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first three letters, whatever their case, in a number; a word that has fewer has none. */
#define PM_STARTS (1u << 15)

struct pm_starts {
    uint64_t set[PM_STARTS / 64]; /* bits */
};

/* `y` and `i` are one letter: in the stems of `dying` and `lying` one is the other. */
static inline uint32_t pm_start_letter(char c)
{
    uint32_t letter = (unsigned char)c & 31;
    return letter == ('y' & 31) ? 'i' & 31 : letter;
}

static inline uint32_t pm_start(const char *text, size_t len)
{
    uint32_t first = len > 0 ? pm_start_letter(text[0]) : 0;
    uint32_t second = len > 1 ? pm_start_letter(text[1]) : 0;
    uint32_t third = len > 2 ? pm_start_letter(text[2]) : 0;
    return first << 10 | second << 5 | third;
}

/* Adds all plain words that may have the term `text`, the stem of a language that keeps starts. */
void pm_starts_add(struct pm_starts *starts, const char *text, size_t len);

/* Adds those that may have one of those terms once they are spelt as in America; comes last. */
void pm_starts_add_spellings(struct pm_starts *starts);

/* False for a plain word that has none of the terms that were added. */
static inline bool pm_starts_have(const struct pm_starts *starts, const char *word, size_t len)
{
    uint32_t start = pm_start(word, len);
    return starts->set[start / 64] >> start % 64 & 1;
}

#endif
