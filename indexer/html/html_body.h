/*
 * Where on a page the article is: its headline, its text, the captions of its pictures.
 */
#ifndef HTML_BODY_H
#define HTML_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "html_page.h"

struct html_body {
    size_t headline;        /* the block of the headline; page->blocks if there is none */
    size_t first, last;     /* blocks between which the text is; last < first: there is none */
    size_t chars;           /* of the text, without links */
    size_t linked_headings; /* between them: each begins another story */
    size_t teasers, teased; /* of all of the page: summaries of other stories, their characters */
    size_t paragraphs;      /* blocks of running text between them */
};

/*
 * Finds the headline and what every box is for: fills `roles` of all blocks, to which more can be
 * added before html_body_find().  `title` is what the head of the page calls the article, or
 * NULL; `sites` are the names of the site, NULL at the end, which no headline is.
 */
void html_body_begin(struct html_page *page, const char *title, const char *const *sites,
                     struct html_body *body);

/* Finds the text.  Both in linear time. */
void html_body_find(struct html_page *page, struct html_body *body);

/* How many boxes are left and entered on the way from a block to another. */
uint32_t html_body_way(const struct html_page *page, size_t a, size_t b);

/* Adds the text of the article: paragraphs, blank lines between. */
void html_body_write(const struct html_page *page, const struct html_body *body,
                     struct pm_buf *out);

/* True if the block is the caption of a picture that belongs to the article. */
bool html_body_is_caption(const struct html_page *page, const struct html_body *body, size_t block);

#endif
