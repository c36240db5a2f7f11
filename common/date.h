/*
 * Dates of articles, kept as precisely as they were given.
 *
 * A date is ISO 8601 text in UTC, cut where its precision ends: "2024", "2024-05",
 * "2024-05-19" or "2024-05-19T10:30:00Z".  Text order is then the order of their first
 * moments, so the same bytes serve as sort key and as output.
 */
#ifndef PM_DATE_H
#define PM_DATE_H

#include <stdbool.h>
#include <stddef.h>

struct pm_date {
    char text[24]; /* "" when there is no date */
};

/*
 * Reads ISO 8601: a year, a month, a day, or a day with a time of day (after `T` or a space,
 * to the minute or finer; fractions are dropped) in UTC or with an offset, which is taken
 * off; a time without either is taken as UTC.  Surrounding white space is allowed, years run from
 * 1000 to 9999, and days must exist in their month.  False, and *date empty, for
 * anything else.
 */
bool pm_date_parse(const char *text, size_t len, struct pm_date *date);

/*
 * A key that sorts after every moment of `date` and before the next date of that precision:
 * the upper end of a range that includes it.  "2024-05" gives "2024-05~".
 */
void pm_date_end(const struct pm_date *date, char key[32]);

/*
 * True if the span of `whole` (a year, a month, a day, a second) ends no later than that of
 * `part`, which begins in it: "2024-05" with "2024-05-31" and not with "2024-05-10".
 */
bool pm_date_ends_with(const struct pm_date *whole, const struct pm_date *part);

/* Days from 1970 to the first day of the date with that text. */
double pm_date_days(const char *text, size_t len);

#endif
