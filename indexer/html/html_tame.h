/*
 * Makes a page fit for libxml2, whose HTML parser ends at a NUL and compares every attribute of an
 * element with all others.
 */
#ifndef HTML_TAME_H
#define HTML_TAME_H

#include <stddef.h>

/* More attributes than this no element has; the rest of the tag goes. */
#define HTML_ATTRIBUTES_MAX 200

/* Changes `text` in place, its length unchanged: what must go becomes spaces. */
void html_tame(char *text, size_t len);

#endif
