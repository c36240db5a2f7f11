/*
 * A walk over the live articles of an index, oldest segment first.
 */
#ifndef LIVE_H
#define LIVE_H

#include <stdint.h>

#include "error.h"
#include "index.h"

/*
 * Calls `each` with every live article's number in `index->db`, segment by segment and in
 * the order they were added, until it returns non-zero: that, 0 at the end, or -1.
 */
int live_each(const struct pm_index *index, int (*each)(uint32_t docid, void *arg), void *arg,
              struct pm_error *err);

#endif
