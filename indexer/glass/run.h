/*
 * Terms in their order, each with its postings: part of what an inverter has.
 *
 * A run lies in a file, or is what the memory holds.  The postings of a term are one string of
 * bytes: of each the gap from the document before, the wdf, the length of its positions, and these
 * as their table will have them (positions.h).
 */
#ifndef RUN_H
#define RUN_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "error.h"
#include "spool.h"
#include "terms.h"

/* A run that grows in memory; a zeroed one is empty. */
struct run_memory {
    struct terms terms;
    struct arena arena;         /* of their postings */
    const struct term **sorted; /* when all are in */
};

void run_memory_release(struct run_memory *memory);

/* Writes all that is in memory behind what is in the file. */
int run_write(const struct run_memory *memory, struct spool *file, struct pm_error *err);

/* ---- reading ---- */

struct posting {
    uint32_t docid, wdf;
    const char *positions; /* packed */
    size_t len;            /* 0 for none */
};

/* A run while it is read: at a term, and at one of its postings. */
struct run {
    struct pm_buf term;
    struct posting posting; /* its positions live until the next */
    struct spool_reader reader;
    uint64_t end;                    /* of the postings, as the reader counts */
    const struct run_memory *memory; /* of which `next` is the next term; NULL for a file */
    size_t next;
    struct pm_buf gathered; /* the postings, if they are in memory */
};

/* Begins before the first term of what stands in the file, flushed, or in memory, sorted; that has
 * to outlive the run. */
void run_open(struct run *run, const struct spool *file, uint64_t from, uint64_t end);
void run_open_memory(struct run *run, const struct run_memory *memory);
void run_close(struct run *run);

/* Goes on to the next term: 1, 0 behind the last, or -1. */
int run_next_term(struct run *run, struct pm_error *err);

/* The same for the postings of the term. */
int run_next_posting(struct run *run, struct pm_error *err);

#endif
