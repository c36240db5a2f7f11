#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "when.h"

/* Noon of a day, as seconds since 1970. */
static int64_t noon(const char *day)
{
    struct tm tm = {.tm_hour = 12};
    assert_int_equal(sscanf(day, "%4d-%2d-%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday), 3);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    return timegm(&tm);
}

struct row {
    const char *today, *text, *shown; /* "since..until", or "no" */
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_date since = {"left over"}, until = {"left over"};
        char shown[64];
        bool ok = pm_when_parse_range(rows[i].text, strlen(rows[i].text), noon(rows[i].today),
                                      &since, &until);
        snprintf(shown, sizeof shown, "%s..%s", since.text, until.text);
        if (strcmp(ok ? shown : "no", rows[i].shown) || (!ok && strcmp(shown, ".."))) {
            print_error("on %s '%s' gave %s (%s), not %s\n", rows[i].today, rows[i].text,
                        ok ? "yes" : "no", shown, rows[i].shown);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(rows, sizeof rows / sizeof *rows);                                                   \
    } while (0)

static void knows_the_words_for_days_weeks_months_and_years(void **state)
{
    CHECK({"2024-05-15", "today", "2024-05-15..2024-05-15"},
          {"2024-05-15", "yesterday", "2024-05-14..2024-05-14"},
          {"2024-05-15", "this-week", "2024-05-13..2024-05-19"},
          {"2024-05-15", "last-week", "2024-05-06..2024-05-12"},
          {"2024-05-15", "this-month", "2024-05-01..2024-05-31"},
          {"2024-05-15", "last-month", "2024-04-01..2024-04-30"},
          {"2024-05-15", "this-year", "2024-01-01..2024-12-31"},
          {"2024-05-15", "last-year", "2023-01-01..2023-12-31"},
          {"2024-05-15", "Today", "2024-05-15..2024-05-15"},
          {"2024-05-15", " LAST-week\t", "2024-05-06..2024-05-12"});
}

static void begins_weeks_on_monday(void **state)
{
    CHECK({"2024-05-13", "this-week", "2024-05-13..2024-05-19"},
          {"2024-05-19", "this-week", "2024-05-13..2024-05-19"},
          {"2024-05-20", "this-week", "2024-05-20..2024-05-26"},
          {"2024-05-20", "last-week", "2024-05-13..2024-05-19"});
}

static void crosses_the_ends_of_months_and_years(void **state)
{
    CHECK({"2024-01-01", "yesterday", "2023-12-31..2023-12-31"},
          {"2024-03-01", "yesterday", "2024-02-29..2024-02-29"},
          {"2023-03-01", "yesterday", "2023-02-28..2023-02-28"},
          {"2025-01-01", "this-week", "2024-12-30..2025-01-05"},
          {"2025-01-01", "last-week", "2024-12-23..2024-12-29"},
          {"2024-01-31", "last-month", "2023-12-01..2023-12-31"},
          {"2024-03-31", "last-month", "2024-02-01..2024-02-29"},
          {"2100-03-31", "last-month", "2100-02-01..2100-02-28"},
          {"2024-12-31", "this-month", "2024-12-01..2024-12-31"},
          {"2024-02-29", "last-year", "2023-01-01..2023-12-31"});
}

static void counts_days_and_weeks_up_to_and_with_today(void **state)
{
    CHECK({"2024-05-15", "1d", "2024-05-15..2024-05-15"},
          {"2024-05-15", "2D", "2024-05-14..2024-05-15"},
          {"2024-05-15", "30d", "2024-04-16..2024-05-15"},
          {"2024-03-01", "2d", "2024-02-29..2024-03-01"},
          {"2024-01-01", "366d", "2023-01-01..2024-01-01"},
          {"2024-05-15", "1w", "2024-05-09..2024-05-15"},
          {"2024-05-15", "2w", "2024-05-02..2024-05-15"});
}

static void counts_months_and_years_from_the_day_after(void **state)
{
    CHECK({"2024-05-15", "1m", "2024-04-16..2024-05-15"},
          {"2024-05-15", "6m", "2023-11-16..2024-05-15"},
          {"2024-05-15", "18m", "2022-11-16..2024-05-15"},
          {"2024-08-31", "6m", "2024-03-01..2024-08-31"},
          {"2023-08-31", "6m", "2023-03-01..2023-08-31"},
          {"2024-03-30", "1m", "2024-03-01..2024-03-30"},
          {"2024-05-31", "1m", "2024-05-01..2024-05-31"},
          {"2024-01-31", "1m", "2024-01-01..2024-01-31"},
          {"2024-12-31", "12m", "2024-01-01..2024-12-31"},
          {"2024-05-15", "1y", "2023-05-16..2024-05-15"},
          {"2024-02-29", "1y", "2023-03-01..2024-02-29"},
          {"2024-02-29", "4y", "2020-03-01..2024-02-29"},
          {"2023-02-28", "3y", "2020-02-29..2023-02-28"});
}

static void works_before_1970(void **state)
{
    CHECK({"1970-01-01", "yesterday", "1969-12-31..1969-12-31"},
          {"1970-01-01", "today", "1970-01-01..1970-01-01"},
          {"1970-01-01", "this-week", "1969-12-29..1970-01-04"},
          {"1969-12-31", "today", "1969-12-31..1969-12-31"},
          {"1969-12-31", "1y", "1969-01-01..1969-12-31"},
          {"1900-03-01", "yesterday", "1900-02-28..1900-02-28"},
          {"1600-03-01", "yesterday", "1600-02-29..1600-02-29"});
}

static void takes_a_date_as_it_is(void **state)
{
    CHECK({"2024-05-15", "2023", "2023..2023"}, {"2024-05-15", "2023-02", "2023-02..2023-02"},
          {"2024-05-15", "2023-02-03", "2023-02-03..2023-02-03"},
          {"2024-05-15", "2023-02-03T10:30+02:00", "2023-02-03T08:30:00Z..2023-02-03T08:30:00Z"});
}

static void reads_ranges_and_open_ranges(void **state)
{
    CHECK({"2024-05-15", "2023-02..2023-04", "2023-02..2023-04"},
          {"2024-05-15", "2023..", "2023.."}, {"2024-05-15", "..2023-04-05", "..2023-04-05"},
          {"2024-05-15", "2023..2023", "2023..2023"},
          {"2024-05-15", "2023..2023-04", "2023..2023-04"},
          {"2024-05-15", "2023-04..2023", "2023-04..2023"},
          {"2024-05-15", "last-month..yesterday", "2024-04-01..2024-05-14"},
          {"2024-05-15", "2024-01..last-week", "2024-01..2024-05-12"},
          {"2024-05-15", "last-year..", "2023-01-01.."},
          {"2024-05-15", "..last-year", "..2023-12-31"}, {"2024-05-15", "2w..", "2024-05-02.."});
}

static void rejects_a_range_that_ends_before_it_begins(void **state)
{
    CHECK({"2024-05-15", "2024..2023", "no"}, {"2024-05-15", "2023-05..2023-04", "no"},
          {"2024-05-15", "2023-05-02..2023-05-01", "no"}, {"2024-05-15", "2024-01..2023", "no"},
          {"2024-05-15", "today..yesterday", "no"}, {"2024-05-15", "this-week..last-week", "no"});
}

static void rejects_what_is_no_time(void **state)
{
    CHECK({"2024-05-15", "", "no"}, {"2024-05-15", " ", "no"}, {"2024-05-15", "..", "no"},
          {"2024-05-15", "2023...2024", "no"}, {"2024-05-15", "2023..x", "no"},
          {"2024-05-15", "x..2023", "no"}, {"2024-05-15", "2023..2024..2025", "no"},
          {"2024-05-15", "0d", "no"}, {"2024-05-15", "000m", "no"}, {"2024-05-15", "d", "no"},
          {"2024-05-15", "30", "no"}, {"2024-05-15", "30s", "no"}, {"2024-05-15", "-3d", "no"},
          {"2024-05-15", "3 d", "no"}, {"2024-05-15", "3dd", "no"}, {"2024-05-15", "99999w", "no"},
          {"2024-05-15", "99999999999999999999d", "no"}, {"2024-05-15", "2000y", "no"},
          {"2024-05-15", "this", "no"}, {"2024-05-15", "lastweek", "no"},
          {"2024-05-15", "last week", "no"}, {"2024-05-15", "todays", "no"},
          {"2024-05-15", "toda", "no"}, {"2024-05-15", "tomorrow", "no"},
          {"9999-12-31", "this-week", "no"}, {"1000-01-01", "yesterday", "no"});
}

static void needs_a_day_that_dates_can_tell(void **state)
{
    (void)state;
    static const int64_t times[] = {INT64_MIN, INT64_MAX, 253402300800, -30610224001};
    struct pm_date since, until;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_false(pm_when_parse("today", 5, times[i], &since, &until));
    assert_true(pm_when_parse("today", 5, 253402300799, &since, &until));
    assert_string_equal(until.text, "9999-12-31");
    assert_true(pm_when_parse("today", 5, -30610224000, &since, &until));
    assert_string_equal(since.text, "1000-01-01");
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    struct pm_date since, until;
    assert_true(pm_when_parse("30days", 3, noon("2024-05-15"), &since, &until));
    assert_string_equal(since.text, "2024-04-16");
    assert_false(pm_when_parse("today\0", 6, noon("2024-05-15"), &since, &until));
    assert_true(pm_when_parse_range("2023..2024", 6, 0, &since, &until));
    assert_string_equal(until.text, "");
    assert_true(pm_when_parse_range("2023..2024", 4, 0, &since, &until));
    assert_string_equal(until.text, "2023");
    assert_false(pm_when_parse("2023..2024", 10, 0, &since, &until));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_words_for_days_weeks_months_and_years),
        cmocka_unit_test(begins_weeks_on_monday),
        cmocka_unit_test(crosses_the_ends_of_months_and_years),
        cmocka_unit_test(counts_days_and_weeks_up_to_and_with_today),
        cmocka_unit_test(counts_months_and_years_from_the_day_after),
        cmocka_unit_test(works_before_1970),
        cmocka_unit_test(takes_a_date_as_it_is),
        cmocka_unit_test(reads_ranges_and_open_ranges),
        cmocka_unit_test(rejects_a_range_that_ends_before_it_begins),
        cmocka_unit_test(rejects_what_is_no_time),
        cmocka_unit_test(needs_a_day_that_dates_can_tell),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
