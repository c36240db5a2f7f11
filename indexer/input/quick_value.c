#include "quick_value.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "value.h"

#define DEPTH_MAX  64 /* of values in values */
#define NUMBER_MAX 40 /* bytes */

struct parsing {
    const char *at, *end;
    unsigned depth;
};

static void skip_space(struct parsing *parsing)
{
    while (parsing->at < parsing->end && value_is_space(*parsing->at))
        parsing->at++;
}

/* Takes `c`, and what white space is before it. */
static bool take(struct parsing *parsing, char c)
{
    skip_space(parsing);
    if (parsing->at == parsing->end || *parsing->at != c)
        return false;
    parsing->at++;
    return true;
}

/* ---- strings ---- */

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Not zero if one of eight bytes is zero (Mycroft; Warren, Hacker's Delight, 6-1). */
static uint64_t zeros(uint64_t eight)
{
    return (eight - EACH_BYTE(1)) & ~eight & EACH_BYTE(0x80);
}

/* The next quote or backslash from `at` on, or `end`. */
static const char *find_mark(const char *at, const char *end)
{
    uint64_t eight;
    for (; end - at >= (ptrdiff_t)sizeof eight; at += sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        if (zeros(eight ^ EACH_BYTE('"')) | zeros(eight ^ EACH_BYTE('\\')))
            break;
    }
    while (at < end && *at != '"' && *at != '\\')
        at++;
    return at;
}

/* The quote that ends the string at `at`, or NULL. */
static const char *find_quote(const char *at, const char *end)
{
    while ((at = find_mark(at, end)) < end && *at == '\\')
        at = end - at > 2 ? at + 2 : end;
    return at < end ? at : NULL;
}

/* The code unit of four hexadecimal digits, or 0: what is none, or no character by itself. */
static unsigned unit_of(const char *digits, const char *end)
{
    unsigned unit = 0;
    for (int i = 0; i < 4; i++) {
        char c = digits + i < end ? digits[i] : ' ', low = (char)(c | 0x20);
        if (!(c >= '0' && c <= '9') && !(low >= 'a' && low <= 'f'))
            return 0;
        unit = unit * 16 + (unsigned)(c <= '9' ? c - '0' : low - 'a' + 10);
    }
    return unit >= 0xD800 && unit <= 0xDFFF ? 0 : unit;
}

static char *put_utf8(char *to, unsigned c)
{
    if (c < 0x80) {
        *to++ = (char)c;
        return to;
    }
    if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
    } else {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (c & 0x3F));
    return to;
}

/* Puts what the escape behind the backslash at *at means, and moves that behind it; or NULL. */
static char *put_escape(char *to, const char **at, const char *end)
{
    static const char letters[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char c = (*at)[1];
    if (c == 'u') {
        unsigned unit = unit_of(*at + 2, end);
        *at += 6;
        return unit ? put_utf8(to, unit) : NULL;
    }
    const char *letter = letters;
    while (*letter && *letter != c)
        letter += 2;
    if (!*letter)
        return NULL;
    *to++ = letter[1];
    *at += 2;
    return to;
}

/* The string whose quote was taken, as cJSON's own; or NULL. */
static char *take_string(struct parsing *parsing)
{
    const char *at = parsing->at, *end = find_quote(at, parsing->end);
    char *string = end ? cJSON_malloc((size_t)(end - at) + 1) : NULL, *to = string;
    while (to && at < end) {
        const char *mark = find_mark(at, end);
        memcpy(to, at, (size_t)(mark - at));
        to += mark - at;
        at = mark;
        if (at < end)
            to = put_escape(to, &at, end);
    }
    if (!to) {
        cJSON_free(string);
        return NULL;
    }
    *to = '\0';
    parsing->at = end + 1;
    return string;
}

/* ---- values ---- */

static cJSON *take_value(struct parsing *parsing);

static cJSON *string_value(struct parsing *parsing)
{
    char *string = take_string(parsing);
    cJSON *item = string ? cJSON_CreateNull() : NULL;
    if (!item) {
        cJSON_free(string);
        return NULL;
    }
    item->type = cJSON_String;
    item->valuestring = string;
    return item;
}

/* Adds the next value to an object or array, under its name if it has one. */
static bool take_member(struct parsing *parsing, cJSON *to)
{
    char *name = NULL;
    bool named = cJSON_IsObject(to);
    if (named && (!take(parsing, '"') || !(name = take_string(parsing)) || !take(parsing, ':'))) {
        cJSON_free(name);
        return false;
    }
    cJSON *value = take_value(parsing);
    if (!value) {
        cJSON_free(name);
        return false;
    }
    value->string = name;
    return cJSON_AddItemToArray(to, value); /* which keeps the name */
}

/* The object or array whose bracket was taken. */
static cJSON *take_members(struct parsing *parsing, cJSON *to, char last)
{
    bool good = ++parsing->depth <= DEPTH_MAX && to;
    if (good && !take(parsing, last)) {
        do
            good = take_member(parsing, to);
        while (good && take(parsing, ','));
        good = good && take(parsing, last);
    }
    parsing->depth--;
    if (good)
        return to;
    cJSON_Delete(to);
    return NULL;
}

static cJSON *number_value(struct parsing *parsing)
{
    char digits[NUMBER_MAX + 1], *behind;
    size_t len = 0, left = (size_t)(parsing->end - parsing->at);
    for (; len < NUMBER_MAX && len < left; len++) {
        digits[len] = parsing->at[len];
        if (!digits[len] || !strchr("0123456789+-eE.", digits[len]))
            break;
    }
    if (len == NUMBER_MAX || !len || !strchr("0123456789-", digits[0]))
        return NULL;
    digits[len] = '\0';
    double number = strtod(digits, &behind);
    if (*behind)
        return NULL;
    parsing->at += len;
    return cJSON_CreateNumber(number);
}

/* null, true or false, or NULL. */
static cJSON *word_value(struct parsing *parsing)
{
    static const char *const words[] = {"null", "true", "false"};
    size_t left = (size_t)(parsing->end - parsing->at);
    for (int i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if (left < len || memcmp(parsing->at, words[i], len) != 0)
            continue;
        cJSON *item = i ? cJSON_CreateBool(i == 1) : cJSON_CreateNull();
        if (item)
            item->valueint = i == 1; /* as cJSON's parser has it */
        parsing->at += len;
        return item;
    }
    return NULL;
}

static cJSON *take_value(struct parsing *parsing)
{
    skip_space(parsing);
    if (parsing->at == parsing->end)
        return NULL;
    switch (*parsing->at) {
    case '"':
        parsing->at++;
        return string_value(parsing);
    case '{':
        parsing->at++;
        return take_members(parsing, cJSON_CreateObject(), '}');
    case '[':
        parsing->at++;
        return take_members(parsing, cJSON_CreateArray(), ']');
    case 'n':
    case 't':
    case 'f':
        return word_value(parsing);
    default:
        return number_value(parsing);
    }
}

cJSON *quick_value(const char *text, size_t len, size_t *at)
{
    struct parsing parsing = {.at = text + *at, .end = text + len};
    if (*at == len || (text[*at] != '{' && text[*at] != '['))
        return NULL;
    cJSON *value = take_value(&parsing);
    if (value)
        *at = (size_t)(parsing.at - text);
    return value;
}
