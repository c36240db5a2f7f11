/*
 * An article as a line of NDJSON on standard output, which `add` reads again.
 */
#ifndef ARTICLE_LINE_H
#define ARTICLE_LINE_H

#include "article.h"
#include "error.h"

/* All of it, title and body too. */
int article_line_print(const struct pm_article *article, struct pm_error *err);

#endif
