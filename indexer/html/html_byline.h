/*
 * What stands between a headline and its text: who wrote the article, and when.
 */
#ifndef HTML_BYLINE_H
#define HTML_BYLINE_H

#include "article.h"
#include "error.h"
#include "html_body.h"
#include "html_page.h"

/*
 * Marks the lines below the headline that are no text (HTML_ROLE_BYLINE, HTML_ROLE_DATE), before
 * the text is looked for.
 */
void html_byline_mark(struct html_page *page, const struct html_body *body);

/*
 * Fills the date, from a <time> or the text of the lines about the headline, never from the text
 * of the article or from other stories; one that tells of a change is not taken.  0, or -1.
 */
int html_byline_date(const struct html_page *page, const struct html_body *body,
                     struct pm_article *article, struct pm_error *err);

/* Fills the authors, from what is marked as a byline or begins with "By".  0, or -1. */
int html_byline_author(const struct html_page *page, const struct html_body *body,
                       struct pm_article *article, struct pm_error *err);

#endif
