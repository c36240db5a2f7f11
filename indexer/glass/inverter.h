/*
 * From documents to postings: what each term has in each document, in memory and in sorted runs.
 *
 * A posting is the gap from the term's document before, the wdf, and the positions as their table
 * will have them.  When the memory is full, all terms are written behind each other in their order,
 * as a run; in the end the runs are merged.  Without runs all is read where it is.
 */
#ifndef INVERTER_H
#define INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "db_doc.h"
#include "error.h"

struct inverter;

/* Keeps about `memory` bytes; its runs are a file in `folder`. */
struct inverter *inverter_new(const char *folder, size_t memory, struct pm_error *err);
void inverter_free(struct inverter *inverter);

/* Memory to pack positions in; one of zeros to begin with. */
struct inverter_room {
    struct pm_buf packed, gaps;
};

void inverter_room_release(struct inverter_room *room);

/* A term of a document; packed, its bytes and the posting stand behind those of the one before. */
struct inverter_term {
    uint32_t hash, len; /* of its bytes */
    uint32_t end;       /* of the posting */
};

/* Packs a term behind the others in `out`. */
struct inverter_term inverter_pack(struct pm_buf *out, struct inverter_room *room,
                                   const struct pm_db_term *term);

/* Adds the terms of a document, whose number is higher than those before. */
int inverter_add(struct inverter *inverter, uint32_t docid, const struct inverter_term *term,
                 size_t n, const char *packed, struct pm_error *err);

/* Runs that were written so far because the memory was full. */
size_t inverter_runs(const struct inverter *inverter);

struct inverter_posting {
    uint32_t docid, wdf;
    const char *positions; /* packed, which live until the call ends */
    size_t len;            /* 0 for none */
};

/* What is told of all postings: each term, each of its documents, the end of the term. */
struct inverter_reader {
    int (*begin)(const char *term, size_t len, void *arg, struct pm_error *err);
    int (*posting)(const struct inverter_posting *posting, void *arg, struct pm_error *err);
    int (*end)(void *arg, struct pm_error *err);
    void *arg;
};

/* Puts what is in memory in order; nothing can be added afterwards. */
int inverter_end(struct inverter *inverter, struct pm_error *err);

/* Tells them all, in the order of the terms, after inverter_end().  Several threads may ask. */
int inverter_read(const struct inverter *inverter, const struct inverter_reader *reader,
                  struct pm_error *err);

#endif
