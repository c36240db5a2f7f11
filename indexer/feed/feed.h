/*
 * Where articles come from: a file, or standard input, read as a run of articles.
 *
 * The format is found by content unless the caller says it.  Each reader is a file in this
 * folder and a row in the table of feed.c; this header is their only door.
 */
#ifndef FEED_H
#define FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "article.h"
#include "error.h"

enum feed_format {
    FEED_AUTO,
    FEED_TEXT,   /* the whole file is one article */
    FEED_JSON,   /* one object, an array of objects, or objects one after another */
    FEED_NDJSON, /* an object a line */
};

/* The format called `name` ("auto", "text", "json", "ndjson"), or -1; and all their names. */
int feed_format_find(const char *name);
const char *feed_format_names(void);

struct feed;

/*
 * Opens the file `path`, or standard input where it is "-".  What is not a regular file
 * (standard input aside), or cannot be read, is PM_ERR_NO_INPUT.  feed_close() accepts NULL.
 */
struct feed *feed_open(const char *path, enum feed_format format, struct pm_error *err);
void feed_close(struct feed *feed);

/*
 * The next article in *article (which is empty; the caller releases it), with an id, a
 * title and where it was read from: 1, 0 at the end, or -1.  A malformed article is
 * PM_ERR_SYNTAX, and feed_line() is where it begins or, in broken JSON, where that shows; one
 * may go on to the next.  Other errors end the feed: a file that cannot be read further is
 * PM_ERR_NO_INPUT, a wait that a signal interrupted PM_ERR_STOPPED.
 *
 * An article without an id takes its url; in a file that holds one article, the file's
 * absolute real path; else a hash of its content: the 128-bit FNV-1a of title, body, source and
 * date as 32 hexadecimal digits, the same in every run.
 */
int feed_next(struct feed *feed, struct pm_article *article, struct pm_error *err);

/*
 * Waits until there is more to read, or the end, for at most `seconds`: true, or false when
 * nothing came.  Only standard input lets one wait.
 */
bool feed_wait(const struct feed *feed, double seconds);

/* The name to show for the file, and the line (from 1) of the article last asked for. */
const char *feed_name(const struct feed *feed);
uint64_t feed_line(const struct feed *feed);

/* How many bytes have been read so far. */
uint64_t feed_bytes(const struct feed *feed);

#endif
