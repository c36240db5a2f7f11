/*
 * One JSON value out of the text of a feed.
 */
#ifndef VALUE_H
#define VALUE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "error.h"

/* White space as cJSON has it: all controls, so also the separators of RFC 7464. */
bool value_is_space(char c);
bool value_is_ink(char c);

/*
 * Mends `text` in place, its length and lines unchanged, where cJSON would lose words that can
 * be kept: NULs, bare or escaped, become spaces, half a surrogate pair becomes U+FFFD.
 */
void value_mend(char *text, size_t len);

/*
 * Parses the value that begins at *at in `text` (mended) and moves *at to where it ends.  What
 * cannot be parsed is PM_ERR_SYNTAX, and *at is where that shows.  The value is the caller's.
 */
cJSON *value_parse(const char *text, size_t len, size_t *at, struct pm_error *err);

/* PM_ERR_SYNTAX: `what`, and where in `text` that is: the column of its line, what is there. */
int value_fail(const char *text, size_t len, size_t at, const char *what, struct pm_error *err);

#endif
