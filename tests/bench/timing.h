/*
 * What the benchmarks in C share: a clock, and the way out.
 */
#ifndef TIMING_H
#define TIMING_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Seconds that this thread has computed, so that a busy machine does not count. */
static inline double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static inline void quit(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

#endif
