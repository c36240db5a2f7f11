/*
 * The line on a terminal that says how far the work is.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool shown;         /* standard error is a terminal and nobody asked for quiet */
    double start, last; /* seconds of the monotonic clock */
    uint64_t total;     /* bytes to read, 0 where unknown */
};

void progress_start(struct progress *progress, uint64_t total, bool quiet);

/* Shows articles, speed and time left, a few times a second. */
void progress_show(struct progress *progress, uint64_t articles, uint64_t bytes);

/* Shows what is being done where no count goes up. */
void progress_say(struct progress *progress, const char *what);

/* Clears the line, so that something else can be written. */
void progress_clear(const struct progress *progress);

/* Seconds since the start. */
double progress_seconds(const struct progress *progress);

#endif
