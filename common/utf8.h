/*
 * Text as bytes: making it valid UTF-8, and safe to show on a terminal.
 */
#ifndef PM_UTF8_H
#define PM_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* True if `text` is well-formed UTF-8 (no surrogates, no overlong forms). */
bool pm_utf8_valid(const char *text, size_t len);

/*
 * Adds `text` to `out` as stored text: every ill-formed byte sequence becomes U+FFFD, CR LF
 * and a lone CR become LF, NUL becomes a space.  Nothing else changes.
 */
void pm_utf8_clean(struct pm_buf *out, const char *text, size_t len);

/*
 * Adds `text` to `out` on one line: runs of white space (Unicode's White_Space, U+FEFF too)
 * become one space, those at the ends go.  `text` is valid UTF-8.
 */
void pm_utf8_one_line(struct pm_buf *out, const char *text, size_t len);

/*
 * Adds `text` to `out` without what a hostile article could steer a terminal with: C0 and C1
 * control characters, DEL and the bidirectional controls (U+061C, U+200E-200F, U+202A-202E,
 * U+2066-2069) go, tab, line feed, U+2028 and U+2029 become a space.  `text` is valid UTF-8.
 */
void pm_utf8_printable(struct pm_buf *out, const char *text, size_t len);

/*
 * The largest length of at most `max` bytes that does not cut a character of `text`.
 */
size_t pm_utf8_cut(const char *text, size_t len, size_t max);

/* The number of bytes of white space that `text` (valid UTF-8) starts with. */
size_t pm_utf8_skip_space(const char *text, size_t len);

#endif
