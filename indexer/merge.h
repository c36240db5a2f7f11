/*
 * Segments into one, without their dead.
 */
#ifndef MERGE_H
#define MERGE_H

#include <stddef.h>

#include "carry.h"
#include "error.h"

/*
 * Writes the live documents of the segments, in their order, as one database into the folder
 * `to`, which must not exist.  The segments themselves are not touched: one with dead is
 * copied into the folder `work` (made and removed here).  Nothing is synced.
 */
int merge_segments(const struct part_alive *part, size_t n, const char *work, const char *to,
                   struct pm_error *err);

#endif
