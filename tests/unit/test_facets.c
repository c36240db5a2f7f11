#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "facets.h"
#include "schema.h"

static void add(struct pm_facet_counts *counts, const char *value, size_t len)
{
    struct pm_error err = {0};
    struct pm_db_bytes bytes = {value, len};
    assert_int_equal(pm_facet_counts_add(counts, &bytes, &err), 0);
    assert_int_equal(err.code, PM_OK);
}

/* Sorts, shows as "a:2 b:1 -:3" (what is missing last) and compares. */
static int differs(struct pm_facet_counts *counts, const char *shown)
{
    struct pm_buf out = PM_BUF_INIT;
    pm_facet_counts_sort(counts);
    for (size_t i = 0; i < counts->len; i++)
        pm_buf_addf(&out, "%s:%u ", counts->item[i].value, counts->item[i].count);
    pm_buf_addf(&out, "-:%u", counts->missing);
    int wrong = strcmp(pm_buf_str(&out), shown) != 0;
    if (wrong)
        print_error("gave '%s', not '%s'\n", pm_buf_str(&out), shown);
    pm_buf_release(&out);
    pm_facet_counts_release(counts);
    return wrong;
}

/* Counts values, each an article's, that commas part. */
static struct pm_facet_counts count(enum pm_facet facet, const char *values)
{
    struct pm_facet_counts counts = {.facet = facet};
    for (const char *at = values; *at; at += *at == ',') {
        size_t len = strcspn(at, ",");
        add(&counts, at, len);
        at += len;
    }
    return counts;
}

struct row {
    enum pm_facet facet;
    const char *values, *shown;
};

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        int wrong = 0;                                                                             \
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {                                  \
            struct pm_facet_counts counts = count(rows[i].facet, rows[i].values);                  \
            wrong += differs(&counts, rows[i].shown);                                              \
        }                                                                                          \
        assert_int_equal(wrong, 0);                                                                \
    } while (0)

static void finds_each_facet_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; i < PM_FACETS; i++)
        assert_int_equal(pm_facet_find(pm_facet_table[i].name, strlen(pm_facet_table[i].name)), i);
    assert_int_equal(pm_facet_find("tags", 4), PM_FACET_TAG);
    static const char *const others[] = {"", "ta", "tagss", "date", "id", "years", "Source"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(pm_facet_find(others[i], strlen(others[i])), -1);
}

static void takes_its_slots_from_the_schema(void **state)
{
    (void)state;
    for (int i = 0; i < PM_FACETS; i++) {
        const struct pm_facet_info *info = &pm_facet_table[i];
        int field = info->kinds       ? PM_FIELD_ENTITY
                    : info->precision ? PM_FIELD_DATE
                                      : pm_schema_find(info->name, strlen(info->name));
        assert_true(field >= 0);
        assert_int_equal(info->slot, pm_schema[field].slot);
    }
}

static void puts_the_most_frequent_value_first_then_by_value(void **state)
{
    CHECK({PM_FACET_SOURCE, "b,a,c,b,B,c,b", "b:3 c:2 B:1 a:1 -:0"},
          {PM_FACET_AUTHOR, "y,x,z", "x:1 y:1 z:1 -:0"}, {PM_FACET_LANGUAGE, "", "-:0"},
          {PM_FACET_SECTION, "\xff,ab,a,\xff,\x01", "\xff:2 \x01:1 a:1 ab:1 -:0"});
}

static void counts_articles_without_a_value(void **state)
{
    CHECK({PM_FACET_SOURCE, ",,a,,a", "a:2 -:3"});
}

static void counts_each_tag_of_an_article_once(void **state)
{
    (void)state;
    struct pm_facet_counts counts = {.facet = PM_FACET_TAG};
    add(&counts, "grain\0port\0grain", 16);
    add(&counts, "port", 4);
    add(&counts, "grain", 5);
    add(&counts, "\0\0port\0", 7);
    add(&counts, "\0", 1);
    add(&counts, "", 0);
    assert_int_equal(differs(&counts, "port:3 grain:2 -:2"), 0);
}

static void counts_many_values(void **state)
{
    (void)state;
    struct pm_facet_counts counts = {.facet = PM_FACET_AUTHOR};
    char name[16];
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 5000; i++)
            if (i % 3 <= round)
                add(&counts, name, (size_t)snprintf(name, sizeof name, "%d", i));
    pm_facet_counts_sort(&counts);
    assert_int_equal(counts.len, 5000);
    assert_string_equal(counts.item[0].value, "0");
    for (size_t i = 0; i < counts.len; i++) {
        int number = 0;
        assert_int_equal(sscanf(counts.item[i].value, "%d", &number), 1);
        assert_int_equal(counts.item[i].count, 3 - number % 3);
    }
    pm_facet_counts_release(&counts);
}

static void cuts_dates_where_they_are_precise_enough(void **state)
{
#define DATES "2024-05-19T10:30:00Z,2023,2024-05-19,2024-05,,2023-12-31T23:59:59Z"
    CHECK({PM_FACET_YEAR, DATES, "2023:2 2024:3 -:1"},
          {PM_FACET_MONTH, DATES, "2023-12:1 2024-05:3 -:2"},
          {PM_FACET_DAY, DATES, "2023-12-31:1 2024-05-19:2 -:3"},
          {PM_FACET_WEEK, DATES, "2023-W52:1 2024-W20:2 -:3"},
          {PM_FACET_DAY, "2024-13-01,yesterday!,2024-02-30", "-:3"},
          {PM_FACET_MONTH, " 2024  ,2024-1-", "-:2"});
}

static void sorts_times_by_time_whatever_their_counts(void **state)
{
    CHECK({PM_FACET_YEAR, "2024,1969,2024,1850", "1850:1 1969:1 2024:2 -:0"});
}

static void knows_the_weeks_of_iso_8601(void **state)
{
    CHECK({PM_FACET_WEEK, "2020-12-31", "2020-W53:1 -:0"},
          {PM_FACET_WEEK, "2021-01-03", "2020-W53:1 -:0"},
          {PM_FACET_WEEK, "2021-01-04", "2021-W01:1 -:0"},
          {PM_FACET_WEEK, "2024-12-30", "2025-W01:1 -:0"},
          {PM_FACET_WEEK, "2024-12-29", "2024-W52:1 -:0"},
          {PM_FACET_WEEK, "2024-01-01", "2024-W01:1 -:0"},
          {PM_FACET_WEEK, "2023-01-01", "2022-W52:1 -:0"},
          {PM_FACET_WEEK, "1969-12-28", "1969-W52:1 -:0"},
          {PM_FACET_WEEK, "1969-12-29", "1970-W01:1 -:0"},
          {PM_FACET_WEEK, "1000-01-01", "1000-W01:1 -:0"},
          {PM_FACET_WEEK, "9999-12-31", "9999-W52:1 -:0"});
}

/* ---- timelines ---- */

struct line {
    enum pm_facet facet;
    const char *matches, *index;
    const char *shown; /* "2024:articles/indexed ...", the undated last */
};

static void check_lines(const struct line *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct pm_error err = {0};
        struct pm_timeline timeline;
        struct pm_buf out = PM_BUF_INIT;
        struct pm_facet_counts matches = count(rows[i].facet, rows[i].matches);
        struct pm_facet_counts index = count(rows[i].facet, rows[i].index);
        pm_facet_counts_sort(&matches);
        pm_facet_counts_sort(&index);
        assert_int_equal(pm_timeline_make(&matches, &index, &timeline, &err), 0);
        for (size_t j = 0; j < timeline.len; j++)
            pm_buf_addf(&out, "%s:%u/%u ", timeline.bin[j].time, timeline.bin[j].articles,
                        timeline.bin[j].indexed);
        pm_buf_addf(&out, "-:%u", timeline.undated);
        if (strcmp(pm_buf_str(&out), rows[i].shown)) {
            print_error("gave '%s', not '%s'\n", pm_buf_str(&out), rows[i].shown);
            wrong++;
        }
        pm_buf_release(&out);
        pm_timeline_release(&timeline);
        pm_facet_counts_release(&matches);
        pm_facet_counts_release(&index);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_LINES(...)                                                                           \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct line rows[] = {__VA_ARGS__};                                           \
        check_lines(rows, sizeof rows / sizeof *rows);                                             \
    } while (0)

static void fills_a_timeline_between_its_first_and_last_match(void **state)
{
    CHECK_LINES(
        {PM_FACET_YEAR, "2021,2023,2023", "2020,2021,2022,2022,2023,2023,2024",
         "2021:1/1 2022:0/2 2023:2/2 -:0"},
        {PM_FACET_MONTH, "2023-11,2024-02", "2023-10,2023-11,2023-12,2024-02",
         "2023-11:1/1 2023-12:0/1 2024-01:0/0 2024-02:1/1 -:0"},
        {PM_FACET_DAY, "2024-02-28,2024-03-01", "2024-02-27,2024-02-28,2024-02-29,2024-03-01",
         "2024-02-28:1/1 2024-02-29:0/1 2024-03-01:1/1 -:0"},
        {PM_FACET_DAY, "2023-02-28,2023-03-01", "", "2023-02-28:1/0 2023-03-01:1/0 -:0"},
        {PM_FACET_DAY, "1970-01-01,1969-12-30", "1970-01-02,1969-12-29",
         "1969-12-30:1/0 1969-12-31:0/0 1970-01-01:1/0 -:0"},
        {PM_FACET_WEEK, "2020-12-20,2021-01-12", "2020-12-31,2021-01-03,2021-01-04",
         "2020-W51:1/0 2020-W52:0/0 2020-W53:0/2 2021-W01:0/1 2021-W02:1/0 -:0"},
        {PM_FACET_WEEK, "1969-12-28,1970-01-05", "", "1969-W52:1/0 1970-W01:0/0 1970-W02:1/0 -:0"});
}

static void leaves_the_undated_out_of_a_timeline(void **state)
{
    CHECK_LINES({PM_FACET_MONTH, "2024,2024-05,,2024-05-19", "2024,2024-05", "2024-05:2/1 -:2"},
                {PM_FACET_DAY, "2024", "2024-05-19", "-:1"}, {PM_FACET_DAY, "", "", "-:0"});
}

static void begins_every_week_where_the_last_one_ended(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_timeline days, weeks;
    struct pm_facet_counts day = count(PM_FACET_DAY, "1899-12-31,2051-01-02");
    struct pm_facet_counts week = count(PM_FACET_WEEK, "1899-12-31,2051-01-02");
    pm_facet_counts_sort(&day);
    pm_facet_counts_sort(&week);
    assert_int_equal(pm_timeline_make(&day, &day, &days, &err), 0);
    assert_int_equal(pm_timeline_make(&week, &week, &weeks, &err), 0);
    for (size_t i = 0, at = 0; i < days.len; i++) {
        struct pm_facet_counts one = count(PM_FACET_WEEK, days.bin[i].time);
        at += strcmp(weeks.bin[at].time, one.item[0].value) != 0;
        assert_true(at < weeks.len);
        assert_string_equal(weeks.bin[at].time, one.item[0].value);
        pm_facet_counts_release(&one);
    }
    pm_timeline_release(&days);
    pm_timeline_release(&weeks);
    pm_facet_counts_release(&day);
    pm_facet_counts_release(&week);
}

static void refuses_a_timeline_of_more_than_100000_bins(void **state)
{
    (void)state;
    static const struct {
        const char *dates;
        int rc;
    } rows[] = {{"1000-01-01,1273-10-15", 0}, {"1000-01-01,1273-10-16", -1}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_timeline timeline;
        struct pm_facet_counts days = count(PM_FACET_DAY, rows[i].dates);
        pm_facet_counts_sort(&days);
        assert_int_equal(pm_timeline_make(&days, &days, &timeline, &err), rows[i].rc);
        assert_int_equal(err.code, rows[i].rc ? PM_ERR_QUERY : PM_OK);
        assert_int_equal(timeline.len, rows[i].rc ? 0 : 100000);
        pm_timeline_release(&timeline);
        pm_facet_counts_release(&days);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_facet_by_its_name),
        cmocka_unit_test(takes_its_slots_from_the_schema),
        cmocka_unit_test(puts_the_most_frequent_value_first_then_by_value),
        cmocka_unit_test(counts_articles_without_a_value),
        cmocka_unit_test(counts_each_tag_of_an_article_once),
        cmocka_unit_test(counts_many_values),
        cmocka_unit_test(cuts_dates_where_they_are_precise_enough),
        cmocka_unit_test(sorts_times_by_time_whatever_their_counts),
        cmocka_unit_test(knows_the_weeks_of_iso_8601),
        cmocka_unit_test(fills_a_timeline_between_its_first_and_last_match),
        cmocka_unit_test(leaves_the_undated_out_of_a_timeline),
        cmocka_unit_test(begins_every_week_where_the_last_one_ended),
        cmocka_unit_test(refuses_a_timeline_of_more_than_100000_bins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
