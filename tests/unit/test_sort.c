#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sort.h"

#define MOST 3000

static struct pm_sort_key key[2 * MOST];

static void add(size_t i, const char *text, size_t len)
{
    key[i] = pm_sort_key(text, (uint32_t)len, (uint32_t)i);
}

static void puts_bytes_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t len;
    } sorted[] = {
        {"", 0},          {"\0", 1},        {"\0\0", 2},       {"a", 1},         {"a\0", 2},
        {"a\0b", 3},      {"abcdefgh", 8},  {"abcdefgh\0", 9}, {"abcdefgha", 9}, {"abcdefghaa", 10},
        {"abcdefghb", 9}, {"abcdefgi", 8},  {"abcdefgiz", 9},  {"b", 1},         {"\x7f", 1},
        {"\x80", 1},      {"\xc3\xa9t", 3}, {"\xff", 1},       {"\xff\xff", 2},
    };
    const size_t n = sizeof sorted / sizeof *sorted;
    for (size_t turn = 0; turn < n; turn++) {
        for (size_t i = 0; i < n; i++) {
            size_t of = (i * 7 + turn) % n; /* 7 and n have no divisor in common */
            add(i, sorted[of].text, sorted[of].len);
        }
        const struct pm_sort_key *result = pm_sort(key, n);
        for (size_t i = 0; i < n; i++)
            assert_ptr_equal(result[i].text, sorted[i].text);
    }
}

static void sorts_any_number_and_leaves_equal_ones_as_they_are(void **state)
{
    (void)state;
    static char text[MOST][2];
    uint32_t seed = 1;
    for (size_t n = 0; n <= MOST; n = n < 40 ? n + 1 : n * 3 / 2) {
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i][0] = (char)(seed >> 24);
            text[i][1] = (char)(seed >> 31);
            add(i, text[i], 2);
        }
        const struct pm_sort_key *result = pm_sort(key, n);
        assert_true(result == key || result == key + n);
        for (size_t i = 1; i < n; i++) {
            int order = memcmp(result[i - 1].text, result[i].text, 2);
            assert_true(order < 0 || (order == 0 && result[i - 1].number < result[i].number));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_bytes_in_order),
        cmocka_unit_test(sorts_any_number_and_leaves_equal_ones_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
