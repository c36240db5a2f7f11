/*
 * Mending the commonest faults of XML in feeds, so that they cost no article.
 */
#ifndef XML_MEND_H
#define XML_MEND_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"

/*
 * Adds `text`, which is UTF-8, to `out`: CDATA as text, comments and processing instructions not at
 * all, the rest mended.  What HTML knows and XML does not ("&nbsp;", "&eacute;") becomes the
 * character, an '&' that begins no reference "&amp;", a '<' that begins no tag "&lt;".  Numbers of
 * no character become U+FFFD, control characters go.  The line feeds stay where they are.
 *
 * With `entities` the document declares some of its own: one that uses them is PM_ERR_SYNTAX, as
 * they are never expanded.
 */
int xml_mend(const char *text, size_t len, bool entities, struct pm_buf *out, struct pm_error *err);

#endif
