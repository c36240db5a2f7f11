#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "date.h"

struct row {
    const char *text, *date; /* "" when `text` is no date */
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_date date = {"left over"};
        bool ok = pm_date_parse(rows[i].text, strlen(rows[i].text), &date);
        if (ok == !*rows[i].date || strcmp(date.text, rows[i].date)) {
            print_error("'%s' gave '%s', not '%s'\n", rows[i].text, date.text, rows[i].date);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void keeps_the_precision_of_a_date(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024", "2024"},
        {"2024-05", "2024-05"},
        {"2024-05-19", "2024-05-19"},
        {"20240519", "2024-05-19"},
        {"2024-05-19T10:30Z", "2024-05-19T10:30:00Z"},
        {"2024-05-19T10:30:00Z", "2024-05-19T10:30:00Z"},
        {"1000", "1000"},
        {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
    };
    CHECK(rows);
}

static void reads_a_time_in_each_way_it_is_written(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024-05-19 10:30", "2024-05-19T10:30:00Z"},
        {"2024-05-19T10:30", "2024-05-19T10:30:00Z"},
        {"2024-05-19T10:30:45", "2024-05-19T10:30:45Z"},
        {"2024-05-19T10:30:45.123456789Z", "2024-05-19T10:30:45Z"},
        {"2024-05-19T10:30:45,5+00:00", "2024-05-19T10:30:45Z"},
        {"20240519T103045Z", "2024-05-19T10:30:45Z"},
        {"20240519T1030", "2024-05-19T10:30:00Z"},
        {"20240519T1030+0200", "2024-05-19T08:30:00Z"},
        {"2024-05-19T00:00Z", "2024-05-19T00:00:00Z"},
        {"2024-05-19T10:30-00:00", "2024-05-19T10:30:00Z"},
        {" \t\n2024-05-19T10:30Z\r\n", "2024-05-19T10:30:00Z"},
        {" 2024 ", "2024"},
    };
    CHECK(rows);
}

static void takes_an_offset_off_across_days_months_and_years(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024-05-19T10:30+02:00", "2024-05-19T08:30:00Z"},
        {"2024-05-19T10:30+02", "2024-05-19T08:30:00Z"},
        {"2024-05-19T10:30+0545", "2024-05-19T04:45:00Z"},
        {"2024-05-19T10:30:15-09:30", "2024-05-19T20:00:15Z"},
        {"2024-05-19T01:00+02:00", "2024-05-18T23:00:00Z"},
        {"2024-05-01T01:00+02:00", "2024-04-30T23:00:00Z"},
        {"2024-03-01T01:00+02:00", "2024-02-29T23:00:00Z"},
        {"2023-03-01T01:00+02:00", "2023-02-28T23:00:00Z"},
        {"2024-01-01T01:00+02:00", "2023-12-31T23:00:00Z"},
        {"2024-05-31T23:00-02:00", "2024-06-01T01:00:00Z"},
        {"2024-02-28T23:00-02:00", "2024-02-29T01:00:00Z"},
        {"2023-02-28T23:00-02:00", "2023-03-01T01:00:00Z"},
        {"2023-12-31T23:00-02:00", "2024-01-01T01:00:00Z"},
        {"2024-05-19T00:00+00:01", "2024-05-18T23:59:00Z"},
        {"2024-05-19T23:59-00:01", "2024-05-20T00:00:00Z"},
        {"2024-05-19T23:59-23:59", "2024-05-20T23:58:00Z"},
        {"2024-05-19T00:00+23:59", "2024-05-18T00:01:00Z"},
        {"1000-01-01T00:30+01:00", ""},
        {"9999-12-31T23:30-01:00", ""},
    };
    CHECK(rows);
}

static void knows_how_long_the_months_are(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2024-02-29", "2024-02-29"}, {"2023-02-29", ""}, {"2000-02-29", "2000-02-29"},
        {"1900-02-29", ""},           {"2100-02-29", ""}, {"2024-02-30", ""},
        {"2024-01-31", "2024-01-31"}, {"2024-01-32", ""}, {"2024-04-31", ""},
        {"2024-06-31", ""},           {"2024-09-31", ""}, {"2024-11-31", ""},
        {"2024-12-31", "2024-12-31"}, {"2024-12-00", ""}, {"20230229", ""},
    };
    CHECK(rows);
}

static void counts_a_leap_second_as_the_second_before(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"},
        {"2017-01-01T08:59:60+09:00", "2016-12-31T23:59:59Z"},
        {"2016-12-31T23:59:61Z", ""},
    };
    CHECK(rows);
}

static void rejects_what_is_no_date(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"", ""},
        {"  ", ""},
        {"0999", ""},
        {"0000-01-01", ""},
        {"10000-01-01", ""},
        {"202", ""},
        {"20245", ""},
        {"202405", ""},
        {"2024051", ""},
        {"2024-", ""},
        {"2024-5", ""},
        {"2024-5-9", ""},
        {"2024-00", ""},
        {"2024-13", ""},
        {"2024-05-", ""},
        {"2024-0519", ""},
        {"202405-19", ""},
        {"2024/05/19", ""},
        {"19.05.2024", ""},
        {"+2024", ""},
        {"-2024", ""},
        {"2024-+5", ""},
        {"2024-05-19T", ""},
        {"2024-05-19T10", ""},
        {"2024-05-19T10Z", ""},
        {"2024-05-19T1030", ""},
        {"20240519T10:30", ""},
        {"2024-05-19T10:30:4", ""},
        {"2024-05-19T10:30:", ""},
        {"2024-05-19T10:30:45.", ""},
        {"2024-05-19T10:30.5", ""},
        {"2024-05-19T24:00", ""},
        {"2024-05-19T24:00:00Z", ""},
        {"2024-05-19T23:60", ""},
        {"2024-05-19  10:30", ""},
        {"2024-05-19t10:30Z", ""},
        {"2024-05-19T10:30z", ""},
        {"2024-05-19T10:30 Z", ""},
        {"2024-05-19T10:30ZZ", ""},
        {"2024-05-19T10:30+", ""},
        {"2024-05-19T10:30+2", ""},
        {"2024-05-19T10:30+02:", ""},
        {"2024-05-19T10:30+02:0", ""},
        {"2024-05-19T10:30+02:60", ""},
        {"2024-05-19T10:30+24:00", ""},
        {"2024-05-19T10:30+02:00Z", ""},
        {"2024-05-19T10:30 CET", ""},
        {"2024Z", ""},
        {"2024-05Z", ""},
        {"2024-05-19Z", ""},
        {"2024-05-19 was a Sunday", ""},
        {"May 19, 2024", ""},
        {"\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA4", ""},
    };
    CHECK(rows);
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    struct pm_date date;
    assert_true(pm_date_parse("2024-05-19", 7, &date));
    assert_string_equal(date.text, "2024-05");
    assert_false(pm_date_parse("2024\0", 5, &date));
    assert_false(pm_date_parse("2024\0-05", 8, &date));
}

static void ends_a_range_after_every_moment_of_a_date(void **state)
{
    (void)state;
    static const struct {
        const char *date, *last, *next;
    } rows[] = {
        {"2024", "2024-12-31T23:59:59Z", "2025"},
        {"2024-05", "2024-05-31T23:59:59Z", "2024-06"},
        {"2024-05-19", "2024-05-19T23:59:59Z", "2024-05-20"},
        {"2024-05-19T10:30Z", "2024-05-19T10:30:00Z", "2024-05-19T10:31:00Z"},
        {"2024-05-19T10:30:45Z", "2024-05-19T10:30:45Z", "2024-05-19T10:30:46Z"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_date date;
        char key[32];
        assert_true(pm_date_parse(rows[i].date, strlen(rows[i].date), &date));
        pm_date_end(&date, key);
        assert_true(strcmp(key, rows[i].last) > 0);
        assert_true(strcmp(key, rows[i].next) < 0);
    }
}

static void writes_the_end_of_a_month_with_a_tilde(void **state)
{
    (void)state;
    struct pm_date date = {"2024-05"};
    char key[32];
    pm_date_end(&date, key);
    assert_string_equal(key, "2024-05~");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_precision_of_a_date),
        cmocka_unit_test(reads_a_time_in_each_way_it_is_written),
        cmocka_unit_test(takes_an_offset_off_across_days_months_and_years),
        cmocka_unit_test(knows_how_long_the_months_are),
        cmocka_unit_test(counts_a_leap_second_as_the_second_before),
        cmocka_unit_test(rejects_what_is_no_date),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(ends_a_range_after_every_moment_of_a_date),
        cmocka_unit_test(writes_the_end_of_a_month_with_a_tilde),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
