/*
 * What one word contributes to an index: its folded form, stem, acronym and stop flag.
 *
 * A text repeats its words, so each is worked out once per language and remembered.
 */
#ifndef PM_WORD_H
#define PM_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "language.h"

struct pm_form {
    const char *text; /* not terminated */
    size_t len;       /* 0: there is no such form */
};

struct pm_word {
    struct pm_form stem;      /* folded, one spelling, stemmed, accents off */
    struct pm_form alternate; /* the stem of the word without its accents, where it differs */
    struct pm_form acronym;   /* the letters of what is written like an acronym: "US" */
    struct pm_form folded;    /* folded, accents off, without a possessive "'s": not stemmed */
    bool dotted;              /* it is one even in a line of capitals: "U.S." */
    bool stop;                /* folded, it is a function word */
    uint32_t *note; /* what the caller has to remember of the word, first 0; NULL: no room */
};

struct pm_words;

struct pm_words *pm_words_new(const struct pm_language *language, struct pm_error *err);
void pm_words_free(struct pm_words *words);

/*
 * The number of a word for pm_words_get().  Most of the time of that is to wait for memory, which
 * is asked for here, and with the number in pm_words_ask_more(): who knows the next words calls
 * both early, with another word between.
 */
uint32_t pm_words_ask(const struct pm_words *words, const char *raw, size_t len);
void pm_words_ask_more(const struct pm_words *words, uint32_t asked);

/*
 * The word written as the `len` bytes `raw` (valid UTF-8), or NULL with `err` set.  It stays
 * valid until the next call.
 */
const struct pm_word *pm_words_get(struct pm_words *words, const char *raw, size_t len,
                                   uint32_t asked, struct pm_error *err);

#endif
