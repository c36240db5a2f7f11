#include "fold.h"

#include <stdint.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

struct pm_fold {
    const UNormalizer2 *nfkc_cf, *nfd, *nfc; /* ICU's own; NULL until they are needed */
    UChar *wide[2];                          /* room to work in, `wide_cap` units each */
    int32_t wide_cap;
};

struct pm_fold *pm_fold_new(struct pm_error *err)
{
    struct pm_fold *fold = calloc(1, sizeof *fold);
    if (!fold)
        pm_fail_nomem(err);
    return fold;
}

void pm_fold_free(struct pm_fold *fold)
{
    if (!fold)
        return;
    free(fold->wide[0]);
    free(fold->wide[1]);
    free(fold);
}

bool pm_fold_is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* ICU's data, which a query and texts in ASCII do without: a process for each query notices it. */
static int load(struct pm_fold *fold, struct pm_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    fold->nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
    fold->nfd = unorm2_getNFDInstance(&status);
    fold->nfc = unorm2_getNFCInstance(&status);
    return U_SUCCESS(status)
               ? 0
               : pm_fail(err, PM_ERR_INTERNAL, "cannot load ICU's normalisation data: %s",
                         u_errorName(status));
}

/* Room for a word of `len` bytes in UTF-16, normalised (NFKC grows one unit to 18 at most). */
static int widen(struct pm_fold *fold, size_t len, struct pm_error *err)
{
    if (len > INT32_MAX / 40)
        return pm_fail(err, PM_ERR_SYNTAX, "a word of %zu bytes", len);
    if (!fold->nfc && load(fold, err))
        return -1;
    int32_t need = (int32_t)len * 18 + 16;
    if (need <= fold->wide_cap)
        return 0;
    for (int i = 0; i < 2; i++) {
        free(fold->wide[i]);
        fold->wide[i] = malloc((size_t)need * sizeof(UChar));
    }
    fold->wide_cap = fold->wide[0] && fold->wide[1] ? need : 0;
    return fold->wide_cap ? 0 : pm_fail_nomem(err);
}

static void add_utf16(struct pm_buf *out, const UChar *text, int32_t len)
{
    int32_t bytes = 0;
    UErrorCode status = U_ZERO_ERROR;
    char *to = pm_buf_reserve(out, (size_t)len * 3 + 1);
    if (!to)
        return;
    u_strToUTF8WithSub(to, len * 3 + 1, &bytes, text, len, 0xfffd, NULL, &status);
    if (U_FAILURE(status))
        out->failed = true;
    else
        out->len += (size_t)bytes;
}

bool pm_fold_is_apostrophe(int c)
{
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == 0xff07;
}

int pm_fold_case(struct pm_fold *fold, const char *raw, size_t len, struct pm_buf *out,
                 struct pm_error *err)
{
    pm_buf_clear(out);
    if (pm_fold_is_ascii(raw, len)) {
        char *to = pm_buf_reserve(out, len);
        if (!to)
            return pm_fail_nomem(err);
        for (size_t i = 0; i < len; i++)
            to[i] = raw[i] >= 'A' && raw[i] <= 'Z' ? (char)(raw[i] | 0x20) : raw[i];
        out->len = len;
        to[len] = '\0';
        return 0;
    }
    if (widen(fold, len, err))
        return -1;
    int32_t wide = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(fold->wide[0], fold->wide_cap, &wide, raw, (int32_t)len, 0xfffd, NULL,
                         &status);
    for (int32_t i = 0; i < wide; i++)
        if (pm_fold_is_apostrophe(fold->wide[0][i]))
            fold->wide[0][i] = '\'';
    wide = unorm2_normalize(fold->nfkc_cf, fold->wide[0], wide, fold->wide[1], fold->wide_cap,
                            &status);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "ICU cannot fold a word: %s", u_errorName(status));
    add_utf16(out, fold->wide[1], wide);
    return out->failed ? pm_fail_nomem(err) : 0;
}

/* Letters that people also write without their stroke or as two, but Unicode keeps whole. */
static const struct {
    UChar32 letter;
    const char *plain;
} plain_letters[] = {
    {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"},  {0x00fe, "th"}, {0x0111, "d"}, {0x0127, "h"},
    {0x0131, "i"},  {0x0142, "l"}, {0x0153, "oe"}, {0x0167, "t"},  {0x0259, "e"},
};

/* Scripts in which a mark is an accent that may be left out; elsewhere marks are vowels. */
static bool marks_are_accents(UChar32 base)
{
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(base, &status)) {
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
        return true;
    default:
        return false;
    }
}

int pm_fold_accents(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *out,
                    struct pm_error *err)
{
    if (pm_fold_is_ascii(text, len)) {
        pm_buf_add(out, text, len);
        return out->failed ? pm_fail_nomem(err) : 0;
    }
    if (widen(fold, len, err))
        return -1;
    UErrorCode status = U_ZERO_ERROR;
    int32_t wide = 0, kept = 0;
    u_strFromUTF8WithSub(fold->wide[0], fold->wide_cap, &wide, text, (int32_t)len, 0xfffd, NULL,
                         &status);
    wide = unorm2_normalize(fold->nfd, fold->wide[0], wide, fold->wide[1], fold->wide_cap, &status);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "ICU cannot decompose a word: %s",
                       u_errorName(status));
    bool accents = false;
    for (int32_t i = 0; i < wide;) {
        UChar32 c;
        const char *plain = NULL;
        U16_NEXT(fold->wide[1], i, wide, c);
        if (u_charType(c) == U_NON_SPACING_MARK) {
            if (accents)
                continue;
        } else {
            accents = marks_are_accents(c);
        }
        for (size_t j = 0; j < sizeof plain_letters / sizeof *plain_letters; j++)
            if (plain_letters[j].letter == c)
                plain = plain_letters[j].plain;
        if (plain)
            for (; *plain; plain++)
                fold->wide[0][kept++] = (UChar)*plain;
        else
            U16_APPEND_UNSAFE(fold->wide[0], kept, c);
    }
    wide = unorm2_normalize(fold->nfc, fold->wide[0], kept, fold->wide[1], fold->wide_cap, &status);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "ICU cannot compose a word: %s", u_errorName(status));
    add_utf16(out, fold->wide[1], wide);
    return out->failed ? pm_fail_nomem(err) : 0;
}

int pm_fold_compose(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *out,
                    struct pm_error *err)
{
    pm_buf_clear(out);
    if (pm_fold_is_ascii(text, len)) {
        pm_buf_add(out, text, len);
        return out->failed ? pm_fail_nomem(err) : 0;
    }
    if (widen(fold, len, err))
        return -1;
    int32_t wide = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(fold->wide[0], fold->wide_cap, &wide, text, (int32_t)len, 0xfffd, NULL,
                         &status);
    wide = unorm2_normalize(fold->nfc, fold->wide[0], wide, fold->wide[1], fold->wide_cap, &status);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "ICU cannot compose a word: %s", u_errorName(status));
    add_utf16(out, fold->wide[1], wide);
    return out->failed ? pm_fail_nomem(err) : 0;
}
