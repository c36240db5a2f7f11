/*
 * Which articles are near-copies of one story, by their sketches.
 */
#ifndef PM_STORIES_H
#define PM_STORIES_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/*
 * Numbers the stories of `n` articles from 0 up, by first article: story[i] is that of the
 * article i, whose sketch is at sketch[i] (PM_SKETCH_BYTES), or NULL for one without, which is a
 * story of its own.  Returns how many there are through *stories.  Articles whose sketches
 * resemble each other enough are of one story, and so is what is linked through others; the
 * result does not depend on the order of the articles but for the numbers.
 */
int pm_stories_find(const unsigned char *const *sketch, size_t n, uint32_t *story,
                    uint32_t *stories, struct pm_error *err);

#endif
