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

/* The forms of a word; there is no stem of what folds to nothing. */
enum pm_word_form {
    PM_WORD_STEM,      /* folded, one spelling, stemmed, accents off */
    PM_WORD_RAW,       /* as it was given */
    PM_WORD_FOLDED,    /* folded, accents off, without a possessive "'s": not stemmed */
    PM_WORD_ALTERNATE, /* the stem of the word without its accents, where it differs */
    PM_WORD_ACRONYM,   /* the letters of what is written like an acronym: "US" */
    PM_WORD_FORMS,
};

/*
 * A word, and behind it the bytes of its forms in their order.  All of it lies together, most often
 * in one line of the processor's cache, for there are many words and most of the time of a look-up
 * is to wait for memory.
 */
struct pm_word {
    uint64_t stem_hash; /* pm_hash64() of the stem */
    uint32_t len[PM_WORD_FORMS];
    uint32_t note; /* what the caller has to remember of the word, first 0 */
    bool dotted;   /* it is an acronym even in a line of capitals: "U.S." */
    bool stop;     /* folded, it is a function word */
    bool number;   /* its stem has a digit */
    char bytes[];
};

static inline struct pm_form pm_word_form(const struct pm_word *word, enum pm_word_form form)
{
    const char *at = word->bytes;
    for (int before = 0; before < (int)form; before++)
        at += word->len[before];
    return (struct pm_form){at, word->len[form]};
}

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
 * valid until the next call, and what is noted of it until it is forgotten, which begins a new
 * word; a very long one is never remembered.
 */
struct pm_word *pm_words_get(struct pm_words *words, const char *raw, size_t len, uint32_t asked,
                             struct pm_error *err);

#endif
