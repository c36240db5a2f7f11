/*
 * JSON-LD: what a page's <script type="application/ld+json"> say of its article, in the words of
 * schema.org.
 */
#ifndef JSON_LD_H
#define JSON_LD_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "article.h"
#include "buf.h"
#include "error.h"

struct json_ld {
    cJSON *all;           /* an array of all that could be parsed, or NULL */
    const cJSON *article; /* in `all`: the article of the page, or NULL */
    bool many;            /* there are several articles, and none is known as the page's */
};

/*
 * Reads the scripts in `text`, a NUL behind each, which is changed.  What cannot be parsed is
 * passed over: the page says it in other ways too.  Of several articles the one is taken that has
 * the address `url` (or NULL).  Starts as {0} and must be released.
 */
int json_ld_read(struct json_ld *ld, char *text, size_t len, const char *url, struct pm_error *err);
void json_ld_release(struct json_ld *ld);

/* Fills what the article says: title, date, authors, source, section, language, tags, url. */
int json_ld_fill(const struct json_ld *ld, struct pm_article *article, struct pm_error *err);

/* Adds the text of the article, which few pages give here: paragraphs, blank lines between. */
void json_ld_body(const struct json_ld *ld, struct pm_buf *out);

/* The name of the site, where the article does not say who publishes it, or NULL. */
const char *json_ld_site(const struct json_ld *ld);

#endif
