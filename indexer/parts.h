/*
 * A segment made by libxapian: documents go into small databases, which are merged into one.
 *
 * Xapian adds fastest to a small fresh database; a few hundred documents each, compacted
 * together at the end, cost half the time of one large database and leave it half as big.
 */
#ifndef PARTS_H
#define PARTS_H

#include <stdint.h>

#include "buf.h"
#include "db.h"
#include "error.h"

struct parts;

/* A segment whose parts lie in the folder `work` (made here) until it is finished. */
struct parts *parts_new(const char *work, struct pm_error *err);

/* Adds a document of about `bytes` bytes; numbers count them from 0. */
int parts_add(struct parts *parts, struct pm_db_doc *doc, size_t bytes, struct pm_error *err);

/* Takes the document `number` out again. */
int parts_drop(struct parts *parts, uint32_t number, struct pm_error *err);

/* Writes the segment to the folder `path`, which must not exist, with the list of its words.
 * Nothing is synced. */
int parts_finish(struct parts *parts, const struct pm_buf *words, const char *path,
                 struct pm_error *err);

/* Frees the segment and removes its parts; accepts NULL. */
void parts_free(struct parts *parts);

#endif
