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

bool pm_shouting(const char *text, size_t at, size_t end)
{
    size_t capitals = 0, others = 0;
    for (size_t i = at; i < end;) {
        size_t letters = 0;
        bool lower = false, letter = true;
        while (letter && i < end) {
            UChar32 c;
            U8_NEXT(text, i, end, c);
            letter = pm_char_kind(c) == PM_CHAR_LETTER;
            letters += letter;
            lower |= c < 128 ? c >= 'a' && c <= 'z' : letter && u_islower(c);
        }
        others += lower;
        capitals += !lower && letters >= 2;
    }
    return capitals >= SHOUT_WORDS && capitals > 4 * others;
}
