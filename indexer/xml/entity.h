/*
 * Character references of HTML: "&eacute;", "&#233;", "&#xE9;".
 */
#ifndef ENTITY_H
#define ENTITY_H

#include <stdbool.h>
#include <stddef.h>

#define ENTITY_UTF8 5 /* room for a character and a NUL */

struct entity {
    size_t len;             /* of the reference, with its '&' and ';' */
    char utf8[ENTITY_UTF8]; /* what it stands for */
    bool named;             /* by a name that HTML knows */
    bool legal;             /* a number that XML takes and that means in HTML the same */
};

/*
 * True if `text` begins with a reference: a number, or a name that HTML knows.  As browsers do,
 * &#128; to &#159; are taken for characters of windows-1252, and numbers of no character for U+FFFD
 * (WHATWG, HTML, "Numeric character reference end state").
 */
bool entity_read(const char *text, size_t len, struct entity *entity);

/*
 * The length of "&name;", which `text` begins with, whoever may know the name; 0 if it does not.
 */
size_t entity_name(const char *text, size_t len);

#endif
