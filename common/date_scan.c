#include "date_scan.h"

#include <string.h>
#include <strings.h>

enum { ZONE_LETTERS = 5 };

/* A name and what it stands for; a word is one of them in full or in its first three letters. */
struct name {
    const char *name;
    int number;
};

static const struct name months[] = {
    {"january", 1},  {"february", 2},  {"march", 3},     {"april", 4}, {"may", 5},
    {"june", 6},     {"july", 7},      {"august", 8},    {"sept", 9},  {"september", 9},
    {"october", 10}, {"november", 11}, {"december", 12}, {NULL, 0},
};

static const struct name weekdays[] = {
    {"monday", 1}, {"tues", 2},     {"tuesday", 2}, {"weds", 3},     {"wednesday", 3}, {"thur", 4},
    {"thurs", 4},  {"thursday", 4}, {"friday", 5},  {"saturday", 6}, {"sunday", 7},    {NULL, 0},
};

/*
 * Zones by their hours before UTC, where everybody means the same by the name: IST is said in
 * India, Ireland and Israel.  The American ones are those of RFC 2822.
 */
static const struct {
    const char *name;
    int hours;
} zones[] = {
    {"UT", 0},   {"UTC", 0},   {"GMT", 0},   {"EST", -5},  {"EDT", -4},  {"CST", -6}, {"CDT", -5},
    {"MST", -7}, {"MDT", -6},  {"PST", -8},  {"PDT", -7},  {"WET", 0},   {"WEST", 1}, {"CET", 1},
    {"CEST", 2}, {"EET", 2},   {"EEST", 3},  {"MSK", 3},   {"PKT", 5},   {"ICT", 7},  {"WIB", 7},
    {"WITA", 8}, {"HKT", 8},   {"SGT", 8},   {"MYT", 8},   {"PHT", 8},   {"JST", 9},  {"KST", 9},
    {"WIT", 9},  {"AEST", 10}, {"AEDT", 11}, {"NZST", 12}, {"NZDT", 13},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Those of ASCII, U+00A0, U+2009, U+202F. */
static const char *const spaces[] = {
    " ", "\t", "\n", "\v", "\f", "\r", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF",
};

/* What may stand between a date and a time of day; U+00B7, U+2013, U+2014, U+2022. */
static const char *const marks[] = {
    ",", "|", "/", "@", "-", "\xC2\xB7", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2",
};

/* ---- pieces ---- */

bool pm_scan_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool pm_scan_is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool pm_scan_char(struct pm_scan *in, char c)
{
    if (in->at == in->end || *in->at != c)
        return false;
    in->at++;
    return true;
}

bool pm_scan_one_of(struct pm_scan *in, const char *const *strings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(strings[i]);
        if ((size_t)(in->end - in->at) < len || memcmp(in->at, strings[i], len) != 0)
            continue;
        in->at += len;
        return true;
    }
    return false;
}

bool pm_scan_space(struct pm_scan *in)
{
    const char *from = in->at;
    while (pm_scan_one_of(in, spaces, COUNT(spaces)))
        continue;
    return in->at > from;
}

bool pm_scan_number(struct pm_scan *in, int min, int max, int *number)
{
    int digits = 0;
    for (*number = 0; digits < max && in->at < in->end && pm_scan_is_digit(*in->at); digits++)
        *number = *number * 10 + (*in->at++ - '0');
    return digits >= min;
}

/* The length of the letters that come next. */
static size_t word_ahead(const struct pm_scan *in)
{
    const char *at = in->at;
    while (at < in->end && pm_scan_is_letter(*at))
        at++;
    return (size_t)(at - in->at);
}

bool pm_scan_word(struct pm_scan *in, const char *word)
{
    size_t len = word_ahead(in);
    if (len != strlen(word) || strncasecmp(in->at, word, len) != 0)
        return false;
    in->at += len;
    return true;
}

/* Takes a name, with the dot of an abbreviation or without: its number, or 0. */
static int take_name(struct pm_scan *in, const struct name *names)
{
    size_t len = word_ahead(in);
    for (; len && names->name; names++)
        if ((len == 3 || len == strlen(names->name)) && !strncasecmp(names->name, in->at, len)) {
            in->at += len;
            pm_scan_char(in, '.');
            return names->number;
        }
    return 0;
}

int pm_scan_month(struct pm_scan *in)
{
    return take_name(in, months);
}

int pm_scan_weekday(struct pm_scan *in)
{
    return take_name(in, weekdays);
}

bool pm_scan_join(struct pm_scan *in)
{
    const char *from = in->at;
    pm_scan_space(in);
    pm_scan_one_of(in, marks, COUNT(marks));
    pm_scan_space(in);
    if (pm_scan_word(in, "at") || pm_scan_word(in, "on"))
        pm_scan_space(in);
    return in->at > from;
}

/* ---- a time of day ---- */

/* +7, +0700 or +07:00 */
static bool take_offset(struct pm_scan *in, struct pm_time_of_day *time)
{
    struct pm_scan from = *in;
    int sign = pm_scan_char(in, '+') ? 1 : pm_scan_char(in, '-') ? -1 : 0;
    int hours, minutes;
    if (!sign || !pm_scan_number(in, 1, 2, &hours) || hours > 23) {
        *in = from;
        return false;
    }
    from = *in;
    pm_scan_char(in, ':');
    if (!pm_scan_number(in, 2, 2, &minutes) || minutes > 59) {
        *in = from;
        minutes = 0;
    }
    time->offset = sign * (hours * 60 + minutes);
    return true;
}

/* The name of a zone; one letter is a military zone, which RFC 2822 has everybody take as UTC. */
static bool take_zone_name(struct pm_scan *in, struct pm_time_of_day *time)
{
    size_t len = word_ahead(in);
    struct pm_scan ahead = *in;
    for (size_t i = 0; i < COUNT(zones); i++)
        if (pm_scan_word(in, zones[i].name)) {
            time->offset = zones[i].hours * 60;
            return true;
        }
    if (!len || len > ZONE_LETTERS || pm_scan_month(&ahead) || pm_scan_weekday(&ahead) ||
        pm_scan_word(&ahead, "at") || pm_scan_word(&ahead, "on"))
        return false;
    for (size_t i = 0; i < len; i++)
        if (in->at[i] >= 'a')
            return false;
    time->elsewhere = len > 1;
    in->at += len;
    return true;
}

static bool take_zone(struct pm_scan *in, struct pm_time_of_day *time)
{
    struct pm_scan from = *in;
    pm_scan_space(in);
    bool named = take_zone_name(in, time);
    if (named)
        from = *in;
    pm_scan_space(in);
    if (take_offset(in, time)) {
        time->elsewhere = false;
        return true;
    }
    *in = from;
    return named;
}

/* A remark in brackets, which names the zone if nothing did before it. */
static void take_remark(struct pm_scan *in, struct pm_time_of_day *time, bool zoned)
{
    struct pm_scan from = *in;
    const char *close;
    pm_scan_space(in);
    if (!pm_scan_char(in, '(') || !(close = memchr(in->at, ')', (size_t)(in->end - in->at)))) {
        *in = from;
        return;
    }
    struct pm_scan inside = {in->at, close};
    if (!zoned)
        time->elsewhere = !take_zone(&inside, time) || inside.at < close || time->elsewhere;
    in->at = close + 1;
}

/* "am", "p.m.": 'a', 'p', or 0. */
static char take_half(struct pm_scan *in)
{
    struct pm_scan from = *in;
    pm_scan_space(in);
    char half = in->at < in->end ? (char)(*in->at | 0x20) : '\0';
    if (half == 'a' || half == 'p') {
        in->at++;
        bool dot = pm_scan_char(in, '.');
        if (pm_scan_word(in, "m")) {
            if (dot)
                pm_scan_char(in, '.');
            return half;
        }
    }
    *in = from;
    return '\0';
}

bool pm_scan_time(struct pm_scan *in, struct pm_time_of_day *time)
{
    int hour, minute = 0, fraction;
    if (!pm_scan_number(in, 1, 2, &hour))
        return false;
    bool exact = pm_scan_char(in, ':') || pm_scan_char(in, '.');
    if (exact && (!pm_scan_number(in, 2, 2, &minute) || minute > 59))
        return false;
    time->second = 0;
    if (exact && pm_scan_char(in, ':') &&
        (!pm_scan_number(in, 2, 2, &time->second) || time->second > 60))
        return false;
    if (exact && pm_scan_char(in, '.') && !pm_scan_number(in, 1, 9, &fraction))
        in->at--;
    char half = take_half(in);
    if ((!half && !exact) || hour > 23 || (half == 'a' && hour > 12))
        return false;
    if (half && hour == 12)
        hour = 0;
    time->minute = (half == 'p' && hour < 12 ? hour + 12 : hour) * 60 + minute;
    take_remark(in, time, take_zone(in, time));
    return true;
}
