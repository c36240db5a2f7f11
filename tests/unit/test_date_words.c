#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "date_words.h"

#define YEARLESS "yearless"

struct row {
    const char *text, *date; /* "" when `text` is no date, or YEARLESS */
    const char *rest;        /* what is behind it in the text */
};

static const char *name_of(enum pm_date_kind kind, const struct pm_date *date)
{
    return kind == PM_DATE_YEARLESS && !*date->text  ? YEARLESS
           : (kind == PM_DATE_KNOWN) == !*date->text ? "a kind that its date belies"
                                                     : date->text;
}

/* A copy of a text that ends where its memory ends, so that reading on is seen. */
static char *copy_of(const char *text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    return memcpy(copy, text, len);
}

static enum pm_date_kind read_copy(const char *text, size_t len, struct pm_date *date)
{
    char *copy = copy_of(text, len);
    enum pm_date_kind kind = pm_date_read(copy, len, date);
    free(copy);
    return kind;
}

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_date date = {"left over"};
        enum pm_date_kind kind = read_copy(rows[i].text, strlen(rows[i].text), &date);
        if (!strcmp(name_of(kind, &date), rows[i].date))
            continue;
        print_error("'%s' gave '%s', not '%s'\n", rows[i].text, name_of(kind, &date), rows[i].date);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void reads_what_is_iso_8601(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024", "2024", 0},
        {"2024-03", "2024-03", 0},
        {"2024-03-25", "2024-03-25", 0},
        {"20240325", "2024-03-25", 0},
        {"2024-03-25T09:30:00+07:00", "2024-03-25T02:30:00Z", 0},
        {"2024-03-25 09:30:00 +0700", "2024-03-25T02:30:00Z", 0},
        {"2024-03-25 09:30 UTC", "2024-03-25T09:30:00Z", 0},
        {"2024-3-5", "2024-03-05", 0},
        {"202403", "", 0},
        {"2024-W13-1", "", 0},
        {"1711358400", "", 0},
    };
    CHECK(rows);
}

static void reads_rfc_2822_its_old_forms_too(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Mon, 25 Mar 2024 09:30:00 +0700", "2024-03-25T02:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30 +0700", "2024-03-25T02:30:00Z", 0},
        {"25 Mar 2024 09:30:00 -0930", "2024-03-25T19:00:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 GMT", "2024-03-25T09:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 UT", "2024-03-25T09:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 Z", "2024-03-25T09:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 EST", "2024-03-25T14:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 EDT", "2024-03-25T13:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 CST", "2024-03-25T15:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 CDT", "2024-03-25T14:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 MST", "2024-03-25T16:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 MDT", "2024-03-25T15:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 PST", "2024-03-25T17:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 PDT", "2024-03-25T16:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 A", "2024-03-25T09:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:00 +0700 (ICT)", "2024-03-25T02:30:00Z", 0},
        {"Sun, 31 Dec 2023 23:30:00 -0700", "2024-01-01T06:30:00Z", 0},
        {"Thu, 29 Feb 2024 01:00:00 +0700", "2024-02-28T18:00:00Z", 0},
        {"25 Mar 24 09:30:00 GMT", "2024-03-25T09:30:00Z", 0},
        {"25 Mar 49 09:30 GMT", "2049-03-25T09:30:00Z", 0},
        {"25 Mar 50 09:30 GMT", "1950-03-25T09:30:00Z", 0},
        {"25 Mar 99 09:30 GMT", "1999-03-25T09:30:00Z", 0},
        {"25 Mar 124 09:30 GMT", "2024-03-25T09:30:00Z", 0},
        {"Monday, 25-Mar-24 09:30:00 GMT", "2024-03-25T09:30:00Z", 0},
        {"Mon Mar 25 09:30:00 2024", "2024-03-25T09:30:00Z", 0},
        {"Mon Mar  5 09:30:00 +0700 2024", "2024-03-05T02:30:00Z", 0},
        {"Mon Mar 25 2024 09:30:00 GMT+0700 (Indochina Time)", "2024-03-25T02:30:00Z", 0},
        {"Mon, 25 Mar 2024 09:30:60 GMT", "2024-03-25T09:30:59Z", 0},
        {"Mon, 25 Mar 2024 09:30:61 GMT", "", 0},
        {"Mon, 25 Mar 2024 24:30:00 GMT", "", 0},
        {"Mon, 25 Mar 2024 09:60:00 GMT", "", 0},
        {"Mon, 30 Feb 2024 09:30:00 GMT", "", 0},
    };
    CHECK(rows);
}

static void reads_english_in_long_and_short(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"March 25, 2024", "2024-03-25", 0},
        {"march 25, 2024", "2024-03-25", 0},
        {"MARCH 25, 2024", "2024-03-25", 0},
        {"March 25 2024", "2024-03-25", 0},
        {"March 25,2024", "2024-03-25", 0},
        {"Mar. 25, 2024", "2024-03-25", 0},
        {"Mar 25, 2024", "2024-03-25", 0},
        {"25 March 2024", "2024-03-25", 0},
        {"25 March, 2024", "2024-03-25", 0},
        {"25 Mar. 2024", "2024-03-25", 0},
        {"25-Mar-2024", "2024-03-25", 0},
        {"25-MAR-24", "2024-03-25", 0},
        {"25/Mar/2024", "2024-03-25", 0},
        {"2024-Mar-25", "2024-03-25", 0},
        {"2024 March 25", "2024-03-25", 0},
        {"25MAR2024", "2024-03-25", 0},
        {"25th of March 2024", "2024-03-25", 0},
        {"25th March 2024", "2024-03-25", 0},
        {"25 of March, 2024", "2024-03-25", 0},
        {"March 25th, 2024", "2024-03-25", 0},
        {"March 1st, 2024", "2024-03-01", 0},
        {"2nd March 2024", "2024-03-02", 0},
        {"3rd March 2024", "2024-03-03", 0},
        {"05 March 2024", "2024-03-05", 0},
        {"Sept. 3, 2019", "2019-09-03", 0},
        {"Sep 3, 2019", "2019-09-03", 0},
        {"January 1, 2024", "2024-01-01", 0},
        {"Feb. 29, 2024", "2024-02-29", 0},
        {"1 Apr 2024", "2024-04-01", 0},
        {"1 May 2024", "2024-05-01", 0},
        {"1 June 2024", "2024-06-01", 0},
        {"1 July 2024", "2024-07-01", 0},
        {"1 Aug 2024", "2024-08-01", 0},
        {"1 October 2024", "2024-10-01", 0},
        {"1 November 2024", "2024-11-01", 0},
        {"1 December 2024", "2024-12-01", 0},
        {" \t\nMarch \xC2\xA0 25,\r\n 2024\xE2\x80\xAF", "2024-03-25", 0},
        {"Feb. 30, 2024", "", 0},
        {"February 29, 2023", "", 0},
        {"April 31, 2024", "", 0},
        {"March 0, 2024", "", 0},
        {"0 March 2024", "", 0},
        {"March 32, 2024", "", 0},
        {"March 251, 2024", "", 0},
        {"March 25, 20245", "", 0},
        {"March 25, 0999", "", 0},
        {"Marc 25, 2024", "", 0},
        {"Marches 25, 2024", "", 0},
        {"Mar\xC3\xA9 25, 2024", "", 0},
        {"25 march", YEARLESS, 0},
        {"25xMarch 2024", "", 0},
        {"25th-of March 2024", "", 0},
    };
    CHECK(rows);
}

static void keeps_a_month_a_month(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"March 2024", "2024-03", 0}, {"Mar. 2024", "2024-03", 0}, {"march, 2024", "2024-03", 0},
        {"May 2024", "2024-05", 0},   {"may 2024", "2024-05", 0},  {"2024 March", "", 0},
        {"03/2024", "", 0},           {"2024/25", "", 0},          {"2011/12", "", 0},
    };
    CHECK(rows);
}

static void takes_figures_that_cannot_be_confused_alone(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"25/03/2024", "2024-03-25", 0},
        {"03/25/2024", "2024-03-25", 0},
        {"3/25/2024", "2024-03-25", 0},
        {"25.3.2024", "2024-03-25", 0},
        {"25.03.2024", "2024-03-25", 0},
        {"25-03-2024", "2024-03-25", 0},
        {"2024/03/25", "2024-03-25", 0},
        {"2024/3/5", "2024-03-05", 0},
        {"2024.03.25", "2024-03-25", 0},
        {"5/5/2024", "2024-05-05", 0},
        {"05/05/2024", "2024-05-05", 0},
        {"12/12/2024", "2024-12-12", 0},
        {"3/4/2024", "", 0},
        {"03/04/2024", "", 0},
        {"3.4.2024", "", 0},
        {"12/11/2024", "", 0},
        {"13/13/2024", "", 0},
        {"0/0/2024", "", 0},
        {"0/13/2024", "", 0},
        {"32/1/2024", "", 0},
        {"31/4/2024", "", 0},
        {"2/30/2024", "", 0},
        {"25/3.2024", "", 0},
        {"25/03/24", "", 0},
        {"2024/13/25", "", 0},
        {"2024/25/03", "", 0},
        {"25/03/2024 14:05", "2024-03-25T14:05:00Z", 0},
    };
    CHECK(rows);
}

static void reads_a_time_before_or_behind_the_date(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Monday, March 25, 2024 3:45 PM", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 3:45 pm", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024, 3:45pm", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 at 3:45 p.m.", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 at 3.45 p.m.", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 at 15:45 GMT+7", "2024-03-25T08:45:00Z", 0},
        {"March 25, 2024 15:45 UTC+07:00", "2024-03-25T08:45:00Z", 0},
        {"March 25, 2024 15:45 (GMT+7)", "2024-03-25T08:45:00Z", 0},
        {"March 25, 2024 15:45 ICT", "2024-03-25T08:45:00Z", 0},
        {"March 25, 2024 15:45:30.123", "2024-03-25T15:45:30Z", 0},
        {"March 25, 2024 | 3 pm", "2024-03-25T15:00:00Z", 0},
        {"March 25, 2024 - 15:45", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 \xE2\x80\x93 15:45", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 Monday", "2024-03-25", 0},
        {"March 25, 2024 Tuesday 3:45 PM", "2024-03-25T15:45:00Z", 0},
        {"3:45 PM, March 25, 2024", "2024-03-25T15:45:00Z", 0},
        {"3:45 PM EDT, Mon March 25, 2024", "2024-03-25T19:45:00Z", 0},
        {"15:45 on MAY 25, 2024", "2024-05-25T15:45:00Z", 0},
        {"15:45 MAY 25, 2024", "2024-05-25T15:45:00Z", 0},
        {"Monday 15:45, 25 March 2024", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 12:05 am", "2024-03-25T00:05:00Z", 0},
        {"March 25, 2024 12:05 pm", "2024-03-25T12:05:00Z", 0},
        {"March 25, 2024 11:59 pm", "2024-03-25T23:59:00Z", 0},
        {"March 25, 2024 15:45 PM", "2024-03-25T15:45:00Z", 0},
        {"March 25, 2024 3:45", "2024-03-25T03:45:00Z", 0},
        {"March 25, 2024 15:45 am", "", 0},
        {"March 25, 2024 3", "", 0},
        {"March 25, 2024 3:4 pm", "", 0},
        {"March 25, 20243:45 pm", "", 0},
        {"3:45 pm March 25, 2024 4:45 pm", "", 0},
        {"March 25, 2024 3:45 pm GMT+25", "", 0},
        {"March 25, 2024 by Pen Chanthou", "", 0},
        {"March 25, 2024 3:45 pm by Pen Chanthou", "", 0},
    };
    CHECK(rows);
}

static void leaves_the_day_of_a_time_whose_zone_it_does_not_know(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"March 25, 2024 3:45 PM IST", "2024-03-25", 0},
        {"March 25, 2024 3:45 PM ET", "2024-03-25", 0},
        {"March 25, 2024 3:45 PM (Kampot time)", "2024-03-25", 0},
        {"March 25, 2024 3:45 PM IST+0530", "2024-03-25T10:15:00Z", 0},
        {"March 25, 2024 3:45 PM Kampot", "", 0},
    };
    CHECK(rows);
}

static void does_not_mind_a_wrong_weekday(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Sunday, March 25, 2024", "2024-03-25", 0}, {"Tues. 25 March 2024", "2024-03-25", 0},
        {"Thurs 25 March 2024", "2024-03-25", 0},    {"weds, 25 March 2024", "2024-03-25", 0},
        {"Someday, March 25, 2024", "", 0},          {"Monday", "", 0},
    };
    CHECK(rows);
}

static void knows_no_year_where_none_is_written(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Jun. 19", YEARLESS, 0},
        {"June 19", YEARLESS, 0},
        {"19 June", YEARLESS, 0},
        {"19th of June", YEARLESS, 0},
        {"Tuesday, June 19", YEARLESS, 0},
        {"June 19, 3:45 pm", YEARLESS, 0},
        {"Feb. 29", YEARLESS, 0},
        {"Feb. 30", "", 0},
        {"June 31", "", 0},
        {"June 0", "", 0},
        {"19/6", "", 0},
        {"May", "", 0},
        {"may", "", 0},
        {"march", "", 0},
        {"Tuesday, June", "", 0},
        {"Tuesday 19", "", 0},
        {"yesterday", "", 0},
        {"", "", 0},
        {" ", "", 0},
    };
    CHECK(rows);
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    struct pm_date date;
    assert_int_equal(read_copy("March 25, 2024", 8, &date), PM_DATE_YEARLESS);
    assert_int_equal(read_copy("March 25, 2024", 13, &date), PM_DATE_NONE);
    assert_int_equal(read_copy("March 25, 2024\0", 15, &date), PM_DATE_NONE);
    assert_int_equal(read_copy("March\0 25, 2024", 15, &date), PM_DATE_NONE);
    assert_string_equal(date.text, "");
}

static void never_reads_past_the_end(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Monday, March 25th, 2024 at 3:45:30.5 p.m. GMT+07:00 (Indochina Time)",
        "3:45 PM EDT, Mon March 25, 2024 \xE2\x80\x93 Tuesday",
        "25th of March, 2024 | 15:45 (GMT+7)",
        "2024-03-25 09:30:00 +0700",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t from = 0; from <= strlen(texts[i]); from++)
            for (size_t len = 0; from + len <= strlen(texts[i]); len++) {
                struct pm_date date;
                size_t used;
                char *copy = copy_of(texts[i] + from, len);
                pm_date_read(copy, len, &date);
                pm_date_take(copy, len, &date, &used);
                assert_true(used <= len);
                free(copy);
            }
}

static void takes_the_date_that_a_text_begins_with(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"March 25, 2024", "2024-03-25", ""},
        {"March 25, 2024 by Pen Chanthou", "2024-03-25", " by Pen Chanthou"},
        {"Monday, 25 March 2024 \xE2\x80\x93 At least", "2024-03-25", " \xE2\x80\x93 At least"},
        {"30 September 2021\xE2\x80\x94"
         "At least",
         "2021-09-30",
         "\xE2\x80\x94"
         "At least"},
        {"2024-03-25: nine dead", "2024-03-25", ": nine dead"},
        {"2024-03-25", "2024-03-25", ""},
        {"20240325 nine", "2024-03-25", " nine"},
        {"2024-03, nine", "2024-03", ", nine"},
        {"2024/03/25", "2024-03-25", ""},
        {"25.3.2024, Kep", "2024-03-25", ", Kep"},
        {"March 2024 (Kep)", "2024-03", " (Kep)"},
        {"march 25, 2024, Kep", "2024-03-25", ", Kep"},
        {"May 12, 2024.", "2024-05-12", "."},
        {"Jun. 19", YEARLESS, ""},
        {"June 19, Kep", YEARLESS, ", Kep"},
        {"June 19 \xE2\x80\x93 Nine", YEARLESS, " \xE2\x80\x93 Nine"},
        {"June 19 (Kep)", YEARLESS, " (Kep)"},
        {"June 19\nNine people", YEARLESS, "\nNine people"},
        {"19 June: nine", YEARLESS, ": nine"},
        {"Tuesday, June 19.", YEARLESS, "."},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_date date = {"left over"};
        size_t used = 0;
        enum pm_date_kind kind = pm_date_take(rows[i].text, strlen(rows[i].text), &date, &used);
        if (!strcmp(name_of(kind, &date), rows[i].date) &&
            !strcmp(rows[i].text + used, rows[i].rest))
            continue;
        print_error("'%s' gave '%s' and left '%s'\n", rows[i].text, name_of(kind, &date),
                    rows[i].text + used);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void takes_no_word_or_number_for_a_date(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "may 12 people",
        "May 12 people were held",
        "March 8 \xE1\x9E\x80\xE1\x9E\x81",
        "May 12,500 people",
        "June 19-20 the harbour",
        "June 19\xE2\x80\x93"
        "20, the harbour",
        "12 may be enough",
        "march of the",
        "May said",
        "June 19th"
        "\xC3\xA9",
        "2024 people",
        "2024",
        "3/4/2024",
        "25/03/2024/7",
        "2024-03-25T10:30",
        "2024-03-255",
        "202403251",
        " March 25, 2024",
        "On March 25, 2024",
        "Monday",
        "3:45 pm, March 25, 2024",
        "25 March 24 people",
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pm_date date = {"left over"};
        size_t used = 1;
        enum pm_date_kind kind = pm_date_take(texts[i], strlen(texts[i]), &date, &used);
        if (kind == PM_DATE_NONE && !*date.text && !used)
            continue;
        print_error("'%s' gave '%s' of %zu bytes\n", texts[i], name_of(kind, &date), used);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void finds_the_date_in_a_path(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"/2024/03/25/ferry.html", "2024-03-25", 0},
        {"https://courier.example/2024/03/25/ferry", "2024-03-25", 0},
        {"https://courier.example/2024/03/25", "2024-03-25", 0},
        {"https://courier.example/news/2024/mar/25/ferry", "2024-03-25", 0},
        {"https://courier.example/2024/03/ferry", "2024-03", 0},
        {"https://courier.example/2024/03/99/ferry", "2024-03", 0},
        {"https://courier.example/2024/03/25000-ferry", "2024-03", 0},
        {"/2021-09-30-ferry-first-report.txt", "2021-09-30", 0},
        {"2021-09-30.txt", "2021-09-30", 0},
        {"ferry 2021-09-30.txt", "2021-09-30", 0},
        {"ferry_20210930.txt", "2021-09-30", 0},
        {"20210930-ferry.txt", "2021-09-30", 0},
        {"ferry_2021_09_30_b.txt", "2021-09-30", 0},
        {"2021.09.30 Ferry.txt", "2021-09-30", 0},
        {"https://courier.example/a?day=2024-03-25&x=1", "2024-03-25", 0},
        {"2019-05-01/2021-09-30/ferry.txt", "2021-09-30", 0},
        {"/2019/05/01/ferry-20210930", "2021-09-30", 0},
        {"/2021-09-30/ferry-20210931", "2021-09-30", 0},
        {"/1799-12-31", "", 0},
        {"/1800-01-01", "1800-01-01", 0},
        {"/2199-12-31", "2199-12-31", 0},
        {"/2200-01-01", "", 0},
        {"/2024/03", "", 0},
        {"/2024/13/ferry", "", 0},
        {"/2024-03.txt", "", 0},
        {"/2023-24/season", "", 0},
        {"/2024/ferry", "", 0},
        {"/120240325.txt", "", 0},
        {"/202403251.txt", "", 0},
        {"/ferry20240325.txt", "", 0},
        {"/20240325ferry.txt", "", 0},
        {"/a2024-03-25.txt", "", 0},
        {"/\xE1\x9E\x80"
         "2024-03-25.txt",
         "", 0},
        {"/2024-03-25\xE1\x9E\x80.txt", "", 0},
        {"/2024-03-251.txt", "", 0},
        {"/12024/03/25/ferry", "", 0},
        {"/2024-02-30.txt", "", 0},
        {"/20241325.txt", "", 0},
        {"/2024-03_25.txt", "", 0},
        {"/2024-3-5.txt", "", 0},
        {"/article-1711358400.html", "", 0},
        {"", "", 0},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_date date = {"left over"};
        enum pm_date_kind kind = pm_date_in_path(rows[i].text, &date);
        if (!strcmp(name_of(kind, &date), rows[i].date))
            continue;
        print_error("'%s' gave '%s', not '%s'\n", rows[i].text, name_of(kind, &date), rows[i].date);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

/* A million bytes that begin like dates over and over: seconds would mean squared time. */
static void takes_time_that_grows_with_the_text_alone(void **state)
{
    (void)state;
    static const char *const patterns[] = {" ", "/2024", "Monday ", "3:45 pm (", "a", "2024-", "1"};
    enum { SIZE = 1000000 };
    char *text = malloc(SIZE + 1);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct pm_date date;
        size_t used, len = strlen(patterns[i]);
        for (size_t at = 0; at < SIZE; at++)
            text[at] = patterns[i][at % len];
        text[SIZE] = '\0';
        assert_int_equal(pm_date_read(text, SIZE, &date), PM_DATE_NONE);
        assert_int_equal(pm_date_take(text, SIZE, &date, &used), PM_DATE_NONE);
        assert_int_equal(pm_date_in_path(text, &date), PM_DATE_NONE);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_iso_8601),
        cmocka_unit_test(reads_rfc_2822_its_old_forms_too),
        cmocka_unit_test(reads_english_in_long_and_short),
        cmocka_unit_test(keeps_a_month_a_month),
        cmocka_unit_test(takes_figures_that_cannot_be_confused_alone),
        cmocka_unit_test(reads_a_time_before_or_behind_the_date),
        cmocka_unit_test(leaves_the_day_of_a_time_whose_zone_it_does_not_know),
        cmocka_unit_test(does_not_mind_a_wrong_weekday),
        cmocka_unit_test(knows_no_year_where_none_is_written),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(never_reads_past_the_end),
        cmocka_unit_test(takes_the_date_that_a_text_begins_with),
        cmocka_unit_test(takes_no_word_or_number_for_a_date),
        cmocka_unit_test(finds_the_date_in_a_path),
        cmocka_unit_test(takes_time_that_grows_with_the_text_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
