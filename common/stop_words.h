/*
 * Function words of some languages, for language.c alone.
 *
 * A list holds what a sentence is built with and nothing that it could be about: articles,
 * prepositions, pronouns, auxiliaries, conjunctions, question words.  A word that is also a
 * frequent word of the news is left out (`us` is a country once folded, `may` a month).
 * Words are case-folded (so `dass`, not `daß`), sorted by their bytes, NULL at the end.
 */
#ifndef PM_STOP_WORDS_H
#define PM_STOP_WORDS_H

#include <stdbool.h>
#include <stddef.h>

extern const char *const pm_stop_catalan[];
extern const char *const pm_stop_danish[];
extern const char *const pm_stop_dutch[];
extern const char *const pm_stop_english[];
extern const char *const pm_stop_french[];
extern const char *const pm_stop_german[];
extern const char *const pm_stop_italian[];
extern const char *const pm_stop_norwegian[];
extern const char *const pm_stop_portuguese[];
extern const char *const pm_stop_russian[];
extern const char *const pm_stop_spanish[];
extern const char *const pm_stop_swedish[];

/* True if `word` is in `list`, which is one of the lists above. */
bool pm_stop_words_have(const char *const *list, const char *word, size_t len);

#endif
