/*
 * The positions of terms, in a table of our own beside those of Xapian.
 *
 * Xapian's table has an entry for each term of each document, with the term spelled out in its key:
 * some 17 bytes for what mostly is one position.  Here they are in chunks as postings are, so that
 * a phrase goes through its terms in a row:
 *
 *   key    = term, first document (as of a chunk of postings)
 *   chunk  = entries
 *   entry  = gap from the document before less one (not of the first), positions
 *
 * Positions are a varint: twice the first, and one more if there are others; then the bytes of
 * these, each as a varint of the gap from the one before less one.  The table is one of glass, in
 * blocks of PM_POSITIONS_BLOCK bytes, the last of which is the root.
 */
#ifndef POSITIONS_H
#define POSITIONS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

/* Adds the `n` positions, at least one, rising and each once, to `out`; `room` is to work in. */
void positions_pack(struct pm_buf *out, struct pm_buf *room, const uint32_t *position, size_t n);

struct positions_writer;

/* Writes the table in the folder `path`. */
struct positions_writer *positions_writer_new(const char *path, struct pm_error *err);
void positions_writer_free(struct positions_writer *writer);

/* Begins a term, behind the last in the order of their bytes: its key, as pm_pack_term() with
 * `more`. */
int positions_writer_begin(struct positions_writer *writer, const char *term, size_t len,
                           struct pm_error *err);

/* Adds what positions_pack() made of a document, whose number is higher than those before. */
int positions_writer_add(struct positions_writer *writer, uint32_t docid, const char *packed,
                         size_t len, struct pm_error *err);

/* Writes the rest, when all terms were told. */
int positions_writer_end(struct positions_writer *writer, struct pm_error *err);

#endif
