/*
 * A sketch of a text: near-copies have sketches that agree in many places.
 *
 * MinHash (Broder 1997) over shingles of words, by one permutation with densification
 * (Shrivastava and Li 2014): the share of places that agree estimates the share of shingles that
 * two texts have in common.  Shingles with a number count for more, since what a desk reports again
 * and again differs in its numbers alone.  docs/STORIES.md has the measurements.
 */
#ifndef PM_SKETCH_H
#define PM_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzer.h"
#include "error.h"

#define PM_SKETCH_BYTES 64

/* A sketch in the making. */
struct pm_sketcher {
    uint64_t least[PM_SKETCH_BYTES]; /* hash of the shingles of each place */
    uint64_t before;                 /* the word before, mixed */
    bool number;                     /* that has a digit */
    size_t words;                    /* so far */
};

/* Takes the words of a body one after the other: a headline is what customers change first. */
void pm_sketch_begin(struct pm_sketcher *sketcher);
void pm_sketch_add(struct pm_sketcher *sketcher, const struct pm_token *token);

/* Sets `sketch`; false if there were too few words to have one. */
bool pm_sketch_end(const struct pm_sketcher *sketcher, unsigned char sketch[PM_SKETCH_BYTES]);

/* The sketch of a text (valid UTF-8): 1, 0 when it is too short to have one, or -1. */
int pm_sketch_make(struct pm_analyzer *analyzer, const char *text, size_t len,
                   unsigned char sketch[PM_SKETCH_BYTES], struct pm_error *err);

/* The share of shingles that both texts have of those that either has, estimated: 0 to 1. */
double pm_sketch_resemblance(const unsigned char *a, const unsigned char *b);

#endif
