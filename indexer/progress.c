#include "progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define EVERY 0.2 /* seconds */

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

void progress_start(struct progress *progress, uint64_t total, bool quiet)
{
    const char *term = getenv("TERM");
    bool dumb = !term || !strcmp(term, "dumb");
    *progress = (struct progress){.start = now(), .total = total};
    progress->shown = !quiet && !dumb && isatty(STDERR_FILENO);
}

double progress_seconds(const struct progress *progress)
{
    return now() - progress->start;
}

void progress_show(struct progress *progress, uint64_t articles, uint64_t bytes)
{
    if (!progress->shown)
        return;
    double seconds = progress_seconds(progress);
    if (seconds - progress->last < EVERY)
        return;
    progress->last = seconds;
    fprintf(stderr, "\r\033[K%" PRIu64 " articles, %.1f MB/s", articles,
            (double)bytes / 1e6 / seconds);
    if (progress->total && bytes) {
        uint64_t rest = progress->total > bytes ? progress->total - bytes : 0;
        double left = seconds * (double)rest / (double)bytes;
        fprintf(stderr, ", %.0f%%, %d:%02d left",
                100.0 * (double)(progress->total - rest) / (double)progress->total,
                (int)(left / 60), (int)left % 60);
    }
}

void progress_say(struct progress *progress, const char *what)
{
    if (progress->shown)
        fprintf(stderr, "\r\033[K%s", what);
}

void progress_clear(const struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
