/*
 * When and where: lines that say a date, and the place a story begins with.
 */
#ifndef LAYOUT_DATES_H
#define LAYOUT_DATES_H

#include <stdbool.h>
#include <stddef.h>

#include "layout_lines.h"

/* In the order of trust. */
enum date_rank {
    DATE_UPDATED,
    DATE_OF_PLACE, /* in a dateline */
    DATE_PLAIN,
    DATE_PUBLISHED,
    DATE_RANKS
};

struct dates {
    struct slice of[DATE_RANKS]; /* as they are written; empty where there is none */
    bool more;                   /* the line says more than one plain date */
};

/*
 * Reads a line that says when, and nothing else that matters: "March 25, 2024", "Published: 25
 * March 2024, 10:30 | Updated 26 March 2024", "Phnom Penh, 25 March 2024".  False for any other.
 */
bool dates_read(struct slice line, struct dates *dates);

/*
 * The length of the dateline that a story begins with, its dash and the white space behind it
 * included: "KEP, 3 May -", "Vientiane (XX), Jun. 19 -", "HANOI, Vietnam (The Wire) -"; 0 if there
 * is none.  Place becomes what stands before the dash; *bare is true if that is one word in
 * capitals and nothing else, which may be an acronym as well.
 */
size_t dateline_length(struct slice line, struct slice *place, bool *bare);

/* The date in such a place, as it is written; empty if there is none. */
struct slice dateline_date(struct slice place);

#endif
