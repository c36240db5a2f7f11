/*
 * Pull quotes: paragraphs that repeat a stretch of the text beside them.
 */
#ifndef LAYOUT_QUOTES_H
#define LAYOUT_QUOTES_H

#include "error.h"
#include "layout_lines.h"

/*
 * Marks as LINE_QUOTE the lines of paragraphs whose words, at least eight (five in quotes or with
 * an ellipsis), stand in a row within a longer paragraph; capitals and punctuation do not count.
 * Two paragraphs that are alike, such as refrains, both stay.  Takes time and room in
 * proportion to the text.
 */
int quotes_find(struct lines *lines, struct pm_error *err);

#endif
