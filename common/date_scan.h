/*
 * The pieces that written dates are made of: numbers, names of months and days, times of day.
 *
 * Each function takes its piece off what is left to read and is true, or is false and may have
 * moved anywhere before the end of it.
 */
#ifndef PM_DATE_SCAN_H
#define PM_DATE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* What is left to read. */
struct pm_scan {
    const char *at, *end;
};

bool pm_scan_is_digit(char c);
bool pm_scan_is_letter(char c); /* of ASCII */

bool pm_scan_char(struct pm_scan *in, char c);
bool pm_scan_one_of(struct pm_scan *in, const char *const *strings, size_t count);

/* White space of any length above 0, no-break spaces too. */
bool pm_scan_space(struct pm_scan *in);

/* As many digits as there are, from `min` to `max`. */
bool pm_scan_number(struct pm_scan *in, int min, int max, int *number);

/* All the letters that come next, if they are `word` in any case. */
bool pm_scan_word(struct pm_scan *in, const char *word);

/* The name of a month, in full or short, with a dot or without: 1 to 12, or 0. */
int pm_scan_month(struct pm_scan *in);

/* The same for a weekday, 1 for Monday to 7. */
int pm_scan_weekday(struct pm_scan *in);

/* What stands between weekday, date and time: white space, one mark, "at" or "on". */
bool pm_scan_join(struct pm_scan *in);

struct pm_time_of_day {
    int minute; /* from midnight */
    int second;
    int offset;     /* minutes that its zone is before UTC, 0 if none is named */
    bool elsewhere; /* it names a zone that we do not know */
};

/* "15:45", "15:45:30.5 GMT+7", "3.45 p.m.", "3pm (ICT)". */
bool pm_scan_time(struct pm_scan *in, struct pm_time_of_day *time);

#endif
