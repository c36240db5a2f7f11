/* Where a query is broken, shown below it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place.h"

static void a_mistake_is_marked_by_columns(void **state)
{
    static const struct {
        const char *query;
        size_t offset;
        const char *shown;
    } rows[] = {
        {"ferry \"sinks", 6, "  ferry \"sinks\n        ^\n"},
        {"", 0, "  \n  ^\n"},
        {"ab", 2, "  ab\n    ^\n"},
        {"ab", 99, "  ab\n    ^\n"},
        {"café \"x", 6, "  café \"x\n       ^\n"},
        {"cafe\xcc\x81 \"x", 7, "  cafe\xcc\x81 \"x\n       ^\n"},
        {"海军 \"x", 7, "  海军 \"x\n       ^\n"},
        {"a\tb\033\"x", 4, "  a b \"x\n      ^\n"},
        {"a\xe2\x80\xae\"x", 4, "  a \"x\n    ^\n"},
        {"a\xff\"x", 4, "  a\xef\xbf\xbd\"x\n    ^\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_buf out = PM_BUF_INIT;
        pm_place_show(&out, rows[i].query, strlen(rows[i].query), rows[i].offset);
        assert_string_equal(pm_buf_str(&out), rows[i].shown);
        pm_buf_release(&out);
    }
}

/* Checks what is shown of a query of `before` letters, a quotation mark and `after` letters. */
static void check_window(const char *letter, size_t width, size_t before, size_t after)
{
    struct pm_buf query = PM_BUF_INIT, out = PM_BUF_INIT;
    for (size_t i = 0; i < before; i++)
        pm_buf_adds(&query, letter);
    size_t offset = query.len;
    pm_buf_addc(&query, '"');
    for (size_t i = 0; i < after; i++)
        pm_buf_adds(&query, letter);
    pm_place_show(&out, query.data, query.len, offset);
    char *line = out.data, *end = strchr(line, '\n'), *quote = strchr(line, '"');
    assert_non_null(quote);
    size_t column = 0, columns = 0;
    for (char *c = line; c < end;) {
        bool wide = width == 2 && !strncmp(c, letter, strlen(letter));
        size_t bytes = (*c & 0x80) ? 3 : 1;
        columns += wide ? 2 : 1;
        column += c < quote ? (wide ? 2 : 1) : 0;
        c += bytes;
    }
    assert_true(columns <= 2 + 1 + 72 + 1);
    assert_int_equal(strcspn(end + 1, "^"), column);
    assert_string_equal(end + 1 + column, "^\n");
    assert_int_equal(!strncmp(line, "  …", 5),
                     (before + after) * width + 1 > 72 && before * width > 36);
    pm_buf_release(&query);
    pm_buf_release(&out);
}

static void of_a_long_query_only_a_window_is_shown(void **state)
{
    static const size_t rows[][2] = {{0, 0},    {10, 500}, {71, 0},   {72, 0},   {500, 0},
                                     {500, 10}, {80, 80},  {37, 100}, {36, 100}, {60000, 60}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_window("x", 1, rows[i][0], rows[i][1]);
        check_window("海", 2, rows[i][0], rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mistake_is_marked_by_columns),
        cmocka_unit_test(of_a_long_query_only_a_window_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
