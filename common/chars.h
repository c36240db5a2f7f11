/*
 * What a character is to the analyzer: part of a word, or what stands between words.
 */
#ifndef PM_CHARS_H
#define PM_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pm_char_kind {
    PM_CHAR_OTHER,  /* parts words */
    PM_CHAR_LETTER, /* a letter, or a mark on one */
    PM_CHAR_DIGIT,
    PM_CHAR_TRANSPARENT, /* as if it were not there: U+00AD, U+200C, U+200D */
    PM_CHAR_APOSTROPHE,
    PM_CHAR_SPACELESS, /* a letter or mark of a script that is written without spaces */
};

/* The kinds of ASCII characters, for speed. */
extern const unsigned char pm_char_ascii[128];

/* The kind of the code point `c`; PM_CHAR_OTHER for what is none. */
enum pm_char_kind pm_char_kind(int32_t c);

/* For pm_char_at(): what is not ASCII. */
enum pm_char_kind pm_char_beyond(const char *text, size_t len, size_t at, size_t *next);

/* The kind of the character at `at`, whose end goes to *next; PM_CHAR_OTHER at the end of the text.
 */
static inline enum pm_char_kind pm_char_at(const char *text, size_t len, size_t at, size_t *next)
{
    if (at >= len) {
        *next = len;
        return PM_CHAR_OTHER;
    }
    unsigned char byte = (unsigned char)text[at];
    *next = at + 1;
    return byte < 128 ? (enum pm_char_kind)pm_char_ascii[byte]
                      : pm_char_beyond(text, len, at, next);
}

/* True for what words are made of. */
static inline bool pm_char_is_word(enum pm_char_kind kind)
{
    return kind == PM_CHAR_LETTER || kind == PM_CHAR_DIGIT || kind == PM_CHAR_SPACELESS;
}

#endif
