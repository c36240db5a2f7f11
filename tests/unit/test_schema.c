#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db.h"
#include "schema.h"
#include "utf8.h"

/* ---- fields ---- */

static void finds_a_field_by_each_of_its_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int field;
    } rows[] = {
        {"text", PM_FIELD_TEXT},
        {"title", PM_FIELD_TITLE},
        {"headline", PM_FIELD_TITLE},
        {"TITLE", PM_FIELD_TITLE},
        {"Headline", PM_FIELD_TITLE},
        {"entity", PM_FIELD_ENTITY},
        {"author", PM_FIELD_AUTHOR},
        {"byline", PM_FIELD_AUTHOR},
        {"source", PM_FIELD_SOURCE},
        {"section", PM_FIELD_SECTION},
        {"tag", PM_FIELD_TAG},
        {"tags", PM_FIELD_TAG},
        {"lang", PM_FIELD_LANGUAGE},
        {"language", PM_FIELD_LANGUAGE},
        {"id", PM_FIELD_ID},
        {"date", -1}, /* has no terms: dates are asked for as ranges */
        {"", -1},
        {"titl", -1},
        {"titles", -1},
        {"S", -1},
        {"nonsense", -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(pm_schema_find(rows[i].name, strlen(rows[i].name)), rows[i].field);
    assert_int_equal(pm_schema_find("title:budget", 5), PM_FIELD_TITLE);
}

static void gives_no_two_fields_one_prefix_or_one_slot(void **state)
{
    (void)state;
    for (int i = 0; i < PM_FIELDS; i++)
        for (int j = 0; j < i; j++) {
            bool terms = pm_schema[i].flags && pm_schema[j].flags;
            assert_false(terms && !strcmp(pm_schema[i].prefix, pm_schema[j].prefix));
            assert_false(pm_schema[i].slot != PM_NO_SLOT && pm_schema[i].slot == pm_schema[j].slot);
        }
}

static void keeps_names_of_all_types_in_the_fields_of_their_types(void **state)
{
    (void)state;
    assert_int_equal(pm_schema_last(PM_FIELD_TITLE), PM_FIELD_TITLE);
    assert_int_equal(pm_schema_last(PM_FIELD_PERSON), PM_FIELD_PERSON);
    for (int i = 0; i < PM_FIELDS; i++) {
        bool in = i >= PM_FIELD_ENTITY && i <= (int)pm_schema_last(PM_FIELD_ENTITY);
        assert_true(in == !!(pm_schema[i].flags & PM_FIELD_NAMES));
        assert_true(in == !!pm_schema_letter((enum pm_field)i));
    }
}

/* ---- terms ---- */

static void writes_terms_as_stock_tools_do(void **state)
{
    (void)state;
    static const struct {
        enum pm_field field;
        const char *text, *term;
    } rows[] = {
        {PM_FIELD_TEXT, "budget", "Zbudget"},
        {PM_FIELD_TITLE, "budget", "ZSbudget"},
        {PM_FIELD_ENTITY, "budget", "ZXEbudget"},
        {PM_FIELD_SOURCE, "post", "ZXSRCpost"},
        {PM_FIELD_LANGUAGE, "en", "Len"},
        {PM_FIELD_ID, "a-1", "Qa-1"},
        {PM_FIELD_ID, "", "Q"},
        {PM_FIELD_ID, "2024", "Q2024"},
    };
    struct pm_buf term = PM_BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void (*make)(struct pm_buf *, enum pm_field, const char *, size_t) =
            pm_schema[rows[i].field].flags & PM_FIELD_WHOLE ? pm_schema_whole : pm_schema_stem;
        pm_buf_adds(&term, "left over");
        make(&term, rows[i].field, rows[i].text, strlen(rows[i].text));
        assert_string_equal(pm_buf_str(&term), rows[i].term);
    }
    pm_buf_release(&term);
}

static void parts_capitals_from_a_prefix_of_several_letters_by_a_colon(void **state)
{
    (void)state;
    static const struct {
        enum pm_field field;
        const char *stem, *term;
    } rows[] = {
        {PM_FIELD_TITLE, "US", "ZS:US"},
        {PM_FIELD_ENTITY, "US", "ZXE:US"},
        {PM_FIELD_SOURCE, "BBC", "ZXSRC:BBC"},
        {PM_FIELD_SOURCE, ":x", "ZXSRC::x"},
        {PM_FIELD_ENTITY, "\u00c9U", "ZXE\u00c9U"},
    };
    struct pm_buf term = PM_BUF_INIT;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pm_schema_stem(&term, rows[i].field, rows[i].stem, strlen(rows[i].stem));
        assert_string_equal(pm_buf_str(&term), rows[i].term);
    }
    pm_buf_release(&term);
}

/* Omega and Xapian's query parser write QReuters-1: one letter needs no colon. */
static void sets_no_colon_after_a_prefix_of_one_letter(void **state)
{
    (void)state;
    struct pm_buf term = PM_BUF_INIT;
    pm_schema_whole(&term, PM_FIELD_ID, "Reuters-1", 9);
    assert_string_equal(pm_buf_str(&term), "QReuters-1");
    pm_schema_whole(&term, PM_FIELD_ID, ":1", 2);
    assert_string_equal(pm_buf_str(&term), "Q:1");
    pm_buf_release(&term);
}

static void keeps_every_term_within_what_the_database_takes(void **state)
{
    (void)state;
    static const char *const letters[] = {"x", "X", "é", "ខ", "\U0001f600"};
    static const enum pm_field fields[] = {PM_FIELD_TEXT, PM_FIELD_TITLE, PM_FIELD_SOURCE,
                                           PM_FIELD_ID};
    struct pm_buf text = PM_BUF_INIT, term = PM_BUF_INIT;
    for (size_t letter = 0; letter < sizeof letters / sizeof *letters; letter++) {
        pm_buf_clear(&text);
        while (text.len < 600) {
            pm_buf_adds(&text, letters[letter]);
            for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
                if (fields[i] == PM_FIELD_ID)
                    pm_schema_whole(&term, fields[i], text.data, text.len);
                else
                    pm_schema_stem(&term, fields[i], text.data, text.len);
                assert_true(term.len <= PM_DB_TERM_MAX);
                assert_true(pm_utf8_valid(term.data, term.len));
            }
        }
    }
    pm_buf_release(&text);
    pm_buf_release(&term);
}

static void leaves_what_just_fits_uncut(void **state)
{
    (void)state;
    char text[PM_DB_TERM_MAX + 1];
    struct pm_buf term = PM_BUF_INIT;
    memset(text, 'x', sizeof text);
    pm_schema_whole(&term, PM_FIELD_ID, text, PM_DB_TERM_MAX - 1);
    assert_int_equal(term.len, PM_DB_TERM_MAX);
    assert_memory_equal(term.data + 1, text, PM_DB_TERM_MAX - 1);
    pm_schema_whole(&term, PM_FIELD_ID, text, PM_DB_TERM_MAX);
    assert_int_equal(term.len, PM_DB_TERM_MAX);
    assert_int_equal(term.data[PM_DB_TERM_MAX - 17], '~');
    pm_buf_release(&term);
}

static void tells_long_values_apart_that_differ_anywhere(void **state)
{
    (void)state;
    char text[1000], first[PM_DB_TERM_MAX];
    struct pm_buf term = PM_BUF_INIT;
    memset(text, 'x', sizeof text);
    pm_schema_whole(&term, PM_FIELD_ID, text, sizeof text);
    size_t len = term.len;
    memcpy(first, term.data, len);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = 'y';
        pm_schema_whole(&term, PM_FIELD_ID, text, sizeof text);
        assert_true(term.len != len || memcmp(term.data, first, len) != 0);
        text[i] = 'x';
    }
    pm_schema_whole(&term, PM_FIELD_ID, text, sizeof text - 1);
    assert_true(term.len != len || memcmp(term.data, first, len) != 0);
    pm_schema_whole(&term, PM_FIELD_ID, text, sizeof text);
    assert_int_equal(term.len, len);
    assert_memory_equal(term.data, first, len);
    pm_buf_release(&term);
}

/* ---- boosts ---- */

static void reads_boosts_over_those_that_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *text, *all; /* as formatted, starting from title=1,lede=1,entity=1 */
    } rows[] = {
        {"", "title=1,lede=1,entity=1"},
        {"title=3", "title=3,lede=1,entity=1"},
        {"lede=1.5", "title=1,lede=1.5,entity=1"},
        {"entity=0", "title=1,lede=1,entity=0"},
        {"entity=0.5,title=50", "title=50,lede=1,entity=0.5"},
        {"title=2.0", "title=2,lede=1,entity=1"},
        {"title=50.0", "title=50,lede=1,entity=1"},
        {"title=49.5", "title=49.5,lede=1,entity=1"},
        {"title=2,title=4", "title=4,lede=1,entity=1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_boosts boosts = {PM_WDF_UNIT, PM_WDF_UNIT, PM_WDF_UNIT};
        struct pm_error err = {0};
        struct pm_buf all = PM_BUF_INIT;
        assert_int_equal(pm_boosts_parse(rows[i].text, &boosts, &err), 0);
        pm_boosts_format(&boosts, &all);
        assert_string_equal(pm_buf_str(&all), rows[i].all);
        pm_buf_release(&all);
    }
}

static void reads_back_any_boosts_it_writes(void **state)
{
    (void)state;
    for (uint32_t units = 0; units <= 50 * PM_WDF_UNIT; units++) {
        struct pm_boosts boosts = {units, 100 - units, units / 2}, again = {7, 7, 7};
        struct pm_error err = {0};
        struct pm_buf text = PM_BUF_INIT;
        pm_boosts_format(&boosts, &text);
        assert_int_equal(pm_boosts_parse(pm_buf_str(&text), &again, &err), 0);
        assert_true(pm_boosts_equal(&boosts, &again));
        pm_buf_release(&text);
    }
}

static void refuses_boosts_it_cannot_take(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "title",           "title=",    "title=x",         "title=1.25",
        "title=1.",        "title=.5",  "title=-1",        "title=+1",
        "title=50.5",      "title=51",  "title=1000",      "title=1e1",
        "title=1 ",        " title=1",  "title =1",        "Title=1",
        "body=2",          "=1",        "title=1;lede=2",  ",",
        "title=1,,lede=2", "title=1=2", "lede=4294967298",
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_boosts boosts = pm_boosts_default;
        struct pm_error err = {0};
        if (pm_boosts_parse(rows[i], &boosts, &err) != -1 || err.code != PM_ERR_USAGE ||
            !*err.message) {
            print_error("'%s' was taken\n", rows[i]);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void tells_boosts_apart_by_each_of_them(void **state)
{
    (void)state;
    const struct pm_boosts same = {6, 2, 2}, title = {5, 2, 2}, lede = {6, 3, 2},
                           entity = {6, 2, 1};
    assert_true(pm_boosts_equal(&same, &pm_boosts_default));
    assert_false(pm_boosts_equal(&same, &title));
    assert_false(pm_boosts_equal(&same, &lede));
    assert_false(pm_boosts_equal(&same, &entity));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_field_by_each_of_its_names),
        cmocka_unit_test(gives_no_two_fields_one_prefix_or_one_slot),
        cmocka_unit_test(keeps_names_of_all_types_in_the_fields_of_their_types),
        cmocka_unit_test(writes_terms_as_stock_tools_do),
        cmocka_unit_test(parts_capitals_from_a_prefix_of_several_letters_by_a_colon),
        cmocka_unit_test(sets_no_colon_after_a_prefix_of_one_letter),
        cmocka_unit_test(keeps_every_term_within_what_the_database_takes),
        cmocka_unit_test(leaves_what_just_fits_uncut),
        cmocka_unit_test(tells_long_values_apart_that_differ_anywhere),
        cmocka_unit_test(reads_boosts_over_those_that_are_there),
        cmocka_unit_test(reads_back_any_boosts_it_writes),
        cmocka_unit_test(refuses_boosts_it_cannot_take),
        cmocka_unit_test(tells_boosts_apart_by_each_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
