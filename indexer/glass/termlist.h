/*
 * What a document has, as the termlist table of the glass format says it.
 */
#ifndef TERMLIST_H
#define TERMLIST_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "db_doc.h"

/* Adds the list of the `n` terms, in the order of their bytes, of a document of this length:
 * nothing if there are none. */
void termlist_pack(struct pm_buf *out, uint32_t length, const struct pm_db_term *term, size_t n);

/* Adds the list of the slots that have values, rising: nothing if there are none. */
void termlist_pack_slots(struct pm_buf *out, const struct pm_db_doc_value *value, size_t n);

#endif
