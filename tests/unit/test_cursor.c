#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "cursor.h"

static struct pm_key key_of(double score, const char *source, const char *date, const char *id)
{
    return (struct pm_key){score, (char *)(uintptr_t)source, (char *)(uintptr_t)date,
                           (char *)(uintptr_t)id};
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    static const char *const ids[] = {"a", "reut-1,2", "/a b/%é\n.txt",
                                      "https://x.example/?q=1&r=2"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct pm_cursor cursor = {PM_SORT_SOURCE, 7, 0xfedc0123,
                                   key_of(12.043301207, "Daily, Post", "", ids[i])};
        struct pm_cursor read;
        struct pm_error err = {0};
        struct pm_buf text = PM_BUF_INIT;
        pm_cursor_format(&cursor, &text);
        assert_null(strpbrk(pm_buf_str(&text), " \n\"'&?="));
        assert_int_equal(pm_cursor_parse(pm_buf_str(&text), &read, &err), 0);
        assert_int_equal(read.sort, PM_SORT_SOURCE);
        assert_int_equal(read.rank, 7);
        assert_int_equal(read.query, 0xfedc0123);
        assert_true(read.key.score == 12.043301207);
        assert_string_equal(read.key.source, "Daily, Post");
        assert_string_equal(read.key.date, "");
        assert_string_equal(read.key.id, ids[i]);
        pm_key_release(&read.key);
        pm_buf_release(&text);
    }
}

static void refuses_what_is_no_cursor(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "relevance",
        "relevance,1,2,,",
        "relevance,1,2,,,a",
        "relevance,1,2,,,a,0000000",
        "relevance,1,2,,,a,0000000x",
        "relevance,1,2,,,a,000000000",
        "relevance,1,2,,,a,00000000,",
        "beauty,1,2,,,a,00000000",
        "date,-1,2,,,a,00000000",
        "date,1x,2,,,a,00000000",
        "date,1,nan,,,a,00000000",
        "date,1,2,%0,,a,00000000",
        "date,1,2,%00,,a,00000000",
        "date,1,2,%zz,,a,00000000",
        "date,4294967297,2,,,a,00000000",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_cursor read;
        struct pm_error err = {0};
        if (!pm_cursor_parse(rows[i], &read, &err))
            fail_msg("'%s' was read", rows[i]);
        assert_int_equal(err.code, PM_ERR_USAGE);
    }
}

static void puts_what_is_empty_last_in_every_order(void **state)
{
    (void)state;
    const struct pm_key none = key_of(1, "", "", "a"), old = key_of(1, "A", "2019", "b"),
                        recent = key_of(1, "B", "2024-05", "c"), best = key_of(2, "", "", "z");
    static const enum pm_sort sorts[] = {PM_SORT_RELEVANCE, PM_SORT_OLDEST, PM_SORT_NEWEST,
                                         PM_SORT_SOURCE};
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        assert_true(pm_key_compare(sorts[i], &old, &none) < 0);
        assert_true(pm_key_compare(sorts[i], &none, &recent) > 0);
        assert_int_equal(pm_key_compare(sorts[i], &old, &old), 0);
    }
    assert_true(pm_key_compare(PM_SORT_RELEVANCE, &best, &recent) < 0);
    assert_true(pm_key_compare(PM_SORT_RELEVANCE, &recent, &old) < 0);
    assert_true(pm_key_compare(PM_SORT_OLDEST, &old, &recent) < 0);
    assert_true(pm_key_compare(PM_SORT_NEWEST, &recent, &old) < 0);
    assert_true(pm_key_compare(PM_SORT_SOURCE, &old, &recent) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes),
        cmocka_unit_test(refuses_what_is_no_cursor),
        cmocka_unit_test(puts_what_is_empty_last_in_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
