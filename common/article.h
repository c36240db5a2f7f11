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
    char *date_text;           /* what it says of a date that is none: "Jun. 19" has no year */
    const char *date_unread;   /* the key among `extra` whose date could not be read, or NULL */
    const char *date_from;     /* one of pm_date_origins, or NULL without a date */
    const char *title_from;    /* one of pm_title_origins, or NULL without a title */
    cJSON *tags;               /* array of strings, or NULL */
    cJSON *entities;           /* array of {"type", "name"}, as below, or NULL */
    const char *entities_from; /* one of pm_entities_origins; NULL: "field", if there are any */
    cJSON *extra;              /* object of the keys we do not know, as they came, or NULL */
};

/*
 * Where a date can be from, NULL at the end: "field" of the input, "jsonld" or "meta" of a web
 * page, "feed", the "text" itself, "url", "filename", or "mtime" of the file.
 */
extern const char *const pm_date_origins[];

/*
 * The same for titles: "field" of the input, "jsonld" or "meta" of a web page, "feed", the "text"
 * itself, or "made" of its first sentence.
 */
extern const char *const pm_title_origins[];

/*
 * And for entities: "field" of the input, or found by the "model" or by "rules".  Those found have,
 * beside their type and name, "aliases" (how else the article calls them), a "salience" of 0 to 99,
 * and "mentions": pairs of bytes, [start, end], by where they stand, {"title": [[0, 9]], "body":
 * ...}. The most salient come first.
 */
extern const char *const pm_entities_origins[];

/* True if its title was made of the first sentence, which stands in the body already. */
bool pm_article_made_title(const struct pm_article *article);

/* The end of the first paragraph of a body, in bytes. */
size_t pm_article_lede(const char *body);

/* True if its entities were found in its text, and not given. */
bool pm_article_found_entities(const struct pm_article *article);

void pm_article_release(struct pm_article *article);

#endif
