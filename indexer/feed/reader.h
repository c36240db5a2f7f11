/*
 * What a format must be able to do to be read: a reader, and the reading it works on.
 */
#ifndef READER_H
#define READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article.h"
#include "error.h"
#include "input.h"

/* Starts as {0}.  What follows `alone` is the reader's own. */
struct reading {
    struct input input;
    uint64_t line;    /* of the record last read, or of the error in it; from 1 */
    uint64_t records; /* read so far, malformed ones too */
    bool alone;       /* the record last read is the only one of its file */

    char *text; /* of an input read whole; borrowed from it */
    size_t len;
    size_t at;        /* where the next record begins */
    uint64_t at_line; /* and its line */
    bool in_array;
};

struct reader {
    const char *name;

    /* True if the input looks like this format; it may be read, not taken.  1, 0, or -1. */
    int (*sniff)(struct input *input, struct pm_error *err);

    /*
     * The next record in *article (empty before) with what it says of itself: 1, 0 at the
     * end, or -1.  After PM_ERR_SYNTAX one may go on.
     */
    int (*next)(struct reading *reading, struct pm_article *article, struct pm_error *err);
};

extern const struct reader text_reader, json_reader, ndjson_reader;

#endif
