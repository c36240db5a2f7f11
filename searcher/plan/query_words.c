#include "query_words.h"

#include <stdlib.h>
#include <string.h>

static void release_word(struct pm_query_word *word)
{
    for (size_t i = 0; i < word->forms; i++)
        free(word->form[i].text);
    free(word->form);
    for (size_t i = 0; i < word->parts; i++)
        free(word->part[i]);
    free(word->part);
}

void pm_query_words_release(struct pm_query_words *words)
{
    for (size_t i = 0; i < words->len; i++)
        release_word(&words->item[i]);
    free(words->item);
    *words = (struct pm_query_words){0};
}

/* The form `term` of the word, made if need be with a share of 0. */
static struct pm_query_form *form_of(struct pm_query_word *word, const struct pm_form *term,
                                     struct pm_error *err)
{
    for (size_t i = 0; i < word->forms; i++)
        if (strlen(word->form[i].text) == term->len &&
            !memcmp(word->form[i].text, term->text, term->len))
            return &word->form[i];
    if (word->forms == word->cap) {
        size_t cap = word->cap ? word->cap * 2 : 4;
        struct pm_query_form *grown = realloc(word->form, cap * sizeof *grown);
        if (!grown) {
            pm_fail_nomem(err);
            return NULL;
        }
        word->form = grown;
        word->cap = cap;
    }
    struct pm_query_form *form = &word->form[word->forms];
    *form = (struct pm_query_form){.text = strndup(term->text, term->len)};
    if (!form->text) {
        pm_fail_nomem(err);
        return NULL;
    }
    word->forms++;
    return form;
}

/* Adds the forms of a token, one language's reading of the word. */
static int add_token(struct pm_query_word *word, const struct pm_token *token, uint32_t language,
                     struct pm_error *err)
{
    size_t first = token->acronym && word->acronym ? token->terms - 1 : 0;
    double share = 1.0 / (double)(token->terms - first);
    for (size_t i = first; i < token->terms; i++) {
        struct pm_query_form *form = form_of(word, &token->term[i], err);
        if (!form)
            return -1;
        form->languages |= language;
        form->acronym |= token->acronym && i + 1 == token->terms;
        if (form->share < share)
            form->share = share;
    }
    return 0;
}

/* Adds a token that goes on with the word: the word is then those terms in a row. */
static int add_part(struct pm_query_word *word, const char *text, size_t len, size_t end,
                    struct pm_error *err)
{
    char **grown = realloc(word->part, (word->parts + 1) * sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    word->part = grown;
    if (!(word->part[word->parts] = strndup(text, len)))
        return pm_fail_nomem(err);
    word->parts++;
    word->typed_len = end;
    return 0;
}

static int join_token(struct pm_query_word *word, const struct pm_token *token, const char *text,
                      struct pm_error *err)
{
    const char *first = word->form[0].text;
    word->stop = word->acronym = false;
    if (!word->parts && add_part(word, first, strlen(first), word->typed_len, err))
        return -1;
    return add_part(word, token->term[0].text, token->term[0].len,
                    (size_t)(text + token->end - word->typed), err);
}

/* "AT&T" is one word: its letters apart mean nothing. */
static bool is_joined(const struct pm_token *token, const char *text, size_t before)
{
    return token->joined || (before && token->start == before + 1 && text[before] == '&');
}

/* The word that begins at `typed`, from `first` on, or NULL. */
static struct pm_query_word *find_word(struct pm_query_words *words, size_t first,
                                       const char *typed)
{
    for (size_t i = first; i < words->len; i++)
        if (words->item[i].typed == typed)
            return &words->item[i];
    return NULL;
}

/* A new word, as the token reads it. */
static struct pm_query_word *new_word(struct pm_query_words *words, const char *text,
                                      const struct pm_token *token, struct pm_error *err)
{
    if (words->len == words->cap) {
        size_t cap = words->cap ? words->cap * 2 : 16;
        struct pm_query_word *grown = realloc(words->item, cap * sizeof *grown);
        if (!grown) {
            pm_fail_nomem(err);
            return NULL;
        }
        words->item = grown;
        words->cap = cap;
    }
    struct pm_query_word *word = &words->item[words->len++];
    *word = (struct pm_query_word){
        .wqf = 1,
        .stop = token->stop && !token->acronym,
        .acronym = token->stop && token->acronym,
        .typed = text + token->start,
        .typed_len = token->end - token->start,
    };
    return word;
}

/* Adds the words of `text` as one language reads them; those from `first` on are its own. */
static int read_one(struct pm_query_words *words, size_t first, struct pm_tokens *tokens,
                    uint32_t language, struct pm_error *err)
{
    struct pm_token token;
    bool fresh = false; /* the word before was first met in this reading */
    int rc;
    for (size_t before = 0; (rc = pm_tokens_next(tokens, &token, err)) == 1; before = token.end) {
        if (is_joined(&token, tokens->text, before)) {
            if (fresh && join_token(&words->item[words->len - 1], &token, tokens->text, err))
                return -1;
            continue;
        }
        struct pm_query_word *word = find_word(words, first, tokens->text + token.start);
        fresh = !word;
        if (!word)
            word = new_word(words, tokens->text, &token, err);
        if (!word || add_token(word, &token, language, err))
            return -1;
    }
    return rc;
}

int pm_query_words_read(struct pm_query_words *words, struct pm_analyzer *const *analyzer, size_t n,
                        bool shouting, const char *text, size_t len, struct pm_error *err)
{
    size_t first = words->len;
    for (size_t i = 0; i < n; i++) {
        struct pm_tokens tokens;
        pm_tokens_start(&tokens, analyzer[i], text, len);
        pm_tokens_set_shouting(&tokens, shouting);
        pm_tokens_find_words(&tokens);
        if (read_one(words, first, &tokens, (uint32_t)1 << i, err))
            return -1;
    }
    return 0;
}

static bool same_word(const struct pm_query_word *a, const struct pm_query_word *b)
{
    if (strcmp(a->form[0].text, b->form[0].text) || a->parts != b->parts)
        return false;
    for (size_t i = 0; i < a->parts; i++)
        if (strcmp(a->part[i], b->part[i]))
            return false;
    return true;
}

void pm_query_words_count(struct pm_query_words *words)
{
    size_t kept = 0;
    for (size_t i = 0; i < words->len; i++) {
        struct pm_query_word *word = &words->item[i], *same = NULL;
        for (size_t j = 0; j < kept && !same; j++)
            if (same_word(&words->item[j], word))
                same = &words->item[j];
        if (same) {
            same->wqf += word->wqf;
            release_word(word);
        } else {
            words->item[kept++] = *word;
        }
    }
    words->len = kept;
}
