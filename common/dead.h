/*
 * The dead of a segment: documents that were deleted or replaced after it was published.
 *
 * A segment is never written again, so its dead are a list of document numbers beside it.
 */
#ifndef PM_DEAD_H
#define PM_DEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

struct pm_dead {
    uint32_t *number; /* document numbers in the segment, rising, each once */
    size_t len, cap;
};

void pm_dead_release(struct pm_dead *dead);

bool pm_dead_has(const struct pm_dead *dead, uint32_t number);

/* Adds a number, wherever it belongs; one that is there already changes nothing. */
int pm_dead_add(struct pm_dead *dead, uint32_t number, struct pm_error *err);

/* Takes a number out again, if it is there. */
void pm_dead_remove(struct pm_dead *dead, uint32_t number);

/* The bytes of the file: a magic, the count, the numbers, a checksum; all little-endian. */
void pm_dead_format(const struct pm_dead *dead, struct pm_buf *out);

/* Reads the file `path` into *dead (empty before); any doubt about it is PM_ERR_CORRUPT. */
int pm_dead_read(const char *path, struct pm_dead *dead, struct pm_error *err);

#endif
