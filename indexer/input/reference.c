#include "reference.h"

#include <libxml/HTMLparser.h>
#include <stdint.h>
#include <string.h>
#include <unicode/utf8.h>

#define NAME_MAX_LEN  32 /* names of HTML have at most 8; others are looked at to be named */
#define DIGITS_MAX    7  /* leading zeros too */
#define NO_CHARACTER  0xFFFD
#define FIRST_WINDOWS 0x80

/* What windows-1252 has where Unicode has controls, from 0x80; 0 where it has nothing. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static void set_character(struct reference *reference, uint32_t c)
{
    size_t len = 0;
    U8_APPEND_UNSAFE(reference->utf8, len, c);
    reference->utf8[len] = '\0';
}

static bool is_legal(uint32_t c)
{
    if (c < ' ')
        return c == '\t' || c == '\n' || c == '\r';
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
}

static bool read_number(const char *text, size_t len, struct reference *reference)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    bool hex = len > 2 && (text[2] | 0x20) == 'x';
    size_t first = hex ? 3 : 2, at = first;
    uint32_t c = 0;
    for (; at < len && at < first + DIGITS_MAX; at++) {
        const char *digit = memchr(digits, text[at], hex ? sizeof digits - 1 : 10);
        if (!digit)
            break;
        c = c * (hex ? 16 : 10) + (uint32_t)((digit - digits) % 16);
    }
    if (at == first || at == len || text[at] != ';')
        return false;
    reference->len = at + 1;
    reference->legal = is_legal(c);
    if (c >= FIRST_WINDOWS && c < FIRST_WINDOWS + 32 && windows[c - FIRST_WINDOWS]) {
        c = windows[c - FIRST_WINDOWS];
        reference->legal = false;
    }
    set_character(reference, is_legal(c) ? c : NO_CHARACTER);
    return true;
}

size_t reference_name(const char *text, size_t len)
{
    size_t at = 1;
    while (at < len && at <= NAME_MAX_LEN &&
           (((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z') ||
            (at > 1 && text[at] && strchr("0123456789._-", text[at]))))
        at++;
    return at > 1 && at < len && text[at] == ';' ? at + 1 : 0;
}

bool reference_read(const char *text, size_t len, struct reference *reference)
{
    *reference = (struct reference){0};
    if (len > 1 && text[1] == '#')
        return read_number(text, len, reference);
    char name[NAME_MAX_LEN + 1];
    size_t whole = reference_name(text, len);
    if (!whole)
        return false;
    memcpy(name, text + 1, whole - 2);
    name[whole - 2] = '\0';
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (!known)
        return false;
    reference->len = whole;
    reference->named = true;
    set_character(reference, known->value);
    return true;
}
