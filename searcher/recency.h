/*
 * How much newer articles count more: what a day is worth halves with its age.
 *
 * The prior of Li and Croft (CIKM 2003), added to the score.
 */
#ifndef PM_RECENCY_H
#define PM_RECENCY_H

#include <stddef.h>
#include <stdint.h>

/* What an article of today gains: as a word that one of a hundred articles has, once. */
#define PM_RECENCY_MOST 4.6

struct pm_recency {
    double halflife; /* days after which half of it is left; 0: newer articles count no more */
    int64_t now;     /* seconds since 1970 */
};

/*
 * What an article of that date (date.h) gains, by whole days, so that it changes at midnight and
 * not between pages; one of a month or a year counts by its first day.  `recency` is the struct
 * above.
 */
double pm_recency_weigh(const char *date, size_t len, const void *recency);

#endif
