#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exact.h"

static struct pm_exact *look_for(enum pm_field field, const char *text,
                                 struct pm_analyzers *analyzers)
{
    struct pm_error err = {0};
    struct pm_exact *exact = pm_exact_new(field, text, strlen(text), analyzers, &err);
    if (!exact)
        fail_msg("%s", err.message);
    return exact;
}

static bool matches(enum pm_field field, const char *text, const struct pm_article *article)
{
    struct pm_error err = {0};
    struct pm_analyzers analyzers = {0};
    struct pm_exact *exact = look_for(field, text, &analyzers);
    int rc = pm_exact_matches(exact, article, &analyzers, &err);
    if (rc < 0)
        fail_msg("%s", err.message);
    pm_exact_free(exact);
    pm_analyzers_release(&analyzers);
    return rc == 1;
}

/* A body as it is, and what is looked for in it. */
struct row {
    const char *language, *sought, *body;
    bool found;
};

static void check_rows(const struct row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        struct pm_article article = {.language = (char *)(uintptr_t)row[i].language,
                                     .body = (char *)(uintptr_t)row[i].body};
        if (matches(PM_FIELD_TEXT, row[i].sought, &article) != row[i].found)
            fail_msg("'%s' is %s in '%s'", row[i].sought, row[i].found ? "missed" : "found",
                     row[i].body);
    }
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check_rows(rows, sizeof rows / sizeof *rows);                                              \
    } while (0)

/* ---- words ---- */

static void finds_a_word_as_it_is_written(void **state)
{
    CHECK({"en", "minister", "The minister spoke.", true},
          {"en", "minister", "The ministers spoke.", false},
          {"en", "ministers", "The minister spoke.", false},
          {"en", "minister", "The administer spoke.", false}, {"en", "color", "A colour", false},
          {"en", "organise", "We organize", false}, {"en", "minister", "minister", true},
          {"en", "minister", "", false});
}

static void takes_capitals_for_small_letters(void **state)
{
    CHECK({"en", "minister", "The MINISTER spoke.", true}, {"en", "MiniSter", "minister", true},
          {"fr", "état", "L'ÉTAT", true}, {"en", "us", "The US", true},
          {"el", "ΟΔΟΣ", "η οδος", true}, {"de", "STRASSE", "die Straße", true});
}

static void tells_accents_apart(void **state)
{
    CHECK({"en", "cafe", "A café", false}, {"en", "café", "A cafe", false},
          {"en", "café", "A café", true}, {"en", "café", "A cafe\u0301", true},
          {"en", "cafe\u0301", "A CAFÉ", true}, {"de", "schon", "schön", false});
}

static void takes_a_possessive_for_another_word(void **state)
{
    CHECK({"en", "minister", "The minister's car", false},
          {"en", "minister's", "The minister car", false},
          {"en", "minister's", "The Minister's car", true},
          {"en", "minister", "The 'minister' spoke", true}, {"en", "O'Brien", "Obrien", false});
}

static void takes_one_apostrophe_for_another(void **state)
{
    CHECK({"en", "minister's", "The minister\u2019s car", true},
          {"en", "minister\u2019s", "The minister's car", true},
          {"en", "O\u02bcBrien", "O'BRIEN", true});
}

static void takes_letters_with_stops_for_what_they_are(void **state)
{
    CHECK({"en", "U.S.", "The U.S. army", true}, {"en", "U.S", "The U.S. army", true},
          {"en", "U.S.", "the U.S", true}, {"en", "US", "The U.S. army", false},
          {"en", "U.S.", "The US army", false}, {"en", "3.14", "It is 3.14.", true},
          {"en", "314", "It is 3.14.", false});
}

/* ---- words in a row ---- */

static void finds_words_in_a_row_only(void **state)
{
    CHECK({"en", "prime minister", "The Prime Minister spoke", true},
          {"en", "prime minister", "The minister prime", false},
          {"en", "prime minister", "The prime new minister", false},
          {"en", "prime minister", "The prime ministers", false},
          {"en", "prime minister", "The prime prime minister", true},
          {"en", "a b a c", "a b a b a c", true}, {"en", "the", "the", true});
}

static void passes_over_what_stands_between_words(void **state)
{
    CHECK({"en", "prime minister", "The prime-minister", true},
          {"en", "prime-minister", "The \u201cprime\u201d\n(minister)", true},
          {"en", "  prime,  minister! ", "prime minister", true},
          {"en", "prime minister", "primeminister", false});
}

static void parts_words_as_the_language_of_the_article_does(void **state)
{
    CHECK({"fr", "armée", "L'armée", true}, {"fr", "l'armée", "De L\u2019ARMÉE", true},
          {"fr", "l armée", "l'armée", true}, {"en", "l'armée", "l'armée", true},
          {"en", "armée", "l'armée", false}, {"it", "arte", "dell'arte", true},
          {NULL, "minister's", "the minister's", true},
          {"xx", "prime minister", "prime minister", true});
}

static void finds_letters_in_a_row_in_scripts_without_spaces(void **state)
{
    CHECK({"km", "ត្រី", "ការនេសាទត្រី។", true}, {"km", "ត្រី", "ការនេសាទត្រ។", false},
          {"km", "ភ្នំពេញ", "នៅភ្នំពេញ។", true}, {"km", "ភ្នំពេញ", "នៅពេញភ្នំ។", false},
          {"th", "กรุงเทพ", "ในกรุงเทพมหานคร", true}, {"th", "กรุงเทพ", "ในกรุงเทบ", false},
          {"zh", "东京", "在东京都", true}, {"zh", "东京", "京东", false},
          {"en", "ภูเก็ต", "In Phuket (ภูเก็ต)", true});
}

/* ---- fields ---- */

static void looks_into_the_field_that_was_named(void **state)
{
    (void)state;
    static const struct {
        enum pm_field field;
        const char *sought;
        bool found;
    } rows[] = {
        {PM_FIELD_TEXT, "alpha", true},      {PM_FIELD_TEXT, "beta", true},
        {PM_FIELD_TEXT, "alpha end", true},  {PM_FIELD_TEXT, "end beta", false},
        {PM_FIELD_TEXT, "gamma", false},     {PM_FIELD_TEXT, "eta", false},
        {PM_FIELD_TITLE, "alpha", true},     {PM_FIELD_TITLE, "beta", false},
        {PM_FIELD_AUTHOR, "gamma", true},    {PM_FIELD_AUTHOR, "alpha", false},
        {PM_FIELD_SOURCE, "delta", true},    {PM_FIELD_SOURCE, "gamma", false},
        {PM_FIELD_SECTION, "epsilon", true}, {PM_FIELD_SECTION, "delta", false},
        {PM_FIELD_TAG, "zeta", true},        {PM_FIELD_TAG, "eta", true},
        {PM_FIELD_TAG, "zeta one", true},    {PM_FIELD_TAG, "one eta", false},
        {PM_FIELD_TAG, "theta", false},      {PM_FIELD_ENTITY, "theta", true},
        {PM_FIELD_ENTITY, "person", false},
    };
    struct pm_article article = {
        .title = (char[]){"Alpha end"},
        .body = (char[]){"Beta"},
        .author = (char[]){"Gamma"},
        .source = (char[]){"Delta"},
        .section = (char[]){"Epsilon"},
        .tags = cJSON_Parse("[\"Zeta one\", 7, \"Eta\"]"),
        .entities = cJSON_Parse("[{\"type\": \"person\", \"name\": \"Theta\"}]"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (matches(rows[i].field, rows[i].sought, &article) != rows[i].found)
            fail_msg("field %d: '%s'", (int)rows[i].field, rows[i].sought);
    cJSON_Delete(article.tags);
    cJSON_Delete(article.entities);
}

static void knows_a_title_that_was_made_as_part_of_the_body(void **state)
{
    (void)state;
    struct pm_article article = {
        .title = (char[]){"The minis"},
        .body = (char[]){"The minister spoke."},
        .title_from = "made",
    };
    assert_false(matches(PM_FIELD_TITLE, "the", &article));
    assert_false(matches(PM_FIELD_TEXT, "minis", &article));
    assert_true(matches(PM_FIELD_TEXT, "minister", &article));
}

static void finds_nothing_in_an_article_without_the_field(void **state)
{
    (void)state;
    struct pm_article article = {0};
    for (enum pm_field field = PM_FIELD_TEXT; field <= PM_FIELD_TAG; field++)
        assert_false(matches(field, "a", &article));
}

static void serves_articles_of_several_languages(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_analyzers analyzers = {0};
    struct pm_exact *exact = look_for(PM_FIELD_TEXT, "armée", &analyzers);
    for (int i = 0; i < 6; i++) {
        char french[] = "fr", english[] = "en", body[] = "l'armée";
        struct pm_article article = {.language = i % 2 ? french : english, .body = body};
        assert_int_equal(pm_exact_matches(exact, &article, &analyzers, &err), i % 2);
    }
    pm_exact_free(exact);
    pm_exact_free(NULL);
    pm_analyzers_release(&analyzers);
}

static void refuses_what_has_no_word(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " ", "--", "'", "\u2019 .\n"};
    struct pm_analyzers analyzers = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pm_error err = {0};
        assert_null(pm_exact_new(PM_FIELD_TEXT, texts[i], strlen(texts[i]), &analyzers, &err));
        assert_int_equal(err.code, PM_ERR_QUERY);
        assert_true(*err.message);
    }
    pm_analyzers_release(&analyzers);
}

static void reads_a_long_text_once(void **state)
{
    (void)state;
    size_t len = 2000000;
    char *body = malloc(len + 1);
    assert_non_null(body);
    for (size_t i = 0; i < len; i++)
        body[i] = i % 2 ? ' ' : 'a';
    body[len] = '\0';
    struct pm_article article = {.body = body};
    assert_false(matches(PM_FIELD_TEXT, "a a a a a a a a a a a b", &article));
    body[len - 2] = 'b';
    assert_true(matches(PM_FIELD_TEXT, "a a a a a a a a a a a b", &article));
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_word_as_it_is_written),
        cmocka_unit_test(takes_capitals_for_small_letters),
        cmocka_unit_test(tells_accents_apart),
        cmocka_unit_test(takes_a_possessive_for_another_word),
        cmocka_unit_test(takes_one_apostrophe_for_another),
        cmocka_unit_test(takes_letters_with_stops_for_what_they_are),
        cmocka_unit_test(finds_words_in_a_row_only),
        cmocka_unit_test(passes_over_what_stands_between_words),
        cmocka_unit_test(parts_words_as_the_language_of_the_article_does),
        cmocka_unit_test(finds_letters_in_a_row_in_scripts_without_spaces),
        cmocka_unit_test(looks_into_the_field_that_was_named),
        cmocka_unit_test(knows_a_title_that_was_made_as_part_of_the_body),
        cmocka_unit_test(finds_nothing_in_an_article_without_the_field),
        cmocka_unit_test(serves_articles_of_several_languages),
        cmocka_unit_test(refuses_what_has_no_word),
        cmocka_unit_test(reads_a_long_text_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
