#include "word_end.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chars.h"

struct text {
    const char *bytes;
    size_t len;
};

static enum pm_char_kind look(const struct text *text, size_t at, size_t *next)
{
    return pm_char_at(text->bytes, text->len, at, next);
}

/* True if exactly three digits and then no digit follow the comma before `at`. */
static bool three_digits(const struct text *text, size_t at)
{
    size_t next, count = 0;
    while (count < 4 && look(text, at, &next) == PM_CHAR_DIGIT) {
        at = next;
        count++;
    }
    return count == 3;
}

/* True if the character at `at` is an accent on the letter before it. */
static bool is_mark(const struct text *text, size_t at)
{
    UChar32 c;
    U8_NEXT(text->bytes, at, text->len, c);
    return u_charType(c) == U_NON_SPACING_MARK;
}

/* True if one letter and then no letter or digit stand at `at`: "S" of "U.S." */
static bool lone_letter(const struct text *text, size_t at, size_t *end)
{
    size_t next;
    enum pm_char_kind after;
    if (look(text, at, end) != PM_CHAR_LETTER)
        return false;
    while ((after = look(text, *end, &next)) == PM_CHAR_LETTER && is_mark(text, *end))
        *end = next;
    return after != PM_CHAR_LETTER && after != PM_CHAR_DIGIT;
}

/* "U.S." from its first letter: the end of it, or 0 if the word at `start` is none such. */
static size_t dotted_end(const struct text *text, size_t start)
{
    size_t end = start, next;
    int letters = 0;
    for (size_t at = start; lone_letter(text, at, &next); at = next + 1) {
        letters++;
        end = next;
        if (next >= text->len || text->bytes[next] != '.')
            break;
        end = next + 1;
    }
    if (letters < 2)
        return 0;
    size_t possessive;
    if (look(text, end, &next) == PM_CHAR_APOSTROPHE && next < text->len &&
        text->bytes[next] == 's' && lone_letter(text, next, &possessive))
        return possessive;
    return end;
}

/* The end of one that is not. */
static size_t plain_end(const struct text *text, size_t start, bool elides)
{
    bool point = false;
    size_t end = start, next, after;
    enum pm_char_kind last = PM_CHAR_OTHER;
    for (size_t at = start;; at = next) {
        enum pm_char_kind kind = look(text, at, &next);
        switch (kind) {
        case PM_CHAR_LETTER:
        case PM_CHAR_DIGIT:
            last = kind;
            end = next;
            continue;
        case PM_CHAR_TRANSPARENT:
            continue;
        case PM_CHAR_APOSTROPHE:
            if (last == PM_CHAR_LETTER && !elides && look(text, next, &after) == PM_CHAR_LETTER)
                continue;
            return end;
        case PM_CHAR_OTHER:
        case PM_CHAR_SPACELESS:
            break;
        }
        if (at < text->len && text->bytes[at] == '_' &&
            ((kind = look(text, next, &after)) == PM_CHAR_LETTER || kind == PM_CHAR_DIGIT))
            continue;
        if (at >= text->len || last != PM_CHAR_DIGIT)
            return end;
        if (text->bytes[at] == ',' && three_digits(text, next))
            continue;
        if (text->bytes[at] == '.' && !point && look(text, next, &after) == PM_CHAR_DIGIT) {
            point = true;
            continue;
        }
        return end;
    }
}

size_t pm_word_end(const char *bytes, size_t len, size_t start, bool elides)
{
    const struct text text = {bytes, len};
    size_t end = dotted_end(&text, start);
    return end ? end : plain_end(&text, start, elides);
}
