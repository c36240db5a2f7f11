#include "tokens.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "chars.h"

#define HASH_START UINT64_C(0xcbf29ce484222325) /* FNV-1a, of characters */
#define HASH_PRIME UINT64_C(0x100000001b3)
#define CASE_PRIME UINT64_C(0x9e3779b97f4a7c15)

/* A line of hard-wrapped text has about so many bytes; a shorter or longer one is a paragraph. */
#define WRAP_MIN 50
#define WRAP_MAX 100

enum { B_SPACE, B_LINE, B_SMALL, B_CAPITAL, B_DIGIT, B_HIGH, B_OTHER };

static const unsigned char byte_class[256] = {
    [0 ... '\t'] = B_SPACE,    ['\n'] = B_LINE,         ['\v' ... ' '] = B_SPACE,
    ['!' ... '/'] = B_OTHER,   ['0' ... '9'] = B_DIGIT, [':' ... '@'] = B_OTHER,
    ['A' ... 'Z'] = B_CAPITAL, ['[' ... '`'] = B_OTHER, ['a' ... 'z'] = B_SMALL,
    ['{' ... '~'] = B_OTHER,   [0x7f] = B_SPACE,        [0x80 ... 0xff] = B_HIGH,
};

/* Words whose full stop is their own. */
static const char *const abbreviations[] = {
    "mr",  "mrs", "ms",   "dr",   "gen", "lt",  "col", "sgt", "maj", "capt", "cmdr", "adm", "sen",
    "rep", "gov", "prof", "rev",  "hon", "st",  "jr",  "sr",  "inc", "corp", "ltd",  "co",  "bros",
    "jan", "feb", "aug",  "sept", "oct", "nov", "dec", "no",  "vs",  "brig", "pres", "mt",  "ft",
};

struct look {
    uint64_t hash, cases;
    uint32_t letters, capitals;
    uint16_t kind;
};

/* What stands for a character in hashes: quotes and dashes have many forms. */
static int32_t plain(int32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02bc:
        return '\'';
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0xab:
    case 0xbb:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return c;
    }
}

static void look_high(struct look *look, int32_t c)
{
    if (c >= 0 && u_isalpha(c)) {
        look->kind |= TOKEN_LETTER;
        if (u_isupper(c) || u_istitle(c)) {
            look->kind |= look->letters ? TOKEN_UPPER : TOKEN_UPPER | TOKEN_INITIAL;
            look->capitals++;
            look->cases = (look->cases + look->letters + 1) * CASE_PRIME;
        } else if (u_islower(c)) {
            look->kind |= TOKEN_LOWER;
        }
        look->letters++;
    } else if (c >= 0 && u_isdigit(c)) {
        look->kind |= TOKEN_DIGIT;
    }
    look->hash =
        (look->hash ^ (uint64_t)(uint32_t)(c < 0 ? 0xfffd : plain(u_tolower(c)))) * HASH_PRIME;
}

static inline void look_ascii(struct look *look, unsigned char c)
{
    uint64_t folded = c;
    switch (byte_class[c]) {
    case B_SMALL:
        look->kind |= TOKEN_LOWER | TOKEN_LETTER;
        look->letters++;
        break;
    case B_CAPITAL:
        folded |= 0x20;
        look->kind |=
            look->letters ? TOKEN_UPPER | TOKEN_LETTER : TOKEN_UPPER | TOKEN_INITIAL | TOKEN_LETTER;
        look->capitals++;
        look->cases = (look->cases + look->letters + 1) * CASE_PRIME;
        look->letters++;
        break;
    case B_DIGIT:
        look->kind |= TOKEN_DIGIT;
        folded = '0';
        break;
    default:
        break;
    }
    look->hash = (look->hash ^ folded) * HASH_PRIME;
}

static void look_at(struct look *look, const char *text, size_t len)
{
    size_t i = 0;
    *look = (struct look){.hash = HASH_START};
    while (i < len) {
        int32_t c;
        if (!(text[i] & 0x80)) {
            look_ascii(look, (unsigned char)text[i++]);
            continue;
        }
        U8_NEXT(text, i, len, c);
        look_high(look, c);
    }
}

uint64_t token_hash(const char *word)
{
    struct look look;
    look_at(&look, word, strlen(word));
    return look.hash;
}

static struct token *add_token(struct tokens *tokens, struct pm_error *err)
{
    if (tokens->len == tokens->cap) {
        size_t cap = tokens->cap ? 2 * tokens->cap : 1024;
        struct token *grown = reallocarray(tokens->token, cap, sizeof *grown);
        if (!grown) {
            pm_fail_nomem(err);
            return NULL;
        }
        tokens->token = grown;
        tokens->cap = cap;
    }
    return &tokens->token[tokens->len++];
}

static int put(struct tokens *tokens, const char *text, size_t len, const struct look *look,
               bool first, struct pm_error *err)
{
    struct token *token = add_token(tokens, err);
    if (!token)
        return -1;
    *token = (struct token){
        .text = text,
        .len = (uint32_t)len,
        .kind = look->kind,
        .lower = look->hash,
        .exact = look->hash ^ look->cases,
    };
    if (look->capitals > 1 && !(look->kind & TOKEN_LOWER))
        token->kind |= TOKEN_CAPITALS;
    if (first)
        token->kind |= TOKEN_FIRST;
    return 0;
}

int tokens_add(struct tokens *tokens, const char *text, size_t len, bool first,
               struct pm_error *err)
{
    struct look look = {.hash = HASH_START, .kind = TOKEN_ODD};
    if (len <= TOKEN_LOOK_MAX)
        look_at(&look, text, len);
    return put(tokens, text, len < UINT32_MAX ? len : UINT32_MAX, &look, first, err);
}

void tokens_release(struct tokens *tokens)
{
    free(tokens->token);
    *tokens = (struct tokens){0};
}

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
        return byte_class[(unsigned char)*word] == B_CAPITAL;
    if (len > 4 || byte_class[(unsigned char)*word] != B_CAPITAL)
        return false;
    for (size_t i = 0; i < sizeof abbreviations / sizeof *abbreviations; i++)
        if (strlen(abbreviations[i]) == len && !strncasecmp(word, abbreviations[i], len))
            return true;
    return false;
}

/* True if the full stop at `dot` belongs to the word that begins at `word`. */
static bool dot_belongs(const char *word, const char *dot, const char *end)
{
    if (word_at(dot + 1, end))
        return true;
    size_t len = (size_t)(dot - word);
    if (len >= 3 && len <= 10 && dot[-2] == '.' && byte_class[(unsigned char)dot[-1]] != B_DIGIT)
        return true; /* U.S. */
    return is_abbreviation(word, len);
}

/* True if the word goes on over the mark at `at`, of `len` bytes. */
static bool goes_on(const char *at, size_t len, enum pm_char_kind kind, const char *end)
{
    bool digits = at + 1 < end && byte_class[(unsigned char)at[1]] == B_DIGIT &&
                  byte_class[(unsigned char)at[-1]] == B_DIGIT;
    if (kind == PM_CHAR_APOSTROPHE)
        return word_at(at + len, end) && !is_ending(at + len, end);
    switch (*at) {
    case '-':
        return word_at(at + 1, end);
    case '&':
        return word_at(at + 1, end) && byte_class[(unsigned char)at[-1]] == B_CAPITAL;
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
    bool closes =
        opens_or_closes(at, len) && at > split->text && byte_class[(unsigned char)at[-1]] > B_LINE;
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
    if (put(split->tokens, at, len, &look, begins(split, at, len, &look), split->err))
        return -1;
    if (len == 1 && strchr(".!?", *at))
        split->ended = true;
    return 0;
}

static int put_word(struct splitter *split, const char *at, size_t len, const struct look *look)
{
    return put(split->tokens, at, len, look, begins(split, at, len, look), split->err);
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
    struct look look = {.hash = HASH_START, .kind = TOKEN_ODD};
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
        unsigned char class = byte_class[(unsigned char)*at];
        if (class == B_SPACE || class == B_LINE) {
            if (class == B_LINE)
                end_line(&split, at);
            at++;
            continue;
        }
        /* Most words are plain ASCII and end at a space: those need no second look. */
        const char *stop = at;
        struct look look = {.hash = HASH_START};
        while (stop < split.end &&
               byte_class[(unsigned char)*stop] - B_SMALL + 0u <= B_DIGIT - B_SMALL)
            look_ascii(&look, (unsigned char)*stop++);
        if (stop > at && stop - at <= TOKEN_LOOK_MAX &&
            (stop == split.end || byte_class[(unsigned char)*stop] <= B_LINE)) {
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
