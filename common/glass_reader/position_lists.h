/*
 * Where terms stand in documents: reading the table that indexer/glass/positions.h tells of.
 *
 * A list of a term is kept open, so that who asks for the positions of some terms in one document
 * after the other reads each list once.
 */
#ifndef PM_POSITION_LISTS_H
#define PM_POSITION_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "varint.h"

#define PM_POSITIONS_FILE     "positions.glass"
#define PM_POSITIONS_BLOCK    8192
#define PM_POSITIONS_REVISION 1

struct pm_position_lists;

/* Those of the database in `folder`; without the file there are no positions. */
struct pm_position_lists *pm_position_lists_open(const char *folder, struct pm_error *err);
void pm_position_lists_close(struct pm_position_lists *lists);

/* Keeps so many bytes, instead of 64 MiB. */
void pm_position_lists_keep(struct pm_position_lists *lists, size_t bytes);

/* Adds the positions of a term in a document to `out`, rising, as uint32_t. */
int pm_position_lists_find(struct pm_position_lists *lists, uint32_t docid, const char *term,
                           size_t len, struct pm_buf *out, struct pm_error *err);

/* ---- reading all of it ---- */

/* A chunk: the key of its term, and what it has from its first document on. */
struct pm_position_chunk {
    struct pm_unread term, entries;
    uint32_t docid; /* of the entry read last, or 0 */
    uint32_t first;
};

/* Goes to the next chunk in the order of the keys, from before the first: 1, 0 at the end, or -1.
 * It lives until then. */
int pm_position_lists_next(struct pm_position_lists *lists, struct pm_position_chunk *chunk,
                           struct pm_error *err);

/* Reads all of it: PM_ERR_CORRUPT where it cannot be what was written. */
int pm_position_lists_check(struct pm_position_lists *lists, struct pm_error *err);

/* Goes to the next entry of a chunk, whose packed positions become *packed; false at the end, where
 * *sound is whether that is one. */
bool pm_position_chunk_next(struct pm_position_chunk *chunk, struct pm_unread *packed, bool *sound);

#endif
