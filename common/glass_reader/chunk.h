/*
 * Lists are cut into chunks, whose keys are that of the list and the number of the first document.
 */
#ifndef PM_CHUNK_H
#define PM_CHUNK_H

#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "table_cursor.h"

/* The first document of the chunk at the cursor; 0 if its key is not of this list, or has none. */
uint32_t pm_chunk_first(const struct pm_table_cursor *cursor, const struct pm_buf *list);

/* Goes to the last chunk that begins at the document or before it, as pm_table_seek(). */
int pm_chunk_seek(struct pm_table_cursor *cursor, struct pm_buf *list, uint32_t docid,
                  struct pm_error *err);

#endif
