/*
 * The best run of tags for a run of tokens (Viterbi's algorithm).
 */
#ifndef ENTITIES_DECODE_H
#define ENTITIES_DECODE_H

#include "model.h"
#include "sentence.h"

typedef int32_t decode_scores[MODEL_SCORES];

/*
 * The tags that together score best: the scores of each token for the tags from 1 on, and those of
 * the steps between them.  Tag 0 stands before and behind the run, and scores 0 by itself.  `len`
 * is at most SENTENCE_MAX.
 */
void decode(const decode_scores *scores, size_t len, const struct model_steps *steps,
            uint8_t *tags);

#endif
