/*
 * The languages that articles are written in: their codes, stemmers and function words.
 *
 * A language is known by its ISO 639-1 code ("en"); its English name and its Snowball name
 * mean the same.  A language that no stemmer exists for is still a language: its words are
 * folded and found, only not stemmed.
 */
#ifndef PM_LANGUAGE_H
#define PM_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

struct pm_language {
    const char *code;              /* ISO 639-1 */
    const char *name;              /* English name; Snowball's name where `stemmed` */
    bool stemmed;                  /* libstemmer has an algorithm of that name */
    bool elides;                   /* an apostrophe ends a word (l'armée, dell'arte) */
    const char *const *stop_words; /* folded, NULL at the end; NULL when there is no list */
};

/*
 * The language that `text` names: a code, a code with a region or script ("en-GB",
 * "pt_BR"), or a name, in any case.  NULL when it names none that we know.
 */
const struct pm_language *pm_language_find(const char *text);

/* True if `word` (case-folded UTF-8, accents kept) is a function word of the language. */
bool pm_language_stop(const struct pm_language *language, const char *word, size_t len);

/*
 * True if the stem of every word of ASCII letters and digits keeps the first of them: all but the
 * last, at most three; and all of a stem of two letters or one.  `y` and `i` count as one.
 */
bool pm_language_keeps_starts(const struct pm_language *language);

#endif
