/*
 * Unpacking the positions of a term in a document.
 */
#ifndef PM_POSITION_LIST_H
#define PM_POSITION_LIST_H

#include <stdbool.h>

#include "buf.h"
#include "table_cursor.h"

/* Adds them to `out` as uint32_t, rising; false if they are not as they were written. */
bool pm_position_list_read(struct pm_bytes tag, struct pm_buf *out);

#endif
