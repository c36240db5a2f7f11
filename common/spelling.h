/*
 * British and American spellings of one English word, brought to one form before stemming.
 *
 * One table of patterns decides (`defence` and `defense`, `-isation` and `-ization`); the
 * form that it yields is a key for the index and is never shown to anybody.
 */
#ifndef PM_SPELLING_H
#define PM_SPELLING_H

#include <stddef.h>

#include "error.h"

/* The longest word that is looked at, in bytes; longer ones are left as they are. */
#define PM_SPELLING_MAX 64

/* The table, ready to be looked up; pm_spelling_free() accepts NULL. */
struct pm_spelling;
struct pm_spelling *pm_spelling_new(struct pm_error *err);
void pm_spelling_free(struct pm_spelling *spelling);

/*
 * Writes the common form of `word` (case-folded English) to `out` (room for
 * PM_SPELLING_MAX + 8 bytes) and returns its length, or 0 when the word has only one form.
 */
size_t pm_spelling_unify(const struct pm_spelling *spelling, const char *word, size_t len,
                         char *out);

/*
 * Tells each way in which a row of the table changes one of the first three letters of a word
 * (NULs stand behind a shorter one), the last row first, since a word may go through several rows.
 * Letters that may be any, but are the same before and after, come first: as PM_SPELLING_ANY.
 */
#define PM_SPELLING_ANY '*'
typedef void pm_spelling_start(const char from[3], const char to[3], void *arg);
void pm_spelling_each_start(pm_spelling_start *each, void *arg);

#endif
