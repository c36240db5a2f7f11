#include "when.h"

#include <string.h>
#include <strings.h>
#include <time.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 9999, DIGITS_MAX = 5 };

enum unit { DAY, WEEK, MONTH, YEAR };

static const struct {
    const char *name;
    enum unit unit;
    int back; /* how many of them before the one that is now */
} words[] = {
    {"today", DAY, 0},      {"yesterday", DAY, 1},    {"this-week", WEEK, 0},
    {"last-week", WEEK, 1}, {"this-month", MONTH, 0}, {"last-month", MONTH, 1},
    {"this-year", YEAR, 0}, {"last-year", YEAR, 1},
};

static const char unit_letters[] = {[DAY] = 'd', [WEEK] = 'w', [MONTH] = 'm', [YEAR] = 'y'};

/* The day `mday` of a month, counted from 0; either may lie outside its month or year. */
static struct tm day_of(int year, int month, int mday)
{
    struct tm day = {.tm_year = year, .tm_mon = month, .tm_mday = mday};
    timegm(&day);
    return day;
}

static bool write_day(struct tm day, struct pm_date *date)
{
    int year = day.tm_year + 1900;
    return year >= YEAR_FIRST && year <= YEAR_LAST &&
           strftime(date->text, sizeof date->text, "%Y-%m-%d", &day) > 0;
}

/* The whole day, week, month or year that is `back` of them before now. */
static bool whole(const struct tm *now, enum unit unit, int back, struct pm_date *since,
                  struct pm_date *until)
{
    int year = now->tm_year, month = now->tm_mon, mday = now->tm_mday;
    struct tm first, last;
    switch (unit) {
    case DAY:
        first = last = day_of(year, month, mday - back);
        break;
    case WEEK:
        mday -= (now->tm_wday + 6) % 7 + 7 * back; /* its Monday */
        first = day_of(year, month, mday);
        last = day_of(year, month, mday + 6);
        break;
    case MONTH:
        first = day_of(year, month - back, 1);
        last = day_of(year, month - back + 1, 0);
        break;
    default:
        first = day_of(year - back, 0, 1);
        last = day_of(year - back, 11, 31);
    }
    return write_day(first, since) && write_day(last, until);
}

/*
 * The time of `n` units that ends with today.  Months and years begin the day after the same
 * day of the month then, or after the last of that month where it is shorter.
 */
static bool up_to_today(const struct tm *now, enum unit unit, int n, struct pm_date *since,
                        struct pm_date *until)
{
    int year = now->tm_year, month = now->tm_mon, mday = now->tm_mday;
    if (unit == DAY || unit == WEEK) {
        mday -= (unit == WEEK ? 7 * n : n) - 1;
    } else {
        month -= unit == YEAR ? 12 * n : n;
        int last = day_of(year, month + 1, 0).tm_mday;
        mday = (mday < last ? mday : last) + 1;
    }
    return write_day(day_of(year, month, mday), since) && write_day(*now, until);
}

/* The number above 0 and the unit of "30d". */
static bool read_length(const char *text, size_t len, int *n, enum unit *unit)
{
    *n = 0;
    if (len < 2 || len > DIGITS_MAX + 1)
        return false;
    for (size_t i = 0; i + 1 < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *n = *n * 10 + (text[i] - '0');
    }
    const char *letter = memchr(unit_letters, text[len - 1] | 0x20, sizeof unit_letters);
    if (!letter || !*n)
        return false;
    *unit = (enum unit)(letter - unit_letters);
    return true;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool parse_word(const char *text, size_t len, int64_t now, struct pm_date *since,
                       struct pm_date *until)
{
    struct tm today;
    time_t seconds = (time_t)now;
    int n;
    enum unit unit;
    if (!gmtime_r(&seconds, &today) || today.tm_year < YEAR_FIRST - 1900 ||
        today.tm_year > YEAR_LAST - 1900)
        return false;
    for (; len && is_space(*text); len--)
        text++;
    while (len && is_space(text[len - 1]))
        len--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].name) == len && !strncasecmp(words[i].name, text, len))
            return whole(&today, words[i].unit, words[i].back, since, until);
    return read_length(text, len, &n, &unit) && up_to_today(&today, unit, n, since, until);
}

bool pm_when_parse(const char *text, size_t len, int64_t now, struct pm_date *since,
                   struct pm_date *until)
{
    *until = (struct pm_date){0};
    if (pm_date_parse(text, len, since)) {
        *until = *since;
        return true;
    }
    if (parse_word(text, len, now, since, until))
        return true;
    *since = *until = (struct pm_date){0};
    return false;
}

static bool parse_ends(const char *text, size_t len, const char *dots, int64_t now,
                       struct pm_date *since, struct pm_date *until)
{
    size_t before = (size_t)(dots - text), after = len - before - 2;
    struct pm_date ignored;
    char end[32];
    if (!before && !after)
        return false;
    if (before && !pm_when_parse(text, before, now, since, &ignored))
        return false;
    if (after && !pm_when_parse(dots + 2, after, now, &ignored, until))
        return false;
    pm_date_end(until, end);
    return !after || strcmp(since->text, end) < 0;
}

bool pm_when_parse_range(const char *text, size_t len, int64_t now, struct pm_date *since,
                         struct pm_date *until)
{
    const char *dots = len ? memmem(text, len, "..", 2) : NULL;
    if (!dots)
        return pm_when_parse(text, len, now, since, until);
    *since = *until = (struct pm_date){0};
    if (parse_ends(text, len, dots, now, since, until))
        return true;
    *since = *until = (struct pm_date){0};
    return false;
}
