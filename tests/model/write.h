/*
 * A trained model as a file.
 */
#ifndef TRAIN_WRITE_H
#define TRAIN_WRITE_H

#include "features.h"
#include "lists.h"

/* A weight that is learnt, and what its average is reckoned from: the changes times their time. */
struct write_weight {
    int32_t now;
    int64_t sum;
};

struct write_steps {
    struct write_weight begin[MODEL_TAGS][MODEL_TYPES];
    struct write_weight go_on[2][MODEL_TYPES];
};

/*
 * Writes the averages of all weights over the times up to `time`; of the features, those that weigh
 * most.  Ends the program if it cannot.
 */
void write_model(const char *path, const struct lists *lists, const struct features *features,
                 const struct write_steps *steps, int64_t time);

#endif
