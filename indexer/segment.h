/*
 * A segment in the making: documents go in, may come out again, and become a database in the end.
 *
 * The bulk writer (glass/) makes it.  libxapian does, many times slower, when that is asked for, or
 * when the one in use shows another format than the bulk writer's.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "document.h"
#include "error.h"

struct segment;

struct segment_options {
    bool api;        /* libxapian writes */
    uint64_t memory; /* bytes for the bulk writer, about; what is more waits in files */
    size_t threads;  /* that invert documents */
};

/* A segment that keeps its files in the folder `work` (made here) until it is finished. */
struct segment *segment_new(const char *work, const struct segment_options *options,
                            struct pm_error *err);

/* True if libxapian writes it, to which documents have to be given with their pm_db_doc. */
bool segment_wants_docs(const struct segment *segment);

/* True if libxapian writes the segment though that was not asked for. */
bool segment_is_fallback(const struct segment *segment);

/* Adds the terms of a document, as glass_invert(); numbers count documents from 0. */
int segment_invert(struct segment *segment, size_t thread, struct pm_db_doc *doc, uint32_t number,
                   struct pm_error *err);

/* Adds the rest of the next document. */
int segment_add(struct segment *segment, const struct document *document, struct pm_error *err);

/* Takes the document `number` out again. */
int segment_drop(struct segment *segment, uint32_t number, struct pm_error *err);

/* Documents that are in it. */
uint32_t segment_len(const struct segment *segment);

/*
 * Writes the segment, which is not empty, to the folder `path`, which must not exist, with the
 * list of its words (vocabulary.h).  Nothing is synced.
 */
int segment_finish(struct segment *segment, const struct pm_buf *words, const char *path,
                   struct pm_error *err);

/* Frees the segment and removes its files; accepts NULL. */
void segment_free(struct segment *segment);

#endif
