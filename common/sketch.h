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

#include <stddef.h>
#include <stdint.h>

#include "analyzer.h"
#include "error.h"

#define PM_SKETCH_BYTES 64

/*
 * Makes the sketch of `text` (valid UTF-8): 1, or 0 when the text is too short to have one, -1.
 * Give it the body alone: a headline is what customers change first.
 */
int pm_sketch_make(struct pm_analyzer *analyzer, const char *text, size_t len,
                   unsigned char sketch[PM_SKETCH_BYTES], struct pm_error *err);

/* The share of shingles that both texts have of those that either has, estimated: 0 to 1. */
double pm_sketch_resemblance(const unsigned char *a, const unsigned char *b);

#endif
