/*
 * The upper levels of a glass B-tree, made when all its leaves are written.
 */
#ifndef BRANCH_H
#define BRANCH_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "spool.h"

/* Adds a block to the list of a level: its number, and the least key and component that may be
 * in it. */
void branch_note(struct pm_buf *list, uint32_t block, const char *key, size_t len, unsigned part);

/*
 * Writes the levels above the leaves in `list`, of which there is at least one, behind the
 * `*blocks` that `file` has; counts them there.  The level of the last block, the root.
 */
int branch_write(const struct pm_buf *list, struct spool *file, size_t size, uint32_t revision,
                 uint32_t *blocks, struct pm_error *err);

#endif
