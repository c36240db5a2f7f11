#include "value.h"

#include <errno.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

#define NEAR 20 /* bytes shown of the text where an error is */

bool value_is_space(char c)
{
    return (unsigned char)c <= ' ';
}

bool value_is_ink(char c)
{
    return !value_is_space(c);
}

/* ---- mending ---- */

#define ESCAPE 6 /* bytes of an escape: \uXXXX */

/* The code unit of the escape that begins `text`, or -1 if none does. */
static long escape(const char *text, size_t len)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    long unit = 0;
    if (len < ESCAPE || text[0] != '\\' || text[1] != 'u')
        return -1;
    for (int i = 2; i < ESCAPE; i++) {
        const char *digit = memchr(digits, text[i], sizeof digits - 1);
        if (!digit)
            return -1;
        unit = unit * 16 + (digit - digits) % 16;
    }
    return unit;
}

static bool is_lead(long unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_trail(long unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

void value_mend(char *text, size_t len)
{
    char *end = text + len, *at = text;
    while ((at = memchr(at, '\0', (size_t)(end - at))))
        *at++ = ' ';
    for (at = text; (at = memchr(at, '\\', (size_t)(end - at)));) {
        size_t left = (size_t)(end - at);
        long unit = escape(at, left);
        if (is_lead(unit) && is_trail(escape(at + ESCAPE, left - ESCAPE))) {
            at += 2 * ESCAPE;
            continue;
        }
        if (is_lead(unit) || is_trail(unit))
            memcpy(at, "\\uFFFD", ESCAPE);
        else if (!unit)
            memcpy(at, "\\u0020", ESCAPE);
        at += left < 2 ? left : unit < 0 ? 2 : ESCAPE;
    }
}

/* ---- parsing ---- */

cJSON *value_parse(const char *text, size_t len, size_t *at, struct pm_error *err)
{
    const char *begin = text + *at, *end = begin;
    errno = 0;
    cJSON *value = cJSON_ParseWithLengthOpts(begin, len - *at, &end, false);
    /* Where it misses a string, or a string's end, cJSON points one byte behind the place. */
    if (!value && end > begin && value_is_ink(end[-1]) && !memchr("{[,:", end[-1], 4))
        end--;
    *at = (size_t)(end - text);
    if (!value && errno == ENOMEM)
        pm_fail_nomem(err);
    else if (!value)
        value_fail(text, len, *at, "not valid JSON", err);
    return value;
}

int value_fail(const char *text, size_t len, size_t at, const char *what, struct pm_error *err)
{
    struct pm_buf clean = PM_BUF_INIT, near = PM_BUF_INIT;
    size_t column = 1, rest = len - at;
    for (size_t i = at; i > 0 && text[i - 1] != '\n'; i--)
        column += (text[i - 1] & 0xC0) != 0x80; /* characters, not their trailing bytes */
    const char *line_feed = memchr(text + at, '\n', rest);
    if (line_feed)
        rest = (size_t)(line_feed - text) - at;
    pm_utf8_clean(&clean, text + at, pm_utf8_cut(text + at, rest, NEAR));
    pm_utf8_printable(&near, pm_buf_str(&clean), clean.len);
    pm_fail(err, PM_ERR_SYNTAX, "%s at column %zu (near '%s')", what, column, pm_buf_str(&near));
    pm_buf_release(&clean);
    pm_buf_release(&near);
    return -1;
}
