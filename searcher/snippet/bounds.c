#include "bounds.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define PUNCTUATION  8 /* characters of it that go with a word; more are an ornament */
#define ABBREVIATION 3 /* letters of the longest abbreviation that the rule knows */

static bool is_space(UChar32 c)
{
    return u_isUWhiteSpace(c) || c == 0xFEFF;
}

/* French sets one between a quote, or a mark of two parts, and its word. */
static bool is_fixed_space(UChar32 c)
{
    return c == 0xA0 || c == 0x202F;
}

/* Unicode's stops lack the ellipsis and, before Unicode 16, those of Khmer. */
static bool is_stop(UChar32 c)
{
    return c == 0x2026 || c == 0x17D4 || c == 0x17D5 || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

/* Many of these begin a quotation in one language and end it in another. */
static bool is_quote(UChar32 c)
{
    int type = u_charType(c);
    return c == '"' || c == '\'' || type == U_INITIAL_PUNCTUATION || type == U_FINAL_PUNCTUATION;
}

/* The character that ends at *at, or a space at the start of the text; *at moves over it. */
static UChar32 char_before(const char *text, size_t *at)
{
    UChar32 c = ' ';
    size_t end = *at;
    if (!end)
        return c;
    while (U8_IS_TRAIL(text[--*at]) && *at)
        ;
    size_t start = *at;
    U8_NEXT(text, start, end, c);
    return c;
}

/* The character at *at, or a space at the end of the text; *at moves over it. */
static UChar32 char_after(const char *text, size_t len, size_t *at)
{
    UChar32 c = ' ';
    if (*at < len)
        U8_NEXT(text, *at, len, c);
    return c;
}

/* True if a full stop after `word` shortens it.  Capitals alone are an acronym: "the UN." */
static bool is_abbreviation(const char *word, size_t len)
{
    int letters = 0;
    for (size_t i = 0; i < len;) {
        UChar32 c;
        U8_NEXT(word, i, len, c);
        if (++letters > ABBREVIATION || (letters == 1 ? !u_isupper(c) : !u_islower(c)))
            return false;
    }
    return true;
}

bool pm_bound_before(const char *text, size_t len, size_t start, size_t end, size_t next)
{
    bool stopped = false, ended = false;
    size_t at = end;
    if (at < next && text[at] == '.' && is_abbreviation(text + start, end - start))
        at++;
    while (at < next) {
        UChar32 c = char_after(text, len, &at);
        if (c == '\n' || c == 0x2028 || c == 0x2029)
            return true;
        if (is_stop(c)) {
            stopped = true;
            ended |= c > 0x7F && c != 0x2026;
        } else if (is_space(c)) {
            ended |= stopped;
        } else if (!is_quote(c) && u_charType(c) != U_END_PUNCTUATION) {
            stopped = false;
        }
    }
    return ended && !u_islower(char_after(text, len, &at));
}

static bool opens(UChar32 c, UChar32 beyond)
{
    switch (u_charType(c)) {
    case U_START_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_CURRENCY_SYMBOL:
        return true;
    default:
        if (is_quote(c)) /* after a word it closes: »so«, or text without spaces */
            return is_space(beyond) || (u_ispunct(beyond) && !is_stop(beyond));
        return c == '#' || c == '@' || c == 0xA1 || c == 0xBF; /* inverted ! and ? */
    }
}

static bool closes(UChar32 c, UChar32 beyond)
{
    switch (u_charType(c)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
        return true;
    case U_CURRENCY_SYMBOL:
        return !u_isdigit(beyond);
    default:
        if (is_quote(c))
            return is_space(beyond) || u_ispunct(beyond);
        return c == '%' || (is_stop(c) && !(c == '.' && u_isalnum(beyond)));
    }
}

size_t pm_bound_open(const char *text, size_t at)
{
    for (int n = 0; n < PUNCTUATION; n++) {
        size_t one = at, two;
        UChar32 c = char_before(text, &one);
        two = one;
        UChar32 beyond = char_before(text, &two);
        if (is_fixed_space(c) && beyond == 0xAB)
            at = two;
        else if (opens(c, beyond))
            at = one;
        else
            break;
    }
    return at;
}

size_t pm_bound_close(const char *text, size_t len, size_t at)
{
    for (int n = 0; n < PUNCTUATION; n++) {
        size_t one = at, two;
        UChar32 c = char_after(text, len, &one);
        two = one;
        UChar32 beyond = char_after(text, len, &two);
        if (is_fixed_space(c) && (beyond == 0xBB || beyond == '?' || beyond == '!'))
            at = two;
        else if (closes(c, beyond))
            at = one;
        else
            break;
    }
    return at;
}
