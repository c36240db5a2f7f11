/*
 * Text to words: the one analysis that indexing, queries and snippets share.
 *
 * A word is a run of letters and digits; what joins and what parts is told in word_end.h.  Each
 * word yields one to three terms at one position: its stem, and beside it the stem it would have
 * without its accents and the acronym it is ("US"), so that text and query meet whichever way
 * either was written.
 */
#ifndef PM_ANALYZER_H
#define PM_ANALYZER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "language.h"
#include "shape.h"
#include "word.h"

/* Raised whenever the same text would yield other terms: it is part of an index's format. */
#define PM_ANALYZER_VERSION 1

struct pm_analyzer;

/*
 * An analyzer for texts of `language`, reusable for any number of them by one thread.
 * `language` must outlive it.
 */
struct pm_analyzer *pm_analyzer_new(const struct pm_language *language, struct pm_error *err);
void pm_analyzer_free(struct pm_analyzer *analyzer);
const struct pm_language *pm_analyzer_language(const struct pm_analyzer *analyzer);

struct pm_token {
    struct pm_form term[3]; /* without field prefix; [0] is the stem */
    size_t terms;           /* 1 to 3 */
    struct pm_form folded;  /* the word without case, accents and possessive "'s", not stemmed: what
                               a reader may complete or correct */
    size_t start, end;      /* its bytes in the text */
    uint32_t position;      /* words before it in the text */
    bool acronym;           /* the last term is the acronym ("US"), which has a sense of its own */
    bool stop;              /* its small letters spell a function word of the language */
    bool joined;            /* it goes on with the word of the token before (see below) */
    bool number;            /* the stem has a digit */
    uint64_t stem_hash;     /* pm_hash64() of the stem */
    uint32_t *note;         /* of the word (word.h) */
};

/* The bytes of a word that is not read yet. */
struct pm_found_word {
    size_t start, end;
    enum pm_word_shape shape;
    bool joined;
    uint32_t asked; /* in a walk by pm_tokens_next(): what pm_words_ask() returned */
};

/* Words found before the first of them is read, so that their memory can be asked for. */
#define PM_TOKENS_AHEAD 16

/* A walk over the words of one text, which must be valid UTF-8 and outlive the walk. */
struct pm_tokens {
    struct pm_analyzer *analyzer;
    const char *text;
    size_t len, at;
    uint32_t position;
    size_t line_start, line_end; /* of the last acronym, or of what is looked at of it */
    bool decided;                /* `shouting` is known */
    bool shouting;               /* the line is set in capitals, so they mean nothing in it */
    bool find_words;
    size_t run_start, run_end; /* of a script without spaces, in which words were found */
    unsigned found, read;      /* of those ahead, in a walk by pm_tokens_next() */
    struct pm_found_word ahead[PM_TOKENS_AHEAD];
};

void pm_tokens_start(struct pm_tokens *tokens, struct pm_analyzer *analyzer, const char *text,
                     size_t len);

/*
 * True if the line that `text` begins with is set in capitals: then capitals make no acronym.
 */
bool pm_tokens_shouting(const char *text, size_t len);

/* Takes that as decided for the whole text, whose words belong to a longer line. */
void pm_tokens_set_shouting(struct pm_tokens *tokens, bool shouting);

/*
 * Scripts without spaces (Khmer, Thai, Lao, Burmese, Han, kana) are indexed letter by letter,
 * each with its marks, so that a name is found whatever stands around it.  This has ICU tell
 * which of these tokens make a word, for queries, which look for the word as a phrase.
 */
void pm_tokens_find_words(struct pm_tokens *tokens);

/*
 * The same in two steps, not to be mixed with the one, for who can tell from its letters that a
 * word is not wanted: pm_tokens_find() finds the bytes of the next word (1, 0 at the end, -1), and
 * then one of the others has to be called: pm_tokens_read(), which returns 0 when nothing of the
 * word remains, or pm_tokens_pass(), which only counts it, and is for words of one of the shapes
 * that are told (shape.h).
 */
int pm_tokens_find(struct pm_tokens *tokens, struct pm_found_word *found, struct pm_error *err);
int pm_tokens_read(struct pm_tokens *tokens, const struct pm_found_word *found,
                   struct pm_token *token, struct pm_error *err);
void pm_tokens_pass(struct pm_tokens *tokens, const struct pm_found_word *found);

/*
 * The next word in *token, whose terms stay valid until the next call with this analyzer:
 * 1, 0 at the end, -1 when memory ran out or ICU failed.
 */
int pm_tokens_next(struct pm_tokens *tokens, struct pm_token *token, struct pm_error *err);

#endif
