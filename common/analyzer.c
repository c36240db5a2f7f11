#include "analyzer.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "chars.h"
#include "shouting.h"
#include "word.h"
#include "word_end.h"

#define RUN_MAX 100000 /* bytes of a run without spaces given to ICU at once */

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
    memset(tokens, 0, offsetof(struct pm_tokens, ahead));
    tokens->analyzer = analyzer;
    tokens->text = text;
    tokens->len = len;
}

/* ---- lines of capitals ---- */

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
           at - start < PM_SHOUTING_LOOK / 2)
        start--;
    size_t end = pm_shouting_end(tokens->text, tokens->len, start);
    tokens->line_start = start;
    tokens->line_end = end > start ? end : start + 1;
    tokens->decided = false;
}

static bool in_shouting_line(struct pm_tokens *tokens)
{
    if (!tokens->decided)
        tokens->shouting = pm_shouting(tokens->text, tokens->line_start, tokens->line_end);
    tokens->decided = true;
    return tokens->shouting;
}

bool pm_tokens_shouting(const char *text, size_t len)
{
    return pm_shouting(text, 0, pm_shouting_end(text, len, 0));
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
           ((kind = pm_char_at(tokens->text, tokens->len, end, &next)) == PM_CHAR_SPACELESS ||
            kind == PM_CHAR_TRANSPARENT))
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

/* The letter at found->start: its end, and whether it goes on with a word. */
static int take_cluster(struct pm_tokens *tokens, struct pm_found_word *found, struct pm_error *err)
{
    size_t start = found->start;
    found->end = cluster_end(tokens, start);
    if (!tokens->find_words)
        return 0;
    if (start >= tokens->run_end && enter_run(tokens, start, err))
        return -1;
    found->joined =
        start > tokens->run_start &&
        !ubrk_isBoundary(tokens->analyzer->breaker, (int32_t)(start - tokens->run_start));
    return 0;
}

/* ---- words ---- */

/* Sets end and shape of the word that begins at found->start. */
static void find_end(const struct pm_tokens *tokens, struct pm_found_word *found)
{
    found->end = pm_shape_end(tokens->text, tokens->len, found->start, &found->shape);
    if (found->end)
        return;
    found->end =
        pm_word_end(tokens->text, tokens->len, found->start, tokens->analyzer->language->elides);
    found->shape = pm_shape_of(tokens->text + found->start, found->end - found->start);
}

/* The end of the ASCII characters at `at` that are of no word. */
static size_t between_end(const struct pm_tokens *tokens, size_t at)
{
    while (at < tokens->len && (unsigned char)tokens->text[at] < 128 &&
           !pm_char_is_word(pm_char_ascii[(unsigned char)tokens->text[at]]))
        at++;
    return at;
}

int pm_tokens_find(struct pm_tokens *tokens, struct pm_found_word *found, struct pm_error *err)
{
    size_t next;
    found->joined = false;
    for (tokens->at = between_end(tokens, tokens->at); tokens->at < tokens->len;
         tokens->at = next) {
        switch (pm_char_at(tokens->text, tokens->len, tokens->at, &next)) {
        case PM_CHAR_LETTER:
        case PM_CHAR_DIGIT:
            found->start = tokens->at;
            find_end(tokens, found);
            tokens->at = found->end;
            return 1;
        case PM_CHAR_SPACELESS:
            found->start = tokens->at;
            found->shape = PM_WORD_ANY;
            if (take_cluster(tokens, found, err))
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

static uint32_t ask(const struct pm_tokens *tokens, const struct pm_found_word *found)
{
    return pm_words_ask(tokens->analyzer->words, tokens->text + found->start,
                        found->end - found->start);
}

/* Reads a word whose `asked` is set. */
static int read_asked(struct pm_tokens *tokens, const struct pm_found_word *found,
                      struct pm_token *token, struct pm_error *err)
{
    size_t start = found->start, end = found->end;
    struct pm_word *word =
        pm_words_get(tokens->analyzer->words, tokens->text + start, end - start, found->asked, err);
    if (!word)
        return -1;
    if (!word->len[PM_WORD_STEM])
        return 0;
    token->start = start;
    token->end = end;
    token->position = tokens->position++;
    token->folded = pm_word_form(word, PM_WORD_FOLDED);
    token->stop = word->stop;
    token->joined = found->joined;
    token->number = word->number;
    token->stem_hash = word->stem_hash;
    token->note = &word->note;
    token->term[0] = pm_word_form(word, PM_WORD_STEM);
    token->terms = 1;
    token->acronym = false;
    if (word->len[PM_WORD_ALTERNATE])
        token->term[token->terms++] = pm_word_form(word, PM_WORD_ALTERNATE);
    if (word->len[PM_WORD_ACRONYM]) {
        enter_line(tokens, start);
        token->acronym = word->dotted || !in_shouting_line(tokens);
        if (token->acronym)
            token->term[token->terms++] = pm_word_form(word, PM_WORD_ACRONYM);
    }
    return 1;
}

int pm_tokens_read(struct pm_tokens *tokens, const struct pm_found_word *found,
                   struct pm_token *token, struct pm_error *err)
{
    struct pm_found_word asked = *found;
    asked.asked = ask(tokens, found);
    return read_asked(tokens, &asked, token, err);
}

void pm_tokens_pass(struct pm_tokens *tokens, const struct pm_found_word *found)
{
    if (found->shape == PM_WORD_CAPITALS)
        enter_line(tokens, found->start);
    tokens->position++;
}

/* Finds the next words, and asks for the memory of all before the first is read. */
static int find_ahead(struct pm_tokens *tokens, struct pm_error *err)
{
    int rc = 1;
    tokens->found = tokens->read = 0;
    while (tokens->found < PM_TOKENS_AHEAD) {
        struct pm_found_word *found = &tokens->ahead[tokens->found];
        if ((rc = pm_tokens_find(tokens, found, err)) <= 0)
            break;
        found->asked = ask(tokens, found);
        tokens->found++;
    }
    for (unsigned i = 0; i < tokens->found; i++)
        pm_words_ask_more(tokens->analyzer->words, tokens->ahead[i].asked);
    return rc < 0 ? -1 : 0;
}

int pm_tokens_next(struct pm_tokens *tokens, struct pm_token *token, struct pm_error *err)
{
    int rc = 0;
    while (!rc) {
        if (tokens->read == tokens->found && find_ahead(tokens, err))
            return -1;
        if (!tokens->found)
            return 0;
        rc = read_asked(tokens, &tokens->ahead[tokens->read++], token, err);
    }
    return rc;
}
