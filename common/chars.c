#include "chars.h"

#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

const unsigned char pm_char_ascii[128] = {
    ['\''] = PM_CHAR_APOSTROPHE, ['0'] = PM_CHAR_DIGIT,  ['1'] = PM_CHAR_DIGIT,
    ['2'] = PM_CHAR_DIGIT,       ['3'] = PM_CHAR_DIGIT,  ['4'] = PM_CHAR_DIGIT,
    ['5'] = PM_CHAR_DIGIT,       ['6'] = PM_CHAR_DIGIT,  ['7'] = PM_CHAR_DIGIT,
    ['8'] = PM_CHAR_DIGIT,       ['9'] = PM_CHAR_DIGIT,  ['A'] = PM_CHAR_LETTER,
    ['B'] = PM_CHAR_LETTER,      ['C'] = PM_CHAR_LETTER, ['D'] = PM_CHAR_LETTER,
    ['E'] = PM_CHAR_LETTER,      ['F'] = PM_CHAR_LETTER, ['G'] = PM_CHAR_LETTER,
    ['H'] = PM_CHAR_LETTER,      ['I'] = PM_CHAR_LETTER, ['J'] = PM_CHAR_LETTER,
    ['K'] = PM_CHAR_LETTER,      ['L'] = PM_CHAR_LETTER, ['M'] = PM_CHAR_LETTER,
    ['N'] = PM_CHAR_LETTER,      ['O'] = PM_CHAR_LETTER, ['P'] = PM_CHAR_LETTER,
    ['Q'] = PM_CHAR_LETTER,      ['R'] = PM_CHAR_LETTER, ['S'] = PM_CHAR_LETTER,
    ['T'] = PM_CHAR_LETTER,      ['U'] = PM_CHAR_LETTER, ['V'] = PM_CHAR_LETTER,
    ['W'] = PM_CHAR_LETTER,      ['X'] = PM_CHAR_LETTER, ['Y'] = PM_CHAR_LETTER,
    ['Z'] = PM_CHAR_LETTER,      ['a'] = PM_CHAR_LETTER, ['b'] = PM_CHAR_LETTER,
    ['c'] = PM_CHAR_LETTER,      ['d'] = PM_CHAR_LETTER, ['e'] = PM_CHAR_LETTER,
    ['f'] = PM_CHAR_LETTER,      ['g'] = PM_CHAR_LETTER, ['h'] = PM_CHAR_LETTER,
    ['i'] = PM_CHAR_LETTER,      ['j'] = PM_CHAR_LETTER, ['k'] = PM_CHAR_LETTER,
    ['l'] = PM_CHAR_LETTER,      ['m'] = PM_CHAR_LETTER, ['n'] = PM_CHAR_LETTER,
    ['o'] = PM_CHAR_LETTER,      ['p'] = PM_CHAR_LETTER, ['q'] = PM_CHAR_LETTER,
    ['r'] = PM_CHAR_LETTER,      ['s'] = PM_CHAR_LETTER, ['t'] = PM_CHAR_LETTER,
    ['u'] = PM_CHAR_LETTER,      ['v'] = PM_CHAR_LETTER, ['w'] = PM_CHAR_LETTER,
    ['x'] = PM_CHAR_LETTER,      ['y'] = PM_CHAR_LETTER, ['z'] = PM_CHAR_LETTER,
};

static bool is_spaceless(UChar32 c)
{
    return (c >= 0x0e00 && c <= 0x0eff) ||                                 /* Thai, Lao */
           (c >= 0x1000 && c <= 0x109f) ||                                 /* Burmese */
           (c >= 0x1780 && c <= 0x17ff) ||                                 /* Khmer */
           (c >= 0xa9e0 && c <= 0xa9ff) || (c >= 0xaa60 && c <= 0xaa7f) || /* Burmese */
           (c >= 0x3005 && c <= 0x3007) ||                                 /* Han, kana */
           (c >= 0x3041 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x31ff) ||
           (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xff66 && c <= 0xff9d) || (c >= 0x20000 && c <= 0x3ffff);
}

enum pm_char_kind pm_char_kind(int32_t c)
{
    if (c < 0)
        return PM_CHAR_OTHER;
    if (c < 128)
        return pm_char_ascii[c];
    if (c == 0x2019 || c == 0x02bc || c == 0xff07)
        return PM_CHAR_APOSTROPHE;
    if (c == 0x00ad || c == 0x200c || c == 0x200d)
        return PM_CHAR_TRANSPARENT;
    int type = u_charType(c);
    if (type == U_DECIMAL_DIGIT_NUMBER)
        return PM_CHAR_DIGIT;
    if (is_spaceless(c))
        return u_ispunct(c) || type == U_CURRENCY_SYMBOL ? PM_CHAR_OTHER : PM_CHAR_SPACELESS;
    if (u_isalpha(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
        type == U_LETTER_NUMBER || type == U_OTHER_NUMBER)
        return PM_CHAR_LETTER;
    return PM_CHAR_OTHER;
}

enum pm_char_kind pm_char_beyond(const char *text, size_t len, size_t at, size_t *next)
{
    UChar32 c;
    U8_NEXT(text, at, len, c);
    *next = at;
    return pm_char_kind(c);
}
