/*
 * Titles for articles that name none.
 */
#ifndef TITLE_H
#define TITLE_H

#include <stddef.h>

#include "error.h"

#define TITLE_MAX 100

/*
 * The length of the first line of `text` (stored text that does not start with white space),
 * if that line reads like the headline of what follows; else 0.
 */
size_t title_headline(const char *text, size_t len);

/*
 * A title made of the first sentence of `body` (stored text), to free(): "" when there is
 * nothing to see in it, NULL when memory ran out.  A sentence of more than TITLE_MAX bytes is
 * cut between words and ends in an ellipsis (U+2026).
 */
char *title_make(const char *body, struct pm_error *err);

#endif
