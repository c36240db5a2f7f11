/*
 * How fast the readers of formats are: bytes a second in one thread, of files that lie in memory.
 * tests/bench/readers builds and runs it.
 *
 *   readers NAME FORMAT FILE...
 *
 * prints a row: the name, the megabytes of the files, articles a pass, megabytes a second (the best
 * of several passes, within some two seconds).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "feed.h"
#include "file.h"
#include "timing.h"

#define MAX_BYTES ((size_t)1 << 30)
#define SECONDS   2.0

/* Reads all articles of a file in memory: how many there are. */
static uint64_t read_all(const char *path, const struct pm_buf *bytes,
                         const struct feed_options *options)
{
    struct pm_error err = {0};
    uint64_t articles = 0;
    struct feed *feed = feed_open_memory(path, bytes->data, bytes->len, options, &err);
    int got;
    if (!feed)
        quit(err.message);
    do {
        struct pm_article article = {0};
        err = (struct pm_error){0};
        got = feed_next(feed, &article, &err);
        if (got < 0 && !pm_code_is_of_input(err.code))
            quit(err.message);
        articles += got > 0;
        pm_article_release(&article);
    } while (got);
    feed_close(feed);
    return articles;
}

int main(int argc, char **argv)
{
    struct feed_options options = {.now = time(NULL)};
    struct pm_buf *file = calloc((size_t)argc, sizeof *file);
    struct pm_error err = {0};
    uint64_t articles = 0, bytes = 0;
    double best = 1e9, start = now();
    int format = argc > 3 ? feed_format_find(argv[2]) : -1;
    if (format < 0 || !file)
        quit("usage: readers NAME FORMAT FILE...");
    options.format = (enum feed_format)format;
    for (int i = 3; i < argc; i++) {
        if (pm_file_read(argv[i], MAX_BYTES, &file[i], &err))
            quit(err.message);
        bytes += file[i].len;
    }
    for (int pass = 0; pass < 3 || now() - start < SECONDS; pass++) {
        double from = now();
        articles = 0;
        for (int i = 3; i < argc; i++)
            articles += read_all(argv[i], &file[i], &options);
        double took = now() - from;
        best = took < best ? took : best;
    }
    printf("%-14s %8.2f %9" PRIu64 " %9.1f\n", argv[1], (double)bytes / 1e6, articles,
           (double)bytes / 1e6 / best);
    for (int i = 3; i < argc; i++)
        pm_buf_release(&file[i]);
    free(file);
    return 0;
}
