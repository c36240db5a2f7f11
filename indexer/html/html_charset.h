/*
 * The character set that a page says it is written in.
 */
#ifndef HTML_CHARSET_H
#define HTML_CHARSET_H

#include <stddef.h>

#include "error.h"

/*
 * The name in the page's <meta charset>, <meta http-equiv> or XML declaration, looked for in its
 * first bytes; "" if there is none.  To free(); NULL when memory ran out.
 */
char *html_charset(const char *text, size_t len, struct pm_error *err);

#endif
