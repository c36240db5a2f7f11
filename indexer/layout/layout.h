/*
 * Saved text: what is of an article as somebody kept it, and what only stood around it.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>

#include "article.h"
#include "error.h"

#define LAYOUT_MAX (2 * 1024 * 1024) /* bytes; in longer texts, which are books, all is body */

/*
 * Reads the text of one article, stored text without mark-up that holds more than white space:
 * fills title, author, source, section, date, date_text, tags and body, as far as the
 * text says them for certain.  A member that is there stays; what the text says of it too is
 * kept with the rest of what is taken out, in the extra keys `dateline` (a text) and `bylines`,
 * `date_lines`, `captions`, `pictures`, `pull_quotes`, `affiliations`, `furniture` (lists).
 *
 * Above and below the article all is looked at; in its midst only what cannot be anything
 * else is taken out.  A text that would have no body is all body.  Takes time and
 * room in proportion to the text.  0, or -1 when memory ran out.
 */
int layout_read(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/*
 * Bytes before the names in a line that says by whom the article is, 3 of "By A and B", 4 of
 * "Von A"; 0 if the line is none.  There is no white space before it.
 */
size_t layout_byline_label(const char *line, size_t len);

/* Adds the authors that such a line names: 1, 0 if it is none, or -1 when memory ran out. */
int layout_byline(struct pm_article *article, const char *line, size_t len, struct pm_error *err);

/* A title for an article that has none: title_make(). */
char *layout_title(const char *body, struct pm_error *err);

#endif
