#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "analyzer.h"
#include "analyzers.h"
#include "buf.h"
#include "utf8.h"

static struct pm_analyzer *open_analyzer(const char *language)
{
    struct pm_error err = {0};
    struct pm_analyzer *analyzer = pm_analyzer_new(pm_language_find(language), &err);
    assert_non_null(analyzer);
    return analyzer;
}

/* The terms of the words: "told us/US" for "told US". */
static void add_terms(struct pm_buf *out, struct pm_analyzer *analyzer, const char *text,
                      size_t len)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    int rc;
    pm_tokens_start(&tokens, analyzer, text, len);
    while ((rc = pm_tokens_next(&tokens, &token, &err)) == 1) {
        pm_buf_adds(out, out->len ? " " : "");
        for (size_t i = 0; i < token.terms; i++) {
            pm_buf_adds(out, i ? "/" : "");
            pm_buf_add(out, token.term[i].text, token.term[i].len);
        }
    }
    assert_int_equal(rc, 0);
}

/* The text with each word in [brackets]. */
static void add_words(struct pm_buf *out, struct pm_analyzer *analyzer, const char *text,
                      size_t len)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    size_t at = 0;
    pm_tokens_start(&tokens, analyzer, text, len);
    while (pm_tokens_next(&tokens, &token, &err) == 1) {
        pm_buf_add(out, text + at, token.start - at);
        pm_buf_addc(out, '[');
        pm_buf_add(out, text + token.start, token.end - token.start);
        pm_buf_addc(out, ']');
        at = token.end;
    }
    pm_buf_add(out, text + at, len - at);
}

/* The words to complete or correct. */
static void add_folded(struct pm_buf *out, struct pm_analyzer *analyzer, const char *text,
                       size_t len)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    pm_tokens_start(&tokens, analyzer, text, len);
    while (pm_tokens_next(&tokens, &token, &err) == 1) {
        pm_buf_adds(out, out->len ? " " : "");
        pm_buf_add(out, token.folded.text, token.folded.len);
    }
}

struct row {
    const char *language, *text, *shown;
};

typedef void show_function(struct pm_buf *, struct pm_analyzer *, const char *, size_t);

static void check(show_function *show, const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_buf shown = PM_BUF_INIT;
        struct pm_analyzer *analyzer = open_analyzer(rows[i].language);
        show(&shown, analyzer, rows[i].text, strlen(rows[i].text));
        if (strcmp(pm_buf_str(&shown), rows[i].shown)) {
            print_error("'%s' (%s) gave '%s', not '%s'\n", rows[i].text, rows[i].language,
                        pm_buf_str(&shown), rows[i].shown);
            wrong++;
        }
        pm_buf_release(&shown);
        pm_analyzer_free(analyzer);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(show, ...)                                                                           \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(show, rows, sizeof rows / sizeof *rows);                                             \
    } while (0)

/* ---- where words begin and end ---- */

static void parts_words_at_space_and_punctuation(void **state)
{
    CHECK(add_words, {"en", "", ""}, {"en", " \n\t.,;!?", " \n\t.,;!?"},
          {"en", "Rain, then sun.", "[Rain], [then] [sun]."},
          {"en", "well-known co-operation", "[well]-[known] [co]-[operation]"},
          {"en", "Phnom–Penh—capital", "[Phnom]–[Penh]—[capital]"}, {"en", "and/or", "[and]/[or]"},
          {"en", "a_b@c.org", "[a_b]@[c].[org]"}, {"en", "_a _ b__c_", "_[a] _ [b]__[c]_"},
          {"en", "«oui»", "«[oui]»"},
          {"en", "x\u00a0y\u3000z\u2028w", "[x]\u00a0[y]\u3000[z]\u2028[w]"});
}

static void joins_letters_by_an_apostrophe_unless_the_language_elides(void **state)
{
    CHECK(add_words, {"en", "Cambodia's O’Brien's", "[Cambodia's] [O’Brien's]"},
          {"en", "'quoted' ministers' ’tis", "'[quoted]' [ministers]' ’[tis]"},
          {"en", "rock'n'roll a''b", "[rock'n'roll] [a]''[b]"},
          {"fr", "l'armée d’Ève", "[l]'[armée] [d]’[Ève]"}, {"it", "dell’arte", "[dell]’[arte]"});
}

static void joins_digits_by_commas_in_threes_and_by_one_point(void **state)
{
    CHECK(add_words, {"en", "155,221", "[155,221]"}, {"en", "1,234,567.89", "[1,234,567.89]"},
          {"en", "3.14.", "[3.14]."}, {"en", "1987,1988", "[1987],[1988]"},
          {"en", "19.05.2024", "[19.05].[2024]"}, {"en", "1,23 12,3456", "[1],[23] [12],[3456]"},
          {"en", "10:30 5% $7", "[10]:[30] [5]% $[7]"}, {"en", "1,000,", "[1,000],"},
          {"en", "10,000m 3rd", "[10,000m] [3rd]"});
}

static void joins_single_letters_by_points(void **state)
{
    CHECK(add_words, {"en", "U.S. troops", "[U.S.] [troops]"}, {"en", "the U.S", "[the] [U.S]"},
          {"en", "U.S.A.", "[U.S.A.]"}, {"en", "e.g. this", "[e.g.] [this]"},
          {"en", "U.S.'s U.S.’s", "[U.S.'s] [U.S.’s]"}, {"en", "A. Smith", "[A]. [Smith]"},
          {"en", "end.Next", "[end].[Next]"}, {"en", "U.S.-led", "[U.S.]-[led]"},
          {"fr", "\u00c9.U.", "[\u00c9.U.]"});
}

static void sees_through_soft_hyphens_and_joiners_but_not_zero_width_spaces(void **state)
{
    CHECK(add_words, {"en", "co\u00adop\u00ad", "[co\u00adop]\u00ad"},
          {"en", "\u00adx", "\u00ad[x]"}, {"fa", "می\u200cخواهم", "[می\u200cخواهم]"},
          {"en", "foo\u200bbar", "[foo]\u200b[bar]"}, {"km", "ត្រី\u200bត្រី", "[ត្រី]\u200b[ត្រី]"},
          {"en", "a\u00ad-\u00adb", "[a]\u00ad-\u00ad[b]"});
}

static void parts_scripts_without_spaces_letter_by_letter(void **state)
{
    CHECK(add_words, {"km", "ខ្ញុំទៅ។", "[ខ្ញុំ][ទៅ]។"}, {"km", "ត្រី", "[ត្រី]"},
          {"km", "កម្ពុជា", "[ក][ម្ពុ][ជា]"}, {"zh", "中文。", "[中][文]。"},
          {"en", "In 東京2024年", "[In] [東][京][2024][年]"},
          {"ja", "が、か\u3099", "[が]、[か\u3099]"}, {"en", "abcទៅdef", "[abc][ទៅ][def]"});
}

/* The text with each word in [brackets], where they are looked for, and "|" between letters. */
static void add_found_words(struct pm_buf *out, struct pm_analyzer *analyzer, const char *text,
                            size_t len)
{
    struct pm_error err = {0};
    struct pm_tokens tokens;
    struct pm_token token;
    size_t at = 0;
    pm_tokens_start(&tokens, analyzer, text, len);
    pm_tokens_find_words(&tokens);
    while (pm_tokens_next(&tokens, &token, &err) == 1) {
        pm_buf_adds(out, token.joined ? "|" : at ? "]" : "");
        pm_buf_add(out, text + at, token.start - at);
        pm_buf_adds(out, token.joined ? "" : "[");
        pm_buf_add(out, text + token.start, token.end - token.start);
        at = token.end;
    }
    pm_buf_adds(out, at ? "]" : "");
    pm_buf_add(out, text + at, len - at);
}

static void finds_the_words_of_scripts_without_spaces(void **state)
{
    CHECK(add_found_words, {"km", "ខ្ញុំទៅសាលារៀន។", "[ខ្ញុំ][ទៅ][សា|លា|រៀ|ន]។"},
          {"zh", "中文分词", "[中|文][分|词]"}, {"en", "In 東京2024年", "[In] [東|京][2024][年]"},
          {"en", "two words", "[two] [words]"}, {"km", "ត្រី\u200bត្រី", "[ត្រី]\u200b[ត្រី]"});
}

static void passes_over_what_has_no_letters(void **state)
{
    CHECK(add_terms, {"en", "\U0001f600 \u2615\ufe0f ok", "ok"}, {"en", "\ufe0f\u200d\u00ad", ""},
          {"en", "\U0001f468\u200d\U0001f469\u200d\U0001f467", ""}, {"en", "\u0301", "\u0301"},
          {"en", "葛\U000e0100", "葛"}, {"en", "1\ufe0f\u20e3", "1"},
          {"en", "\U0001f1f0\U0001f1ed", ""});
}

/* ---- terms ---- */

static void gives_an_acronym_a_term_beside_its_stem(void **state)
{
    CHECK(add_terms, {"en", "told us that", "told us that"},
          {"en", "told the US that", "told the us/US that"},
          {"en", "U.S. and US", "us/US and us/US"}, {"en", "U.S.A.", "usa/USA"},
          {"en", "the WHO, IT", "the who/WHO it/IT"}, {"en", "a UN envoy", "a un/UN envoy"},
          {"en", "two NGOs", "two ngos/NGO"}, {"en", "the RCAF", "the rcaf/RCAF"},
          {"en", "US's US’s", "us/US us/US"}, {"en", "U.S.'s", "us/US"},
          {"en", "Us I A", "us i a"});
}

static void hears_no_acronyms_in_a_line_of_capitals(void **state)
{
    CHECK(add_terms, {"en", "US WINS GOLD", "us win gold"}, {"en", "US WINS", "us/US win/WINS"},
          {"en", "US WINS GOLD\nUS wins", "us win gold us/US win"},
          {"en", "THE U.S. WINS GOLD", "the us/US win gold"});
}

static void hears_acronyms_wherever_they_stand_in_a_line(void **state)
{
    CHECK(add_terms, {"en", "The UN, WHO and IMF met", "the un/UN who/WHO and imf/IMF met"},
          {"en", "Lenders such as the ADB, IMF, EU.", "lender such as the adb/ADB imf/IMF eu/EU"},
          {"en", "talks of UN WHO NATO", "talk of un/UN who/WHO nato/NATO"});
}

static void hears_capitals_of_every_alphabet(void **state)
{
    CHECK(add_terms, {"ru", "ПРЕЗИДЕНТ ПРИБЫЛ СЕГОДНЯ", "президент приб сегодн"},
          {"fr", "ÉLECTIONS À PARIS, RÉSULTATS DÉFINITIFS", "elect a paris resultat definit"},
          {"ru", "Президент США прибыл", "президент сша/США приб"});
}

static void decides_on_each_line_by_itself(void **state)
{
    (void)state;
    struct pm_buf shown = PM_BUF_INIT;
    struct pm_analyzer *analyzer = open_analyzer("en");
    static const char text[] = "UN CHIEF ARRIVES\nThe UN met\nUN IS LATE AGAIN";
    add_terms(&shown, analyzer, text, sizeof text - 1);
    assert_string_equal(pm_buf_str(&shown), "un chief arriv the un/UN met un is late again");
    assert_true(pm_tokens_shouting("UN CHIEF ARRIVES\nsmall", 22));
    assert_false(pm_tokens_shouting("UN CHIEF\nARRIVES NOW", 20));
    assert_false(pm_tokens_shouting("", 0));
    pm_buf_release(&shown);
    pm_analyzer_free(analyzer);
}

static void takes_a_word_as_of_a_line_decided_on_elsewhere(void **state)
{
    (void)state;
    struct pm_analyzer *analyzer = open_analyzer("en");
    for (int shouting = 0; shouting < 2; shouting++) {
        struct pm_error err = {0};
        struct pm_tokens tokens;
        struct pm_token token;
        pm_tokens_start(&tokens, analyzer, "US", 2);
        pm_tokens_set_shouting(&tokens, shouting);
        assert_int_equal(pm_tokens_next(&tokens, &token, &err), 1);
        assert_int_equal(token.acronym, !shouting);
        assert_int_equal(token.terms, shouting ? 1 : 2);
        assert_true(token.stop);
    }
    pm_analyzer_free(analyzer);
}

/* ---- words that must meet ---- */

static bool meet(struct pm_analyzer *analyzer, const char *a, const char *b)
{
    const char *text[] = {a, b};
    char terms[2][3][600] = {0};
    for (int i = 0; i < 2; i++) {
        struct pm_error err = {0};
        struct pm_tokens tokens;
        struct pm_token token;
        pm_tokens_start(&tokens, analyzer, text[i], strlen(text[i]));
        assert_int_equal(pm_tokens_next(&tokens, &token, &err), 1);
        for (size_t j = 0; j < token.terms; j++)
            memcpy(terms[i][j], token.term[j].text, token.term[j].len);
        assert_int_equal(pm_tokens_next(&tokens, &token, &err), 0);
    }
    for (int i = 0; i < 9; i++)
        if (*terms[0][i / 3] && !strcmp(terms[0][i / 3], terms[1][i % 3]))
            return true;
    return false;
}

static void check_meeting(const char *const *languages, const char *const (*pairs)[2], size_t count,
                          bool expected)
{
    int wrong = 0;
    for (; *languages; languages++) {
        struct pm_analyzer *analyzer = open_analyzer(*languages);
        for (size_t i = 0; i < count; i++)
            if (meet(analyzer, pairs[i][0], pairs[i][1]) != expected) {
                print_error("'%s' and '%s' (%s) %s\n", pairs[i][0], pairs[i][1], *languages,
                            expected ? "do not meet" : "meet");
                wrong++;
            }
        pm_analyzer_free(analyzer);
    }
    assert_int_equal(wrong, 0);
}

static void lets_words_meet_with_accents_or_without(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "fr", NULL};
    static const char *const pairs[][2] = {
        {"café", "cafe"},
        {"cafés", "cafe"},
        {"publiée", "publiee"},
        {"publiées", "publiees"},
        {"publié", "publie"},
        {"élections", "elections"},
        {"Élection", "election"},
        {"armée", "armee"},
        {"députés", "deputes"},
        {"réélu", "reelu"},
        {"économie", "economie"},
        {"économiques", "economiques"},
        {"français", "francais"},
        {"françaises", "francaises"},
        {"été", "ete"},
        {"forêt", "foret"},
        {"hôpitaux", "hopitaux"},
        {"sécurité", "securite"},
        {"président", "president"},
        {"présidée", "presidee"},
        {"créées", "creees"},
        {"naïve", "naive"},
        {"noël", "noel"},
        {"œuvre", "oeuvre"},
        {"cœurs", "coeurs"},
        {"élève", "eleve"},
        {"élevées", "elevees"},
        {"où", "ou"},
        {"déjà", "deja"},
        {"Pékin", "Pekin"},
        {"São", "Sao"},
        {"Łódź", "Lodz"},
        {"Đà", "Da"},
        {"Zürich", "Zurich"},
        {"año", "ano"},
        {"publiée", "PUBLIEE"},
    };
    check_meeting(languages, pairs, sizeof pairs / sizeof *pairs, true);
}

static void lets_capitals_meet_with_accents_or_without(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "fr", NULL};
    static const char *const pairs[][2] = {
        {"CAFÉ", "cafe"},     {"PUBLIÉE", "publiee"}, {"PUBLIÉE", "publiée"},
        {"ARMÉES", "armees"}, {"CRÉÉES", "creees"},   {"PUBLIÉES", "PUBLIEES"},
    };
    check_meeting(languages, pairs, sizeof pairs / sizeof *pairs, true);
}

static void lets_spellings_of_english_meet(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", NULL};
    static const char *const pairs[][2] = {
        {"defence", "defense"},
        {"organised", "organizes"},
        {"Labour", "labor"},
        {"Cambodia’s", "cambodia"},
        {"Cambodia's", "Cambodia’s"},
        {"155,221", "155221"},
        {"U.S.", "US"},
        {"elections", "elected"},
        {"co\u00adoperate", "cooperate"},
    };
    static const char *const strangers[][2] = {
        {"WHO", "whom"},
        {"cafe", "cage"},
        {"3.14", "314"},
        {"news", "new"},
    };
    check_meeting(languages, pairs, sizeof pairs / sizeof *pairs, true);
    check_meeting(languages, strangers, sizeof strangers / sizeof *strangers, false);
}

static void takes_from_a_number_only_what_groups_its_digits(void **state)
{
    CHECK(add_terms, {"en", "Rs1,000 Rs1000", "rs1000 rs1000"}, {"en", "A1.5 A15", "a1.5 a15"},
          {"en", "1,000m", "1000m"}, {"en", "155,221.5", "155221.5"});
}

/* ---- what always holds ---- */

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static const char *const bits[] = {
    "a",          "b",          "é",          "e\u0301", "\u0301",
    "É",          "S",          "U",          "U.S.",    ".",
    ",",          "'",          "’",          "\u2018",  "-",
    " ",          " ",          " ",          "\n",      "1",
    "23",         "456",        "\u0661",     "½",       "²",
    "ß",          "ﬃ",          "\ufdfa",     "İ",       "ı",
    "\u00ad",     "\u200b",     "\u200c",     "\u200d",  "\ufeff",
    "\u2060",     "\ufe0f",     "\U000e0100", "\u20e3",  "\U0001f600",
    "\U0001f1f0", "ត្រី",         "ទៅ",         "\u17d2",  "។",
    "๑",          "ไทย",        "東",         "京",      "々",
    "が",         "か\u3099",   "ｶﾞ",         "한",      "\u1112\u1161",
    "\u0928",     "\u094d",     "שׁ",          "\u0640",  "م",
    "ʼn",         "ʼ",          "Ω",          "\u1fbf",  "\U00010400",
    "\U0001d400", "\U00020000", "\ufffd",     "\uffff",  "s",
    "'s",         "NGOs",
};

static void add_random_text(struct pm_buf *out, uint32_t *seed, uint32_t pieces)
{
    for (; pieces; pieces--)
        pm_buf_adds(out, bits[random_below(seed, sizeof bits / sizeof *bits)]);
}

static bool is_character_bound(const struct pm_buf *text, size_t at)
{
    return at == text->len || (text->data[at] & 0xC0) != 0x80;
}

static void check_token(const struct pm_buf *text, const struct pm_token *token)
{
    assert_true(token->start < token->end && token->end <= text->len);
    assert_true(is_character_bound(text, token->start));
    assert_true(is_character_bound(text, token->end));
    assert_in_range(token->terms, 1, 3);
    assert_true(!token->acronym || token->terms >= 2);
    for (size_t i = 0; i < token->terms; i++) {
        assert_true(token->term[i].len > 0);
        assert_true(pm_utf8_valid(token->term[i].text, token->term[i].len));
        assert_null(memchr(token->term[i].text, '\0', token->term[i].len));
    }
    for (size_t i = 1; i < token->terms; i++)
        assert_false(token->term[0].len == token->term[i].len &&
                     !memcmp(token->term[0].text, token->term[i].text, token->term[0].len));
}

static void gives_words_in_order_and_within_any_text(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "fr", "km", "tr", "de", "ar"};
    struct pm_analyzers analyzers = {0};
    struct pm_buf text = PM_BUF_INIT;
    uint32_t seed = 7;
    for (int round = 0; round < 6000; round++) {
        struct pm_error err = {0};
        struct pm_tokens tokens;
        struct pm_token token;
        size_t end = 0;
        uint32_t position = 0;
        int rc;
        pm_buf_clear(&text);
        add_random_text(&text, &seed, random_below(&seed, 40));
        const char *language = languages[random_below(&seed, 6)];
        pm_tokens_start(&tokens, pm_analyzers_get(&analyzers, language, &err), pm_buf_str(&text),
                        text.len);
        while ((rc = pm_tokens_next(&tokens, &token, &err)) == 1) {
            check_token(&text, &token);
            assert_true(token.start >= end);
            assert_int_equal(token.position, position++);
            end = token.end;
        }
        assert_int_equal(rc, 0);
        assert_int_equal(pm_tokens_next(&tokens, &token, &err), 0);
    }
    pm_buf_release(&text);
    pm_analyzers_release(&analyzers);
}

static void gives_the_same_terms_new_or_used(void **state)
{
    (void)state;
    struct pm_analyzer *used = open_analyzer("en");
    struct pm_buf text = PM_BUF_INIT, before = PM_BUF_INIT, after = PM_BUF_INIT;
    uint32_t seed = 11;
    for (int round = 0; round < 300; round++) {
        pm_buf_clear(&text);
        pm_buf_clear(&before);
        pm_buf_clear(&after);
        add_random_text(&text, &seed, random_below(&seed, 60));
        struct pm_analyzer *fresh = open_analyzer("en");
        add_terms(&before, used, pm_buf_str(&text), text.len);
        add_terms(&after, fresh, pm_buf_str(&text), text.len);
        assert_string_equal(pm_buf_str(&before), pm_buf_str(&after));
        pm_analyzer_free(fresh);
    }
    pm_buf_release(&text);
    pm_buf_release(&before);
    pm_buf_release(&after);
    pm_analyzer_free(used);
}

static void normalize(const UNormalizer2 *form, const struct pm_buf *text, struct pm_buf *out)
{
    UChar wide[2][4000];
    char narrow[8000];
    int32_t len = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(wide[0], 4000, &len, text->data, (int32_t)text->len, &status);
    len = unorm2_normalize(form, wide[0], len, wide[1], 4000, &status);
    u_strToUTF8(narrow, sizeof narrow, &len, wide[1], len, &status);
    assert_true(U_SUCCESS(status));
    pm_buf_clear(out);
    pm_buf_add(out, narrow, (size_t)len);
}

static void spells_composed_and_decomposed_text_alike(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "b", "s", "é", "è", "ç",   "ñ",     "ü",
                                          "ṩ", "ợ", "ş", "å", "й", "ё",   "ή",     "ة",
                                          "آ", "ก", " ", " ", "'", "’s ", "1,000 "};
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *forms[] = {unorm2_getNFCInstance(&status), unorm2_getNFDInstance(&status)};
    struct pm_analyzer *analyzer = open_analyzer("fr");
    struct pm_buf text = PM_BUF_INIT, spelled = PM_BUF_INIT, shown[2] = {PM_BUF_INIT, PM_BUF_INIT};
    uint32_t seed = 13;
    for (int round = 0; round < 2000; round++) {
        pm_buf_clear(&text);
        pm_buf_adds(&text, "x");
        for (uint32_t n = random_below(&seed, 40); n; n--)
            pm_buf_adds(&text, letters[random_below(&seed, sizeof letters / sizeof *letters)]);
        for (int i = 0; i < 2; i++) {
            normalize(forms[i], &text, &spelled);
            pm_buf_clear(&shown[i]);
            add_terms(&shown[i], analyzer, spelled.data, spelled.len);
        }
        assert_string_equal(pm_buf_str(&shown[0]), pm_buf_str(&shown[1]));
    }
    pm_buf_release(&text);
    pm_buf_release(&spelled);
    pm_buf_release(&shown[0]);
    pm_buf_release(&shown[1]);
    pm_analyzer_free(analyzer);
}

static void spells_decomposed_acronyms_alike(void **state)
{
    CHECK(add_terms, {"fr", "la CE\u0301E", "la ce/C\u00c9E"},
          {"fr", "la C\u00c9E", "la ce/C\u00c9E"}, {"fr", "E\u0301.U. x", "eu/\u00c9U x"},
          {"fr", "\u00c9.U. x", "eu/\u00c9U x"});
}

static void ends_a_text_of_a_megabyte_without_spaces_quickly(void **state)
{
    (void)state;
    static const char *const bit[] = {"x", "é",    "A",      "U.",     "a'", "1,234", "ខ្ញុំទៅផ្ទះ",
                                      "ក្", "東京", "\u00ad", "\u0301", "A-", "U.S.-", "\U0001f600"};
    struct pm_analyzer *analyzer = open_analyzer("en");
    struct pm_buf text = PM_BUF_INIT;
    clock_t start = clock();
    for (size_t i = 0; i < sizeof bit / sizeof *bit; i++) {
        struct pm_error err = {0};
        struct pm_tokens tokens;
        struct pm_token token;
        int rc;
        pm_buf_clear(&text);
        while (text.len < 1000000)
            pm_buf_adds(&text, bit[i]);
        pm_tokens_start(&tokens, analyzer, text.data, text.len);
        while ((rc = pm_tokens_next(&tokens, &token, &err)) == 1)
            check_token(&text, &token);
        assert_int_equal(rc, 0);
    }
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    pm_buf_release(&text);
    pm_analyzer_free(analyzer);
}

static void has_each_word_folded_but_not_stemmed(void **state)
{
    CHECK(add_folded, {"en", "Rising Prices, colour", "rising prices colour"},
          {"en", "Cambodia's Cambodia’s O'Brien's", "cambodia cambodia o'brien"},
          {"en", "ministers' is it's", "ministers is it"}, {"en", "the U.S.'s U.S.", "the us us"},
          {"en", "Café café’s Cafe\u0301", "cafe cafe cafe"}, {"de", "Städte groß", "stadte gross"},
          {"fr", "l'Élysée", "l elysee"}, {"ru", "Москве Ёлки", "москве елки"},
          {"en", "co\u00adop 155,221", "coop 155221"}, {"en", "'s s", "s s"}, {"km", "ត្រី", "ត្រី"});
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    struct pm_buf shown = PM_BUF_INIT;
    struct pm_analyzer *analyzer = open_analyzer("en");
    add_terms(&shown, analyzer, "one\0two three", 7);
    assert_string_equal(pm_buf_str(&shown), "one two");
    pm_buf_release(&shown);
    pm_analyzer_free(analyzer);
}

static void makes_one_analyzer_for_each_language(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_analyzers analyzers = {0};
    struct pm_analyzer *english = pm_analyzers_get(&analyzers, "en", &err);
    assert_ptr_equal(pm_analyzers_get(&analyzers, NULL, &err), english);
    assert_ptr_equal(pm_analyzers_get(&analyzers, "English", &err), english);
    assert_ptr_equal(pm_analyzers_get(&analyzers, "no such language", &err), english);
    struct pm_analyzer *french = pm_analyzers_get(&analyzers, "fr", &err);
    assert_ptr_not_equal(french, english);
    assert_string_equal(pm_analyzer_language(french)->code, "fr");
    assert_ptr_equal(pm_analyzers_get(&analyzers, "fr-CA", &err), french);
    assert_int_equal(analyzers.len, 2);
    pm_analyzers_release(&analyzers);
    pm_analyzers_release(&analyzers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_words_at_space_and_punctuation),
        cmocka_unit_test(joins_letters_by_an_apostrophe_unless_the_language_elides),
        cmocka_unit_test(joins_digits_by_commas_in_threes_and_by_one_point),
        cmocka_unit_test(joins_single_letters_by_points),
        cmocka_unit_test(sees_through_soft_hyphens_and_joiners_but_not_zero_width_spaces),
        cmocka_unit_test(parts_scripts_without_spaces_letter_by_letter),
        cmocka_unit_test(finds_the_words_of_scripts_without_spaces),
        cmocka_unit_test(passes_over_what_has_no_letters),
        cmocka_unit_test(gives_an_acronym_a_term_beside_its_stem),
        cmocka_unit_test(hears_no_acronyms_in_a_line_of_capitals),
        cmocka_unit_test(hears_acronyms_wherever_they_stand_in_a_line),
        cmocka_unit_test(hears_capitals_of_every_alphabet),
        cmocka_unit_test(decides_on_each_line_by_itself),
        cmocka_unit_test(takes_a_word_as_of_a_line_decided_on_elsewhere),
        cmocka_unit_test(lets_words_meet_with_accents_or_without),
        cmocka_unit_test(lets_capitals_meet_with_accents_or_without),
        cmocka_unit_test(lets_spellings_of_english_meet),
        cmocka_unit_test(takes_from_a_number_only_what_groups_its_digits),
        cmocka_unit_test(gives_words_in_order_and_within_any_text),
        cmocka_unit_test(gives_the_same_terms_new_or_used),
        cmocka_unit_test(spells_composed_and_decomposed_text_alike),
        cmocka_unit_test(spells_decomposed_acronyms_alike),
        cmocka_unit_test(ends_a_text_of_a_megabyte_without_spaces_quickly),
        cmocka_unit_test(has_each_word_folded_but_not_stemmed),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(makes_one_analyzer_for_each_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
