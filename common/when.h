/*
 * Words for times, such as people type: "today", "last-week", "30d", "2024-05..2024-08".
 */
#ifndef PM_WHEN_H
#define PM_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "date.h"

/*
 * Reads a date (as pm_date_parse() does), or a word for a time as seen from `now` (seconds since
 * 1970, UTC): today, yesterday, this-week, last-week (Monday to Sunday), this-month, last-month,
 * this-year, last-year; or 30d, 2w, 6m, 1y: the days, weeks, months or years up to and with
 * today.  *since and *until become its first and last day (for a date, both are it).
 * False for anything else.
 */
bool pm_when_parse(const char *text, size_t len, int64_t now, struct pm_date *since,
                   struct pm_date *until);

/* The same for A..B, A.. and ..B too, whose open end becomes an empty date; A must not come
 * after B. */
bool pm_when_parse_range(const char *text, size_t len, int64_t now, struct pm_date *since,
                         struct pm_date *until);

#endif
