#include "query_lex.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chars.h"
#include "schema.h"

#define NEAR_DISTANCE  10 /* in words, if not said */
#define MAX_DISTANCE   100
#define MAX_EDITS      2
#define PREFIX_LETTERS 3 /* fewer are the beginning of too many words */
#define FUZZY_LETTERS  4 /* shorter words are all alike */

#define SUFFIXES "^~*"
#define SIGNS    "+-!"

int pm_query_lex_fail(struct pm_query_lex *lex, size_t at, const char *format, ...)
{
    char message[sizeof lex->err->message];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (!lex->err->code)
        lex->err->offset = at;
    return pm_fail(lex->err, PM_ERR_QUERY, "%s", message);
}

/* ---- characters ---- */

/* The byte at `at`, or 0 behind the end. */
static char byte_at(const struct pm_query_lex *lex, size_t at)
{
    return at < lex->len ? lex->text[at] : 0;
}

static bool is_suffix(const struct pm_query_lex *lex, size_t at)
{
    return byte_at(lex, at) && strchr(SUFFIXES, byte_at(lex, at));
}

size_t pm_query_lex_space(const struct pm_query_lex *lex, size_t at)
{
    size_t end = at;
    UChar32 c;
    if (at >= lex->len)
        return 0;
    if (!(lex->text[at] & 0x80))
        return lex->text[at] == ' ' || (lex->text[at] >= '\t' && lex->text[at] <= '\r');
    U8_NEXT(lex->text, end, lex->len, c);
    return c >= 0 && (u_isUWhiteSpace(c) || c == 0xfeff) ? end - at : 0;
}

/* Straight and curly quotation marks, German and French ones, full-width ones. */
static const char *const quotes[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                     "\xe2\x80\x9e", "\xe2\x80\x9f", "\xc2\xab",
                                     "\xc2\xbb",     "\xef\xbc\x82"};

size_t pm_query_lex_quote(const struct pm_query_lex *lex, size_t at)
{
    for (size_t i = 0; at < lex->len && i < sizeof quotes / sizeof *quotes; i++) {
        size_t len = strlen(quotes[i]);
        if (lex->len - at >= len && !memcmp(lex->text + at, quotes[i], len))
            return len;
    }
    return 0;
}

static bool ends_word(const struct pm_query_lex *lex, size_t at)
{
    return at >= lex->len || lex->text[at] == '(' || lex->text[at] == ')' ||
           pm_query_lex_space(lex, at) || pm_query_lex_quote(lex, at);
}

size_t pm_query_lex_word_end(const struct pm_query_lex *lex, size_t at)
{
    while (!ends_word(lex, at))
        at++;
    return at;
}

/* The letters and digits from `at` to `end`, without the marks on them, counted up to `max`. */
static size_t count_letters(const struct pm_query_lex *lex, size_t at, size_t end, size_t max)
{
    size_t letters = 0;
    while (at < end && letters < max) {
        UChar32 c;
        U8_NEXT(lex->text, at, end, c);
        enum pm_char_kind kind = pm_char_kind(c);
        letters += kind == PM_CHAR_DIGIT || kind == PM_CHAR_SPACELESS ||
                   (kind == PM_CHAR_LETTER && !(U_GET_GC_MASK(c) & U_GC_M_MASK));
    }
    return letters;
}

/* True if what stands at `at` is a clause and not punctuation. */
static bool starts_clause(const struct pm_query_lex *lex, size_t at)
{
    while (byte_at(lex, at) == '=')
        at++;
    unsigned char c = (unsigned char)byte_at(lex, at);
    if (c == '(' || pm_query_lex_quote(lex, at))
        return true;
    if (ends_word(lex, at))
        return false;
    return isalnum(c) || c >= 0x80 || count_letters(lex, at, pm_query_lex_word_end(lex, at), 1) > 0;
}

/* ---- numbers ---- */

/* Passes over digits, whose value (at most a million) becomes *number; how many they are. */
static size_t read_number(struct pm_query_lex *lex, uint32_t *number)
{
    size_t start = lex->at;
    *number = 0;
    for (; isdigit((unsigned char)byte_at(lex, lex->at)); lex->at++)
        if (*number < 100000)
            *number = *number * 10 + (uint32_t)(lex->text[lex->at] - '0');
    return lex->at - start;
}

int pm_query_lex_boost(struct pm_query_lex *lex, double *boost)
{
    size_t start = lex->at, digits = 0;
    double number = 0, scale = 1;
    bool point = false;
    *boost = 0;
    if (byte_at(lex, lex->at) != '^')
        return 0;
    /* Not strtod(), which reads "inf" and "0x1" and the point of the locale. */
    for (lex->at++; digits < 15; lex->at++) {
        char c = byte_at(lex, lex->at);
        if (isdigit((unsigned char)c)) {
            number = number * 10 + (c - '0');
            scale *= point ? 10 : 1;
            digits++;
        } else if (c == '.' && !point) {
            point = true;
        } else {
            break;
        }
    }
    number /= scale;
    if (!digits || !ends_word(lex, lex->at) || number < 0.01 || number > 1000)
        return pm_query_lex_fail(lex, start,
                                 "^ wants a number from 0.01 to 1000 behind it, and a word, phrase "
                                 "or bracket before it");
    *boost = number;
    return 0;
}

/* ---- operators, signs and fields ---- */

static const struct {
    const char *name;
    enum pm_query_mark mark;
} operators[] = {
    {"AND", PM_QUERY_AND}, {"&&", PM_QUERY_AND},  {"OR", PM_QUERY_OR},
    {"||", PM_QUERY_OR},   {"NOT", PM_QUERY_NOT}, {"NEAR", PM_QUERY_NEAR},
};

static int look_at_near(struct pm_query_lex *lex, struct pm_query_token *token)
{
    struct pm_query_lex number = *lex;
    number.at += strlen("NEAR/");
    token->mark = PM_QUERY_NEAR;
    if (!read_number(&number, &token->distance) || number.at != token->end || !token->distance ||
        token->distance > MAX_DISTANCE)
        return pm_query_lex_fail(lex, token->at, "NEAR/ wants a number of words from 1 to %d",
                                 MAX_DISTANCE);
    return 0;
}

int pm_query_lex_look(struct pm_query_lex *lex, struct pm_query_token *token)
{
    size_t space;
    while ((space = pm_query_lex_space(lex, lex->at)))
        lex->at += space;
    *token = (struct pm_query_token){.at = lex->at, .end = lex->at, .distance = NEAR_DISTANCE};
    if (lex->at >= lex->len) {
        token->mark = PM_QUERY_END;
        return 0;
    }
    if (lex->text[lex->at] == ')') {
        token->mark = PM_QUERY_CLOSE;
        token->end++;
        return 0;
    }
    const char *word = lex->text + lex->at;
    token->end = pm_query_lex_word_end(lex, lex->at);
    size_t len = token->end - token->at;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (strlen(operators[i].name) == len && !memcmp(operators[i].name, word, len))
            token->mark = operators[i].mark;
    return len > 4 && !memcmp(word, "NEAR/", 5) ? look_at_near(lex, token) : 0;
}

/* True at the beginning, behind white space and behind an opening bracket. */
static bool begins_word(const struct pm_query_lex *lex, size_t at)
{
    size_t before = at - 1;
    if (!at || lex->text[before] == '(')
        return true;
    while (before > 0 && (lex->text[before] & 0xc0) == 0x80)
        before--;
    return pm_query_lex_space(lex, before) > 0;
}

int pm_query_lex_sign(struct pm_query_lex *lex, char *sign)
{
    size_t end = lex->at;
    *sign = 0;
    if (byte_at(lex, end) == '!' && !begins_word(lex, end))
        return 0;
    while (byte_at(lex, end) && strchr(SIGNS, byte_at(lex, end)))
        end++;
    if (end == lex->at || !starts_clause(lex, end))
        return 0;
    if (end > lex->at + 1)
        return pm_query_lex_fail(lex, lex->at + 1, "a clause takes one sign, not two");
    *sign = lex->text[lex->at++] == '+' ? '+' : '-';
    return 0;
}

/* The field called so that a query can name, or -1. */
static int find_field(const char *name, size_t len)
{
    const char *date = pm_schema[PM_FIELD_DATE].name;
    if (len == strlen(date) && !strncasecmp(name, date, len))
        return PM_FIELD_DATE;
    return pm_schema_find(name, len);
}

/* The bytes of letters with a colon behind them at `at`, the colon not counted, or 0. */
static size_t name_at(const struct pm_query_lex *lex, size_t at)
{
    size_t end = at;
    while (isalpha((unsigned char)byte_at(lex, end)))
        end++;
    return byte_at(lex, end) == ':' ? end - at : 0;
}

int pm_query_lex_field(struct pm_query_lex *lex, int *field)
{
    size_t start = lex->at, len = name_at(lex, start), behind = start + len + 1;
    *field = -1;
    if (!len)
        return 0;
    int found = find_field(lex->text + start, len);
    bool empty = behind >= lex->len || lex->text[behind] == ')' || pm_query_lex_space(lex, behind);
    if (found < 0) {
        if (empty || lex->text[behind] == '/')
            return 0;
        return pm_query_lex_fail(lex, start,
                                 "there is no such field (there are " PM_SCHEMA_NAMES ", date)");
    }
    if (empty)
        return pm_query_lex_fail(lex, behind - 1,
                                 "nothing stands behind the field's colon: leave no space there");
    *field = found;
    lex->at = behind;
    return 0;
}

/* ---- words and phrases ---- */

static int fail_exact(struct pm_query_lex *lex, size_t at)
{
    return pm_query_lex_fail(lex, at, "= looks for what is written: it goes with neither * nor ~");
}

/* Checks that nothing but ^ follows a suffix that began at `at`. */
static int check_suffix(struct pm_query_lex *lex, size_t at, const char *what)
{
    return byte_at(lex, lex->at) == '^' || ends_word(lex, lex->at)
               ? 0
               : pm_query_lex_fail(lex, at, "%s", what);
}

static int read_prefix(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    size_t at = lex->at++;
    if (check_suffix(lex, at, "an asterisk can stand only at the end of a word"))
        return -1;
    if (piece->form == PM_QUERY_EXACT)
        return fail_exact(lex, at);
    if (count_letters(lex, piece->start, piece->end, PREFIX_LETTERS) < PREFIX_LETTERS)
        return pm_query_lex_fail(lex, at, "an asterisk wants at least %d letters before it",
                                 PREFIX_LETTERS);
    piece->form = PM_QUERY_PREFIX;
    return 0;
}

static int read_fuzzy(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    size_t at = lex->at++;
    if (!read_number(lex, &piece->distance))
        piece->distance = 1;
    if (check_suffix(lex, at, "~ can stand only at the end of a word, as in word~ or word~2"))
        return -1;
    if (piece->form == PM_QUERY_EXACT)
        return fail_exact(lex, at);
    if (!piece->distance || piece->distance > MAX_EDITS)
        return pm_query_lex_fail(lex, at, "~ lets 1 or 2 letters of a word differ");
    if (count_letters(lex, piece->start, piece->end, FUZZY_LETTERS) < FUZZY_LETTERS)
        return pm_query_lex_fail(lex, at, "~ wants at least %d letters before it", FUZZY_LETTERS);
    piece->form = PM_QUERY_FUZZY;
    return 0;
}

static int read_word(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    piece->start = lex->at;
    while (!ends_word(lex, lex->at) && !is_suffix(lex, lex->at))
        lex->at++;
    piece->end = lex->at;
    char suffix = byte_at(lex, lex->at);
    if (piece->start == piece->end)
        return pm_query_lex_fail(lex, lex->at, "%s",
                                 suffix == '*' ? "an asterisk can stand only at the end of a word"
                                               : "~ and ^ stand directly behind a clause");
    return suffix == '*' ? read_prefix(lex, piece) : suffix == '~' ? read_fuzzy(lex, piece) : 0;
}

static int read_phrase(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    size_t open = lex->at, blank;
    piece->start = piece->end = open + pm_query_lex_quote(lex, open);
    while (piece->end < lex->len && !pm_query_lex_quote(lex, piece->end))
        piece->end++;
    if (piece->end >= lex->len)
        return pm_query_lex_fail(lex, open, "this quotation mark has no partner");
    lex->at = piece->start;
    while ((blank = pm_query_lex_space(lex, lex->at)))
        lex->at += blank;
    if (lex->at == piece->end)
        return pm_query_lex_fail(lex, open, "nothing stands between these quotation marks");
    lex->at = piece->end + pm_query_lex_quote(lex, piece->end);
    if (piece->form != PM_QUERY_EXACT)
        piece->form = PM_QUERY_PHRASE;
    if (byte_at(lex, lex->at) != '~')
        return 0;
    size_t at = lex->at++;
    if (piece->form == PM_QUERY_EXACT)
        return fail_exact(lex, at);
    if (!read_number(lex, &piece->distance) || !piece->distance || piece->distance > MAX_DISTANCE)
        return pm_query_lex_fail(lex, at, "~ behind a phrase wants a number of words from 1 to %d",
                                 MAX_DISTANCE);
    return check_suffix(lex, at, "behind \"words\"~N stands a space");
}

/* Passes over the = before a word or phrase. */
static int read_equals(struct pm_query_lex *lex)
{
    size_t at = ++lex->at, len = name_at(lex, at);
    char sign;
    if (lex->text[at] == '=')
        return pm_query_lex_fail(lex, at, "one = is enough");
    if (lex->text[at] == '(')
        return pm_query_lex_fail(lex, at, "= stands before a word or phrase, not a bracket");
    if (len && find_field(lex->text + at, len) >= 0)
        return pm_query_lex_fail(lex, at, "a field stands before =, as in title:=word");
    if (pm_query_lex_sign(lex, &sign))
        return -1;
    return sign ? pm_query_lex_fail(lex, at, "a sign stands before =, as in -=word") : 0;
}

int pm_query_lex_piece(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    *piece = (struct pm_query_piece){.form = PM_QUERY_WORD};
    if (byte_at(lex, lex->at) == '=' && starts_clause(lex, lex->at)) {
        piece->form = PM_QUERY_EXACT;
        if (read_equals(lex))
            return -1;
    }
    return pm_query_lex_quote(lex, lex->at) ? read_phrase(lex, piece) : read_word(lex, piece);
}

int pm_query_lex_date(struct pm_query_lex *lex, struct pm_query_piece *piece)
{
    *piece = (struct pm_query_piece){.start = lex->at};
    if (pm_query_lex_quote(lex, lex->at) || byte_at(lex, lex->at) == '=')
        return pm_query_lex_fail(lex, lex->at, "a date takes neither = nor quotation marks");
    while (!ends_word(lex, lex->at) && !is_suffix(lex, lex->at))
        lex->at++;
    piece->end = lex->at;
    if (is_suffix(lex, lex->at))
        return pm_query_lex_fail(lex, lex->at, "a date takes neither ^ nor ~ nor *");
    return 0;
}
