/*
 * An article: what a feed yields, an index stores, and a search gives back.
 */
#ifndef PM_ARTICLE_H
#define PM_ARTICLE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "date.h"

/*
 * All strings are valid UTF-8, stored text (pm_utf8_clean) and on the heap, owned by the
 * article; NULL where there is nothing.  Start with `{0}`.
 */
struct pm_article {
    char *id;
    char *title;
    char *body;
    char *author;
    char *source;
    char *section;
    char *language; /* ISO 639-1 code */
    char *url;
    char *path; /* of the file it was read from, absolute */
    struct pm_date date;
    const char *date_unread; /* the key among `extra` whose date could not be read, or NULL */
    const char *date_from;   /* "field", or NULL without a date; a constant */
    const char *title_from;  /* "field" given, "text" its first line, "made" of its first
                                sentence, or NULL without a title; a constant */
    cJSON *tags;             /* array of strings, or NULL */
    cJSON *entities;         /* array of {"type", "name"}, or NULL */
    cJSON *extra;            /* object of the keys we do not know, as they came, or NULL */
};

void pm_article_release(struct pm_article *article);

#endif
