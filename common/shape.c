#include "shape.h"

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "chars.h"

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static bool is_small(char c)
{
    return (unsigned char)(c - 'a') < 26;
}

static bool is_capital(char c)
{
    return (unsigned char)(c - 'A') < 26;
}

/* True if the word from `start` to `end`, of ASCII letters and digits, surely goes no further. */
static inline bool ends(const char *text, size_t len, size_t start, size_t end)
{
    if (end == len)
        return true;
    unsigned char after = (unsigned char)text[end];
    if (after >= 128 || pm_char_ascii[after] != PM_CHAR_OTHER || after == '_')
        return false;
    /* A full stop or a comma may join single letters, and digits. */
    return (after != '.' && after != ',') || (end > start + 1 && !is_digit(text[end - 1]));
}

/* The number of small letters at the start of eight bytes, found all at once. */
static inline size_t small_of_eight(const char *text)
{
    uint64_t eight;
    memcpy(&eight, text, sizeof eight);
    eight = le64toh(eight);
    /* The high bit of each byte: set by adding to what is at least `a`, or behind `z`. */
    uint64_t low = eight & EACH_BYTE(0x7F);
    uint64_t small =
        (low + EACH_BYTE(0x80 - 'a')) & ~(low + EACH_BYTE(0x7F - 'z')) & ~eight & EACH_BYTE(0x80);
    uint64_t other = small ^ EACH_BYTE(0x80);
    return other ? (size_t)__builtin_ctzll(other) / 8 : sizeof eight;
}

/* The end of the word at `start` where it is like nearly all: small letters and digits; else 0. */
static inline size_t small_end(const char *text, size_t len, size_t start)
{
    size_t end = start + 1, letters = 8;
    for (; letters == 8 && len - end >= 8; end += letters)
        letters = small_of_eight(text + end);
    while (end < len && (is_small(text[end]) || is_digit(text[end])))
        end++;
    return ends(text, len, start, end) ? end : 0;
}

/* The same for two capitals, then capitals and digits, and perhaps an "s". */
static size_t capitals_end(const char *text, size_t len, size_t start)
{
    size_t end = start, capitals = 0;
    for (; end < len && (is_capital(text[end]) || is_digit(text[end])); end++)
        capitals += is_capital(text[end]);
    end += end < len && text[end] == 's';
    bool acronym = end > start + 1 && is_capital(text[start]) && is_capital(text[start + 1]) &&
                   capitals <= PM_ACRONYM_MAX && end - start <= PM_ACRONYM_BYTES;
    return acronym && ends(text, len, start, end) ? end : 0;
}

/* True if a word is of ASCII characters but for apostrophes (U+2019) behind its first three. */
static bool is_plain(const char *word, size_t len)
{
    static const char apostrophe[] = "\xE2\x80\x99";
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)word[i] < 128)
            continue;
        if (i < 3 || len - i < 3 || memcmp(word + i, apostrophe, 3) != 0)
            return false;
        i += 2;
    }
    return true;
}

/* True if such a word is surely no acronym: what has full stops, and is no number, may be one. */
static bool is_no_acronym(const char *word, size_t len)
{
    if (is_digit(word[0]))
        return true;
    bool capitals = len > 1 && is_capital(word[0]) && (is_capital(word[1]) || is_digit(word[1]));
    return !capitals && !memchr(word, '.', len);
}

size_t pm_shape_end(const char *text, size_t len, size_t start, enum pm_word_shape *shape)
{
    size_t end = small_end(text, len, start);
    *shape = PM_WORD_SIMPLE;
    if (end)
        return end;
    *shape = PM_WORD_CAPITALS;
    return capitals_end(text, len, start);
}

enum pm_word_shape pm_shape_of(const char *word, size_t len)
{
    return is_plain(word, len) && is_no_acronym(word, len) ? PM_WORD_SIMPLE : PM_WORD_ANY;
}
