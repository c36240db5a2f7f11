#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"

static void is_the_empty_string_before_anything_is_added(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    assert_string_equal(pm_buf_str(&buf), "");
    pm_buf_clear(&buf);
    assert_string_equal(pm_buf_str(&buf), "");
    pm_buf_release(&buf);
    pm_buf_release(&buf);
}

static void ends_in_a_nul_after_every_add(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    for (size_t len = 1; len <= 1000; len++) {
        pm_buf_addc(&buf, (char)('a' + len % 26));
        assert_int_equal(buf.len, len);
        assert_int_equal(strlen(pm_buf_str(&buf)), len);
        assert_true(buf.cap > buf.len);
    }
    assert_false(buf.failed);
    pm_buf_release(&buf);
}

static void keeps_bytes_that_are_no_text(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_add(&buf, "a\0b", 3);
    pm_buf_addc(&buf, '\0');
    pm_buf_adds(&buf, "\xff");
    assert_int_equal(buf.len, 5);
    assert_memory_equal(buf.data, "a\0b\0\xff", 6);
    pm_buf_release(&buf);
}

static void adds_nothing_of_no_length(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_add(&buf, NULL, 0);
    pm_buf_adds(&buf, "");
    pm_buf_addf(&buf, "%s", "");
    assert_int_equal(buf.len, 0);
    assert_false(buf.failed);
    assert_string_equal(pm_buf_str(&buf), "");
    pm_buf_release(&buf);
}

static void formats_text_of_any_length(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    for (int width = 0; width < 300; width += 7) {
        pm_buf_clear(&buf);
        pm_buf_adds(&buf, "<");
        pm_buf_addf(&buf, "%*d%c%s", width, 7, '|', "end");
        assert_int_equal(buf.len, 1 + (size_t)(width ? width : 1) + 4);
        assert_string_equal(buf.data + buf.len - 5, "7|end");
        assert_int_equal(buf.data[0], '<');
    }
    pm_buf_release(&buf);
}

static void writes_numbers_in_digits(void **state)
{
    (void)state;
    static const struct {
        uint64_t number;
        const char *digits;
    } rows[] = {
        {0, "0"}, {9, "9"}, {10, "10"}, {1050, "1050"}, {UINT64_MAX, "18446744073709551615"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_buf buf = PM_BUF_INIT;
        pm_buf_addn(&buf, rows[i].number);
        assert_string_equal(pm_buf_str(&buf), rows[i].digits);
        pm_buf_release(&buf);
    }
}

static void keeps_its_memory_when_emptied(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_adds(&buf, "something");
    size_t cap = buf.cap;
    pm_buf_clear(&buf);
    assert_int_equal(buf.len, 0);
    assert_int_equal(buf.cap, cap);
    assert_string_equal(buf.data, "");
    pm_buf_release(&buf);
    assert_null(buf.data);
}

static void lends_room_for_the_caller_to_fill(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_adds(&buf, "head ");
    char *room = pm_buf_reserve(&buf, 5000);
    assert_ptr_equal(room, buf.data + buf.len);
    memset(room, 'x', 5000);
    buf.len += 5000;
    pm_buf_adds(&buf, " tail");
    assert_int_equal(buf.len, 5010);
    assert_memory_equal(buf.data, "head x", 6);
    assert_string_equal(buf.data + 5004, "x tail");
    pm_buf_release(&buf);
}

static void does_nothing_more_once_it_failed(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_adds(&buf, "kept");
    assert_null(pm_buf_reserve(&buf, SIZE_MAX - 2));
    assert_true(buf.failed);
    pm_buf_adds(&buf, "lost");
    pm_buf_addc(&buf, 'l');
    pm_buf_addf(&buf, "%d", 1);
    assert_null(pm_buf_reserve(&buf, 1));
    assert_string_equal(pm_buf_str(&buf), "kept");
    assert_true(buf.failed);
    pm_buf_clear(&buf);
    assert_false(buf.failed);
    pm_buf_adds(&buf, "anew");
    assert_string_equal(pm_buf_str(&buf), "anew");
    pm_buf_release(&buf);
}

static void hands_its_bytes_over_and_is_empty(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_adds(&buf, "mine");
    char *text = pm_buf_detach(&buf);
    assert_string_equal(text, "mine");
    free(text);
    assert_null(buf.data);
    assert_int_equal(buf.len, 0);
    text = pm_buf_detach(&buf);
    assert_string_equal(text, "");
    free(text);
    assert_null(buf.data);
}

static void hands_nothing_over_after_a_failure(void **state)
{
    (void)state;
    struct pm_buf buf = PM_BUF_INIT;
    pm_buf_adds(&buf, "half of it");
    pm_buf_reserve(&buf, SIZE_MAX - 2);
    assert_null(pm_buf_detach(&buf));
    assert_null(buf.data);
    assert_false(buf.failed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_empty_string_before_anything_is_added),
        cmocka_unit_test(ends_in_a_nul_after_every_add),
        cmocka_unit_test(keeps_bytes_that_are_no_text),
        cmocka_unit_test(adds_nothing_of_no_length),
        cmocka_unit_test(formats_text_of_any_length),
        cmocka_unit_test(writes_numbers_in_digits),
        cmocka_unit_test(keeps_its_memory_when_emptied),
        cmocka_unit_test(lends_room_for_the_caller_to_fill),
        cmocka_unit_test(does_nothing_more_once_it_failed),
        cmocka_unit_test(hands_its_bytes_over_and_is_empty),
        cmocka_unit_test(hands_nothing_over_after_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
