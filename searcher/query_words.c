#include "query_words.h"

#include <stdlib.h>
#include <string.h>

static void release_word(struct pm_query_word *word)
{
    for (size_t i = 0; i < word->forms; i++)
        free(word->form[i].text);
    free(word->form);
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

/*
 * Adds the forms of a token, one language's reading of the word.  An acronym that spells a
 * function word ("US", "WHO", "IT") means the acronym alone; any other may also stand in
 * small letters.
 */
static int add_token(struct pm_query_word *word, const struct pm_token *token, struct pm_error *err)
{
    size_t first = token->acronym && token->stop ? 1 : 0;
    double share = 1.0 / (double)(token->terms - first);
    for (size_t i = first; i < token->terms; i++) {
        struct pm_query_form *form = form_of(word, &token->term[i], err);
        if (!form)
            return -1;
        if (form->share < share)
            form->share = share;
    }
    word->stop &= token->stop && !token->acronym;
    return 0;
}

/* The word that begins at `typed`, from `first` on; made if need be. */
static struct pm_query_word *word_at(struct pm_query_words *words, size_t first, const char *typed,
                                     size_t len, struct pm_error *err)
{
    for (size_t i = first; i < words->len; i++)
        if (words->item[i].typed == typed)
            return &words->item[i];
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
    *word = (struct pm_query_word){.wqf = 1, .stop = true, .typed = typed, .typed_len = len};
    return word;
}

int pm_query_words_read(struct pm_query_words *words, struct pm_analyzer *const *analyzer, size_t n,
                        bool shouting, const char *text, size_t len, struct pm_error *err)
{
    size_t first = words->len;
    for (size_t i = 0; i < n; i++) {
        struct pm_tokens tokens;
        struct pm_token token;
        int rc;
        pm_tokens_start(&tokens, analyzer[i], text, len);
        pm_tokens_set_shouting(&tokens, shouting);
        while ((rc = pm_tokens_next(&tokens, &token, err)) == 1) {
            struct pm_query_word *word =
                word_at(words, first, text + token.start, token.end - token.start, err);
            if (!word || add_token(word, &token, err))
                return -1;
        }
        if (rc)
            return -1;
    }
    return 0;
}

void pm_query_words_count(struct pm_query_words *words)
{
    size_t kept = 0;
    for (size_t i = 0; i < words->len; i++) {
        struct pm_query_word *word = &words->item[i], *same = NULL;
        for (size_t j = 0; j < kept && !same; j++)
            if (!strcmp(words->item[j].form[0].text, word->form[0].text))
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
