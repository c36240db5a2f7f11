#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyzer.h"
#include "starts.h"

/* True if the first word of `text` may be passed over when `term` is wanted. */
static bool passes(const struct pm_found_word *found, const char *text, const struct pm_form *term)
{
    struct pm_starts starts = {{0}};
    const char *word = text + found->start;
    size_t len = found->end - found->start;
    pm_starts_add(&starts, term->text, term->len);
    if (pm_starts_have(&starts, word, len))
        return false;
    pm_starts_add_spellings(&starts);
    return !pm_starts_have(&starts, word, len);
}

/* No word of the text may be passed over that has the term looked for. */
static void check(struct pm_analyzer *analyzer, const char *text, size_t len)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_found_word found;
    struct pm_token token;
    pm_tokens_start(&tokens, analyzer, text, len);
    while (pm_tokens_find(&tokens, &found, &err) == 1) {
        if (!pm_tokens_read(&tokens, &found, &token, &err))
            continue;
        assert_true(!token.acronym || found.shape != PM_WORD_SIMPLE);
        for (size_t i = 0; i < token.terms; i++)
            if (found.shape != PM_WORD_ANY && passes(&found, text, &token.term[i]))
                fail_msg("%s: '%.*s' is not seen in '%.*s'", pm_analyzer_language(analyzer)->name,
                         (int)token.term[i].len, token.term[i].text, (int)(found.end - found.start),
                         text + found.start);
    }
}

static struct pm_analyzer *open_analyzer(const char *name)
{
    struct pm_error err = {0};
    const struct pm_language *language = pm_language_find(name);
    struct pm_analyzer *analyzer = language ? pm_analyzer_new(language, &err) : NULL;
    assert_non_null(analyzer);
    return analyzer;
}

static const char letters[] = "abcdefghijklmnopqrstuvwxyz'7_";

/* Each `n` letters, with each of the endings, which NULL ends. */
static void check_all(struct pm_analyzer *analyzer, size_t n, const char *const *ending)
{
    char text[64];
    size_t at[4] = {0}, all = sizeof letters - 1;
    while (at[0] < all) {
        for (size_t i = 0; i < n; i++)
            text[i] = letters[at[i]];
        for (size_t i = 0; ending[i]; i++) {
            size_t len = strlen(ending[i]);
            memcpy(text + n, ending[i], len);
            check(analyzer, text, n + len);
        }
        for (size_t i = n; i-- > 0 && ++at[i] == all && i;)
            at[i] = 0;
    }
}

static void sees_every_word_of_each_stem(void **state)
{
    (void)state;
    static const char *const endings[] = {
        "",     "s",   "e",    "es",   "ed",   "er",   "en",   "ing",   "ying",   "ies",
        "ly",   "ion", "ions", "ence", "ment", "ness", "able", "ition", "emente", "issement",
        "arlo", "ait", "ando", "heit", "ski",  "nak",  "lui",  NULL};
    static const char *const stemmed[] = {"ca", "da", "el", "es", "eu", "fr", "hu", "it",
                                          "lt", "no", "pt", "ro", "ru", "sv", "cs"};
    for (size_t i = 0; i < sizeof stemmed / sizeof *stemmed; i++) {
        struct pm_analyzer *analyzer = open_analyzer(stemmed[i]);
        assert_true(pm_language_keeps_starts(pm_analyzer_language(analyzer)));
        for (size_t n = 1; n <= 2; n++)
            check_all(analyzer, n, endings);
        pm_analyzer_free(analyzer);
    }
}

static void sees_every_word_of_an_english_stem(void **state)
{
    (void)state;
    static const char *const endings[] = {"",    "s",     "ed",    "ing",      "ying", "ies",
                                          "ied", "y",     "aemia", "aemic",    "noea", "isation",
                                          "ise", "ising", "lyze",  "theatres", NULL};
    static const char *const all[] = {"", "s", "ing", "ise", NULL};
    struct pm_analyzer *analyzer = open_analyzer("en");
    for (size_t n = 1; n <= 2; n++)
        check_all(analyzer, n, endings);
    check_all(analyzer, 3, all);
    pm_analyzer_free(analyzer);
}

static void sees_words_of_all_kinds(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "tsar tsars Tsarist gaol GAOL gaoled despatches enquiry pyjamas esthetes kerbside ax ax's",
        "uraemia anaemia haemophilia caesium Oedema oestrogen aeon aeroplanes caldron donuts cosy",
        "dying lying tying dies skies skis idly gently only early singly news innings",
        "1 12 1987 1,000 10,000 155,221 1,000,000 3.14 12.5 1.25 7th 747s 747B 1980's 50's",
        "US U.S. U.S.'s us IBM's MPs UNESCO G7 G7s G20 B52s F-16 O'Brien O\u2019Brien don\u2019t",
        "McDonald eBay iPhone e.g. i.e a.m p.m. A.B.C. ABCDEFGHIJKLM ABCDEFGHIJKL AB1 A1B",
        "snake_case _x x_ l'arm\u00e9e caf\u00e9 na\u00efve \u00c9tat Cambodia\u2019s it\u2019s",
    };
    struct pm_analyzer *analyzer = open_analyzer("en");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(analyzer, texts[i], strlen(texts[i]));
    pm_analyzer_free(analyzer);
}

static void passes_over_most_words(void **state)
{
    (void)state;
    static const char text[] = "The ferry to Kampot left a busy port at 10,500 miles from IBM.";
    struct pm_starts starts = {{0}};
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_found_word found;
    struct pm_analyzer *analyzer = open_analyzer("en");
    size_t words = 0;
    pm_starts_add(&starts, "river", 5);
    pm_starts_add(&starts, "sea", 3);
    pm_starts_add_spellings(&starts);
    pm_tokens_start(&tokens, analyzer, text, strlen(text));
    while (pm_tokens_find(&tokens, &found, &err) == 1) {
        assert_int_not_equal(found.shape, PM_WORD_ANY);
        assert_false(pm_starts_have(&starts, text + found.start, found.end - found.start));
        pm_tokens_pass(&tokens, &found);
        words++;
    }
    assert_int_equal(words, 13);
    assert_int_equal(tokens.position, 13);
    pm_analyzer_free(analyzer);
}

/* Acronyms that are passed over take part in deciding what a line is. */
static void reads_acronyms_the_same_whatever_was_passed_over(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_analyzer *analyzer = open_analyzer("en");
    static char text[9000];
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        size_t len = 0;
        while (len < sizeof text - 20) {
            static const char *const bits[] = {"US ",    "UN chief ", "ARRIVES NOW ", "ferries ",
                                               "IBMs\n", "U.S. ",     "GOES HOME ",   "in town, "};
            seed = seed * 1664525u + 1013904223u;
            bool capitals = len / (500 + round * 7) % 2;
            const char *bit = bits[capitals ? (seed >> 16) % 3 * 2 : (seed >> 16) % 8];
            if (*bit == 'I' && seed >> 30)
                continue;
            memcpy(text + len, bit, strlen(bit));
            len += strlen(bit);
        }
        struct pm_tokens every, some;
        struct pm_token want, got;
        struct pm_found_word found;
        pm_tokens_start(&every, analyzer, text, len);
        pm_tokens_start(&some, analyzer, text, len);
        while (pm_tokens_find(&some, &found, &err) == 1) {
            assert_int_equal(pm_tokens_next(&every, &want, &err), 1);
            seed = seed * 1664525u + 1013904223u;
            if (found.shape != PM_WORD_ANY && seed >> 29) {
                pm_tokens_pass(&some, &found);
                continue;
            }
            struct pm_token kept = want;
            assert_int_equal(pm_tokens_read(&some, &found, &got, &err), 1);
            assert_int_equal(got.start, kept.start);
            assert_int_equal(got.position, kept.position);
            assert_int_equal(got.acronym, kept.acronym);
        }
        assert_int_equal(pm_tokens_next(&every, &want, &err), 0);
    }
    pm_analyzer_free(analyzer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sees_every_word_of_each_stem),
        cmocka_unit_test(sees_every_word_of_an_english_stem),
        cmocka_unit_test(sees_words_of_all_kinds),
        cmocka_unit_test(passes_over_most_words),
        cmocka_unit_test(reads_acronyms_the_same_whatever_was_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
