/*
 * Words that a question is asked with, beside function words: "I am interested in articles about".
 *
 * In a text they mean something, and so they do in a query of a few words; in a sentence that asks
 * they only say that it asks.  A list holds nothing that an article could well be about ("deal",
 * "interest", "report").
 */
#ifndef PM_ASKING_WORDS_H
#define PM_ASKING_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "language.h"

/* True if `word`, of any case, is such a word of the language; false where there is no list. */
bool pm_asking_word(const struct pm_language *language, const char *word, size_t len);

#endif
