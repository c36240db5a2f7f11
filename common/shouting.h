/*
 * Lines that are set in capitals, so that capitals mean nothing in them.
 */
#ifndef PM_SHOUTING_H
#define PM_SHOUTING_H

#include <stdbool.h>
#include <stddef.h>

#define PM_SHOUTING_LOOK 2000 /* bytes looked at to tell */

/* The end of what is looked at of a line, from its start or a later place in it. */
size_t pm_shouting_end(const char *text, size_t len, size_t at);

/*
 * True if that is shouting: three words or more in capitals, and four times as many as others.  A
 * headline set that way has no acronyms to tell.
 */
bool pm_shouting(const char *text, size_t at, size_t end);

/* True if there is no small letter. */
bool pm_all_capitals(const char *text, size_t len);

#endif
