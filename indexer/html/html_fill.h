/*
 * How web pages write names, tags, addresses and titles, and what of it an article takes.
 */
#ifndef HTML_FILL_H
#define HTML_FILL_H

#include <stdbool.h>
#include <stddef.h>

#include "article.h"
#include "error.h"

/*
 * Adds the authors that `text` names: without "By", addresses and what they are by profession;
 * "A and B" are two.  0, or -1 when memory ran out.
 */
int html_author_fill(struct pm_article *article, const char *text, size_t len,
                     struct pm_error *err);

/* Adds tags, parted by commas or semicolons.  0, or -1 when memory ran out. */
int html_tags_fill(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/* True for an absolute http(s) address of more than a host: that of a site is none of a page. */
bool html_is_page_url(const char *url);

/*
 * The part of a title that is none of the site's name, in place, as *len bytes of the result.
 * A part before or behind a separator ("|", "-", "»"...) goes if it is one of `sites` or if what
 * remains is `headline`, as the page gives it elsewhere; all may be NULL, `sites` ends with one.
 */
const char *html_title_cut(const char *title, size_t *len, const char *const *sites,
                           const char *headline);

/* True if two texts are the same but for case, punctuation and white space. */
bool html_same_words(const char *a, size_t a_len, const char *b, size_t b_len);

#endif
