#include "shouting.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chars.h"

#define SHOUT_WORDS 3 /* fewer capitalised words than this may well be acronyms */

size_t pm_shouting_end(const char *text, size_t len, size_t at)
{
    size_t most = len - at < PM_SHOUTING_LOOK ? len - at : PM_SHOUTING_LOOK;
    const char *line_end = memchr(text + at, '\n', most);
    if (line_end)
        return (size_t)(line_end - text);
    size_t end = at + most;
    while (end < len && text[end] != '\n' && text[end] != ' ')
        end++;
    return end;
}

/* Goes behind the letters at *at, and what follows them: their number, and if one is small. */
static size_t pass_letters(const char *text, size_t *at, size_t end, bool *lower)
{
    size_t letters = 0, i = *at;
    for (bool letter = true; letter && i < end;) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 128) {
            i++;
            letter = pm_char_ascii[byte] == PM_CHAR_LETTER;
            *lower |= letter && byte >= 'a';
        } else {
            UChar32 c;
            U8_NEXT(text, i, end, c);
            letter = pm_char_kind(c) == PM_CHAR_LETTER;
            *lower |= letter && u_islower(c);
        }
        letters += letter;
    }
    *at = i;
    return letters;
}

bool pm_shouting(const char *text, size_t at, size_t end)
{
    size_t capitals = 0, others = 0;
    for (size_t i = at; i < end;) {
        bool lower = false;
        size_t letters = pass_letters(text, &i, end, &lower);
        others += lower;
        capitals += !lower && letters >= 2;
        /* Most lines are told early: words of two capitals with something between are no help. */
        if (capitals + (end - i + 1) / 3 <= 4 * others)
            return false;
    }
    return capitals >= SHOUT_WORDS && capitals > 4 * others;
}

bool pm_all_capitals(const char *text, size_t len)
{
    bool lower = false;
    for (size_t i = 0; i < len && !lower;)
        pass_letters(text, &i, len, &lower);
    return !lower;
}
