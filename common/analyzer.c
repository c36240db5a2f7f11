/*
 * Where words begin and end:
 *
 *   - a word is a run of letters, digits and the marks on them;
 *   - an apostrophe between letters joins (Cambodia's, O'Brien), except in languages that
 *     elide (l'armée), where it parts;
 *   - a full stop joins single letters (U.S., e.g.) and, once, digits (3.14);
 *     a comma joins digits in threes (155,221);
 *   - a low line within joins: file names and handles are one word each;
 *   - U+00AD, U+200C and U+200D inside a word are transparent; U+200B parts;
 *   - in scripts written without spaces (Khmer, Thai, Lao, Burmese, Han, kana) each letter is
 *     a token, with the marks on it and the letters below it: dictionaries part a name
 *     differently in different surroundings, letters are always the same;
 *   - all else parts.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "chars.h"
#include "word.h"

#define LINE_LOOK   2000   /* bytes looked at to tell whether a line is set in capitals */
#define SHOUT_WORDS 3      /* fewer capitalised words than this may well be acronyms */
#define RUN_MAX     100000 /* bytes of a run without spaces given to ICU at once */

struct pm_analyzer {
    const struct pm_language *language;
    struct pm_words *words;
    UBreakIterator *breaker; /* opened when first needed */
    UText run;
};

struct pm_analyzer *pm_analyzer_new(const struct pm_language *language, struct pm_error *err)
{
    struct pm_analyzer *analyzer = calloc(1, sizeof *analyzer);
    if (!analyzer) {
        pm_fail_nomem(err);
        return NULL;
    }
    analyzer->language = language;
    analyzer->run = (UText)UTEXT_INITIALIZER;
    analyzer->words = pm_words_new(language, err);
    if (!analyzer->words) {
        pm_analyzer_free(analyzer);
        return NULL;
    }
    return analyzer;
}

void pm_analyzer_free(struct pm_analyzer *analyzer)
{
    if (!analyzer)
        return;
    pm_words_free(analyzer->words);
    if (analyzer->breaker)
        ubrk_close(analyzer->breaker);
    utext_close(&analyzer->run);
    free(analyzer);
}

const struct pm_language *pm_analyzer_language(const struct pm_analyzer *analyzer)
{
    return analyzer->language;
}

void pm_tokens_start(struct pm_tokens *tokens, struct pm_analyzer *analyzer, const char *text,
                     size_t len)
{
    *tokens = (struct pm_tokens){.analyzer = analyzer, .text = text, .len = len};
}

/* The kind of the character at `at`, whose end goes to *next; PM_CHAR_OTHER at the end of the text.
 */
static enum pm_char_kind look(const struct pm_tokens *tokens, size_t at, size_t *next)
{
    if (at >= tokens->len) {
        *next = tokens->len;
        return PM_CHAR_OTHER;
    }
    unsigned char byte = (unsigned char)tokens->text[at];
    if (byte < 128) {
        *next = at + 1;
        return pm_char_ascii[byte];
    }
    UChar32 c;
    size_t i = at;
    U8_NEXT(tokens->text, i, tokens->len, c);
    *next = i;
    return pm_char_kind(c);
}

/* ---- lines of capitals ---- */

/* The end of what is looked at of a line, from its start or a later place in it. */
static size_t look_end(const char *text, size_t len, size_t at)
{
    size_t most = len - at < LINE_LOOK ? len - at : LINE_LOOK;
    const char *line_end = memchr(text + at, '\n', most);
    if (line_end)
        return (size_t)(line_end - text);
    size_t end = at + most;
    while (end < len && text[end] != '\n' && text[end] != ' ')
        end++;
    return end;
}

/*
 * True if that is shouting: three words or more in capitals, and four times as many as others.  A
 * headline set that way has no acronyms to tell.
 */
static bool is_shouting(const char *text, size_t at, size_t end)
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

/*
 * The acronym at `at` is of the line, or the part of a very long one, in which the last was; or
 * another is begun, and whether it is shouting is decided when that is asked.
 */
static void enter_line(struct pm_tokens *tokens, size_t at)
{
    size_t start = at;
    if (at < tokens->line_end)
        return;
    while (start > tokens->line_end && tokens->text[start - 1] != '\n' &&
           at - start < LINE_LOOK / 2)
        start--;
    size_t end = look_end(tokens->text, tokens->len, start);
    tokens->line_start = start;
    tokens->line_end = end > start ? end : start + 1;
    tokens->decided = false;
}

static bool in_shouting_line(struct pm_tokens *tokens)
{
    if (!tokens->decided)
        tokens->shouting = is_shouting(tokens->text, tokens->line_start, tokens->line_end);
    tokens->decided = true;
    return tokens->shouting;
}

bool pm_tokens_shouting(const char *text, size_t len)
{
    return is_shouting(text, 0, look_end(text, len, 0));
}

void pm_tokens_set_shouting(struct pm_tokens *tokens, bool shouting)
{
    tokens->shouting = shouting;
    tokens->decided = true;
    tokens->line_end = tokens->len;
}

/* ---- scripts without spaces ---- */

void pm_tokens_find_words(struct pm_tokens *tokens)
{
    tokens->find_words = true;
}

/* True if the letter after `c` stands below the one before it. */
static bool stacks(UChar32 c)
{
    return c == 0x17d2 || c == 0x1039; /* Khmer coeng, Burmese virama */
}

/* The end of the letter at `start`, with all that belongs to it. */
static size_t cluster_end(const struct pm_tokens *tokens, size_t start)
{
    bool stacked = true; /* the first is always taken */
    size_t end = start;
    while (end < tokens->len) {
        UChar32 c;
        size_t next = end;
        U8_NEXT(tokens->text, next, tokens->len, c);
        enum pm_char_kind kind = pm_char_kind(c);
        int type = u_charType(c);
        bool mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
        if (kind != PM_CHAR_TRANSPARENT && (kind != PM_CHAR_SPACELESS || !(mark || stacked)))
            break;
        stacked = stacks(c);
        end = next;
    }
    return end;
}

/* Has ICU find the words of the run that starts at `start`. */
static int enter_run(struct pm_tokens *tokens, size_t start, struct pm_error *err)
{
    struct pm_analyzer *analyzer = tokens->analyzer;
    UErrorCode status = U_ZERO_ERROR;
    size_t end = start, next;
    enum pm_char_kind kind;
    while (end - start < RUN_MAX &&
           ((kind = look(tokens, end, &next)) == PM_CHAR_SPACELESS || kind == PM_CHAR_TRANSPARENT))
        end = next;
    if (!analyzer->breaker)
        analyzer->breaker = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
    utext_openUTF8(&analyzer->run, tokens->text + start, (int64_t)(end - start), &status);
    ubrk_setUText(analyzer->breaker, &analyzer->run, &status);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "ICU cannot break words: %s", u_errorName(status));
    tokens->run_start = start;
    tokens->run_end = end;
    return 0;
}

/* The letter at `start`: its end, and whether it goes on with a word, into tokens->joined. */
static int take_cluster(struct pm_tokens *tokens, size_t start, size_t *end, struct pm_error *err)
{
    *end = cluster_end(tokens, start);
    if (!tokens->find_words)
        return 0;
    if (start >= tokens->run_end && enter_run(tokens, start, err))
        return -1;
    tokens->joined =
        start > tokens->run_start &&
        !ubrk_isBoundary(tokens->analyzer->breaker, (int32_t)(start - tokens->run_start));
    return 0;
}

/* ---- words ---- */

/* True if exactly three digits and then no digit follow the comma before `at`. */
static bool three_digits(const struct pm_tokens *tokens, size_t at)
{
    size_t next, count = 0;
    while (count < 4 && look(tokens, at, &next) == PM_CHAR_DIGIT) {
        at = next;
        count++;
    }
    return count == 3;
}

/* True if the character at `at` is an accent on the letter before it. */
static bool is_mark(const struct pm_tokens *tokens, size_t at)
{
    UChar32 c;
    U8_NEXT(tokens->text, at, tokens->len, c);
    return u_charType(c) == U_NON_SPACING_MARK;
}

/* True if one letter and then no letter or digit stand at `at`: "S" of "U.S." */
static bool lone_letter(const struct pm_tokens *tokens, size_t at, size_t *end)
{
    size_t next;
    enum pm_char_kind after;
    if (look(tokens, at, end) != PM_CHAR_LETTER)
        return false;
    while ((after = look(tokens, *end, &next)) == PM_CHAR_LETTER && is_mark(tokens, *end))
        *end = next;
    return after != PM_CHAR_LETTER && after != PM_CHAR_DIGIT;
}

/* "U.S." from its first letter: the end of it, or 0 if the word at `start` is none such. */
static size_t dotted_end(const struct pm_tokens *tokens, size_t start)
{
    size_t end = start, next;
    int letters = 0;
    for (size_t at = start; lone_letter(tokens, at, &next); at = next + 1) {
        letters++;
        end = next;
        if (next >= tokens->len || tokens->text[next] != '.')
            break;
        end = next + 1;
    }
    if (letters < 2)
        return 0;
    size_t possessive;
    if (look(tokens, end, &next) == PM_CHAR_APOSTROPHE && next < tokens->len &&
        tokens->text[next] == 's' && lone_letter(tokens, next, &possessive))
        return possessive;
    return end;
}

/* The end of the word that starts with a letter or digit at `start`. */
static size_t word_end(const struct pm_tokens *tokens, size_t start)
{
    bool elides = tokens->analyzer->language->elides, point = false;
    size_t end = start, next, after;
    enum pm_char_kind last = PM_CHAR_OTHER;
    for (size_t at = start;; at = next) {
        enum pm_char_kind kind = look(tokens, at, &next);
        switch (kind) {
        case PM_CHAR_LETTER:
        case PM_CHAR_DIGIT:
            last = kind;
            end = next;
            continue;
        case PM_CHAR_TRANSPARENT:
            continue;
        case PM_CHAR_APOSTROPHE:
            if (last == PM_CHAR_LETTER && !elides && look(tokens, next, &after) == PM_CHAR_LETTER)
                continue;
            return end;
        case PM_CHAR_OTHER:
        case PM_CHAR_SPACELESS:
            break;
        }
        if (at < tokens->len && tokens->text[at] == '_' &&
            ((kind = look(tokens, next, &after)) == PM_CHAR_LETTER || kind == PM_CHAR_DIGIT))
            continue;
        if (at >= tokens->len || last != PM_CHAR_DIGIT)
            return end;
        if (tokens->text[at] == ',' && three_digits(tokens, next))
            continue;
        if (tokens->text[at] == '.' && !point && look(tokens, next, &after) == PM_CHAR_DIGIT) {
            point = true;
            continue;
        }
        return end;
    }
}

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
static bool ends(const struct pm_tokens *tokens, size_t start, size_t end)
{
    if (end == tokens->len)
        return true;
    unsigned char after = (unsigned char)tokens->text[end];
    if (after >= 128 || pm_char_ascii[after] != PM_CHAR_OTHER || after == '_')
        return false;
    /* A full stop or a comma may join single letters, and digits. */
    return (after != '.' && after != ',') || (end > start + 1 && !is_digit(tokens->text[end - 1]));
}

/* The end of the word at `start` where it is like nearly all: small letters and digits; else 0. */
static size_t small_end(const struct pm_tokens *tokens, size_t start)
{
    size_t end = start + 1;
    while (end < tokens->len && (is_small(tokens->text[end]) || is_digit(tokens->text[end])))
        end++;
    return ends(tokens, start, end) ? end : 0;
}

/* The same for two capitals, then capitals and digits, and perhaps an "s". */
static size_t capitals_end(const struct pm_tokens *tokens, size_t start)
{
    const char *text = tokens->text;
    size_t end = start, capitals = 0;
    for (; end < tokens->len && (is_capital(text[end]) || is_digit(text[end])); end++)
        capitals += is_capital(text[end]);
    end += end < tokens->len && text[end] == 's';
    bool acronym = end > start + 1 && is_capital(text[start]) && is_capital(text[start + 1]) &&
                   capitals <= PM_ACRONYM_MAX && end - start <= PM_ACRONYM_BYTES;
    return acronym && ends(tokens, start, end) ? end : 0;
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

/* Sets end and shape of the word that begins at found->start. */
static void find_end(const struct pm_tokens *tokens, struct pm_found_word *found)
{
    const char *word = tokens->text + found->start;
    found->shape = PM_WORD_SIMPLE;
    if ((found->end = small_end(tokens, found->start)))
        return;
    found->shape = PM_WORD_CAPITALS;
    if ((found->end = capitals_end(tokens, found->start)))
        return;
    found->end = dotted_end(tokens, found->start);
    if (!found->end)
        found->end = word_end(tokens, found->start);
    size_t len = found->end - found->start;
    found->shape = is_plain(word, len) && is_no_acronym(word, len) ? PM_WORD_SIMPLE : PM_WORD_ANY;
}

int pm_tokens_find(struct pm_tokens *tokens, struct pm_found_word *found, struct pm_error *err)
{
    size_t next;
    tokens->joined = false;
    for (; tokens->at < tokens->len; tokens->at = next) {
        switch (look(tokens, tokens->at, &next)) {
        case PM_CHAR_LETTER:
        case PM_CHAR_DIGIT:
            found->start = tokens->at;
            find_end(tokens, found);
            tokens->at = found->end;
            return 1;
        case PM_CHAR_SPACELESS:
            found->start = tokens->at;
            found->shape = PM_WORD_ANY;
            if (take_cluster(tokens, found->start, &found->end, err))
                return -1;
            tokens->at = found->end;
            return 1;
        case PM_CHAR_OTHER:
        case PM_CHAR_TRANSPARENT:
        case PM_CHAR_APOSTROPHE:
            break;
        }
    }
    return 0;
}

int pm_tokens_read(struct pm_tokens *tokens, const struct pm_found_word *found,
                   struct pm_token *token, struct pm_error *err)
{
    size_t start = found->start, end = found->end;
    const struct pm_word *word =
        pm_words_get(tokens->analyzer->words, tokens->text + start, end - start, err);
    if (!word)
        return -1;
    if (!word->stem.len)
        return 0;
    *token = (struct pm_token){.start = start,
                               .end = end,
                               .position = tokens->position,
                               .folded = word->folded,
                               .stop = word->stop,
                               .joined = tokens->joined};
    if (word->acronym.len) {
        enter_line(tokens, start);
        token->acronym = word->dotted || !in_shouting_line(tokens);
    }
    token->term[token->terms++] = word->stem;
    if (word->alternate.len)
        token->term[token->terms++] = word->alternate;
    if (token->acronym)
        token->term[token->terms++] = word->acronym;
    tokens->position++;
    return 1;
}

void pm_tokens_pass(struct pm_tokens *tokens, const struct pm_found_word *found)
{
    if (found->shape == PM_WORD_CAPITALS)
        enter_line(tokens, found->start);
    tokens->position++;
}

int pm_tokens_next(struct pm_tokens *tokens, struct pm_token *token, struct pm_error *err)
{
    struct pm_found_word found;
    int rc;
    while ((rc = pm_tokens_find(tokens, &found, err)) == 1 &&
           (rc = pm_tokens_read(tokens, &found, token, err)) == 0)
        ;
    return rc;
}
