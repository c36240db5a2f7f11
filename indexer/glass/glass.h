/*
 * Xapian databases of the glass format, written from nothing.
 *
 * What libxapian's writer does to a database that may exist and be read meanwhile, this does to a
 * new one, many times faster: postings are gathered in memory, and every table is written once,
 * from its first key to its last.  What it writes is an ordinary database of Xapian 1.4 and 2, with
 * the positions in a table of our own beside it (positions.h).  The format has no
 * checksums: a mistake here would be silent, so tests compare all of it with what libxapian writes.
 */
#ifndef GLASS_H
#define GLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db_doc.h"
#include "error.h"

struct glass;

struct glass_options {
    size_t memory;     /* bytes of postings to keep before they go to a file */
    size_t block_size; /* of tables: a power of two from 2048 to 65536; 0 for Xapian's own */
    size_t threads;    /* that invert documents, and may write tables; 0 is 1 */
};

/* A database in the making.  What it does not keep in memory lies in files in the folder `work`,
 * which is the caller's to remove. */
struct glass *glass_new(const char *work, const struct glass_options *options,
                        struct pm_error *err);
void glass_free(struct glass *glass);

/* ---- documents ---- */

/* What of a document can be worked out without the others; each thread has a packer of its own. */
struct glass_packer;

/* With `stored`, nothing is deflated. */
struct glass_packer *glass_packer_new(bool stored, struct pm_error *err);
void glass_packer_free(struct glass_packer *packer);

/* All of a document but its postings.  Begins as zeros, and can be used again and again. */
struct glass_packed {
    struct glass_tag {
        struct pm_buf bytes;
        bool deflated;
    } data, terms, slots;
    uint32_t length;      /* of the document, in words */
    struct pm_buf values; /* its values, as value_lists.h has them */
};

void glass_packed_release(struct glass_packed *packed);

/* Packs a document.  If a term cannot be part of a key, that is PM_ERR_TOO_LARGE. */
int glass_pack(struct glass_packer *packer, struct pm_db_doc *doc, struct glass_packed *packed,
               struct pm_error *err);

/*
 * Adds the postings of a document, its number higher than those before of the same `thread` (from
 * 0).  Threads may do this at the same time, and while another calls what follows.
 */
int glass_invert(struct glass *glass, size_t thread, struct pm_db_doc *doc, uint32_t docid,
                 struct pm_error *err);

/*
 * Adds the rest of a document that is inverted or will be, with a number higher than those before,
 * at least 1.  After an error of one of these only glass_free() is left.
 */
int glass_add(struct glass *glass, const struct glass_packed *packed, uint32_t docid,
              struct pm_error *err);

/* Takes the document out again; its number stays taken. */
int glass_drop(struct glass *glass, uint32_t docid, struct pm_error *err);

/* Sets a piece of metadata, which has no other yet and is not empty. */
int glass_set_metadata(struct glass *glass, const char *key, const char *value, size_t len,
                       struct pm_error *err);

/* Times that the memory was full. */
size_t glass_runs(const struct glass *glass);

/*
 * Writes the database to the folder `path`, which must not exist.  Nothing is synced.  Once.  If
 * another number of documents was inverted than was added, that is PM_ERR_INTERNAL.
 */
int glass_finish(struct glass *glass, const char *path, struct pm_error *err);

/* ---- positions ---- */

/* A database of which documents are in another one, under other numbers. */
struct glass_renumbered {
    const char *path;
    const uint32_t *to; /* the number there of each document up to `last`; 0 if it is not there */
    uint32_t last;
};

/*
 * Writes the positions of the database in the folder `to`, which has none yet: its documents are
 * those of the `n` others, in their order.
 */
int glass_merge_positions(const struct glass_renumbered *from, size_t n, const char *to,
                          struct pm_error *err);

/*
 * 1 if the empty database in the folder `path`, made by the libxapian in use, is of the format that
 * this writes, 0 if not, or -1.
 */
int glass_is_format_of(const char *path, struct pm_error *err);

#endif
