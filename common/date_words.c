#include "date_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "chars.h"
#include "date_scan.h"

/* The years that articles are of: what else looks like a year within a text is a number. */
enum { YEAR_FIRST = 1800, YEAR_LAST = 2199 };

enum { NOT_GIVEN = -1, LEAP_YEAR = 2000 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Who reads a form: pm_date_read(), pm_date_take(), pm_date_in_path(). */
enum { READ = 1, TAKE = 2, PATH = 4 };

/*
 * The forms of a date.  `Y` is a year in four figures and `y` in two or three, `M` the name of a
 * month, `m` its number and `O` that in two figures, `d` a day, an ordinal too, and `D` in two
 * figures, `a` and `b` a day and a month in either order, `t` a time of day.  A space is any white
 * space, a comma may be missing where white space is.  All others stand for themselves.
 */
static const struct form {
    const char *text;
    int readers;
} forms[] = {
    {"M d,Y", READ | TAKE}, {"d M,Y", READ | TAKE}, {"d of M,Y", READ | TAKE},
    {"M,Y", READ | TAKE},   {"Y,M d", READ | TAKE}, {"d-M-Y", READ | TAKE},
    {"d/M/Y", READ | TAKE}, {"Y-M-d", READ | TAKE}, {"dMY", READ},
    {"M d t Y", READ}, /* as ctime(3) and date(1) have it */
    {"d M y", READ},   /* as RFC 822 had it */
    {"d-M-y", READ},        {"Y-m-d", READ | TAKE}, {"Y/m/d", READ | TAKE},
    {"Y.m.d", READ | TAKE}, {"a/b/Y", READ | TAKE}, {"a.b.Y", READ | TAKE},
    {"a-b-Y", READ | TAKE}, {"Y-O", TAKE},          {"YOD", READ | TAKE | PATH},
    {"Y-O-D", PATH},        {"Y_O_D", PATH},        {"Y.O.D", PATH},
    {"/Y/O/D", PATH},       {"/Y/M/D", PATH},       {"/Y/O/", PATH},
    {"M d", READ | TAKE},   {"d M", READ | TAKE},   {"d of M", READ | TAKE},
};
#define FORMS (sizeof forms / sizeof *forms)

/* What has been read; NOT_GIVEN where it may be missing and is. */
struct parts {
    int year, month, day;
    int figures[2]; /* a day and a month */
    struct pm_time_of_day time;
};

static const struct parts nothing = {
    .year = NOT_GIVEN,
    .day = NOT_GIVEN,
    .figures = {NOT_GIVEN, NOT_GIVEN},
    .time = {.minute = NOT_GIVEN},
};

/* ---- a date ---- */

static bool take_day(struct pm_scan *in, struct parts *parts)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    if (!pm_scan_number(in, 1, 2, &parts->day))
        return false;
    for (size_t i = 0; i < COUNT(endings); i++)
        if (pm_scan_word(in, endings[i]))
            break;
    return true;
}

/* RFC 2822, 4.3: from 50 on, and in three figures, it is counted from 1900. */
static bool take_short_year(struct pm_scan *in, struct parts *parts)
{
    if (!pm_scan_number(in, 2, 3, &parts->year))
        return false;
    parts->year += parts->year < 50 ? 2000 : 1900;
    return true;
}

static bool take_comma(struct pm_scan *in)
{
    bool space = pm_scan_space(in), comma = pm_scan_char(in, ',');
    return pm_scan_space(in) || space || comma;
}

static bool take_element(struct pm_scan *in, char element, struct parts *parts)
{
    switch (element) {
    case 'Y':
        return pm_scan_number(in, 4, 4, &parts->year);
    case 'y':
        return take_short_year(in, parts);
    case 'M':
        return (parts->month = pm_scan_month(in)) != 0;
    case 'm':
        return pm_scan_number(in, 1, 2, &parts->month);
    case 'O':
        return pm_scan_number(in, 2, 2, &parts->month);
    case 'd':
        return take_day(in, parts);
    case 'D':
        return pm_scan_number(in, 2, 2, &parts->day);
    case 'a':
    case 'b':
        return pm_scan_number(in, 1, 2, &parts->figures[element - 'a']);
    case 't':
        return pm_scan_time(in, &parts->time);
    case ' ':
        return pm_scan_space(in);
    case ',':
        return take_comma(in);
    default:
        return pm_scan_char(in, element);
    }
}

/* Says which figure is the day, if only one can be. */
static bool tell_figures(struct parts *parts)
{
    int a = parts->figures[0], b = parts->figures[1];
    if (a == NOT_GIVEN)
        return true;
    parts->day = a > 12 ? a : b;
    parts->month = a > 12 ? b : a;
    return a == b || (a > 12) != (b > 12);
}

static bool take_form(struct pm_scan *in, const struct form *form, struct parts *parts)
{
    for (const char *element = form->text; *element; element++)
        if (!take_element(in, *element, parts))
            return false;
    return tell_figures(parts);
}

/* pm_date_parse() knows which days there are, and how to take an offset off. */
static enum pm_date_kind write_date(const struct parts *parts, struct pm_date *date)
{
    char iso[80];
    bool yearless = parts->year == NOT_GIVEN;
    int len =
        snprintf(iso, sizeof iso, "%04d-%02d", yearless ? LEAP_YEAR : parts->year, parts->month);
    if (parts->day != NOT_GIVEN)
        len += snprintf(iso + len, sizeof iso - (size_t)len, "-%02d", parts->day);
    if (parts->day != NOT_GIVEN && parts->time.minute != NOT_GIVEN && !parts->time.elsewhere)
        len += snprintf(iso + len, sizeof iso - (size_t)len, "T%02d:%02d:%02d%c%02d:%02d",
                        parts->time.minute / 60, parts->time.minute % 60, parts->time.second,
                        parts->time.offset < 0 ? '-' : '+', abs(parts->time.offset) / 60,
                        abs(parts->time.offset) % 60);
    bool exists = pm_date_parse(iso, (size_t)len, date);
    if (yearless)
        *date = (struct pm_date){0};
    return !exists ? PM_DATE_NONE : yearless ? PM_DATE_YEARLESS : PM_DATE_KNOWN;
}

/* ---- all of a text ---- */

static void take_weekday(struct pm_scan *in)
{
    if (pm_scan_weekday(in))
        pm_scan_join(in);
}

/* A weekday and a time behind the date: true if nothing is left after them. */
static bool take_rest(struct pm_scan *in, struct parts *parts)
{
    struct pm_scan from = *in;
    if (!pm_scan_join(in) || !pm_scan_weekday(in))
        *in = from;
    from = *in;
    if (!pm_scan_join(in) || parts->time.minute != NOT_GIVEN || !pm_scan_time(in, &parts->time))
        *in = from;
    pm_scan_space(in);
    return in->at == in->end;
}

enum pm_date_kind pm_date_read(const char *text, size_t len, struct pm_date *date)
{
    struct pm_scan in = {text, text + len}, from;
    struct parts first = nothing;
    if (pm_date_parse(text, len, date))
        return PM_DATE_KNOWN;
    pm_scan_space(&in);
    take_weekday(&in);
    from = in;
    if (!pm_scan_time(&in, &first.time) || !pm_scan_join(&in)) {
        first = nothing;
        in = from;
    }
    take_weekday(&in);
    for (const struct form *form = forms; form < forms + FORMS; form++) {
        struct pm_scan rest = in;
        struct parts parts = first;
        if ((form->readers & READ) && take_form(&rest, form, &parts) && take_rest(&rest, &parts))
            return write_date(&parts, date);
    }
    return PM_DATE_NONE;
}

/* ---- a date within a text ---- */

/* True if a letter or a figure comes next. */
static bool in_word(struct pm_scan in)
{
    UChar32 c;
    int32_t at = 0,
            len = in.end - in.at < U8_MAX_LENGTH ? (int32_t)(in.end - in.at) : U8_MAX_LENGTH;
    if (!len)
        return false;
    U8_NEXT(in.at, at, len, c);
    return pm_char_is_word(pm_char_kind(c));
}

/* True if the number before it goes on: "25,000", "19-20". */
static bool in_number(struct pm_scan in)
{
    static const char *const joints[] = {",", ".", ":", "/", "-", "\xE2\x80\x93" /* U+2013 */};
    return pm_scan_one_of(&in, joints, COUNT(joints)) && in.at < in.end && pm_scan_is_digit(*in.at);
}

/* True if the line goes on with a word after white space: "May 12 people were held". */
static bool in_sentence(struct pm_scan in)
{
    const char *from = in.at;
    bool space = pm_scan_space(&in);
    return space && !memchr(from, '\n', (size_t)(in.at - from)) && in_word(in);
}

static bool is_of_articles(int year)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST;
}

/*
 * The longest form wins.  A date without a year is weak, "may" and "march" are words: it must
 * stand by itself.
 */
enum pm_date_kind pm_date_take(const char *text, size_t len, struct pm_date *date, size_t *used)
{
    enum pm_date_kind kind = PM_DATE_NONE;
    struct pm_scan in = {text, text + len};
    *date = (struct pm_date){0};
    *used = 0;
    take_weekday(&in);
    for (const struct form *form = forms; form < forms + FORMS; form++) {
        struct pm_scan rest = in;
        struct parts parts = nothing;
        struct pm_date found;
        if (!(form->readers & TAKE) || !take_form(&rest, form, &parts) || in_word(rest) ||
            in_number(rest) || (size_t)(rest.at - text) <= *used)
            continue;
        if (parts.year == NOT_GIVEN ? in_sentence(rest) : !is_of_articles(parts.year))
            continue;
        enum pm_date_kind is = write_date(&parts, &found);
        if (is == PM_DATE_NONE)
            continue;
        kind = is;
        *date = found;
        *used = (size_t)(rest.at - text);
    }
    return kind;
}

enum pm_date_kind pm_date_in_path(const char *path, struct pm_date *date)
{
    const char *end = path + strlen(path);
    for (const char *at = end; at-- > path;) {
        bool inside =
            at > path && (pm_scan_is_digit(at[-1]) || pm_scan_is_letter(at[-1]) || (at[-1] & 0x80));
        if (*at != '/' && inside)
            continue;
        for (const struct form *form = forms; form < forms + FORMS; form++) {
            struct pm_scan rest = {at, end};
            struct parts parts = nothing;
            if (!(form->readers & PATH) || !take_form(&rest, form, &parts))
                continue;
            if ((rest.at[-1] == '/' || !in_word(rest)) && is_of_articles(parts.year) &&
                write_date(&parts, date))
                return PM_DATE_KNOWN;
        }
    }
    *date = (struct pm_date){0};
    return PM_DATE_NONE;
}
