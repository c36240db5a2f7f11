#include "date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { YEAR_FIRST = 1000, YEAR_LAST = 9999, DAY_MINUTES = 24 * 60 };

/* How much of a date was given; each one includes those before it. */
enum precision { YEAR, MONTH, DAY, SECOND };

struct moment {
    enum precision precision;
    int year, month, day;
    int minute; /* of the day; out of 0..1439 while an offset is being taken off */
    int second;
};

/* What is left to read. */
struct cursor {
    const char *at, *end;
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take(struct cursor *in, char c)
{
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

/* Reads exactly `digits` digits as a number from `min` to `max`. */
static bool take_number(struct cursor *in, int digits, int min, int max, int *number)
{
    int n = 0;
    if (in->end - in->at < digits)
        return false;
    for (int i = 0; i < digits; i++, in->at++) {
        if (!is_digit(*in->at))
            return false;
        n = n * 10 + (*in->at - '0');
    }
    *number = n;
    return n >= min && n <= max;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Moves the moment into its day again, by less than two days; false when the year runs out. */
static bool carry(struct moment *m)
{
    for (; m->minute < 0; m->minute += DAY_MINUTES) {
        if (--m->day >= 1)
            continue;
        if (--m->month < 1) {
            m->month = 12;
            m->year--;
        }
        m->day = month_days(m->year, m->month);
    }
    for (; m->minute >= DAY_MINUTES; m->minute -= DAY_MINUTES) {
        if (++m->day <= month_days(m->year, m->month))
            continue;
        m->day = 1;
        if (++m->month > 12) {
            m->month = 1;
            m->year++;
        }
    }
    return m->year >= YEAR_FIRST && m->year <= YEAR_LAST;
}

/* YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD (YYYYMM does not exist: it could be YYMMDD). */
static bool take_day(struct cursor *in, struct moment *m, bool *basic)
{
    if (!take_number(in, 4, YEAR_FIRST, YEAR_LAST, &m->year))
        return false;
    m->precision = YEAR;
    if (in->at == in->end)
        return true;
    *basic = !take(in, '-');
    if (!take_number(in, 2, 1, 12, &m->month))
        return false;
    m->precision = MONTH;
    if (in->at == in->end)
        return !*basic;
    if (!*basic && !take(in, '-'))
        return false;
    m->precision = DAY;
    return take_number(in, 2, 1, month_days(m->year, m->month), &m->day);
}

/* hh:mm or hh:mm:ss, without the colons after a basic day; a fraction is dropped. */
static bool take_time(struct cursor *in, struct moment *m, bool basic)
{
    int hour, minute;
    if (!take_number(in, 2, 0, 23, &hour) || (!basic && !take(in, ':')) ||
        !take_number(in, 2, 0, 59, &minute))
        return false;
    m->minute = hour * 60 + minute;
    m->precision = SECOND;
    bool more = basic ? in->at < in->end && is_digit(*in->at) : take(in, ':');
    if (!more)
        return true;
    /* A leap second is a real moment but no other program counts it: it becomes second 59. */
    if (!take_number(in, 2, 0, 60, &m->second))
        return false;
    if (m->second == 60)
        m->second = 59;
    if (take(in, '.') || take(in, ',')) {
        const char *fraction = in->at;
        while (in->at < in->end && is_digit(*in->at))
            in->at++;
        return in->at > fraction;
    }
    return true;
}

/* Nothing, Z, or an offset (+hh, +hhmm, +hh:mm), which is taken off the time. */
static bool take_offset(struct cursor *in, struct moment *m)
{
    if (in->at == in->end || take(in, 'Z'))
        return true;
    int sign = take(in, '+') ? 1 : take(in, '-') ? -1 : 0;
    int hours, minutes = 0;
    if (!sign || !take_number(in, 2, 0, 23, &hours))
        return false;
    bool colon = take(in, ':');
    if ((colon || in->at < in->end) && !take_number(in, 2, 0, 59, &minutes))
        return false;
    m->minute -= sign * (hours * 60 + minutes);
    return carry(m);
}

/* Writes `digits` of a number, and returns what is behind them. */
static char *put(char *to, int number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        to[i] = (char)('0' + number % 10);
    return to + digits;
}

/* Without printf(), which took longer than all the reading: each hit of a search has a date. */
static void write_moment(const struct moment *m, struct pm_date *date)
{
    static const size_t lengths[] = {[YEAR] = 4, [MONTH] = 7, [DAY] = 10, [SECOND] = 19};
    char full[] = "yyyy-mm-ddThh:mm:ss", *to = full;
    to = put(to, m->year, 4) + 1;
    to = put(to, m->month, 2) + 1;
    to = put(to, m->day, 2) + 1;
    to = put(to, m->minute / 60, 2) + 1;
    to = put(to, m->minute % 60, 2) + 1;
    put(to, m->second, 2);
    size_t len = lengths[m->precision];
    memcpy(date->text, full, len);
    memcpy(date->text + len, m->precision == SECOND ? "Z" : "", m->precision == SECOND ? 2 : 1);
}

bool pm_date_parse(const char *text, size_t len, struct pm_date *date)
{
    struct cursor in = {text, text + len};
    struct moment m = {.precision = YEAR, .month = 1, .day = 1};
    bool basic = false;

    *date = (struct pm_date){0};
    while (in.at < in.end && is_space(*in.at))
        in.at++;
    while (in.end > in.at && is_space(in.end[-1]))
        in.end--;
    if (!take_day(&in, &m, &basic))
        return false;
    if (m.precision == DAY && (take(&in, 'T') || take(&in, ' ')))
        if (!take_time(&in, &m, basic) || !take_offset(&in, &m))
            return false;
    if (in.at != in.end)
        return false;
    write_moment(&m, date);
    return true;
}

void pm_date_end(const struct pm_date *date, char key[32])
{
    /* `~` is above every other byte of a date. */
    snprintf(key, 32, "%s~", date->text);
}

bool pm_date_ends_with(const struct pm_date *whole, const struct pm_date *part)
{
    int year = 0, month = 12, day = 31, from = (int)strlen(whole->text);
    int to = (int)strlen(part->text);
    if (to <= from)
        return true;
    sscanf(part->text, "%4d-%2d-%2d", &year, &month, &day);
    bool last_day = to < 10 || day == month_days(year, month);
    bool last_second = to <= 10 || !strcmp(part->text + 10, "T23:59:59Z");
    return (from > 4 || month == 12) && (from > 7 || last_day) && last_second;
}

double pm_date_days(const char *text, size_t len)
{
    char day[11] = "";
    struct tm tm = {.tm_mon = 1, .tm_mday = 1};
    memcpy(day, text, len < sizeof day - 1 ? len : sizeof day - 1);
    sscanf(day, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    return (double)timegm(&tm) / 86400;
}
