/*
 * The positions of a term in a document, as the glass format has them.
 *
 * The last one as a number, then bits: first and count, and the others by binary interpolative
 * coding (Moffat and Stuiver 2000), each in the least bits for the range that its neighbours leave.
 */
#ifndef POSITIONS_H
#define POSITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* Adds the `n` positions, at least one, rising and each once, to `out`. */
void positions_pack(struct pm_buf *out, const uint32_t *position, size_t n);

#endif
