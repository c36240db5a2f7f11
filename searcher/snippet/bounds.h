/*
 * Where sentences begin in a text, and which punctuation belongs to a word.
 *
 * `text` is valid UTF-8 of `len` bytes.  The rules are for many languages and without
 * dictionaries: they miss a bound rather than invent one.
 */
#ifndef PM_BOUNDS_H
#define PM_BOUNDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * True if a sentence or a line begins with the word at `next`, where the word before it is
 * the bytes from `start` to `end`.  A sentence ends with a stop and white space, quotes and
 * brackets aside; the stops of Khmer, Burmese, Chinese or Japanese need no space.  No end is
 * a stop before a small letter, or a full stop after an abbreviation: a capitalised word of
 * three letters or fewer ("Gen.", "J.").
 */
bool pm_bound_before(const char *text, size_t len, size_t start, size_t end, size_t next);

/* Where a passage that begins with the word at `at` begins: with its quotes and brackets. */
size_t pm_bound_open(const char *text, size_t at);

/* Where a passage ends whose last word ends at `at`: after its stops, quotes and brackets. */
size_t pm_bound_close(const char *text, size_t len, size_t at);

#endif
