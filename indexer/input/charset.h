/*
 * Character sets: text in any of them as UTF-8.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"

/* True if there is a character set of that name. */
bool charset_exists(const char *name);

/* ---- a stream ---- */

struct recoder;

#define CHARSET_LOOK 4 /* bytes that a byte order mark may take */

/*
 * The name of the character set whose byte order mark `bytes` begin with, and its length in
 * *mark; or NULL.
 */
const char *charset_marked(const char *bytes, size_t len, size_t *mark);

/* PM_ERR_USAGE if there is no character set of that name. */
struct recoder *recode_new(const char *charset, struct pm_error *err);
void recode_free(struct recoder *recoder);

/* Adds `bytes` as UTF-8; what is no character becomes U+FFFD.  `last` ends the text. */
int recode_run(struct recoder *recoder, const char *bytes, size_t len, bool last,
               struct pm_buf *out, struct pm_error *err);

/* ---- a text ---- */

/*
 * Adds `text` as UTF-8.  Its character set is that of its byte order mark (which goes); else
 * `declared`, what the text says of itself, or NULL; else UTF-8 if it is that; else what ICU
 * makes of it.  A text that declares a set of single bytes and yet is UTF-8 beyond ASCII was
 * recoded by whoever saved it, and taken for what it is.
 */
int charset_to_utf8(const char *text, size_t len, const char *declared, struct pm_buf *out,
                    struct pm_error *err);

/*
 * The same in place of *text, which is left alone if it is UTF-8 by now, and else becomes what is
 * in `out`, to which nothing may be added while it is in use.
 */
int charset_mend(char **text, size_t *len, struct pm_buf *out, struct pm_error *err);

#endif
