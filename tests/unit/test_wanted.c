#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "wanted.h"

static void want(struct pm_wanted *wanted, const char *text, size_t len, uint32_t phrase,
                 uint32_t offset)
{
    struct pm_error err = {0};
    char copy[32] = {0};
    memcpy(copy, text, len);
    struct pm_wanted_term term = {.text = copy,
                                  .len = len,
                                  .weight = 1.5,
                                  .concept = wanted->concepts,
                                  .phrase = phrase,
                                  .offset = offset};
    assert_int_equal(pm_wanted_add(wanted, &term, &err), 0);
}

static void finds_what_was_added(void **state)
{
    (void)state;
    static const char *const texts[] = {"river", "port", "ផែ", "ri", "rivers", "US", "us", "1"};
    struct pm_wanted wanted = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        want(&wanted, texts[i], strlen(texts[i]), PM_NO_PHRASE, 0);
    pm_wanted_sort(&wanted);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct pm_wanted_term *found = pm_wanted_find(&wanted, texts[i], strlen(texts[i]));
        assert_non_null(found);
        assert_string_equal(found->text, texts[i]);
        assert_true(found->weight > 1.4 && found->weight < 1.6);
    }
    pm_wanted_release(&wanted);
}

static void does_not_find_what_is_only_alike(void **state)
{
    (void)state;
    struct pm_wanted wanted = {0};
    want(&wanted, "river", 5, PM_NO_PHRASE, 0);
    want(&wanted, "US", 2, PM_NO_PHRASE, 0);
    pm_wanted_sort(&wanted);
    static const char *const others[] = {"", "r", "rive", "rivers", "River", "us", "USA", "z"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_null(pm_wanted_find(&wanted, others[i], strlen(others[i])));
    pm_wanted_release(&wanted);
}

static void finds_the_first_of_a_run_of_one_text(void **state)
{
    (void)state;
    struct pm_wanted wanted = {0};
    want(&wanted, "guard", 5, 0, 1);
    want(&wanted, "coast", 5, 0, 0);
    want(&wanted, "guard", 5, PM_NO_PHRASE, 0);
    want(&wanted, "guards", 6, PM_NO_PHRASE, 0);
    want(&wanted, "guard", 5, 1, 0);
    pm_wanted_sort(&wanted);
    const struct pm_wanted_term *found = pm_wanted_find(&wanted, "guard", 5);
    assert_ptr_equal(found, &wanted.term[1]);
    for (int i = 0; i < 3; i++)
        assert_string_equal(found[i].text, "guard");
    assert_string_equal(found[3].text, "guards");
    pm_wanted_release(&wanted);
}

static void sorts_alike_in_whichever_order_terms_came(void **state)
{
    (void)state;
    struct pm_wanted one = {0}, two = {0};
    for (uint32_t i = 0; i < 40; i++) {
        want(&one, "same", 4, i % 3, i);
        want(&two, "same", 4, (39 - i) % 3, 39 - i);
    }
    pm_wanted_sort(&one);
    pm_wanted_sort(&two);
    for (size_t i = 0; i < one.len; i++) {
        assert_int_equal(one.term[i].phrase, two.term[i].phrase);
        assert_int_equal(one.term[i].offset, two.term[i].offset);
    }
    pm_wanted_release(&one);
    pm_wanted_release(&two);
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    struct pm_wanted wanted = {0};
    want(&wanted, "a\0b", 3, PM_NO_PHRASE, 0);
    pm_wanted_sort(&wanted);
    assert_non_null(pm_wanted_find(&wanted, "a\0b", 3));
    assert_null(pm_wanted_find(&wanted, "a\0c", 3));
    assert_null(pm_wanted_find(&wanted, "a", 1));
    pm_wanted_release(&wanted);
}

static void leaves_the_numbering_to_the_caller(void **state)
{
    (void)state;
    struct pm_wanted wanted = {.concepts = 7, .phrases = 2};
    want(&wanted, "river", 5, 5, 0);
    assert_int_equal(wanted.concepts, 7);
    assert_int_equal(wanted.phrases, 2);
    assert_int_equal(wanted.term[0].concept, 7);
    pm_wanted_release(&wanted);
}

static void is_at_ease_with_nothing(void **state)
{
    (void)state;
    struct pm_wanted wanted = {0};
    pm_wanted_sort(&wanted);
    assert_null(pm_wanted_find(&wanted, "river", 5));
    pm_wanted_release(&wanted);
    want(&wanted, "river", 5, PM_NO_PHRASE, 0);
    pm_wanted_release(&wanted);
    pm_wanted_release(&wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_was_added),
        cmocka_unit_test(does_not_find_what_is_only_alike),
        cmocka_unit_test(finds_the_first_of_a_run_of_one_text),
        cmocka_unit_test(sorts_alike_in_whichever_order_terms_came),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(leaves_the_numbering_to_the_caller),
        cmocka_unit_test(is_at_ease_with_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
