/*
 * Reading a glass database without libxapian: what a search asks for most.
 *
 * libxapian makes a cursor with blocks of its own for each list that is read, and looks for the
 * length of each document in a list that it reads from the start of a block.  Here blocks are kept,
 * lists are read a chunk at a time, and lengths stand in an array.  The format is that of
 * Xapian 1.4 (backends/glass there); what is written nowhere in it is PM_ERR_CORRUPT, and nothing
 * that a file says is believed unseen.
 *
 * Numbers of documents are those of this database alone.
 */
#ifndef PM_GLASS_READER_H
#define PM_GLASS_READER_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "position_lists.h"
#include "posting_list.h"
#include "value_list.h"

/* What a version file begins with: the version is 14 March 2016, that of all releases from 1.4.0
 * on. */
#define PM_GLASS_MAGIC "\x0f\x0dXapian Glass\x04\x6e"

struct pm_glass;

/*
 * Opens the database in `folder` in *glass: 1; 0 where its format is another one, a table is gone,
 * or the documents have numbers that are far between; or -1.
 */
int pm_glass_open(const char *folder, struct pm_glass **glass, struct pm_error *err);
void pm_glass_close(struct pm_glass *glass);

/* Keeps so many bytes of each table, instead of 64 MiB, when memory is given back. */
void pm_glass_keep(struct pm_glass *glass, size_t bytes);

/* Gives the memory of tables back that have much.  No list may be open. */
void pm_glass_trim(struct pm_glass *glass);

/* The data of a document, and its value in `slot`, added to `out`: nothing if it has none. */
int pm_glass_data(struct pm_glass *glass, uint32_t docid, struct pm_buf *out, struct pm_error *err);
int pm_glass_value(struct pm_glass *glass, uint32_t docid, uint32_t slot, struct pm_buf *out,
                   struct pm_error *err);

/*
 * The length of a document that a list has told of.  Those that are known already stand in the
 * array pm_glass_lengths() by the number of their document, and one more; for others there is 0. It
 * has pm_glass_last() + 1.
 */
int pm_glass_length(struct pm_glass *glass, uint32_t docid, uint32_t *length, struct pm_error *err);
const uint32_t *pm_glass_lengths(const struct pm_glass *glass);

/* The highest number of a document there may be. */
uint32_t pm_glass_last(const struct pm_glass *glass);

/* The number of documents that a term of one byte at least occurs in; 0 when there is none. */
int pm_glass_term_freq(struct pm_glass *glass, const char *term, size_t len, uint32_t *freq,
                       struct pm_error *err);

/*
 * Opens the list of a term at its first chunk: 1, 0 when there is no such term, or -1.  To be
 * closed in any case.  The term without a byte is in all documents, as often as they are long.
 */
int pm_glass_postings(struct pm_glass *glass, const char *term, size_t len,
                      struct pm_posting_list *list, struct pm_error *err);

/* Opens the list of the values in `slot`, before its first document; to be closed in any case. */
int pm_glass_values(struct pm_glass *glass, uint32_t slot, struct pm_value_list *list,
                    struct pm_error *err);

#endif
