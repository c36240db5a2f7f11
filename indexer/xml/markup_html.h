/*
 * A piece of HTML as text, as feeds have it in their fields.
 *
 * It is cut into tags by hand: libxml2's parser (2.9) takes time with the square of the depth and
 * of the attributes of a tag, which one hostile article could use, and text needs no tree.
 */
#ifndef MARKUP_HTML_H
#define MARKUP_HTML_H

#include <stddef.h>

#include "markup.h"

/*
 * Adds a piece of HTML, in linear time whatever it is.  One without any tag is plain text:
 * then its lines stay lines.
 */
void markup_html(struct markup *markup, const char *html, size_t len);

#endif
