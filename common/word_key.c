#include "word_key.h"

#include <unicode/utf8.h>

#include "chars.h"

/* True for a character that belongs to a word, `inside` one or at its beginning. */
static bool is_of_word(UChar32 c, bool inside)
{
    return pm_char_is_word((uint32_t)c < 128 ? pm_char_ascii[c] : pm_char_kind(c)) ||
           (inside && (c == '+' || c == '#'));
}

/* True for what nearly all words are made of; not for the zero behind a text. */
static bool is_plain(char c)
{
    return !(c & 0x80) && pm_char_is_word(pm_char_ascii[(unsigned char)c]);
}

int pm_word_key(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *key,
                struct pm_error *err)
{
    bool inside = false;     /* a word */
    bool apostrophe = false; /* stands behind it, and is part of it if it goes on */

    if (pm_fold_case(fold, text, len, key, err))
        return -1;
    /* In place, since a space or apostrophe of the key stands for what is in the text. */
    const char *folded = key->data;
    char *to = key->data;
    for (size_t i = 0; i < key->len;) {
        size_t at = i;
        UChar32 c;
        U8_NEXT(folded, i, key->len, c);
        if (is_of_word(c, inside && !apostrophe)) {
            if (!inside && to > folded)
                *to++ = ' ';
            if (apostrophe)
                *to++ = '\'';
            while (at < i)
                *to++ = folded[at++];
            while (is_plain(folded[i]))
                *to++ = folded[i++];
            inside = true;
            apostrophe = false;
        } else {
            apostrophe = inside && !apostrophe && c == '\'';
            inside = apostrophe;
        }
    }
    *to = '\0';
    key->len = (size_t)(to - folded);
    return 0;
}
