/*
 * What the head of a page says of its article: <meta>, OpenGraph, <link>, microdata.
 */
#ifndef HTML_META_H
#define HTML_META_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

enum html_subject {
    HTML_TITLE,
    HTML_SITE,
    HTML_URL,
    HTML_DATE,
    HTML_AUTHOR,
    HTML_SECTION,
    HTML_TAG,
    HTML_LANGUAGE,
    HTML_TYPE,
    HTML_SUBJECTS,
};

/* A value of a subject; of two, the one of the lower rank is trusted more. */
struct html_fact {
    enum html_subject subject;
    int rank;
    size_t from, len; /* in the values */
};

struct html_said {
    struct html_fact *fact;
    size_t facts;
    size_t count[HTML_SUBJECTS];
};

/* Ranks of what is not in the table of names, before and behind all that is. */
#define HTML_RANK_FIRST (-1)
#define HTML_RANK_LAST  1000

/*
 * Notes that a <meta> of that name (or property, itemprop, http-equiv) has this content; names
 * that tell nothing are passed over.  False when memory ran out.
 */
bool html_said_meta(struct html_said *said, struct pm_buf *values, const char *name,
                    const char *content);

/* The same where the subject is known. */
bool html_said_add(struct html_said *said, struct pm_buf *values, enum html_subject subject,
                   int rank, const char *content);

void html_said_release(struct html_said *said);

/*
 * The fact of that subject that comes next behind `last` (NULL: the first) in the order of
 * trust, then of the page; or NULL.
 */
const struct html_fact *html_said_next(const struct html_said *said, enum html_subject subject,
                                       const struct html_fact *last);

#endif
