#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "buf.h"
#include "hash.h"
#include "word.h"

static struct pm_word *get(struct pm_words *words, const char *raw, size_t len,
                           struct pm_error *err)
{
    return pm_words_get(words, raw, len, pm_words_ask(words, raw, len), err);
}

static struct pm_words *open_words(const char *language)
{
    struct pm_error err = {0};
    struct pm_words *words = pm_words_new(pm_language_find(language), &err);
    assert_non_null(words);
    return words;
}

/* "stem", "stem/alternate", "stem ACRONYM"; then "." for dotted and "!" for a stop word. */
static void show(struct pm_buf *out, const struct pm_word *word)
{
    const struct pm_form stem = pm_word_form(word, PM_WORD_STEM);
    const struct pm_form alternate = pm_word_form(word, PM_WORD_ALTERNATE);
    const struct pm_form acronym = pm_word_form(word, PM_WORD_ACRONYM);
    pm_buf_add(out, stem.text, stem.len);
    if (alternate.len) {
        pm_buf_addc(out, '/');
        pm_buf_add(out, alternate.text, alternate.len);
    }
    if (acronym.len) {
        pm_buf_addc(out, ' ');
        pm_buf_add(out, acronym.text, acronym.len);
        pm_buf_adds(out, word->dotted ? "." : "");
    }
    pm_buf_adds(out, word->stop ? "!" : "");
}

struct row {
    const char *language, *raw, *shown;
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_error err = {0};
        struct pm_words *words = open_words(rows[i].language);
        for (int again = 0; again < 2; again++) {
            struct pm_buf shown = PM_BUF_INIT;
            const struct pm_word *word = get(words, rows[i].raw, strlen(rows[i].raw), &err);
            assert_non_null(word);
            show(&shown, word);
            if (strcmp(pm_buf_str(&shown), rows[i].shown)) {
                print_error("'%s' (%s) gave '%s', not '%s'\n", rows[i].raw, rows[i].language,
                            pm_buf_str(&shown), rows[i].shown);
                wrong++;
            }
            pm_buf_release(&shown);
        }
        pm_words_free(words);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(rows, sizeof rows / sizeof *rows);                                                   \
    } while (0)

static void folds_and_stems_a_word_of_each_language(void **state)
{
    CHECK({"en", "Elections", "elect"}, {"en", "running", "run"}, {"en", "ferries", "ferri"},
          {"en", "Cambodia's", "cambodia"}, {"en", "Cambodia’s", "cambodia"},
          {"en", "O’Brien", "o'brien"}, {"en", "ministers’", "minist"}, {"fr", "armées", "arme"},
          {"de", "Häuser", "haus"}, {"de", "Straße", "strass"}, {"es", "elecciones", "eleccion"},
          {"ru", "выборы", "выбор"}, {"tr", "seçimler", "secim"}, {"ja", "News", "news"},
          {"km", "Budgets", "budgets"});
}

static void takes_composed_and_decomposed_letters_for_one(void **state)
{
    CHECK({"en", "caf\u00e9", "cafe"}, {"en", "cafe\u0301", "cafe"},
          {"fr", "publi\u00e9e", "publi/publie"}, {"fr", "publie\u0301e", "publi/publie"},
          {"fr", "Publie\u0301e", "publi/publie"}, {"en", "\u1e69x", "sx"},
          {"en", "s\u0323\u0307x", "sx"}, {"en", "s\u0307\u0323x", "sx"},
          {"en", "\u212bngstrom", "angstrom"}, {"en", "o\ufb03ce", "offic"},
          {"ru", "\u0439", "\u0438"}, {"ru", "\u0438\u0306", "\u0438"});
}

static void takes_accents_off_only_where_marks_are_accents(void **state)
{
    CHECK({"en", "Đổi", "doi"}, {"en", "Łódź", "lodz"}, {"en", "Ærø", "aero"},
          {"el", "Αθήνα", "αθην"}, {"hi", "\u0939\u093f\u0928\u094d\u0926\u0940", "हिन्द"},
          {"ar", "\u0645\u064e", "\u0645"}, {"he", "שָׁלוֹם", "שלום"}, {"km", "ត្រី", "ត្រី"},
          {"ja", "が", "が"});
}

static void leaves_no_trace_of_soft_hyphens_and_grouping(void **state)
{
    CHECK({"en", "co\u00adoperate", "cooper"}, {"en", "155,221", "155221"}, {"en", "3.14", "3.14"},
          {"en", "1,234.5", "1234.5"}, {"en", "e.g.", "eg"}, {"en", "１２", "12"});
}

static void knows_what_is_written_like_an_acronym(void **state)
{
    CHECK({"en", "US", "us US!"}, {"en", "WHO", "who WHO!"}, {"en", "IT", "it IT!"},
          {"en", "UN", "un UN"}, {"en", "RCAF", "rcaf RCAF"}, {"en", "U.S.", "us US.!"},
          {"en", "U.S", "us US.!"}, {"en", "U.S.A.", "usa USA."}, {"en", "NGOs", "ngos NGO"},
          {"en", "NGO's", "ngo NGO"}, {"en", "NGO’s", "ngo NGO"}, {"en", "U.N.’s", "un UN."},
          {"en", "COVID19", "covid19 COVID19"}, {"ru", "США", "сша США"}, {"en", "us", "us!"},
          {"en", "Us", "us!"}, {"en", "I", "i!"}, {"en", "G7", "g7"}, {"en", "NATOish", "natoish"},
          {"en", "iOS", "io"}, {"en", "ABCDEFGHIJKL", "abcdefghijkl ABCDEFGHIJKL"},
          {"en", "ABCDEFGHIJKLM", "abcdefghijklm"});
}

static void keeps_the_sense_of_an_acronym_with_a_possessive(void **state)
{
    CHECK({"en", "US's", "us US!"}, {"en", "US’s", "us US!"}, {"en", "U.S.'s", "us US.!"},
          {"en", "WHO's", "who WHO!"});
}

static void reads_an_acronym_however_its_letters_are_encoded(void **state)
{
    CHECK({"fr", "\u00c9U", "eu \u00c9U"}, {"fr", "E\u0301U", "eu \u00c9U"},
          {"en", "N\u00adA\u00adTO", "nato NATO"});
}

static void spells_a_capitalised_word_without_accents_too(void **state)
{
    CHECK({"fr", "PUBLIÉE", "publi/publie PUBLIÉE"});
}

static void knows_function_words_by_their_exact_letters(void **state)
{
    CHECK({"en", "The", "the!"}, {"en", "don't", "don't!"}, {"en", "don’t", "don't!"},
          {"en", "may", "may"}, {"fr", "où", "ou!"}, {"fr", "of", "of"}, {"de", "der", "der!"},
          {"km", "the", "the"});
}

static void brings_british_and_american_spelling_together(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"defence", "defense"}, {"organisation", "organization"}, {"Colours", "colors"},
        {"centre", "center"},   {"travelling", "traveling"},      {"labour's", "labor's"},
        {"harbour", "harbor"},  {"programme", "program"},         {"analysed", "analyzed"},
    };
    struct pm_words *words = open_words("en");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_buf shown[2] = {PM_BUF_INIT, PM_BUF_INIT};
        for (int j = 0; j < 2; j++)
            show(&shown[j], get(words, rows[i][j], strlen(rows[i][j]), &err));
        assert_string_equal(pm_buf_str(&shown[0]), pm_buf_str(&shown[1]));
        pm_buf_release(&shown[0]);
        pm_buf_release(&shown[1]);
    }
    pm_words_free(words);
}

static void gives_no_form_of_what_folds_to_nothing(void **state)
{
    CHECK({"en", "\u00ad", ""}, {"en", "\ufe0f", ""}, {"en", "\u200d", ""}, {"fr", "\u034f", ""});
}

static void keeps_a_note_with_each_word(void **state)
{
    (void)state;
    static const char *const raw[] = {"rice", "Rice", "café", "U.S."};
    enum { WORDS = sizeof raw / sizeof *raw };
    struct pm_words *words = open_words("en");
    struct pm_error err = {0};
    char longer[65];
    for (uint32_t round = 0; round < 3; round++)
        for (uint32_t i = 0; i < WORDS; i++) {
            struct pm_word *word = get(words, raw[i], strlen(raw[i]), &err);
            assert_int_equal(word->note, round ? 10 * round + i : 0);
            word->note = 10 * (round + 1) + i;
        }
    memset(longer, 'x', sizeof longer);
    for (int i = 0; i < 2; i++) {
        struct pm_word *word = get(words, longer, sizeof longer, &err);
        assert_int_equal(word->note, 0);
        word->note = 1;
    }
    pm_words_free(words);
}

static void keeps_the_hash_of_the_stem_and_whether_it_has_a_digit(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *stem;
        bool number;
    } rows[] = {
        {"Elections", "elect", false},
        {"1,300", "1300", true},
        {"3rd", "3rd", true},
        {"Ærø", "aero", false},
    };
    struct pm_words *words = open_words("en");
    struct pm_error err = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct pm_word *word = get(words, rows[i].raw, strlen(rows[i].raw), &err);
        assert_true(word->stem_hash == pm_hash64(rows[i].stem, strlen(rows[i].stem)));
        assert_int_equal(word->number, rows[i].number);
    }
    pm_words_free(words);
}

/* ---- limits ---- */

static void remembers_no_word_wrongly_after_forgetting_all(void **state)
{
    (void)state;
    enum { SAMPLE = 300, WORDS = (1 << 18) + 5000 };
    struct pm_words *words = open_words("fr");
    struct pm_error err = {0};
    struct pm_buf first[SAMPLE] = {0}, shown = PM_BUF_INIT;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < (round ? SAMPLE : WORDS); i++) {
            char raw[32];
            int len = snprintf(raw, sizeof raw, i % 2 ? "n%dées" : "N%dAIS", i);
            const struct pm_word *word = get(words, raw, (size_t)len, &err);
            assert_non_null(word);
            /* Nobody else's, though hashes of 32 bits are sure to meet. */
            assert_memory_equal(pm_word_form(word, PM_WORD_STEM).text + 1, raw + 1,
                                strcspn(raw + 1, "éA"));
            if (i >= SAMPLE)
                continue;
            pm_buf_clear(&shown);
            show(&shown, word);
            if (!round)
                show(&first[i], word);
            assert_string_equal(pm_buf_str(&shown), pm_buf_str(&first[i]));
        }
    for (int i = 0; i < SAMPLE; i++)
        pm_buf_release(&first[i]);
    pm_buf_release(&shown);
    pm_words_free(words);
}

static void tells_words_apart_that_are_longer_than_it_remembers(void **state)
{
    (void)state;
    struct pm_words *words = open_words("en");
    struct pm_error err = {0};
    char raw[200];
    for (size_t len = 60; len < sizeof raw; len++) {
        memset(raw, 'x', len);
        const struct pm_word *word = get(words, raw, len, &err);
        assert_int_equal(word->len[PM_WORD_STEM], len);
        raw[len - 1] = 'z';
        word = get(words, raw, len, &err);
        assert_int_equal(pm_word_form(word, PM_WORD_STEM).text[len - 1], 'z');
    }
    pm_words_free(words);
}

static void ends_a_word_of_a_megabyte_quickly(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "e'", "E\u0301", "\ufdfa"};
    static const char *const languages[] = {"en", "tr"};
    struct pm_buf raw = PM_BUF_INIT;
    clock_t start = clock();
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        pm_buf_clear(&raw);
        while (raw.len < 1000000)
            pm_buf_adds(&raw, letters[i]);
        for (size_t j = 0; j < sizeof languages / sizeof *languages; j++) {
            struct pm_error err = {0};
            struct pm_words *words = open_words(languages[j]);
            const struct pm_word *word = get(words, raw.data, raw.len, &err);
            assert_non_null(word);
            assert_true(word->len[PM_WORD_STEM] > 0);
            pm_words_free(words);
        }
    }
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    pm_buf_release(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_and_stems_a_word_of_each_language),
        cmocka_unit_test(takes_composed_and_decomposed_letters_for_one),
        cmocka_unit_test(takes_accents_off_only_where_marks_are_accents),
        cmocka_unit_test(leaves_no_trace_of_soft_hyphens_and_grouping),
        cmocka_unit_test(knows_what_is_written_like_an_acronym),
        cmocka_unit_test(keeps_the_sense_of_an_acronym_with_a_possessive),
        cmocka_unit_test(reads_an_acronym_however_its_letters_are_encoded),
        cmocka_unit_test(spells_a_capitalised_word_without_accents_too),
        cmocka_unit_test(knows_function_words_by_their_exact_letters),
        cmocka_unit_test(brings_british_and_american_spelling_together),
        cmocka_unit_test(gives_no_form_of_what_folds_to_nothing),
        cmocka_unit_test(keeps_a_note_with_each_word),
        cmocka_unit_test(keeps_the_hash_of_the_stem_and_whether_it_has_a_digit),
        cmocka_unit_test(remembers_no_word_wrongly_after_forgetting_all),
        cmocka_unit_test(tells_words_apart_that_are_longer_than_it_remembers),
        cmocka_unit_test(ends_a_word_of_a_megabyte_quickly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
