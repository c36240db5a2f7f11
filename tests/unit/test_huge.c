#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "huge.h"

#define LARGE (PM_HUGE_PAGE + 1)

static bool is_filled(const char *bytes, char with, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] != with)
            return false;
    return true;
}

static void begins_with_a_page(void **state)
{
    (void)state;
    char *memory = pm_huge_alloc(LARGE);
    assert_non_null(memory);
    assert_int_equal((uintptr_t)memory % PM_HUGE_PAGE, 0);
    free(memory);
}

static void zeros_memory_used_before(void **state)
{
    (void)state;
    const size_t sizes[] = {1, 1000, PM_HUGE_PAGE / 2, LARGE};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int again = 0; again < 4; again++) {
            char *memory = pm_huge_zeros(sizes[i]);
            assert_non_null(memory);
            assert_true(is_filled(memory, 0, sizes[i]));
            memset(memory, 'x', sizes[i]);
            free(memory);
        }
    }
}

static void keeps_what_was_used_when_growing(void **state)
{
    (void)state;
    size_t used = 0;
    char *memory = NULL;
    for (size_t size = 1; size < 8 * PM_HUGE_PAGE; size *= 3) {
        memory = pm_huge_grow(memory, used, size);
        assert_non_null(memory);
        assert_true(is_filled(memory, 'x', used));
        memset(memory, 'x', size);
        used = size;
    }
    free(memory);
}

static void refuses_what_no_memory_holds(void **state)
{
    (void)state;
    char *memory = malloc(1);
    assert_non_null(memory);
    assert_null(pm_huge_alloc(SIZE_MAX));
    assert_null(pm_huge_zeros(SIZE_MAX - 1));
    assert_null(pm_huge_grow(memory, 1, SIZE_MAX / 2 + 1));
    memory[0] = 'x'; /* still there */
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(begins_with_a_page),
        cmocka_unit_test(zeros_memory_used_before),
        cmocka_unit_test(keeps_what_was_used_when_growing),
        cmocka_unit_test(refuses_what_no_memory_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
