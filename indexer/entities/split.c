#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chars.h"
#include "look.h"

/* A line of hard-wrapped text has about so many bytes; a shorter or longer one is a paragraph. */
#define WRAP_MIN 50
#define WRAP_MAX 100

/* Words whose full stop is their own. */
static const char *const abbreviations[] = {
    "mr",  "mrs", "ms",   "dr",   "gen", "lt",  "col", "sgt", "maj", "capt", "cmdr", "adm", "sen",
    "rep", "gov", "prof", "rev",  "hon", "st",  "jr",  "sr",  "inc", "corp", "ltd",  "co",  "bros",
    "jan", "feb", "aug",  "sept", "oct", "nov", "dec", "no",  "vs",  "brig", "pres", "mt",  "ft",
};

/* ---- where tokens end ---- */

/* The kind of the character at `text`, and its length. */
static enum pm_char_kind kind_at(const char *text, const char *end, size_t *len)
{
    int32_t c;
    size_t i = 0, max = (size_t)(end - text);
    if (!(*text & 0x80)) {
        *len = 1;
        return (enum pm_char_kind)pm_char_ascii[(unsigned char)*text];
    }
    U8_NEXT(text, i, max < 4 ? max : 4, c);
    *len = i;
    return pm_char_kind(c);
}

static bool is_word(enum pm_char_kind kind)
{
    return kind == PM_CHAR_LETTER || kind == PM_CHAR_DIGIT || kind == PM_CHAR_SPACELESS ||
           kind == PM_CHAR_TRANSPARENT;
}

static bool word_at(const char *at, const char *end)
{
    size_t len;
    return at < end && is_word(kind_at(at, end, &len));
}

/* True if what stands behind an apostrophe is an ending of its own: 's, 're. */
static bool is_ending(const char *at, const char *end)
{
    static const char *const endings[] = {"s", "re", "ve", "ll", "d", "m", "S"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);
        if ((size_t)(end - at) >= len && !memcmp(at, endings[i], len) && !word_at(at + len, end))
            return true;
    }
    return false;
}

static bool is_abbreviation(const char *word, size_t len)
{
    if (len == 1)
        return look_class[(unsigned char)*word] == LOOK_CAPITAL;
    if (len > 4 || look_class[(unsigned char)*word] != LOOK_CAPITAL)
        return false;
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strlen(abbreviations[i]) == len && !strncasecmp(word, abbreviations[i], len))
            return true;
    return false;
}

/*
 * True if a sentence begins there: "Hun Sen. He left".  Only words that are nobody's name say so,
 * which "In", "So" and "May" are.
 */
static bool sentence_begins(const char *at, const char *end)
{
    static const char *const words[] = {
        "After", "And",     "As",   "At",   "But",   "For", "From", "He",    "Her",
        "His",   "However", "If",   "It",   "Its",   "She", "That", "The",   "Their",
        "There", "These",   "They", "This", "Those", "We",  "When", "While", "With"};
    while (at < end && *at == ' ')
        at++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(end - at) > len && !memcmp(at, words[i], len) && at[len] == ' ')
            return true;
    }
    return false;
}

/* True if the full stop at `dot` belongs to the word that begins at `word`. */
static bool dot_belongs(const char *word, const char *dot, const char *end)
{
    if (word_at(dot + 1, end))
        return true;
    size_t len = (size_t)(dot - word);
    if (len >= 3 && len <= 10 && dot[-2] == '.' && look_class[(unsigned char)dot[-1]] != LOOK_DIGIT)
        return true; /* U.S. */
    return is_abbreviation(word, len) && !sentence_begins(dot + 1, end);
}

/* True if the word goes on over the mark at `at`, of `len` bytes. */
static bool goes_on(const char *at, size_t len, enum pm_char_kind kind, const char *end)
{
    bool digits = at + 1 < end && look_class[(unsigned char)at[1]] == LOOK_DIGIT &&
                  look_class[(unsigned char)at[-1]] == LOOK_DIGIT;
    if (kind == PM_CHAR_APOSTROPHE)
        return word_at(at + len, end) && !is_ending(at + len, end);
    switch (*at) {
    case '-':
        return word_at(at + 1, end);
    case '&':
        return word_at(at + 1, end) && look_class[(unsigned char)at[-1]] == LOOK_CAPITAL;
    case ',':
        return digits;
    default:
        return false;
    }
}

/* The end of the word that begins at `word`. */
static const char *word_end(const char *word, const char *end)
{
    const char *at = word;
    while (at < end) {
        size_t len;
        enum pm_char_kind kind = kind_at(at, end, &len);
        if (is_word(kind)) {
            at += len;
        } else if (at == word) {
            return at;
        } else if (*at == '.' && dot_belongs(word, at, end)) {
            at++;
            if (!word_at(at, end))
                return at;
        } else if (goes_on(at, len, kind, end)) {
            at += len;
        } else {
            return at;
        }
    }
    return at;
}

/* Looks at the plain letters and digits at `at`; returns what follows them. */
static const char *look_plain(struct look *look, const char *at, const char *end)
{
    struct look own = {.hash = LOOK_START}; /* kept in registers, which `*look` cannot be */
    while (at < end && look_class[(unsigned char)*at] - LOOK_SMALL + 0u <= LOOK_DIGIT - LOOK_SMALL)
        look_ascii(&own, (unsigned char)*at++);
    look->hash = own.hash; /* one by one: a copy of all would wait for memory */
    look->cases = own.cases;
    look->letters = own.letters;
    look->capitals = own.capitals;
    look->kind = own.kind;
    return at;
}

/* True if a word of plain letters and digits, which end at `at`, surely ends there too. */
static bool ends_plain(const char *word, const char *at, const char *end)
{
    if (at == end || look_class[(unsigned char)*at] <= LOOK_LINE)
        return true;
    if (*at & 0x80)
        return false;
    enum pm_char_kind kind = (enum pm_char_kind)pm_char_ascii[(unsigned char)*at];
    return !is_word(kind) && !(*at == '.' ? dot_belongs(word, at, end) : goes_on(at, 1, kind, end));
}

/* ---- sentences ---- */

struct splitter {
    struct tokens *tokens;
    const char *text, *end;
    const char *line; /* where the line began */
    bool first;       /* the next token begins a sentence */
    bool ended;       /* a mark that ends sentences came; quotes may follow */
    struct pm_error *err;
};

static bool opens_or_closes(const char *at, size_t len)
{
    if (len == 1)
        return strchr("\"'()[]", *at) != NULL;
    return len == 3 && !memcmp(at, "\xe2\x80", 2) && (unsigned char)at[2] >= 0x98 &&
           (unsigned char)at[2] <= 0x9f;
}

/* True if the next token, at `at`, begins a sentence. */
static bool begins(struct splitter *split, const char *at, size_t len, const struct look *look)
{
    if (!split->first && !split->ended)
        return false;
    bool closes = opens_or_closes(at, len) && at > split->text &&
                  look_class[(unsigned char)at[-1]] > LOOK_LINE;
    bool small = look->kind & TOKEN_LOWER && !(look->kind & TOKEN_UPPER);
    bool first = split->first || (split->ended && !closes && !small);
    if (split->first || !closes)
        split->ended = false;
    split->first = false;
    return first;
}

static int put_mark(struct splitter *split, const char *at, size_t len)
{
    struct look look;
    look_at(&look, at, len);
    if (look_put(split->tokens, at, len, &look, begins(split, at, len, &look), split->err))
        return -1;
    if (len == 1 && strchr(".!?", *at))
        split->ended = true;
    return 0;
}

static int put_word(struct splitter *split, const char *at, size_t len, const struct look *look)
{
    return look_put(split->tokens, at, len, look, begins(split, at, len, look), split->err);
}

static void end_line(struct splitter *split, const char *at)
{
    size_t len = (size_t)(at - split->line);
    split->line = at + 1;
    if (len < WRAP_MIN || len > WRAP_MAX || (at + 1 < split->end && at[1] == '\n'))
        split->first = true;
}

static bool follows_word(const struct splitter *split, const char *at)
{
    const struct token *last = split->tokens->token + split->tokens->len - 1;
    return split->tokens->len && last->text + last->len == at &&
           last->kind & (TOKEN_LETTER | TOKEN_DIGIT | TOKEN_ODD);
}

/* A word, or a mark, at `at`; returns what follows it, or NULL when memory ran out. */
static const char *split_slow(struct splitter *split, const char *at)
{
    const char *stop = word_end(at, split->end);
    struct look look = {.hash = LOOK_START, .kind = TOKEN_ODD};
    size_t len;
    if (stop > at) {
        len = (size_t)(stop - at);
        if (len <= TOKEN_LOOK_MAX)
            look_at(&look, at, len);
        return put_word(split, at, len < UINT32_MAX ? len : UINT32_MAX, &look) ? NULL : stop;
    }
    enum pm_char_kind kind = kind_at(at, split->end, &len);
    if (kind == PM_CHAR_APOSTROPHE && follows_word(split, at) && is_ending(at + len, split->end)) {
        stop = word_end(at + len, split->end);
        len = (size_t)(stop - at);
        look_at(&look, at, len);
        return put_word(split, at, len, &look) ? NULL : stop;
    }
    if (*at & 0x80) {
        int32_t c;
        size_t i = 0, max = (size_t)(split->end - at);
        U8_NEXT(at, i, max < 4 ? max : 4, c);
        if (u_isUWhiteSpace(c) || c == 0xfeff)
            return at + i;
    }
    return put_mark(split, at, len) ? NULL : at + len;
}

int tokens_split(struct tokens *tokens, const char *text, size_t len, struct pm_error *err)
{
    struct splitter split = {tokens, text, text + len, text, true, false, err};
    const char *at = text;
    while (at < split.end) {
        unsigned char class = look_class[(unsigned char)*at];
        if (class == LOOK_SPACE || class == LOOK_LINE) {
            if (class == LOOK_LINE)
                end_line(&split, at);
            at++;
            continue;
        }
        /* Most words are plain ASCII: those need no second look. */
        struct look look;
        const char *stop = look_plain(&look, at, split.end);
        if (stop > at && stop - at <= TOKEN_LOOK_MAX && ends_plain(at, stop, split.end)) {
            if (put_word(&split, at, (size_t)(stop - at), &look))
                return -1;
            at = stop;
        } else {
            at = split_slow(&split, at);
            if (!at)
                return -1;
        }
    }
    return 0;
}
