/*
 * Lines that are not of the article: furniture of the page, pictures and what stands under them,
 * tags.
 */
#ifndef LAYOUT_MARKS_H
#define LAYOUT_MARKS_H

#include <stdbool.h>

#include "layout_lines.h"

/* "Scroll to top", "Share this", "Advertisement", a bare URL: wherever they stand. */
bool mark_is_furniture(struct slice line);

/* "Comments", "Print", "@handle": words that are furniture above and below an article only. */
bool mark_is_button(struct slice line);

/* "Facebook", "WhatsApp": the name of a network, which is a button beside others. */
bool mark_is_network(struct slice line);

/* "Related articles": what follows it to the end is of others. */
bool mark_begins_others(struct slice line);

/* "OPINION", "Local news": the part of a paper, above a headline. */
bool mark_is_section(struct slice line);

/* "IMG_1234.jpg" */
bool mark_is_picture(struct slice line);

/* "The levee on Monday. Photo: A", "A and B at the table. Supplied", "Caption: ..." */
bool mark_is_caption(struct slice line);

/* The same by what only some captions have: "(left)". */
bool mark_points(struct slice line);

/* Takes the next tag off "Tags: a, b" or "#a #b": false at the end, or if it is no such line. */
bool mark_tag(struct slice *line, struct slice *tag);
bool mark_is_tags(struct slice line);

#endif
