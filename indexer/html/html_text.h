/*
 * Text in which HTML's markup is left: values of attributes and of JSON that were escaped twice.
 */
#ifndef HTML_TEXT_H
#define HTML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * Adds `text` with its references ("&amp;", "&#8217;") as characters.  With `tags` also without
 * tags, those that end a line or a paragraph as line feeds.
 */
void html_text_add(struct pm_buf *out, const char *text, size_t len, bool tags);

#endif
