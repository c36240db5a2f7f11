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
    FEED_TEXT,     /* the whole file is one article */
    FEED_JSON,     /* one object, an array of objects, or objects one after another */
    FEED_NDJSON,   /* an object a line */
    FEED_TREC,     /* SGML, <DOC> after <DOC> */
    FEED_MARKDOWN, /* the whole file is one article, with front matter or without */
    FEED_CSV,      /* a table with a header, an article a row */
    FEED_XML,      /* one of the following, by its root */
    FEED_RSS,
    FEED_ATOM,
    FEED_NITF,
    FEED_NEWSML,
    FEED_HTML, /* a web page is one article */
};

/* The format of that name, or -1; and all names, parted by commas. */
int feed_format_find(const char *name);
const char *feed_format_names(void);

/* True if there is a character set of that name. */
bool feed_charset_exists(const char *name);

struct feed_options {
    enum feed_format format;
    const char *charset; /* of all text; NULL: what it says, or looks like */
    bool date_mtime;     /* an article that has no date gets that of its file */
    bool file_path;      /* article->path is the path as it is given, whatever the article says */
    int64_t now;         /* seconds since 1970: no article is from later than the day after */
};

struct feed;

/*
 * Opens the file `path`, or standard input where it is "-".  What is not a regular file
 * (standard input aside), or cannot be read, is PM_ERR_NO_INPUT.  feed_close() accepts NULL.
 * The options are copied; their strings must live as long as the feed.
 */
struct feed *feed_open(const char *path, const struct feed_options *options, struct pm_error *err);
void feed_close(struct feed *feed);

/* The same for bytes in memory, which must live as long, as if they were the file `path`. */
struct feed *feed_open_memory(const char *path, const char *bytes, size_t len,
                              const struct feed_options *options, struct pm_error *err);

/*
 * The next article in *article (which is empty; the caller releases it), with an id, a
 * title and where it was read from: 1, 0 at the end, or -1.  A malformed article is
 * PM_ERR_SYNTAX, and feed_line() is where it begins or, in broken JSON, where that shows;
 * one that is beyond all bounds is PM_ERR_TOO_LARGE.  After these one may go on to the next.
 * Other errors end the feed: a file that cannot be read further is PM_ERR_NO_INPUT, one that was
 * written to meanwhile PM_ERR_CHANGED (what came before is good), a wait that a signal
 * interrupted PM_ERR_STOPPED.
 *
 * An article without an id takes its url; in a file that holds one article, the file's
 * absolute real path; else a hash of its content: the 128-bit FNV-1a of title, body, source and
 * date as 32 hexadecimal digits, the same in every run.
 *
 * An article without a date takes that of its URL or else, alone in its file, of the file's name.
 * One that is later than tomorrow, or the very beginning of 1970 (the time that programs write
 * who know none), is no date: it becomes article->date_text, and feed_warning() tells.
 */
int feed_next(struct feed *feed, struct pm_article *article, struct pm_error *err);

/*
 * Waits until there is more to read, or the end, for at most `seconds`: true, or false when
 * nothing came.  Only standard input lets one wait.
 */
bool feed_wait(const struct feed *feed, double seconds);

/* What is doubtful about the article read last, or NULL; valid until the next. */
const char *feed_warning(const struct feed *feed);

/*
 * The name to show for the file; the line (from 1, or 0 where there is none) of the article last
 * asked for, and its first byte in the file (from 0; unpacked, where that is packed).
 */
const char *feed_name(const struct feed *feed);
uint64_t feed_line(const struct feed *feed);
uint64_t feed_byte(const struct feed *feed);

/* How many bytes have been read so far. */
uint64_t feed_bytes(const struct feed *feed);

#endif
