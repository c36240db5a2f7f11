#include "tag.h"

#include <stdlib.h>
#include <string.h>

#include "agree.h"
#include "decode.h"
#include "hash.h"
#include "seen.h"
#include "sentence.h"

/*
 * Words are kept with the sums of their features until there are too many: then all are dropped,
 * but never in the middle of a sentence, which points to them.
 */
#define KEPT_SLOTS 65536 /* a power of two */
#define KEPT_MAX   (KEPT_SLOTS / 2)

typedef int16_t sums __attribute__((vector_size(2 * MODEL_SCORES)));

struct kept {
    _Alignas(64) struct word word; /* all of it in two lines of the processor's cache */
    sums sum[WORD_OFFSETS];        /* [2 + offset]: what the word adds to the token there */
};

struct tagger {
    const struct model *model;
    struct seen_table seen;
    struct agree agree;
    struct kept begin, end;    /* for sentence_begin and sentence_end */
    uint64_t slot[KEPT_SLOTS]; /* 48 bits of a key, and 16 of its place in `kept`; 0: free */
    struct kept *kept;
    size_t kept_len;
};

static void add(const struct model *model, uint32_t feature, sums *sum)
{
    typedef int8_t bytes __attribute__((vector_size(MODEL_SCORES)));
    const int8_t *weights = model_weights(model, feature);
    bytes narrow;
    if (!weights)
        return;
    memcpy(&narrow, weights, sizeof narrow);
    *sum += __builtin_convertvector(narrow, sums);
}

static void sum_up(const struct model *model, const struct spelling *spelling, struct kept *kept)
{
    uint32_t feature[WORD_OFFSETS][WORD_FEATURES_MAX];
    size_t n[WORD_OFFSETS], lexical;
    kept->word = spelling->word;
    for (int k = 0; k < WORD_OFFSETS; k++) {
        n[k] = word_features(spelling, k - 2, feature[k], &lexical);
        for (size_t i = 0; i < n[k]; i++)
            model_prefetch(model, feature[k][i]);
    }
    for (int k = 0; k < WORD_OFFSETS; k++) {
        sums sum = {0};
        for (size_t i = 0; i < n[k]; i++)
            add(model, feature[k][i], &sum);
        kept->sum[k] = sum;
    }
}

struct tagger *tagger_new(const struct model *model, struct pm_error *err)
{
    struct tagger *tagger = aligned_alloc(_Alignof(struct tagger), sizeof *tagger);
    if (tagger) {
        memset(tagger, 0, sizeof *tagger);
        tagger->kept = aligned_alloc(_Alignof(struct kept), KEPT_MAX * sizeof *tagger->kept);
    }
    if (!tagger || !tagger->kept) {
        pm_fail_nomem(err);
        free(tagger);
        return NULL;
    }
    tagger->model = model;
    sum_up(model, &sentence_begin, &tagger->begin);
    sum_up(model, &sentence_end, &tagger->end);
    return tagger;
}

void tagger_free(struct tagger *tagger)
{
    if (!tagger)
        return;
    seen_release(&tagger->seen);
    agree_release(&tagger->agree);
    free(tagger->kept);
    free(tagger);
}

/*
 * By what words are told apart: all that their features are made of, or what is kept for a word
 * would depend on where it was met first.  Whether a token begins its sentence is none of it.
 */
static uint64_t key_of(const struct token *token)
{
    uint64_t key = token->exact ^ (uint64_t)token->mode * UINT64_C(0x2545f4914f6cdd1d);
    if (token->kind & TOKEN_FORMS)
        key ^= pm_hash64(token->text, token->len) * UINT64_C(0x9e3779b97f4a7c15);
    return key | 1 << 16;
}

/* Where the search for a key begins. */
static size_t slot_of(uint64_t key)
{
    return (size_t)(key >> 20) & (KEPT_SLOTS - 1);
}

/* The word of a token, with its sums. */
static const struct word *keep(struct tagger *tagger, const struct token *token)
{
    uint64_t key = key_of(token);
    size_t at = slot_of(key);
    while (tagger->slot[at] && (tagger->slot[at] ^ key) >> 16)
        at = (at + 1) & (KEPT_SLOTS - 1);
    struct kept *kept = &tagger->kept[tagger->slot[at] & UINT16_MAX];
    if (tagger->slot[at]) { /* both lines of it will be read soon */
        __builtin_prefetch(kept);
        __builtin_prefetch(kept->sum + WORD_OFFSETS - 1);
        return &kept->word;
    }
    kept = &tagger->kept[tagger->kept_len];
    struct spelling spelling;
    word_look(&spelling, token, model_class(tagger->model, token->lower));
    sum_up(tagger->model, &spelling, kept);
    tagger->slot[at] = key >> 16 << 16 | tagger->kept_len++;
    return &kept->word;
}

/* The features of the context of a token, and how many. */
struct features {
    uint32_t feature[CONTEXT_MAX];
    size_t len;
};

static void look_around(const struct tagger *tagger, const struct sentence *sentence, size_t i,
                        struct features *features)
{
    struct context context;
    size_t lexical;
    sentence_context(sentence, i, &context);
    features->len = context_features(&context, features->feature, &lexical);
    for (size_t k = 0; k < features->len; k++)
        model_prefetch(tagger->model, features->feature[k]);
}

static void score(const struct tagger *tagger, const struct sentence *sentence, size_t i,
                  const struct features *features, decode_scores scores)
{
    sums sum = {0};
    for (int k = 0; k < WORD_OFFSETS; k++)
        sum += ((const struct kept *)sentence->word[i + (size_t)k])->sum[WORD_OFFSETS - 1 - k];
    for (size_t k = 0; k < features->len; k++)
        add(tagger->model, features->feature[k], &sum);
    for (int k = 0; k < MODEL_SCORES; k++)
        scores[k] = sum[k];
}

/* By how much the score of a tag is above that of the next best. */
static int32_t margin_of(const decode_scores scores, int tag)
{
    int32_t own = tag ? scores[tag - 1] : 0, other = tag ? 0 : INT32_MIN;
    for (int k = 0; k < MODEL_SCORES; k++)
        if (k != tag - 1 && scores[k] > other)
            other = scores[k];
    return own - other;
}

static void tag_run(const struct tagger *tagger, struct sentence *sentence,
                    const struct features *features, size_t from, size_t to)
{
    decode_scores scores[SENTENCE_MAX];
    uint8_t tags[SENTENCE_MAX];
    for (size_t i = from; i < to; i++)
        score(tagger, sentence, i, &features[i], scores[i - from]);
    decode(scores, to - from, &tagger->model->steps, tags);
    for (size_t i = from; i < to; i++) {
        sentence->token[i].tag = tags[i - from];
        sentence->token[i].margin = margin_of(scores[i - from], tags[i - from]);
    }
}

/*
 * Sets the words that are needed, each of which is that of a `struct kept`.  All slots are asked
 * for before the first is read, so that memory has time to answer.
 */
static void find_words(struct tagger *tagger, struct sentence *sentence)
{
    size_t needed[SENTENCE_MAX], n = 0, len = sentence->len;
    for (size_t i = 0; i < len; i++) {
        if (!sentence_needs(sentence, i))
            continue;
        needed[n++] = i;
        __builtin_prefetch(&tagger->slot[slot_of(key_of(&sentence->token[i]))]);
    }
    for (size_t k = 0; k < n; k++)
        sentence->word[needed[k] + 2] = keep(tagger, &sentence->token[needed[k]]);
    sentence->word[0] = sentence->word[1] = &tagger->begin.word;
    sentence->word[len + 2] = sentence->word[len + 3] = &tagger->end.word;
}

static void tag_sentence(struct tagger *tagger, struct token *token, size_t len)
{
    struct sentence sentence;
    struct features features[SENTENCE_MAX];
    if (tagger->kept_len + len > KEPT_MAX) {
        memset(tagger->slot, 0, sizeof tagger->slot);
        tagger->kept_len = 0;
    }
    sentence_start(&sentence, token, len, tagger->model);
    for (size_t i = 0; i < len; i++)
        token[i].tag = 0;
    find_words(tagger, &sentence);
    /* All are looked at before any is reckoned with, so that memory has time to answer. */
    for (size_t i = 0; i < len; i++)
        if (sentence.active[i])
            look_around(tagger, &sentence, i, &features[i]);
    for (size_t i = 0; i < len; i++) {
        size_t from = i;
        while (i < len && sentence.active[i])
            i++;
        if (i > from)
            tag_run(tagger, &sentence, features, from, i);
    }
}

int tagger_run(struct tagger *tagger, struct token *token, size_t len, struct pm_error *err)
{
    size_t n;
    for (size_t i = 0; i < len; i += n) {
        n = sentence_length(token + i, len - i);
        sentence_set_mode(token + i, n);
    }
    if (seen_look(&tagger->seen, token, len, err))
        return -1;
    for (size_t i = 0; i < len; i += n) {
        n = sentence_length(token + i, len - i);
        tag_sentence(tagger, token + i, n);
    }
    return agree_run(&tagger->agree, tagger->model, token, len, err);
}
