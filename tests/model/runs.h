/*
 * What is learnt from: runs of tokens that may be of names, with their features and right tags.
 */
#ifndef TRAIN_RUNS_H
#define TRAIN_RUNS_H

#include "corpus.h"
#include "features.h"
#include "lists.h"

/* A token: its features, by number; the first `lexical` are of the word itself. */
struct item {
    uint32_t *feature;
    uint16_t len, lexical;
};

struct run {
    struct item *item;
    uint8_t *gold;
    size_t len;
    int32_t weight; /* how much a mistake counts */
};

struct runs {
    struct run *run;
    size_t len, cap;
};

/*
 * Makes the runs of all sentences, of some once more in capitals, as headlines have them, and of
 * some with people renamed.  Numbers the features.  Ends the program if memory runs out.
 */
void runs_make(struct runs *runs, struct corpus *corpus, const struct lists *lists,
               struct features *features);

#endif
