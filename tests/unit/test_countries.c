/* Countries by their names and their people: what is known, and what is left alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "countries.h"

static const char *country(const char *key)
{
    return country_of(key, strlen(key));
}

static void keeps_its_table_in_order(void **state)
{
    (void)state;
    assert_true(country_key(0) && country_key(1));
    for (size_t i = 1; country_key(i); i++)
        if (strcmp(country_key(i - 1), country_key(i)) >= 0)
            fail_msg("%s stands before %s", country_key(i - 1), country_key(i));
}

static void finds_every_key_and_the_country_by_its_own_name(void **state)
{
    (void)state;
    for (size_t i = 0; country_key(i); i++) {
        const char *found = country(country_key(i));
        char own[80];
        assert_non_null(found);
        assert_true(strlen(found) < sizeof own);
        size_t len = strlen(found);
        for (size_t j = 0; j < len; j++)
            own[j] = (char)(found[j] == '-' ? ' ' : found[j] | ' ');
        if (country_of(own, len) != found)
            fail_msg("%s is not known as such", found);
    }
}

static void knows_the_ways_to_say_a_country(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"cambodia", "Cambodia"},
        {"cambodian", "Cambodia"},
        {"cambodians", "Cambodia"},
        {"kampuchea", "Cambodia"},
        {"us", "United States"},
        {"u s", "United States"},
        {"usa", "United States"},
        {"american", "United States"},
        {"americans", "United States"},
        {"united states of america", "United States"},
        {"the united states", "United States"},
        {"uk", "United Kingdom"},
        {"british", "United Kingdom"},
        {"britons", "United Kingdom"},
        {"britain", "United Kingdom"},
        {"thai", "Thailand"},
        {"thais", "Thailand"},
        {"siam", "Thailand"},
        {"burma", "Myanmar"},
        {"burmese", "Myanmar"},
        {"dprk", "North Korea"},
        {"north koreans", "North Korea"},
        {"cote d'ivoire", "Ivory Coast"},
        {"people's republic of china", "China"},
        {"the peoples republic of china", "China"},
        {"republic of china", "Taiwan"},
        {"democratic people's republic of korea", "North Korea"},
        {"lao people's democratic republic", "Laos"},
        {"ivory coast", "Ivory Coast"},
        {"georgia", "Georgia"},
        {"jordan", "Jordan"},
        {"chad", "Chad"},
        {"indians", "India"},
        {"nigerien", "Niger"},
        {"nigerian", "Nigeria"},
        {"the netherlands", "Netherlands"},
        {"timor leste", "Timor-Leste"},
        {"east timor", "Timor-Leste"},
        {"hong kong", "Hong Kong"},
        {"taiwanese", "Taiwan"},
        {"kosovo", "Kosovo"},
        {"palestinians", "Palestine"},
        {"vatican", "Vatican"},
        {"soviets", "Soviet Union"},
        {"ussr", "Soviet Union"},
        {"yugoslav", "Yugoslavia"},
        {"czechoslovakia", "Czechoslovakia"},
        {"east german", "East Germany"},
        {"west germans", "West Germany"},
        {"south vietnamese", "South Vietnam"},
        {"north vietnam", "North Vietnam"},
        {"zaire", "Zaire"},
        {"korean", "Korea"},
        {"koreans", "Korea"},
        {"korea", "Korea"},
        {"congolese", "Congo"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = country(cases[i][0]);
        if (!found || strcmp(found, cases[i][1]))
            fail_msg("%s is %s", cases[i][0], found ? found : "nothing");
    }
}

static void leaves_alone_what_is_no_country_or_more_than_one(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",     "the",     "the ",      "khmer", "khmers",  "dominican", "paris",
        "c",    "cambodi", "zz",        "a",     "unite",   "united",    "Thai",
        "usaa", "asian",   "cambodia ", "serb",  "english",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (country(cases[i]))
            fail_msg("%s is %s", cases[i], country(cases[i]));
}

static void knows_which_two_share_a_name(void **state)
{
    (void)state;
    static const char *const names[] = {"Korea", "Congo"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (int j = 0; j < 2; j++) {
            assert_non_null(country_sharers(names[i]));
            const char *found = country(country_sharers(names[i])[j]);
            assert_non_null(found);
            assert_null(country_sharers(found));
        }
    assert_null(country_sharers("Cambodia"));
}

static void looks_at_no_more_than_the_bytes_given(void **state)
{
    (void)state;
    assert_string_equal(country_of("chadwick", 4), "Chad");
    assert_string_equal(country_of("the usage", 6), "United States");
    assert_null(country_of("us\0x", 4));
    assert_null(country_of("us\0", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_its_table_in_order),
        cmocka_unit_test(finds_every_key_and_the_country_by_its_own_name),
        cmocka_unit_test(knows_the_ways_to_say_a_country),
        cmocka_unit_test(leaves_alone_what_is_no_country_or_more_than_one),
        cmocka_unit_test(knows_which_two_share_a_name),
        cmocka_unit_test(looks_at_no_more_than_the_bytes_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
