/*
 * Passages of an article with marks around the words that were found.
 */
#ifndef MARKS_H
#define MARKS_H

#include <stdbool.h>

#include "output.h"

/* Adds bytes of an article so that they do no harm where they are shown. */
typedef void marks_escape(struct pm_buf *out, const char *text, size_t len);

/* Adds a passage of `text` with its marks; marks with at most a space between them are one. */
void marks_add(struct pm_buf *out, const char *text, const struct pm_snippet *passage,
               const struct output_marks *marks, marks_escape *escape);

/* The same with an ellipsis where the text goes on. */
void marks_add_cut(struct pm_buf *out, const char *text, const struct pm_snippet *passage,
                   const struct output_marks *marks, marks_escape *escape);

/* True if there is more than space before the passage, or behind it. */
bool marks_text_before(const char *text, const struct pm_snippet *passage);
bool marks_text_behind(const char *text, const struct pm_snippet *passage);

/* The marks of a style, or `otherwise` where it has none. */
struct output_marks marks_of(const struct output_style *style, struct output_marks otherwise);

#endif
