#include "word_key.h"

#include <unicode/utf8.h>

#include "chars.h"

/* True for a character that belongs to a word, `inside` one or at its beginning. */
static bool is_of_word(UChar32 c, bool inside)
{
    return pm_char_is_word((uint32_t)c < 128 ? pm_char_ascii[c] : pm_char_kind(c)) ||
           (inside && (c == '+' || c == '#'));
}

int pm_word_key(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *key,
                struct pm_error *err)
{
    int rc = -1;
    struct pm_buf folded = PM_BUF_INIT;
    bool inside = false;     /* a word */
    bool apostrophe = false; /* stands behind it, and is part of it if it goes on */

    pm_buf_clear(key);
    if (pm_fold_case(fold, text, len, &folded, err))
        goto out;
    /* No key is longer: a space or apostrophe in it stands for what is in the text. */
    char *to = pm_buf_reserve(key, folded.len);
    if (!to) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *begin = to;
    for (size_t i = 0; i < folded.len;) {
        size_t at = i;
        UChar32 c;
        U8_NEXT(folded.data, i, folded.len, c);
        if (is_of_word(c, inside && !apostrophe)) {
            if (!inside && to > begin)
                *to++ = ' ';
            if (apostrophe)
                *to++ = '\'';
            while (at < i)
                *to++ = folded.data[at++];
            inside = true;
            apostrophe = false;
        } else {
            apostrophe = inside && !apostrophe && c == '\'';
            inside = apostrophe;
        }
    }
    *to = '\0';
    key->len += (size_t)(to - begin);
    rc = 0;
out:
    pm_buf_release(&folded);
    return rc;
}
