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
    uint64_t line;    /* of the record last read, or of the error in it; from 1, 0: unknown */
    uint64_t byte;    /* where the record last read begins in the unpacked file; from 0 */
    uint64_t records; /* read so far, malformed ones too */
    bool alone;       /* the record last read is the only one of its file */

    char *text; /* of an input read whole; borrowed from it */
    size_t len;
    uint64_t from;    /* where it begins in the file: behind a byte order mark */
    size_t at;        /* where the next record begins */
    uint64_t at_line; /* and its line */
    bool in_array;
    struct pm_buf utf8; /* the record, or all of the text, where it came in another character set */
    void *own;          /* what else a reader keeps; its `close` frees it */
};

struct reader {
    const char *name;

    /*
     * True if the input looks like this format; it may be peeked into, not taken.  1, 0, or -1.
     */
    int (*sniff)(struct input *input, struct pm_error *err);

    /*
     * The next record in *article (empty before) with what it says of itself: 1, 0 at the
     * end, or -1.  After PM_ERR_SYNTAX and PM_ERR_TOO_LARGE one may go on, and must come to the
     * end of the input.
     */
    int (*next)(struct reading *reading, struct pm_article *article, struct pm_error *err);

    /* Frees reading->own, which may be NULL.  NULL where a reader keeps nothing. */
    void (*close)(struct reading *reading);
};

extern const struct reader text_reader, json_reader, ndjson_reader, html_reader;
extern const struct reader csv_reader, trec_reader, markdown_reader;
extern const struct reader xml_reader, rss_reader, atom_reader, nitf_reader, newsml_reader;

#endif
