#include "features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct weights {
    int32_t now[MODEL_SCORES];
    int64_t sum[MODEL_SCORES]; /* of each change times its time */
};

struct slot {
    uint32_t feature, count;
    int32_t number;
};

struct features {
    struct slot *slot;
    size_t slots, used; /* slots is a power of two */
    uint32_t *name;     /* by number */
    struct weights *weights;
    size_t len;
};

static void *must(void *memory)
{
    if (!memory) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

struct features *features_new(void)
{
    struct features *features = must(calloc(1, sizeof *features));
    features->slots = (size_t)1 << 24;
    features->slot = must(calloc(features->slots, sizeof *features->slot));
    return features;
}

static struct slot *find(const struct features *features, uint32_t feature)
{
    size_t i = (feature * UINT32_C(0x9e3779b1)) & (features->slots - 1);
    while (features->slot[i].count && features->slot[i].feature != feature)
        i = (i + 1) & (features->slots - 1);
    return &features->slot[i];
}

void features_count(struct features *features, uint32_t feature)
{
    struct slot *slot = find(features, feature);
    if (!slot->count && ++features->used * 4 > features->slots * 3) {
        fprintf(stderr, "too many features\n");
        exit(1);
    }
    slot->feature = feature;
    slot->count++;
}

void features_fix(struct features *features, uint32_t least)
{
    for (size_t i = 0; i < features->slots; i++)
        features->slot[i].number = features->slot[i].count >= least ? (int32_t)features->len++ : -1;
    features->name = must(calloc(features->len + 1, sizeof *features->name));
    features->weights = must(calloc(features->len + 1, sizeof *features->weights));
    for (size_t i = 0; i < features->slots; i++)
        if (features->slot[i].number >= 0)
            features->name[features->slot[i].number] = features->slot[i].feature;
}

int32_t features_find(const struct features *features, uint32_t feature)
{
    const struct slot *slot = find(features, feature);
    return slot->count ? slot->number : -1;
}

size_t features_len(const struct features *features)
{
    return features->len;
}

void features_add(const struct features *features, uint32_t number, decode_scores scores)
{
    const int32_t *now = features->weights[number].now;
    for (int k = 0; k < MODEL_SCORES; k++)
        scores[k] += now[k];
}

void features_change(struct features *features, uint32_t number, int score, int32_t by,
                     int64_t time)
{
    struct weights *weights = &features->weights[number];
    weights->now[score] += by;
    weights->sum[score] += by * time;
}

uint32_t features_sums(const struct features *features, uint32_t number, int64_t time,
                       int64_t sums[MODEL_SCORES])
{
    const struct weights *weights = &features->weights[number];
    for (int k = 0; k < MODEL_SCORES; k++)
        sums[k] = weights->now[k] * time - weights->sum[k];
    return features->name[number];
}
