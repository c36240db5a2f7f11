/*
 * The passage of a text that shows best why it was found, with the words to mark in it.
 *
 * The text goes through the analyzer that indexed it, so what is marked is what matched.
 * No look-up in the database is made.
 */
#ifndef PM_SNIPPET_H
#define PM_SNIPPET_H

#include <stdbool.h>
#include <stddef.h>

#include "analyzer.h"
#include "error.h"
#include "wanted.h"

struct pm_span {
    size_t start, end; /* bytes of the text; end is exclusive */
};

struct pm_snippet {
    size_t start, end;    /* of the passage, bytes of the text; on character bounds */
    struct pm_span *mark; /* in it, in order, not overlapping; offsets into the whole text */
    size_t marks;
};

/*
 * Chooses a passage of about `words` words of `text` (never more than twice as many).  The best has
 * the most telling different words of the query, close together; among equals the earlier.  It
 * begins and ends at a sentence or line bound where one is near, else between words.  A text
 * without any wanted word gives its beginning, without marks; an empty text an empty snippet.
 */
int pm_snippet_make(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                    size_t len, size_t words, struct pm_snippet *snippet, struct pm_error *err);

/*
 * The same for up to `n` passages that do not overlap, in the order of the text, into an array
 * to be released one by one and freed; *count tells how many.  Further ones are only taken if
 * they show a wanted word.
 */
int pm_snippet_make_some(const struct pm_wanted *wanted, struct pm_analyzer *analyzer,
                         const char *text, size_t len, size_t words, size_t n,
                         struct pm_snippet **snippets, size_t *count, struct pm_error *err);

/* The whole of `text` as a snippet, with every wanted word marked: for titles. */
int pm_snippet_whole(const struct pm_wanted *wanted, struct pm_analyzer *analyzer, const char *text,
                     size_t len, struct pm_snippet *snippet, struct pm_error *err);

void pm_snippet_release(struct pm_snippet *snippet);

#endif
