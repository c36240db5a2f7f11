/*
 * The words that stand beside a place in a text.
 */
#ifndef NAMES_TEXT_WORDS_H
#define NAMES_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "entities.h"

/* From byte `start` to before byte `end`. */
struct span {
    size_t start, end;
};

/*
 * The word that ends before `at`, or begins behind it, with nothing but white space between, no
 * blank line.  A word is of letters, digits, hyphens and all that is not ASCII, but for dashes and
 * quotation marks.  False if there is none.
 */
bool span_before(const struct entity_part *part, size_t at, struct span *word);
bool span_behind(const struct entity_part *part, size_t at, struct span *word);

/* The word that begins at `at`; empty if none does. */
struct span span_at(const struct entity_part *part, size_t at);

/* As those before and behind, where "'s" or "'" may end the word before: "People's" before
 * "Republic". */
bool span_owner_before(const struct entity_part *part, size_t at, struct span *word);
bool span_behind_owner(const struct entity_part *part, size_t at, struct span *word);

/* The first run of what is no white space in a stretch of the text; false if there is none. */
bool span_piece(const struct entity_part *part, size_t start, size_t end, struct span *piece);

/* True if a word begins with one of ASCII's capitals, or is just that one. */
bool span_is_capital(const struct entity_part *part, struct span word);
bool span_is(const struct entity_part *part, struct span word, const char *text);

/* True if no letter goes on before or behind a stretch. */
bool span_is_word(const struct entity_part *part, size_t start, size_t end);

#endif
