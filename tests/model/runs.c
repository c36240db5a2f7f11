#include "runs.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rename.h"
#include "seen.h"
#include "sentence.h"

#define FEATURE_LEAST 3 /* a feature that stands once teaches nothing about others */
#define TYPE_PLACE    2
#define DOCUMENT_MAX  24 /* sentences; the sets do not say where documents end */
#define HEADLINE_EVERY                                                                             \
    12 /* of so many sentences, one is learnt in capitals too, another titled                      \
        */

struct maker {
    struct runs *runs;
    const struct lists *lists;
    struct features *features;
    bool count;      /* only count features */
    uint32_t random; /* where the series of numbers stands */
};

static void *must(void *memory)
{
    if (!memory) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

/* All features of a token, those of the word itself first. */
static size_t features_of(const struct sentence *sentence, const struct spelling *spelling,
                          size_t i, uint32_t *feature, size_t *lexical)
{
    uint32_t rest[WORD_FEATURES_MAX * WORD_OFFSETS], some[WORD_FEATURES_MAX], around[CONTEXT_MAX];
    struct context context;
    size_t n = 0, rest_len = 0, own, len;
    sentence_context(sentence, i, &context);
    len = context_features(&context, around, &own);
    for (size_t k = 0; k < len; k++)
        if (k < own)
            feature[n++] = around[k];
        else
            rest[rest_len++] = around[k];
    for (int k = 0; k < WORD_OFFSETS; k++) {
        len = word_features(&spelling[i + (size_t)k], 2 - k, some, &own);
        for (size_t j = 0; j < len; j++)
            if (k == 2 && j < own)
                feature[n++] = some[j];
            else
                rest[rest_len++] = some[j];
    }
    *lexical = n;
    memcpy(feature + n, rest, rest_len * sizeof *rest);
    return n + rest_len;
}

static void make_item(struct maker *maker, const struct sentence *sentence,
                      const struct spelling *spelling, size_t i, struct item *item)
{
    uint32_t feature[WORD_FEATURES_MAX * WORD_OFFSETS + CONTEXT_MAX];
    size_t lexical, n = features_of(sentence, spelling, i, feature, &lexical);
    if (maker->count) {
        for (size_t k = 0; k < n; k++)
            features_count(maker->features, feature[k]);
        return;
    }
    item->feature = must(calloc(n, sizeof *item->feature));
    for (size_t k = 0; k < n; k++) {
        int32_t number = features_find(maker->features, feature[k]);
        if (number < 0)
            continue;
        item->feature[item->len++] = (uint32_t)number;
        item->lexical = (uint16_t)(item->lexical + (k < lexical));
    }
}

static struct run *new_run(struct runs *runs, size_t len, int32_t weight)
{
    if (runs->len == runs->cap) {
        runs->cap = runs->cap ? 2 * runs->cap : 65536;
        runs->run = must(reallocarray(runs->run, runs->cap, sizeof *runs->run));
    }
    struct run *run = &runs->run[runs->len++];
    *run = (struct run){must(calloc(len, sizeof *run->item)), must(calloc(len, 1)), len, weight};
    return run;
}

static void make_run(struct maker *maker, const struct sentence *sentence,
                     const struct spelling *spelling, size_t from, size_t to)
{
    struct run *run =
        maker->count ? NULL : new_run(maker->runs, to - from, sentence->token[from].margin);
    for (size_t i = from; i < to; i++) {
        make_item(maker, sentence, spelling, i, run ? &run->item[i - from] : NULL);
        if (!run)
            continue;
        uint8_t tag = sentence->token[i].tag, before = i > from ? run->gold[i - from - 1] : 0;
        if (tag > MODEL_TYPES && before != tag && before != tag - MODEL_TYPES)
            tag = (uint8_t)(tag - MODEL_TYPES); /* its beginning is not active */
        run->gold[i - from] = tag;
    }
}

static void make_sentence(struct maker *maker, struct token *token, size_t len)
{
    struct sentence sentence;
    struct spelling spelling[SENTENCE_MAX + 4];
    sentence_start(&sentence, token, len, &maker->lists->model);
    spelling[0] = spelling[1] = sentence_begin;
    spelling[len + 2] = spelling[len + 3] = sentence_end;
    for (size_t i = 0; i < len; i++) {
        if (!sentence_needs(&sentence, i))
            continue;
        word_look(&spelling[i + 2], &token[i], model_class(&maker->lists->model, token[i].lower));
        sentence.word[i + 2] = &spelling[i + 2].word;
    }
    for (size_t i = 0; i < len; i++) {
        size_t from = i;
        while (i < len && sentence.active[i])
            i++;
        if (i > from)
            make_run(maker, &sentence, spelling, from, i);
    }
}

/* The sentence as a headline in capitals would have it. */
static void make_capitals(struct maker *maker, const struct token *token, size_t len)
{
    struct token copy[SENTENCE_MAX];
    for (size_t i = 0; i < len; i++) {
        copy[i] = token[i];
        copy[i].exact = copy[i].lower;
        if (copy[i].kind & TOKEN_LETTER) {
            copy[i].kind |= TOKEN_UPPER | TOKEN_INITIAL;
            copy[i].kind &= (uint16_t)~TOKEN_LOWER;
        }
        copy[i].mode = MODE_CAPITALS;
    }
    make_sentence(maker, copy, len);
}

/* The sentence as a headline that gives words of more than three letters a capital. */
static void make_titled(struct maker *maker, const struct token *token, size_t len)
{
    char text[SENTENCE_MAX][TOKEN_LOOK_MAX];
    struct tokens copy = {0};
    struct pm_error err = {0};
    for (size_t i = 0; i < len; i++) {
        const struct token *from = &token[i];
        bool small = *from->text >= 'a' && *from->text <= 'z' && from->len > 3 &&
                     from->len <= TOKEN_LOOK_MAX;
        if (small) {
            memcpy(text[i], from->text, from->len);
            text[i][0] = (char)(text[i][0] - 'a' + 'A');
        }
        if (tokens_add(&copy, small ? text[i] : from->text, from->len, i == 0, &err))
            must(NULL);
        copy.token[i].tag = from->tag;
        copy.token[i].margin = from->margin;
        copy.token[i].seen = from->seen;
        /* Often the article below has the word too. */
        if (small && rename_number(&maker->random, 2))
            copy.token[i].seen |= SEEN_SMALL;
    }
    sentence_set_mode(copy.token, len);
    for (size_t i = 0; i < len; i++)
        copy.token[i].mode = MODE_TITLE;
    make_sentence(maker, copy.token, len);
    tokens_release(&copy);
}

static void make_renamed(struct maker *maker, const struct token *token, size_t len)
{
    struct token copy[SENTENCE_MAX];
    memcpy(copy, token, len * sizeof *token);
    bool people = rename_people(copy, len, maker->lists, &maker->random);
    bool places = rename_places(copy, len, maker->lists, &maker->random);
    if (people || places)
        make_sentence(maker, copy, len);
}

/* The sentence behind the name of a town in capitals and a dash, as the first of an article. */
static void make_dateline(struct maker *maker, const struct token *token, size_t len)
{
    struct token copy[SENTENCE_MAX];
    char text[LISTS_TOWN_WORDS][TOKEN_LOOK_MAX];
    struct tokens line = {0};
    struct pm_error err = {0};
    size_t words = 1 + rename_number(&maker->random, LISTS_TOWN_WORDS);
    const struct tokens *towns = maker->lists->town[words - 1];
    uint32_t town = rename_number(&maker->random, (uint32_t)towns->len);
    if (len + LISTS_TOWN_WORDS + 1 > SENTENCE_MAX)
        return;
    for (size_t i = 0; i < words; i++) {
        const struct token *word = &towns[i].token[town];
        for (size_t k = 0; k < word->len; k++)
            text[i][k] = (char)toupper((unsigned char)word->text[k]);
        if (tokens_add(&line, text[i], word->len, i == 0, &err))
            must(NULL);
        line.token[i].tag = (uint8_t)(1 + TYPE_PLACE + (i ? MODEL_TYPES : 0));
    }
    if (tokens_add(&line, rename_number(&maker->random, 4) ? "-" : ",", 1, false, &err))
        must(NULL);
    memcpy(copy, line.token, line.len * sizeof *copy);
    memcpy(copy + line.len, token, len * sizeof *copy);
    copy[line.len].kind &= (uint16_t)~TOKEN_FIRST;
    sentence_set_mode(copy, line.len + len);
    for (size_t i = 0; i < line.len; i++)
        copy[i].margin = token->margin;
    make_sentence(maker, copy, line.len + len);
    tokens_release(&line);
}

/* Takes so many sentences for a document; returns how many tokens they have. */
static size_t take_document(struct token *token, size_t len, uint32_t sentences)
{
    size_t n = 0;
    while (sentences-- && n < len) {
        size_t one = sentence_length(token + n, len - n);
        sentence_set_mode(token + n, one);
        n += one;
    }
    return n;
}

static void make_all(struct maker *maker, struct tokens *tokens)
{
    struct seen_table seen = {0};
    struct pm_error err = {0};
    size_t sentences = 0;
    maker->random = 12345;
    for (size_t i = 0, n; i < tokens->len; i += n) {
        /* Documents of many lengths, since texts are. */
        n = take_document(tokens->token + i, tokens->len - i,
                          1 + rename_number(&maker->random, DOCUMENT_MAX));
        if (seen_look(&seen, tokens->token + i, n, &err))
            must(NULL);
        for (size_t k = i, len; k < i + n; k += len) {
            len = sentence_length(tokens->token + k, i + n - k);
            make_sentence(maker, tokens->token + k, len);
            make_renamed(maker, tokens->token + k, len);
            if (sentences % HEADLINE_EVERY == 0)
                make_capitals(maker, tokens->token + k, len);
            else if (sentences % HEADLINE_EVERY == HEADLINE_EVERY / 2)
                make_titled(maker, tokens->token + k, len);
            else if (sentences % HEADLINE_EVERY == 1)
                make_dateline(maker, tokens->token + k, len);
            sentences++;
        }
    }
    seen_release(&seen);
}

void runs_make(struct runs *runs, struct corpus *corpus, const struct lists *lists,
               struct features *features)
{
    struct maker maker = {runs, lists, features, true, 0};
    make_all(&maker, &corpus->tokens);
    features_fix(features, FEATURE_LEAST);
    maker.count = false;
    make_all(&maker, &corpus->tokens);
}
