/*
 * Character references of HTML: "&eacute;", "&#233;", "&#xE9;".
 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#define REFERENCE_UTF8 5 /* room for a character and a NUL */

struct reference {
    size_t len;                /* of the reference, with its '&' and ';' */
    char utf8[REFERENCE_UTF8]; /* what it stands for */
    bool named;                /* by a name that HTML knows */
    bool legal;                /* a number that XML takes and that means in HTML the same */
};

/*
 * True if `text` begins with a reference: a number, or a name that HTML knows.  As browsers do,
 * &#128; to &#159; are taken for characters of windows-1252, and numbers of no character for U+FFFD
 * (WHATWG, HTML, "Numeric character reference end state").
 */
bool reference_read(const char *text, size_t len, struct reference *reference);

/*
 * The length of "&name;", which `text` begins with, whoever may know the name; 0 if it does not.
 */
size_t reference_name(const char *text, size_t len);

#endif
