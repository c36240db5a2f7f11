#include "layout_quotes.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#define QUOTE_MIN    8 /* words: fewer may well be said twice */
#define QUOTED_MIN   5 /* words in quotes, or with an ellipsis */
#define QUOTE_MAX    80
#define COMPARES_PER 16 /* words looked at for each word of the text: what hostile texts cost */

/* A paragraph: some lines, and where its words begin among all. */
struct unit {
    uint32_t line, word;
    uint32_t next; /* the next candidate with the same first words, from 1; 0: none */
    bool candidate;
};

/* All words as hashes of their letters and figures, in small letters if they are ASCII. */
struct words {
    uint32_t *hash;
    size_t n;
    struct unit *unit;
    size_t units; /* one more, empty, ends the list */
    uint32_t *slot;
    size_t slots; /* a power of two */
};

/* Letters and figures as they count, and 0 for what parts words or stands around them. */
static const unsigned char letter[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6',
    ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd',
    ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j', ['K'] = 'k',
    ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
    ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
    ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm',
    ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
    ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'};

/* Adds the words of a line; quotes, dashes and spaces beyond ASCII part words like the others. */
static void add_words(struct words *words, struct slice s)
{
    const unsigned char *at = (const unsigned char *)s.text, *end = at + s.len;
    uint32_t hash = 0;
    while (at < end) {
        unsigned char c = letter[*at];
        if (!c && *at >= 0x80) {
            bool punctuation =
                (*at == 0xE2 && end - at > 2 && at[1] == 0x80) ||
                (*at == 0xC2 && end - at > 1 && (at[1] == 0xA0 || at[1] == 0xAB || at[1] == 0xBB));
            if (punctuation)
                at += *at == 0xE2 ? 2 : 1;
            else
                c = *at;
        }
        at++;
        if (c) {
            hash = (hash ^ c) * 0x9E3779B1U;
            hash ^= hash >> 15;
            continue;
        }
        if (hash)
            words->hash[words->n++] = hash;
        hash = 0;
    }
    if (hash)
        words->hash[words->n++] = hash;
}

/* A paragraph begins behind an empty line or, unless the lines are wrapped, with every line. */
static bool begins_unit(const struct lines *lines, size_t i)
{
    return !lines->wrapped || lines->line[i].after_blank ||
           lines->line[i].kind != lines->line[i - 1].kind;
}

static bool is_marked(struct slice first, struct slice last)
{
    return slice_begins(first, "\"") || slice_begins(first, "...") ||
           slice_begins(first, "\xE2\x80\x9C") || slice_begins(first, "\xE2\x80\xA6") ||
           slice_begins(first, "\xC2\xAB") || slice_begins(first, "'") ||
           slice_begins(first, "\xE2\x80\x98") || slice_ends(last, "...") ||
           slice_ends(last, "\xE2\x80\xA6");
}

static void cut_units(struct words *words, const struct lines *lines)
{
    for (size_t i = 0; i < lines->n; i++) {
        if (lines->line[i].kind != LINE_TEXT)
            continue;
        if (!words->units || begins_unit(lines, i))
            words->unit[words->units++] = (struct unit){(uint32_t)i, (uint32_t)words->n, 0, false};
        add_words(words, lines_at(lines, i));
    }
    words->unit[words->units] = (struct unit){(uint32_t)lines->n, (uint32_t)words->n, 0, false};
}

/* The last line of a unit. */
static size_t last_line(const struct words *words, const struct lines *lines, size_t u)
{
    size_t i = words->unit[u + 1].line;
    while (i > words->unit[u].line + 1 && lines->line[i - 1].kind != LINE_TEXT)
        i--;
    return i - 1;
}

static uint32_t *slot_of(const struct words *words, size_t word)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < QUOTED_MIN; i++)
        hash = (hash ^ words->hash[word + i]) * UINT64_C(0x9E3779B97F4A7C15);
    return &words->slot[(hash >> 32) & (words->slots - 1)];
}

static size_t unit_words(const struct words *words, size_t u)
{
    return words->unit[u + 1].word - words->unit[u].word;
}

/* Whether a paragraph may be a pull quote, by itself. */
static bool may_be_quote(const struct words *words, const struct lines *lines, size_t u)
{
    size_t n = unit_words(words, u), first = words->unit[u].line;
    if (n < QUOTED_MIN || n > QUOTE_MAX)
        return false;
    struct slice begin = lines_at(lines, first);
    if (slice_starts(begin, u_islower))
        return false; /* the rest of a sentence */
    return n >= QUOTE_MIN || is_marked(begin, lines_at(lines, last_line(words, lines, u)));
}

static void index_candidates(struct words *words, const struct lines *lines)
{
    for (size_t u = 0; u < words->units; u++) {
        if (!may_be_quote(words, lines, u))
            continue;
        uint32_t *slot = slot_of(words, words->unit[u].word);
        words->unit[u].candidate = true;
        words->unit[u].next = *slot;
        *slot = (uint32_t)u + 1;
    }
}

/* Marks the candidates that the words from `at` on begin with, in paragraph `in`. */
static void mark_at(struct words *words, struct lines *lines, size_t at, size_t in, size_t *budget)
{
    size_t end = words->unit[in + 1].word, length = unit_words(words, in);
    for (uint32_t next = *slot_of(words, at); next && *budget; next = words->unit[next - 1].next) {
        size_t u = next - 1, n = unit_words(words, u), k = 0;
        --*budget;
        if (u == in || n >= length || n > end - at || !words->unit[u].candidate)
            continue;
        const uint32_t *a = words->hash + at, *b = words->hash + words->unit[u].word;
        while (k < n && *budget && a[k] == b[k]) {
            k++;
            --*budget;
        }
        if (k < n)
            continue;
        words->unit[u].candidate = false;
        for (size_t i = words->unit[u].line; i <= last_line(words, lines, u); i++)
            if (lines->line[i].kind == LINE_TEXT)
                lines->line[i].kind = LINE_QUOTE;
    }
}

int quotes_find(struct lines *lines, struct pm_error *err)
{
    int rc = -1;
    struct words words = {.slots = 64};
    while (words.slots < 2 * lines->n)
        words.slots *= 2;
    words.hash = malloc((lines->text.len / 2 + lines->n + 1) * sizeof *words.hash);
    words.unit = malloc((lines->n + 1) * sizeof *words.unit);
    words.slot = calloc(words.slots, sizeof *words.slot);
    if (!words.hash || !words.unit || !words.slot) {
        pm_fail_nomem(err);
        goto out;
    }
    cut_units(&words, lines);
    index_candidates(&words, lines);
    size_t budget = COMPARES_PER * (words.n + 1);
    for (size_t u = 0; u < words.units && budget; u++)
        for (size_t at = words.unit[u].word; at + QUOTED_MIN <= words.unit[u + 1].word; at++)
            mark_at(&words, lines, at, u, &budget);
    rc = 0;
out:
    free(words.hash);
    free(words.unit);
    free(words.slot);
    return rc;
}
