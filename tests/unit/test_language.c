#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libstemmer.h>
#include <unicode/ucasemap.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "language.h"

/* Calls `visit` for every language that a code of two letters finds. */
static void each_language(void (*visit)(const struct pm_language *))
{
    char code[] = "aa";
    for (code[0] = 'a'; code[0] <= 'z'; code[0]++)
        for (code[1] = 'a'; code[1] <= 'z'; code[1]++) {
            const struct pm_language *language = pm_language_find(code);
            if (language)
                visit(language);
        }
}

static void finds_a_language_by_code_or_name(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name;
    } rows[] = {
        {"en", "english"},      {"EN", "english"},       {"English", "english"},
        {"en-GB", "english"},   {"pt_BR", "portuguese"}, {"zh-Hant-TW", "chinese"},
        {"no", "norwegian"},    {"nb", "norwegian"},     {"nn-NO", "norwegian"},
        {"ga", "irish"},        {"YIDDISH", "yiddish"},  {"ms", "malay"},
        {"tl", "tagalog"},      {"fil", "tagalog"},      {"iw", "hebrew"},
        {"Farsi", "persian"},   {"my", "burmese"},       {"sr_Latn", "serbian"},
        {"Khmer", "khmer"},     {"sl", "slovenian"},     {"hy", "armenian"},
        {"Swahili", "swahili"}, {"mn", "mongolian"},     {"kk", "kazakh"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct pm_language *language = pm_language_find(rows[i].text);
        assert_non_null(language);
        assert_string_equal(language->name, rows[i].name);
    }
}

static void finds_nothing_that_is_no_language(void **state)
{
    (void)state;
    static const char *const rows[] = {"",    "-",  "_US",     "e",      "xx",         "eng",
                                       "en ", "qq", "englisc", "porter", "english-GB", "klingon"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(pm_language_find(rows[i]));
}

static void knows_every_algorithm_of_the_stemmer(void **state)
{
    (void)state;
    for (const char **name = sb_stemmer_list(); *name; name++) {
        if (!strcmp(*name, "porter"))
            continue; /* English again */
        const struct pm_language *language = pm_language_find(*name);
        if (!language)
            print_error("%s is missing\n", *name);
        assert_non_null(language);
        assert_true(language->stemmed);
    }
}

static void check_stemmer(const struct pm_language *language)
{
    struct sb_stemmer *by_name = sb_stemmer_new(language->name, NULL);
    struct sb_stemmer *by_code = sb_stemmer_new(language->code, NULL);
    if (!by_name != !language->stemmed || !by_code != !language->stemmed)
        print_error("%s (%s)\n", language->name, language->code);
    assert_int_equal(by_name != NULL, language->stemmed);
    assert_int_equal(by_code != NULL, language->stemmed);
    sb_stemmer_delete(by_name);
    sb_stemmer_delete(by_code);
}

static void says_stemmed_where_the_stemmer_agrees(void **state)
{
    (void)state;
    each_language(check_stemmer);
}

static void check_names(const struct pm_language *language)
{
    assert_ptr_equal(pm_language_find(language->code), language);
    assert_ptr_equal(pm_language_find(language->name), language);
    assert_int_equal(strlen(language->code), 2);
    bool elides = !strcmp(language->code, "fr") || !strcmp(language->code, "it") ||
                  !strcmp(language->code, "ca");
    assert_int_equal(language->elides, elides);
}

static void gives_each_language_names_of_its_own(void **state)
{
    (void)state;
    each_language(check_names);
}

static void check_order(const struct pm_language *language)
{
    const char *const *words = language->stop_words;
    for (size_t i = 0; words && words[i]; i++) {
        if (i && strcmp(words[i - 1], words[i]) >= 0)
            print_error("%s: %s, %s\n", language->name, words[i - 1], words[i]);
        assert_true(!i || strcmp(words[i - 1], words[i]) < 0);
        assert_true(pm_language_stop(language, words[i], strlen(words[i])));
    }
}

static void sorts_the_stop_words_and_finds_each(void **state)
{
    (void)state;
    each_language(check_order);
}

static void check_folded(const struct pm_language *language)
{
    const char *const *words = language->stop_words;
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", 0, &status);
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    assert_true(U_SUCCESS(status));
    for (size_t i = 0; words && words[i]; i++) {
        char folded[64];
        UChar wide[64];
        int32_t len;
        ucasemap_utf8FoldCase(map, folded, sizeof folded, words[i], -1, &status);
        u_strFromUTF8(wide, 64, &len, words[i], -1, &status);
        assert_true(unorm2_isNormalized(nfc, wide, len, &status));
        assert_true(U_SUCCESS(status));
        assert_string_equal(folded, words[i]);
        assert_null(strchr(words[i], ' '));
    }
    ucasemap_close(map);
}

static void writes_stop_words_folded_and_composed(void **state)
{
    (void)state;
    each_language(check_folded);
}

static void stops_at_function_words_alone(void **state)
{
    (void)state;
    static const struct {
        const char *language, *word;
        bool stop;
    } rows[] = {
        {"en", "the", true},     {"en", "don't", true},      {"en", "it's", true},
        {"en", "which", true},   {"en", "new", false},       {"en", "first", false},
        {"en", "said", false},   {"en", "th", false},        {"en", "them", true},
        {"en", "themx", false},  {"en", "zebra", false},     {"en", "", false},
        {"en", "us", true},      {"en", "may", false},       {"en", "The", false},
        {"fr", "l", true},       {"fr", "qu", true},         {"fr", "\xC3\xA0", true},
        {"fr", "armée", false},  {"fr", "été", false},       {"it", "dell", true},
        {"it", "stato", false},  {"ca", "d", true},          {"de", "dass", true},
        {"de", "während", true}, {"de", "regierung", false}, {"es", "él", true},
        {"es", "el", true},      {"pt", "não", true},        {"nl", "het", true},
        {"ru", "не", true},      {"sv", "och", true},        {"no", "og", true},
        {"nn", "ikkje", true},   {"da", "hvornår", true},    {"el", "the", false},
        {"ja", "the", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct pm_language *language = pm_language_find(rows[i].language);
        assert_non_null(language);
        bool stop = pm_language_stop(language, rows[i].word, strlen(rows[i].word));
        if (stop != rows[i].stop)
            print_error("%s: %s\n", rows[i].language, rows[i].word);
        assert_int_equal(stop, rows[i].stop);
    }
}

static void believes_the_length_of_a_word_and_not_a_nul(void **state)
{
    (void)state;
    const struct pm_language *english = pm_language_find("en");
    assert_true(pm_language_stop(english, "theory", 3));
    assert_false(pm_language_stop(english, "the\0", 4));
    assert_false(pm_language_stop(english, "\0the", 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_language_by_code_or_name),
        cmocka_unit_test(finds_nothing_that_is_no_language),
        cmocka_unit_test(knows_every_algorithm_of_the_stemmer),
        cmocka_unit_test(says_stemmed_where_the_stemmer_agrees),
        cmocka_unit_test(gives_each_language_names_of_its_own),
        cmocka_unit_test(sorts_the_stop_words_and_finds_each),
        cmocka_unit_test(writes_stop_words_folded_and_composed),
        cmocka_unit_test(stops_at_function_words_alone),
        cmocka_unit_test(believes_the_length_of_a_word_and_not_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
