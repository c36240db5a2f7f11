/*
 * How readers write into an article: text as formats have it, made clean on the way.
 *
 * `text` may be anything, ill-formed UTF-8 too; it is cleaned (pm_utf8_clean).  What is empty after
 * that is passed over, and what a member has already is not overwritten: so readers call in
 * the order of trust.  All return 0, or -1 when memory ran out.
 */
#ifndef FILL_H
#define FILL_H

#include <stddef.h>

#include "article.h"
#include "error.h"

/* A member of one line, such as &article->author. */
int fill_line(char **member, const char *text, size_t len, struct pm_error *err);

/* A member of several lines: the body.  White space at both ends goes. */
int fill_text(char **member, const char *text, size_t len, struct pm_error *err);

/* The title; `from` is a constant for article->title_from. */
int fill_title(struct pm_article *article, const char *text, size_t len, const char *from,
               struct pm_error *err);

/* The language, by code ("en-GB"), name, or not at all if we do not know it. */
int fill_language(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/* Another tag, unless it is there. */
int fill_tag(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/* Another author behind those there, parted by ", ", unless the name stands there already. */
int fill_author(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/*
 * The date, in any form that pm_date_read() knows; `from` is a constant for article->date_from.
 * One without a year is kept in article->date_text as it is written.  What cannot be read is
 * passed over.
 */
int fill_date(struct pm_article *article, const char *text, size_t len, const char *from,
              struct pm_error *err);

/*
 * The same for text that stands where a date must: one that cannot be read is kept in the extra key
 * `date`, and told of unless a later one can.
 */
int fill_date_field(struct pm_article *article, const char *text, size_t len, const char *from,
                    struct pm_error *err);

/* A value for which an article has no member, under its key; a second one makes it a list. */
int fill_extra(struct pm_article *article, const char *key, const char *text, size_t len,
               struct pm_error *err);

/* Another entity, unless it is there; `type` is "person", "organisation" or "place". */
int fill_entity(struct pm_article *article, const char *type, const char *text, size_t len,
                struct pm_error *err);

#endif
