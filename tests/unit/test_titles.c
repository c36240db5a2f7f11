/* Titles before the names of people: what is cut off, and that a name is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "titles.h"

static void keeps_its_tables_in_order_and_apart(void **state)
{
    (void)state;
    for (enum title_kind kind = TITLE_WORD; kind <= TITLE_SUFFIX; kind++) {
        assert_non_null(title_word(kind, 0));
        for (size_t i = 0; title_word(kind, i); i++) {
            const char *word = title_word(kind, i);
            if (i && strcmp(title_word(kind, i - 1), word) >= 0)
                fail_msg("%s stands before %s", title_word(kind, i - 1), word);
            if (title_of(word, strlen(word)) != kind)
                fail_msg("%s is of two kinds", word);
        }
    }
    assert_null(title_word(TITLE_NONE, 0));
}

static void knows_the_kind_of_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum title_kind kind;
    } cases[] = {
        {"general", TITLE_WORD}, {"samdech", TITLE_WORD},   {"oknha", TITLE_WORD},
        {"mp", TITLE_WORD},      {"spokesman", TITLE_WORD}, {"of", TITLE_LINK},
        {"ek", TITLE_LINK},      {"defence", TITLE_LINK},   {"acting", TITLE_LINK},
        {"jr", TITLE_SUFFIX},    {"iii", TITLE_SUFFIX},     {"phd", TITLE_SUFFIX},
        {"sen", TITLE_NONE},     {"hun", TITLE_NONE},       {"", TITLE_NONE},
        {"genera", TITLE_NONE},  {"generals", TITLE_NONE},  {"sri", TITLE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (title_of(cases[i].word, strlen(cases[i].word)) != cases[i].kind)
            fail_msg("%s is of another kind", cases[i].word);
    assert_int_equal(title_of("generals", 7), TITLE_WORD);
}

/* What titles_before() says of a name whose words have spaces between them. */
static size_t before(const char *name)
{
    const char *word[32];
    size_t len[32], words = 0;
    for (const char *at = name; *at; at += *at == ' ') {
        assert_true(words < 32);
        word[words] = at;
        len[words] = strcspn(at, " ");
        at += len[words++];
    }
    return titles_before(word, len, words);
}

static void cuts_titles_off_and_leaves_a_name(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t titles;
    } cases[] = {
        {"", 0},
        {"hun sen", 0},
        {"john major", 0},
        {"martin luther king jr", 0},
        {"prime minister hun sen", 2},
        {"samdech techo hun sen", 2},
        {"samdech akka moha sena padei techo hun sen", 6},
        {"samdech moha borvor thipadei hun manet", 4},
        {"samdech pichey sena tea banh", 3},
        {"pichey sokha", 0},
        {"samdech krom preah norodom ranariddh", 3},
        {"general mao sophan", 1},
        {"deputy prime minister and minister of national defence general tea banh", 9},
        {"prince norodom ranariddh", 1},
        {"us president barack obama", 2},
        {"u s president barack obama", 3},
        {"south korean president park geun hye", 3},
        {"queen", 0},
        {"major", 0},
        {"general", 0},
        {"major general", 0},
        {"king sihamoni", 1},
        {"queen mother norodom monineath", 2},
        {"president jr", 0},
        {"us", 0},
        {"jordan smith", 0},
        {"president jordan", 1},
        {"royal", 0},
        {"minister of foreign affairs hor namhong", 4},
        {"secretary of state john kerry", 3},
        {"prime minister of the netherlands mark rutte", 5},
        {"king of thailand bhumibol adulyadej", 3},
        {"king of thailand", 0},
        {"prince of wales", 0},
        {"former first lady michelle obama", 3},
        {"ek sonn chan", 0},
        {"ek udom sar kheng", 2},
        {"neak oknha kith meng", 2},
        {"tan sri lim goh tong", 2},
        {"tan sokha", 0},
        {"sri mulyani", 0},
        {"lt col chea sophal", 2},
        {"dr", 0},
        {"dr kem ley", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (before(cases[i].name) != cases[i].titles)
            fail_msg("%s: %zu", cases[i].name, before(cases[i].name));
}

static void takes_words_of_any_length(void **state)
{
    (void)state;
    static char big[300];
    memset(big, 'a', sizeof big);
    const char *word[] = {"president", big, "united", big};
    size_t len[] = {9, sizeof big, 6, 79};
    assert_int_equal(titles_before(word, len, 4), 1);
    assert_int_equal(titles_before(word + 1, len + 1, 3), 0);
    assert_int_equal(titles_before(word + 2, len + 2, 2), 0);
    assert_int_equal(titles_before(word, len, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_its_tables_in_order_and_apart),
        cmocka_unit_test(knows_the_kind_of_a_word),
        cmocka_unit_test(cuts_titles_off_and_leaves_a_name),
        cmocka_unit_test(takes_words_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
