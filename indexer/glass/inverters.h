/*
 * The inverters of a database, one for each thread, and what they have read as one.
 */
#ifndef INVERTERS_H
#define INVERTERS_H

#include <stddef.h>

#include "error.h"
#include "inverter.h"

struct inverters {
    struct inverter **inverter;
    size_t len;
};

/* `n` inverters, at least one, that keep about `memory` bytes together. */
int inverters_init(struct inverters *inverters, const char *folder, size_t n, size_t memory,
                   struct pm_error *err);
void inverters_release(struct inverters *inverters);

/* Documents that were added. */
uint32_t inverters_documents(const struct inverters *inverters);

/* Runs that were written because the memory was full. */
size_t inverters_written(const struct inverters *inverters);

/* Puts all in order; nothing can be added afterwards. */
int inverters_end(struct inverters *inverters, struct pm_error *err);

/* What is told of all postings: each term, each of its documents, the end of the term. */
struct inverters_reader {
    int (*begin)(const char *term, size_t len, void *arg, struct pm_error *err);
    int (*posting)(const struct posting *posting, void *arg, struct pm_error *err);
    int (*end)(void *arg, struct pm_error *err);
    void *arg;
};

/* Tells them all, in the order of the terms, after inverters_end().  Several threads may ask. */
int inverters_read(const struct inverters *inverters, const struct inverters_reader *reader,
                   struct pm_error *err);

#endif
