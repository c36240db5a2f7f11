#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "charset.h"
#include "utf8.h"

struct row {
    const char *text;
    size_t len;
    const char *declared; /* or NULL */
    const char *utf8;
};

#define TEXT(bytes) bytes, sizeof bytes - 1

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_buf out = PM_BUF_INIT;
        struct pm_error err = {0};
        const struct row *row = &rows[i];
        if (charset_to_utf8(row->text, row->len, row->declared, &out, &err) ||
            strcmp(pm_buf_str(&out), row->utf8)) {
            print_error("row %zu: '%s', not '%s' (%s)\n", i, pm_buf_str(&out), row->utf8,
                        err.message);
            wrong++;
        }
        pm_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void a_byte_order_mark_decides(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT("\xEF\xBB\xBF"
              "caf\xC3\xA9"),
         "windows-1252", "café"},
        {TEXT("\xFF\xFE"
              "c\0a\0f\0\xE9\0"),
         NULL, "café"},
        {TEXT("\xFE\xFF"
              "\0c\0a\0f\0\xE9"),
         "utf-8", "café"},
        {TEXT("\xFF\xFE\0\0"
              "c\0\0\0\xE9\0\0\0"),
         NULL, "cé"},
        {TEXT("\xFF\xFE"), NULL, ""},
    };
    CHECK(rows);
}

static void what_the_text_declares_comes_next(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT("caf\xE9"), "iso-8859-1", "café"},
        {TEXT("Stra\xE1"
              "e"),
         "cp437", "Straße"},
        {TEXT("\x93q\x94 \x96 \x80"), "iso-8859-1", "“q” – €"}, /* as browsers read it */
        {TEXT("\x93q\x94"), "ascii", "“q”"},
        {TEXT("\xCF\xF0\xE8\xE2\xE5\xF2"), "windows-1251", "Привет"},
        {TEXT("\x82\xB1\x82\xF1"), "Shift_JIS", "こん"},
        /* Recoded by who saved it, and its header left behind. */
        {TEXT("caf\xC3\xA9 \xE2\x80\x93 na\xC3\xAFve"), "windows-1252", "café – naïve"},
        {TEXT("plain"), "no-such-set", "plain"},
        {TEXT("caf\xC3\xA9"), "no-such-set", "café"},
        {TEXT("caf\xC3\xA9"), "", "café"},
    };
    CHECK(rows);
}

static void utf8_is_taken_for_what_it_is(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT(""), NULL, ""},
        {TEXT("plain"), NULL, "plain"},
        {TEXT("ប្រទេសកម្ពុជា"), NULL, "ប្រទេសកម្ពុជា"},
        {TEXT("caf\xC3\xA9"), NULL, "café"},
    };
    CHECK(rows);
}

static void the_rest_is_found_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT("Le d\xE9put\xE9 a d\xE9"
              "clar\xE9 que l'arm\xE9"
              "e \xE9tait pr\xEAte \xE0 la "
              "fronti\xE8re, o\xF9 les soldats s'\xE9taient d\xE9ploy\xE9s apr\xE8s l'\xE9t\xE9."),
         NULL,
         "Le député a déclaré que l'armée était prête à la frontière, où les soldats s'étaient "
         "déployés après l'été."},
        {TEXT("The minister said: \x93We are ready,\x94 and left \x96 it was late \x96 for the "
              "ministry\x92s guest house, which is said to have been the governor\x92s."),
         NULL,
         "The minister said: “We are ready,” and left – it was late – for the ministry’s guest "
         "house, which is said to have been the governor’s."},
        {TEXT("\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xEE\xE1\xEE\xF0\xEE\xED\xFB \xEF\xF0\xE8\xE1\xFB\xEB "
              "\xE2 \xF1\xF2\xEE\xEB\xE8\xF6\xF3 \xED\xE0 \xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB "
              "\xF1 \xEF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2\xEE\xEC \xF1\xF2\xF0\xE0\xED\xFB."),
         NULL, "Министр обороны прибыл в столицу на переговоры с президентом страны."},
    };
    CHECK(rows);
}

static void a_text_with_a_little_damage_stays_utf8(void **state)
{
    (void)state;
    struct pm_buf out = PM_BUF_INIT;
    struct pm_error err = {0};
    const char text[] = "A “walrus” – in the café – said “no”, and the naïve otter said “yes” \xFF "
                        "to the señor of the façade, who was not amused – at all.";
    assert_int_equal(charset_to_utf8(text, strlen(text), NULL, &out, &err), 0);
    assert_non_null(strstr(pm_buf_str(&out), "“walrus” – in the café"));
    pm_buf_release(&out);
}

static void mends_in_place_only_what_needs_it(void **state)
{
    (void)state;
    struct pm_buf out = PM_BUF_INIT;
    struct pm_error err = {0};
    char good[] = "caf\xC3\xA9", bad[] = "na\xEFve caf\xE9 \x96 d\xE9j\xE0 vu", *text = good;
    size_t len = strlen(good);
    assert_int_equal(charset_mend(&text, &len, &out, &err), 0);
    assert_ptr_equal(text, good);
    text = bad;
    len = strlen(bad);
    assert_int_equal(charset_mend(&text, &len, &out, &err), 0);
    assert_string_equal(text, "naïve café – déjà vu");
    assert_int_equal(len, strlen(text));
    pm_buf_release(&out);
}

/* A text in pieces of every size must come out as it does in one. */
static void a_stream_may_be_cut_anywhere(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT("c\0a\0f\0\xE9\0=\xD8\0\xDE.\0"), "UTF-16LE", "café😀."},
        {TEXT("\x82\xB1\x82\xF1 a\x82"), "Shift_JIS", "こん a\xEF\xBF\xBD"},
        {TEXT("\xA4\xA4\xA4\xE5\xA1\x43"), "Big5", "中文。"},
        {TEXT("\xE9t\xE9 \x96"), "windows-1252", "été –"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t piece = 1; piece <= rows[i].len; piece++) {
            struct pm_error err = {0};
            struct pm_buf out = PM_BUF_INIT;
            struct recoder *recoder = recode_new(rows[i].declared, &err);
            assert_non_null(recoder);
            for (size_t at = 0; at < rows[i].len; at += piece) {
                size_t len = rows[i].len - at < piece ? rows[i].len - at : piece;
                assert_int_equal(recode_run(recoder, rows[i].text + at, len,
                                            at + len == rows[i].len, &out, &err),
                                 0);
            }
            assert_string_equal(pm_buf_str(&out), rows[i].utf8);
            recode_free(recoder);
            pm_buf_release(&out);
        }
}

static void knows_the_names_of_character_sets(void **state)
{
    (void)state;
    struct pm_error err = {0};
    assert_true(charset_exists("UTF-8"));
    assert_true(charset_exists("latin1"));
    assert_true(charset_exists("windows-1252"));
    assert_false(charset_exists("klingon"));
    assert_false(charset_exists(""));
    assert_null(recode_new("klingon", &err));
    assert_int_equal(err.code, PM_ERR_USAGE);
    recode_free(NULL);
}

/* Whatever the bytes are, what comes out is UTF-8. */
static void every_text_becomes_utf8(void **state)
{
    (void)state;
    static const char *const declared[] = {NULL, "windows-1252", "Shift_JIS", "UTF-16", "gb18030"};
    uint32_t random = 1;
    for (int i = 0; i < 2000; i++) {
        char text[64];
        struct pm_error err = {0};
        struct pm_buf out = PM_BUF_INIT, clean = PM_BUF_INIT;
        size_t len = (size_t)i % sizeof text;
        for (size_t j = 0; j < len; j++)
            text[j] = (char)((random = random * 1664525 + 1013904223) >> 24);
        assert_int_equal(charset_to_utf8(text, len, declared[i % 5], &out, &err), 0);
        /* What no set was found for stays as it is, for who cleans the text. */
        pm_utf8_clean(&clean, pm_buf_str(&out), out.len);
        assert_true(pm_utf8_valid(pm_buf_str(&clean), clean.len));
        pm_buf_release(&out);
        pm_buf_release(&clean);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_order_mark_decides),
        cmocka_unit_test(what_the_text_declares_comes_next),
        cmocka_unit_test(utf8_is_taken_for_what_it_is),
        cmocka_unit_test(the_rest_is_found_out),
        cmocka_unit_test(a_text_with_a_little_damage_stays_utf8),
        cmocka_unit_test(mends_in_place_only_what_needs_it),
        cmocka_unit_test(a_stream_may_be_cut_anywhere),
        cmocka_unit_test(knows_the_names_of_character_sets),
        cmocka_unit_test(every_text_becomes_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
