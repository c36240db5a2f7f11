/* What the words of a name tell of what bears it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kinds.h"

static void keeps_its_table_in_order(void **state)
{
    (void)state;
    assert_non_null(kind_word(0));
    for (size_t i = 1; kind_word(i); i++)
        if (strcmp(kind_word(i - 1), kind_word(i)) >= 0)
            fail_msg("%s stands before %s", kind_word(i - 1), kind_word(i));
}

static void knows_the_kind_of_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum word_kind kind;
    } cases[] = {
        {"", KIND_NONE},         {"inc", KIND_COMPANY},     {"commission", KIND_BODY},
        {"army", KIND_OWN},      {"defence", KIND_FIELD},   {"national", KIND_FIELD},
        {"tariffs", KIND_FIELD}, {"minister", KIND_OFFICE}, {"memorandum", KIND_THING},
        {"mln", KIND_UNIT},      {"western", KIND_COMMON},  {"of", KIND_NONE},
        {"and", KIND_NONE},      {"cambodia", KIND_NONE},   {"general", KIND_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (kind_of(cases[i].word, strlen(cases[i].word)) != cases[i].kind)
            fail_msg("%s is of another kind", cases[i].word);
}

static void looks_at_all_words_and_at_the_last(void **state)
{
    (void)state;
    assert_true(kind_all("co", KIND_COMPANY));
    assert_true(kind_all("sons and co inc", KIND_COMPANY));
    assert_false(kind_all("", KIND_COMPANY));
    assert_false(kind_all("and co", KIND_COMPANY));
    assert_false(kind_all("co and", KIND_COMPANY));
    assert_false(kind_all("ford co", KIND_COMPANY));
    assert_true(kind_all("trade and industry", KIND_FIELD));
    assert_int_equal(kind_last("free trade agreement"), KIND_THING);
    assert_int_equal(kind_last("agreement"), KIND_THING);
    assert_int_equal(kind_last(""), KIND_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_its_table_in_order),
        cmocka_unit_test(knows_the_kind_of_a_word),
        cmocka_unit_test(looks_at_all_words_and_at_the_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
