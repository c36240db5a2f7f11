/*
 * A segment in the making: documents go into small databases, which are merged into one.
 *
 * Xapian adds fastest to a small fresh database; a few hundred documents each, compacted
 * together at the end, cost half the time of one large database and leave it half as big.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdint.h>

#include "db.h"
#include "error.h"
#include "vocabulary.h"

struct segment;

/* A segment whose parts lie in the folder `work` (made here) until it is finished. */
struct segment *segment_new(const char *work, struct pm_error *err);

/* Where the words of the next document to add are to be counted; the segment's own. */
struct pm_word_counts *segment_words(struct segment *segment);

/* Adds a document of about `bytes` bytes; *number counts them from 0. */
int segment_add(struct segment *segment, const struct pm_db_doc *doc, size_t bytes,
                uint32_t *number, struct pm_error *err);

/* Takes the document `number` out again. */
int segment_drop(struct segment *segment, uint32_t number, struct pm_error *err);

/* Documents that are in it. */
uint32_t segment_len(const struct segment *segment);

/* Writes the segment to the folder `path`, which must not exist.  Nothing is synced. */
int segment_finish(struct segment *segment, const char *path, struct pm_error *err);

/* Frees the segment and removes its parts; accepts NULL. */
void segment_free(struct segment *segment);

#endif
