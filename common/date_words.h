/*
 * Dates as people and programs write them: ISO 8601, RFC 2822, English in long and short.
 */
#ifndef PM_DATE_WORDS_H
#define PM_DATE_WORDS_H

#include <stddef.h>

#include "date.h"

enum pm_date_kind {
    PM_DATE_NONE,     /* no date */
    PM_DATE_YEARLESS, /* "Jun. 19": a date, but it does not say of which year; *date is empty */
    PM_DATE_KNOWN,
};

/*
 * Reads all of `text` as a date, as precise as it is written: what pm_date_parse() reads;
 * "Mon, 25 Mar 2024 09:30:00 +0700" (RFC 2822, its old zones and two-digit years too, as RSS has
 * them); "March 25, 2024", "25 March 2024", "Mar. 25, 2024", "25-Mar-2024", "March 2024",
 * "2024/03/25", with a weekday before it, ordinals ("25th"), and a time of day ("3:45 pm",
 * "at 15:45 GMT+7") before or behind it.  Days and months in figures alone are taken where
 * they cannot be confused ("25/03/2024", "25.3.2024" and not "3/4/2024").  White space around
 * and between is free.  Months and weekdays are English, in any case.  A time is taken to UTC as
 * pm_date_parse() does; one in a zone that we do not know ("IST", "ET") leaves the day alone.
 */
enum pm_date_kind pm_date_read(const char *text, size_t len, struct pm_date *date);

/*
 * The same for a date that `text` begins with and that ends where a word may end: *used becomes
 * its length in bytes.  ISO dates, figures and English forms, without a time of day; the year is
 * one of 1800 to 2199, and not all of the date.  One without a year must stand by itself: it ends
 * its line or has a mark behind it ("June 19, ..." and not "May 12 people").
 */
enum pm_date_kind pm_date_take(const char *text, size_t len, struct pm_date *date, size_t *used);

/*
 * The date in a path or URL: the last of "/2024/03/25/", "/2024/mar/25/", "/2024/03/",
 * "2024-03-25", "20240325", "2024_03_25", "2024.03.25" that stands between others than letters and
 * figures; years are 1800 to 2199.
 * PM_DATE_NONE or PM_DATE_KNOWN.
 */
enum pm_date_kind pm_date_in_path(const char *path, struct pm_date *date);

#endif
