#include "word_key.h"

#include <unicode/utf8.h>

#include "chars.h"

/* True for a character that belongs to a word, `inside` one or at its beginning. */
static bool is_of_word(UChar32 c, bool inside)
{
    return pm_char_is_word(pm_char_kind(c)) || (inside && (c == '+' || c == '#'));
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
    for (size_t i = 0; i < folded.len;) {
        size_t at = i;
        UChar32 c;
        U8_NEXT(folded.data, i, folded.len, c);
        if (is_of_word(c, inside && !apostrophe)) {
            if (!inside && key->len)
                pm_buf_addc(key, ' ');
            if (apostrophe)
                pm_buf_addc(key, '\'');
            pm_buf_add(key, folded.data + at, i - at);
            inside = true;
            apostrophe = false;
        } else {
            apostrophe = inside && !apostrophe && c == '\'';
            inside = apostrophe;
        }
    }
    rc = key->failed ? pm_fail_nomem(err) : 0;
out:
    pm_buf_release(&folded);
    return rc;
}
