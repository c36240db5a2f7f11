/*
 * The features of the training data and their weights.
 */
#ifndef TRAIN_FEATURES_H
#define TRAIN_FEATURES_H

#include "decode.h"

struct features;

struct features *features_new(void);

/* Counts a feature; its number is features_find(), once features_fix() was called. */
void features_count(struct features *features, uint32_t feature);

/* Numbers those that were counted at least `least` times, and forgets the others. */
void features_fix(struct features *features, uint32_t least);

/* The number of a feature, or -1. */
int32_t features_find(const struct features *features, uint32_t feature);

size_t features_len(const struct features *features);

/* Adds the weights of feature number `number` to the scores. */
void features_add(const struct features *features, uint32_t number, decode_scores scores);

/* Changes one weight, at that time. */
void features_change(struct features *features, uint32_t number, int score, int32_t by,
                     int64_t time);

/* The feature, and its weights summed over all times up to `time`. */
uint32_t features_sums(const struct features *features, uint32_t number, int64_t time,
                       int64_t sums[MODEL_SCORES]);

#endif
