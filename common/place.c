#include "place.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "utf8.h"

#define WINDOW 72 /* columns of a query that are shown */

/* The columns that a character takes on a terminal. */
static size_t width_of(UChar32 c)
{
    int8_t type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        return 0;
    int east = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
}

/* True for what would steer a terminal or end the line. */
static bool is_unwelcome(UChar32 c)
{
    return u_charType(c) == U_CONTROL_CHAR || u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) ||
           c == 0x2028 || c == 0x2029;
}

/* The character at *at, which is moved behind it, as a terminal shall see it. */
static UChar32 next_shown(const struct pm_buf *text, size_t *at)
{
    UChar32 c;
    U8_NEXT(text->data, *at, text->len, c);
    return c < 0 || is_unwelcome(c) ? ' ' : c;
}

/* The columns of the text before the byte `end`. */
static size_t columns(const struct pm_buf *text, size_t end)
{
    size_t column = 0, at = 0;
    while (at < end && at < text->len)
        column += width_of(next_shown(text, &at));
    return column;
}

static void add_character(struct pm_buf *out, const struct pm_buf *text, size_t at, size_t end,
                          UChar32 c)
{
    if (c == ' ')
        pm_buf_addc(out, ' ');
    else
        pm_buf_add(out, text->data + at, end - at);
}

void pm_place_show(struct pm_buf *out, const char *query, size_t len, size_t offset)
{
    struct pm_buf text = PM_BUF_INIT;
    pm_utf8_clean(&text, query, len);
    size_t all = columns(&text, text.len), place = columns(&text, offset), from = 0;
    if (all > WINDOW && place > WINDOW / 2)
        from = place - WINDOW / 2;
    if (all > WINDOW && from > all - WINDOW)
        from = all - WINDOW;
    size_t to = all > WINDOW ? from + WINDOW : all, under = from > 0 ? 1 : 0;
    bool inside = false;
    pm_buf_adds(out, from > 0 ? "  …" : "  ");
    for (size_t at = 0, column = 0; at < text.len;) {
        size_t start = at;
        UChar32 c = next_shown(&text, &at);
        size_t width = width_of(c);
        if (width) /* what has none goes with the character before it */
            inside = column >= from && column + width <= to;
        if (inside || (!width && !column)) {
            add_character(out, &text, start, at, c);
            under += start < offset ? width : 0;
        }
        column += width;
    }
    pm_buf_addf(out, "%s\n  %*s^\n", to < all ? "…" : "", (int)under, "");
    out->failed = out->failed || text.failed;
    pm_buf_release(&text);
}
