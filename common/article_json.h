/*
 * Articles as JSON: the keys that feeds, dumps and results have.
 */
#ifndef PM_ARTICLE_JSON_H
#define PM_ARTICLE_JSON_H

#include <stdbool.h>

#include "article.h"
#include "buf.h"
#include "error.h"

/*
 * Fills *article (empty before) from a JSON object as feeds and dumps have it: one table in
 * article_json.c names the keys and their synonyms.  Numbers are taken where text is meant; an
 * unreadable date stays among the extra keys.  Values of a shape that a key cannot have are
 * PM_ERR_SYNTAX.  `object` stays the caller's, but what is kept as it came is moved out of it.
 */
int pm_article_from_json(cJSON *object, struct pm_article *article, struct pm_error *err);

/*
 * The name that we write for what a key called `name` is of ("title" for "headline", capitals do
 * not matter), a constant; or NULL if we know no such key.
 */
const char *pm_article_key(const char *name);

/* Adds all names of the member that we call `name`, with ", " between them. */
void pm_article_key_names(struct pm_buf *out, const char *name);

/*
 * Adds the article's own keys to a JSON object, those of `extra` in an object "extra"; title
 * and body only if `text`.  Every key but id is left out where there is nothing.  Lists and objects
 * stay the article's, which must outlive the object: they are to be read, not changed.
 */
int pm_article_to_json(const struct pm_article *article, bool text, cJSON *object,
                       struct pm_error *err);

#endif
