#include "utf8.h"

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

/* The number of ASCII bytes at the start of `text`, give or take the last seven. */
static size_t ascii_words(const char *text, size_t len)
{
    size_t i = 0;
    uint64_t eight;
    while (len - i >= sizeof eight) {
        memcpy(&eight, text + i, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
        i += sizeof eight;
    }
    return i;
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* The number of ASCII bytes above `\r` at the start of `text`, give or take the last seven. */
static size_t plain_words(const char *text, size_t len)
{
    size_t i = 0;
    uint64_t eight;
    while (len - i >= sizeof eight) {
        memcpy(&eight, text + i, sizeof eight);
        /* Where no byte has a high bit, taking '\r' + 1 from each gives one to those below. */
        if ((eight | (eight - EACH_BYTE('\r' + 1))) & EACH_BYTE(0x80))
            break;
        i += sizeof eight;
    }
    return i;
}

bool pm_utf8_valid(const char *text, size_t len)
{
    size_t i = 0;
    while (i < len) {
        i += ascii_words(text + i, len - i);
        for (int n = 0; n < 16 && i < len; n++) {
            UChar32 c;
            U8_NEXT(text, i, len, c);
            if (c < 0)
                return false;
        }
    }
    return true;
}

/*
 * The three functions below copy the stretches between the characters that change, in one
 * piece each: `kept` is where the current stretch starts, `at` where the character does.
 */

void pm_utf8_clean(struct pm_buf *out, const char *text, size_t len)
{
    size_t kept = 0, i = 0;
    pm_buf_reserve(out, len); /* at once, since most texts stay as they are */
    while (i < len) {
        i += plain_words(text + i, len - i);
        for (int n = 0; n < 16 && i < len; n++) {
            size_t at = i;
            UChar32 c;
            U8_NEXT(text, i, len, c);
            if (c > '\r' || (c > 0 && c < '\r'))
                continue;
            pm_buf_add(out, text + kept, at - kept);
            pm_buf_adds(out, c < 0 ? REPLACEMENT : c == '\r' ? "\n" : " ");
            if (c == '\r' && i < len && text[i] == '\n')
                i++;
            kept = i;
        }
    }
    pm_buf_add(out, text + kept, len - kept);
}

static bool is_space(UChar32 c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    return u_isUWhiteSpace(c) || c == 0xFEFF;
}

size_t pm_utf8_skip_space(const char *text, size_t len)
{
    size_t at = 0, i = 0;
    UChar32 c = ' ';
    while (i < len && is_space(c)) {
        at = i;
        U8_NEXT(text, i, len, c);
    }
    return is_space(c) ? i : at;
}

void pm_utf8_one_line(struct pm_buf *out, const char *text, size_t len)
{
    size_t kept = 0, i = 0;
    bool first = true; /* the next word is the first and needs no space before it */
    while (i <= len) {
        size_t at = i;
        UChar32 c = ' ';
        if (i < len)
            U8_NEXT(text, i, len, c);
        else
            i++;
        if (!is_space(c))
            continue;
        if (at > kept) {
            if (!first)
                pm_buf_addc(out, ' ');
            pm_buf_add(out, text + kept, at - kept);
            first = false;
        }
        kept = i;
    }
}

static bool is_control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

static bool is_bidi_control(UChar32 c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool is_break(UChar32 c)
{
    return c == '\t' || c == '\n' || c == 0x2028 || c == 0x2029;
}

void pm_utf8_printable(struct pm_buf *out, const char *text, size_t len)
{
    size_t kept = 0, i = 0;
    while (i < len) {
        size_t at = i;
        UChar32 c;
        U8_NEXT(text, i, len, c);
        if (c >= 0x20 && c < 0x7F)
            continue;
        bool space = is_break(c);
        if (!space && !is_control(c) && !is_bidi_control(c))
            continue;
        pm_buf_add(out, text + kept, at - kept);
        if (space)
            pm_buf_addc(out, ' ');
        kept = i;
    }
    pm_buf_add(out, text + kept, len - kept);
}

size_t pm_utf8_cut(const char *text, size_t len, size_t max)
{
    if (len <= max)
        return len;
    /* A character has at most three trailing bytes; a longer run of them is no character. */
    for (size_t back = 0; back <= 3 && back <= max; back++)
        if (!U8_IS_TRAIL(text[max - back]))
            return max - back;
    return max;
}
