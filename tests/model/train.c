/*
 * Trains the tagger of names: an averaged structured perceptron (Collins 2002) with a margin.
 *
 *   train NER_FOLDER LEXICON MODEL
 *
 * All is done in integers and in a fixed order, so the same data make the same model, bit for bit.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "corpus.h"
#include "decode.h"
#include "features.h"
#include "lists.h"
#include "runs.h"
#include "write.h"

#define EPOCHS 10
#define MARGIN 100 /* a right tag must win by so much; the weights of a feature change by 1 */
#define DROPPED                                                                                    \
    8 /* of 64 tokens so many are learnt without features of the word itself, so that              \
         contexts learn to tell what words nobody has seen are */

struct trainer {
    struct features *features;
    struct write_steps weights;
    struct model_steps steps; /* the same as they are now */
    int64_t time;
    uint64_t random;
};

/* Marsaglia's xorshift64. */
static uint32_t random_number(struct trainer *trainer, uint32_t below)
{
    trainer->random ^= trainer->random << 13;
    trainer->random ^= trainer->random >> 7;
    trainer->random ^= trainer->random << 17;
    return (uint32_t)((trainer->random >> 32) * below >> 32);
}

static void change_step(struct trainer *trainer, uint8_t before, uint8_t tag, int32_t by)
{
    bool begins = tag <= MODEL_TYPES;
    int type = (tag - 1) % MODEL_TYPES, from = before > MODEL_TYPES;
    struct write_weight *weight =
        begins ? &trainer->weights.begin[before][type] : &trainer->weights.go_on[from][type];
    weight->now += by;
    weight->sum += by * trainer->time;
    if (begins)
        trainer->steps.begin[before][type] = weight->now;
    else
        trainer->steps.go_on[from][type] = weight->now;
}

static void change(struct trainer *trainer, const struct run *run, const bool *dropped,
                   const uint8_t *tags, int32_t by)
{
    for (size_t i = 0; i < run->len; i++) {
        const struct item *item = &run->item[i];
        if (!tags[i])
            continue;
        for (size_t k = dropped[i] ? item->lexical : 0; k < item->len; k++)
            features_change(trainer->features, item->feature[k], tags[i] - 1, by, trainer->time);
        change_step(trainer, i ? tags[i - 1] : 0, tags[i], by);
    }
}

static void score(const struct trainer *trainer, const struct item *item, bool dropped,
                  uint8_t gold, decode_scores scores)
{
    memset(scores, 0, sizeof(decode_scores));
    for (size_t k = dropped ? item->lexical : 0; k < item->len; k++)
        features_add(trainer->features, item->feature[k], scores);
    /* Wrong tags get the margin for nothing; tag 0 has no score, so the others lose it instead. */
    for (int t = 0; t < MODEL_SCORES; t++)
        scores[t] += MARGIN * ((t != gold - 1) - (gold != 0));
}

static bool train_run(struct trainer *trainer, const struct run *run)
{
    decode_scores scores[SENTENCE_MAX];
    uint8_t guess[SENTENCE_MAX];
    bool dropped[SENTENCE_MAX];
    for (size_t i = 0; i < run->len; i++) {
        dropped[i] = random_number(trainer, 64) < DROPPED;
        score(trainer, &run->item[i], dropped[i], run->gold[i], scores[i]);
    }
    decode((const decode_scores *)scores, run->len, &trainer->steps, guess);
    trainer->time++;
    if (!memcmp(guess, run->gold, run->len))
        return true;
    change(trainer, run, dropped, run->gold, run->weight);
    change(trainer, run, dropped, guess, -run->weight);
    return false;
}

static void shuffle(struct trainer *trainer, struct runs *runs)
{
    for (size_t i = runs->len; i > 1; i--) {
        size_t k = random_number(trainer, (uint32_t)i);
        struct run swap = runs->run[i - 1];
        runs->run[i - 1] = runs->run[k];
        runs->run[k] = swap;
    }
}

int main(int argc, char **argv)
{
    struct corpus corpus = {0};
    struct lists lists = {0};
    struct runs runs = {0};
    struct trainer trainer = {.features = features_new(), .random = 88172645463325252u};
    if (argc != 4) {
        fprintf(stderr, "usage: train NER_FOLDER LEXICON MODEL\n");
        return 2;
    }
    corpus_read(&corpus, argv[1]);
    lists_read(&lists, argv[2]);
    lists_finish(&lists, &corpus.tokens);
    runs_make(&runs, &corpus, &lists, trainer.features);
    printf("%zu tokens, %zu runs, %zu features\n", corpus.tokens.len, runs.len,
           features_len(trainer.features));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        size_t wrong = 0;
        shuffle(&trainer, &runs);
        for (size_t i = 0; i < runs.len; i++)
            wrong += !train_run(&trainer, &runs.run[i]);
        printf("epoch %d of %d: %zu runs wrong\n", epoch, EPOCHS, wrong);
    }
    write_model(argv[3], &lists, trainer.features, &trainer.weights, trainer.time);
    return 0;
}
