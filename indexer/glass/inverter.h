/*
 * From documents to postings: what each term has in each document, in memory and in sorted runs.
 *
 * When the memory is full, all terms are written behind each other in their order, as a run.  Each
 * thread has an inverter of its own; in the end what they all have is merged.
 */
#ifndef INVERTER_H
#define INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "db_doc.h"
#include "error.h"
#include "run.h"

struct inverter;

/* Keeps about `memory` bytes; its runs are the file `name` in `folder`. */
struct inverter *inverter_new(const char *folder, const char *name, size_t memory,
                              struct pm_error *err);
void inverter_free(struct inverter *inverter);

/* Adds the terms of a document, whose number is higher than those before. */
int inverter_add(struct inverter *inverter, uint32_t docid, const struct pm_db_term *term, size_t n,
                 struct pm_error *err);

/* Documents that were added. */
uint32_t inverter_documents(const struct inverter *inverter);

/* Runs that were written so far because the memory was full. */
size_t inverter_written(const struct inverter *inverter);

/* Puts what is in memory in order; nothing can be added afterwards. */
int inverter_end(struct inverter *inverter, struct pm_error *err);

/* After that: how many runs there are, and all of them, opened.  Several threads may read them. */
size_t inverter_runs(const struct inverter *inverter);
void inverter_open(const struct inverter *inverter, struct run *run);

#endif
