/*
 * A broken query with a mark under the place.
 */
#ifndef PM_PLACE_H
#define PM_PLACE_H

#include <stddef.h>

#include "buf.h"

/*
 * Adds two lines: a query (any bytes), and a ^ under the place where it is broken (a byte of the
 * query as pm_utf8_clean() makes it).  Of a long query only what stands around the place.
 */
void pm_place_show(struct pm_buf *out, const char *query, size_t len, size_t offset);

#endif
