#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "disk.h"
#include "edit.h"
#include "expand.h"
#include "vocabulary.h"

/* ---- indexes ---- */

static char folder[64];
static struct pm_db *news;  /* of two segments */
static struct pm_db *crowd; /* 26 * 26 words that begin with "w", and some with "rare" */

static void add_word(struct pm_word_counts *counts, const char *word, unsigned articles)
{
    struct pm_error err = {0};
    for (unsigned i = 1; i <= articles; i++)
        assert_int_equal(pm_word_counts_add(counts, i, word, strlen(word), NULL, &err), 0);
}

static void write_db(const char *path, struct pm_word_counts *counts)
{
    struct pm_error err = {0};
    struct pm_buf list = PM_BUF_INIT;
    struct pm_db_writer *writer = pm_db_writer_open(path, false, &err);
    assert_non_null(writer);
    assert_int_equal(pm_word_counts_format(counts, &list, &err), 0);
    assert_int_equal(
        pm_db_writer_set_metadata(writer, PM_VOCABULARY_KEY, list.data, list.len, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
    pm_buf_release(&list);
}

static const struct {
    const char *word;
    unsigned articles[2]; /* in each segment */
} words[] = {
    {"barter", {40, 0}},     {"brian", {5, 0}},          {"cafe", {3, 0}},
    {"cafeteria", {2, 2}},   {"cambodia", {30, 20}},     {"cambodian", {0, 20}},
    {"cambric", {1, 0}},     {"government", {200, 200}}, {"governmet", {3, 0}},
    {"gran", {9, 0}},        {"grain", {25, 25}},        {"iran", {60, 0}},
    {"minister", {0, 50}},   {"ministers", {0, 20}},     {"north", {80, 0}},
    {"oil", {99, 0}},        {"opec", {9, 0}},           {"opel", {70, 0}},
    {"president", {100, 0}}, {"prime", {1, 1}},          {"reagan", {20, 0}},
    {"resumption", {25, 0}}, {"tiger", {4, 0}},          {"tigre", {1, 0}},
    {"москва", {4, 0}},      {"москве", {0, 3}},
};

static int make_indexes(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_word_counts *counts = pm_word_counts_new(&err);
    char path[3][100];
    strcpy(folder, "/tmp/pressmark-expand-XXXXXX");
    if (!counts || !mkdtemp(folder))
        return -1;
    for (int i = 0; i < 3; i++)
        snprintf(path[i], sizeof path[i], "%s/%d", folder, i);
    for (int segment = 0; segment < 2; segment++) {
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            add_word(counts, words[i].word, words[i].articles[segment]);
        write_db(path[segment], counts);
    }
    for (int i = 0; i < 26 * 26; i++) {
        char word[20];
        snprintf(word, sizeof word, "w%c%c", 'a' + i / 26, 'a' + i % 26);
        add_word(counts, word, 20u - i % 20);
    }
    for (int i = 0; i < PM_EXPAND_MAX; i++) {
        char word[20];
        snprintf(word, sizeof word, "rare%c%c", 'a' + i / 26, 'a' + i % 26);
        add_word(counts, word, 1);
    }
    write_db(path[2], counts);
    pm_word_counts_free(counts);
    const char *both[] = {path[0], path[1]}, *third[] = {path[2]};
    news = pm_db_open(both, 2, &err);
    crowd = pm_db_open(third, 1, &err);
    return news && crowd ? 0 : -1;
}

static int remove_indexes(void **state)
{
    (void)state;
    pm_db_close(news);
    pm_db_close(crowd);
    return disk_remove(folder, NULL);
}

/* ---- distances ---- */

static uint32_t distance(const char *a, const char *b, uint32_t most)
{
    struct pm_edit edit;
    pm_edit_start(&edit, a, strlen(a), most);
    return pm_edit_distance(&edit, b, strlen(b));
}

static void counts_letters_put_in_left_out_replaced_or_swapped(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        uint32_t distance;
    } rows[] = {
        {"", "", 0},
        {"", "a", 1},
        {"", "ab", 2},
        {"", "abc", 3},
        {"rice", "rice", 0},
        {"rice", "rices", 1},
        {"rice", "ric", 1},
        {"rice", "ice", 1},
        {"rice", "price", 1},
        {"rice", "mice", 1},
        {"rice", "irce", 1},
        {"rice", "riec", 1},
        {"rice", "ircee", 2},
        {"rice", "ecir", 3},
        {"abcd", "badc", 2},
        {"ca", "abc", 3}, /* 2 if a swapped pair could be parted */
        {"president", "presidnet", 1},
        {"president", "persidnet", 2},
        {"москва", "масква", 1},
        {"москва", "омсква", 1},
        {"москва", "москв", 1},
        {"рис", "рот", 2},
        {"abcdefgh", "cdefgh", 2},
        {"abcdefgh", "abcdef", 2},
        {"abcdefgh", "defgh", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t least = rows[i].distance;
        assert_int_equal(distance(rows[i].a, rows[i].b, 2), least);
        assert_int_equal(distance(rows[i].b, rows[i].a, 2), least);
        assert_int_equal(distance(rows[i].a, rows[i].b, 1), least > 1 ? PM_EDIT_FAR : least);
    }
}

/* Optimal string alignment as the books have it. */
static uint32_t textbook(const char *a, const char *b)
{
    uint32_t row[12][12];
    size_t m = strlen(a), n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        for (size_t j = 0; j <= n; j++) {
            uint32_t best = i && j ? row[i - 1][j - 1] + (a[i - 1] != b[j - 1]) : 0;
            if (i && (!j || row[i - 1][j] + 1 < best))
                best = row[i - 1][j] + 1;
            if (j && (!i || row[i][j - 1] + 1 < best))
                best = row[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                row[i - 2][j - 2] + 1 < best)
                best = row[i - 2][j - 2] + 1;
            row[i][j] = best;
        }
    return row[m][n];
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void finds_the_same_distances_as_the_books_in_any_order(void **state)
{
    (void)state;
    enum { COUNT = 400 };
    char text[COUNT][12];
    uint32_t seed = 1;
    for (int i = 0; i < COUNT; i++) {
        size_t len = (seed = seed * 1664525 + 1013904223) >> 24 & 7;
        for (size_t j = 0; j < len; j++)
            text[i][j] = (char)('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 3);
        text[i][len] = '\0';
    }
    for (int sorted = 0; sorted < 2; sorted++) {
        for (int i = 0; i < COUNT; i++)
            for (uint32_t most = 1; most <= 2; most++) {
                struct pm_edit edit;
                pm_edit_start(&edit, text[i], strlen(text[i]), most);
                for (int j = 0; j < COUNT; j++) {
                    uint32_t want = textbook(text[i], text[j]);
                    uint32_t got = pm_edit_distance(&edit, text[j], strlen(text[j]));
                    if (got != (want > most ? PM_EDIT_FAR : want))
                        fail_msg("'%s' and '%s': %u, not %u", text[i], text[j], got, want);
                }
            }
        qsort(text, COUNT, sizeof *text, compare_text);
    }
}

static void is_far_from_words_that_are_too_long(void **state)
{
    (void)state;
    char text[400];
    for (size_t len = 1; len < sizeof text; len++) {
        memset(text, 'a', len);
        text[len] = '\0';
        assert_int_equal(distance(text, text, 2), len > PM_EDIT_LETTERS ? PM_EDIT_FAR : 0);
        assert_int_equal(distance("aaaa", text, 2),
                         len > 6 || len < 2 ? PM_EDIT_FAR : (uint32_t)abs((int)len - 4));
    }
}

/* ---- expansion ---- */

/* "cafe=3 cafeteria=4", with the distance after a colon where it is not 0; "..." if cut. */
static void show(struct pm_buf *out, struct pm_expansions *expansions)
{
    for (size_t i = 0; i < expansions->len; i++) {
        const struct pm_expansion *item = &expansions->item[i];
        pm_buf_addf(out, "%s%s=%u", i ? " " : "", item->text, item->articles);
        if (item->distance)
            pm_buf_addf(out, ":%u", item->distance);
    }
    pm_buf_adds(out, expansions->cut ? " ..." : "");
    pm_expansions_release(expansions);
}

static void completes_a_word_the_most_frequent_first(void **state)
{
    (void)state;
    static const struct {
        const char *text, *found;
    } rows[] = {
        {"camb", "cambodia=50 cambodian=20 cambric=1"},
        {"CAMBOD", "cambodia=50 cambodian=20"},
        {"cambodia", "cambodia=50 cambodian=20"},
        {"cambodians", ""},
        {"caf", "cafeteria=4 cafe=3"},
        {"Café", "cafeteria=4 cafe=3"},
        {"Cafe\u0301", "cafeteria=4 cafe=3"},
        {"моск", "москва=4 москве=3"},
        {"МОСКВА", "москва=4"},
        {"tig", "tiger=4 tigre=1"},
        {"zz", ""},
        {"a", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_expansions found;
        struct pm_buf shown = PM_BUF_INIT;
        assert_int_equal(pm_expand_prefix(news, rows[i].text, strlen(rows[i].text), &found, &err),
                         0);
        show(&shown, &found);
        assert_string_equal(pm_buf_str(&shown), rows[i].found);
        pm_buf_release(&shown);
    }
}

static void finds_misspelt_words_the_nearest_first(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t distance;
        const char *found;
    } rows[] = {
        {"grian", 1, "grain=50:1 gran=9:1 brian=5:1"},
        {"grian", 2, "grain=50:1 gran=9:1 brian=5:1 iran=60:2"},
        {"government", 2, "government=400 governmet=3:1"},
        {"government", 1, "government=400 governmet=3:1"},
        {"Cambodja", 1, "cambodia=50:1"},
        {"Cambodja", 2, "cambodia=50:1 cambodian=20:2"},
        {"cáfe", 1, "cafe=3"},
        {"масква", 2, "москва=4:1 москве=3:2"},
        {"xxxxxx", 2, ""},
        {"tiger", 2, "tiger=4 tigre=1:1"},
        {"tigre", 2, "tigre=1 tiger=4:1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_expansions found;
        struct pm_buf shown = PM_BUF_INIT;
        assert_int_equal(pm_expand_fuzzy(news, rows[i].text, strlen(rows[i].text), rows[i].distance,
                                         &found, &err),
                         0);
        show(&shown, &found);
        assert_string_equal(pm_buf_str(&shown), rows[i].found);
        pm_buf_release(&shown);
    }
}

static void leaves_out_the_rarest_of_too_many(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_expansions found;
    assert_int_equal(pm_expand_prefix(crowd, "w", 1, &found, &err), 0);
    assert_true(found.cut);
    assert_int_equal(found.len, PM_EXPAND_MAX);
    for (size_t i = 0; i < found.len; i++) {
        /* 34 words have each number of articles: there is room for those of 20, 19 and most of 18.
         */
        assert_int_equal(found.item[i].articles, i < 34 ? 20 : i < 68 ? 19 : 18);
        if (i && found.item[i].articles == found.item[i - 1].articles)
            assert_true(strcmp(found.item[i - 1].text, found.item[i].text) < 0);
    }
    assert_string_equal(found.item[99].text, "wxy"); /* not the last of its kind */
    pm_expansions_release(&found);
    assert_int_equal(pm_expand_prefix(crowd, "rare", 4, &found, &err), 0);
    assert_false(found.cut);
    assert_int_equal(found.len, PM_EXPAND_MAX);
    assert_string_equal(found.item[0].text, "rareaa");
    pm_expansions_release(&found);
    assert_int_equal(pm_expand_fuzzy(crowd, "wxx", 3, 2, &found, &err), 0);
    assert_true(found.cut);
    assert_int_equal(found.len, PM_EXPAND_MAX);
    pm_expansions_release(&found);
}

/* ---- suggestion ---- */

static void suggests_the_word_that_was_probably_meant(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        uint32_t articles;
        const char *meant; /* NULL: none */
    } rows[] = {
        {"cambodja", 0, "cambodia"},
        {"CAMBODJA", 0, "cambodia"},
        {"presidnet", 0, "president"},
        {"presidnet", 1, "president"},
        {"presidnet", 2, NULL}, /* not a hundred times as many have "president" */
        {"grian", 0, "grain"},  /* not the rarer "gran", nor "brian" */
        {"reagen", 0, "reagan"},
        {"governmnt", 0, "government"}, /* not the slip that the news has made, too */
        {"govermet", 0, "government"},  /* though "governmet" is nearer */
        {"government", 400, NULL},
        {"opec", 1, NULL}, /* what the index has is doubted only inside a long word */
        {"opec", 0, "opel"},
        {"oli", 0, NULL},     /* too short */
        {"oild", 0, NULL},    /* "oil" is */
        {"tigr", 0, "tiger"}, /* only one article has "tigre" */
        {"ragain", 0, NULL},  /* two letters of six */
        {"reagain", 0, "reagan"},
        {"raegann", 0, "reagan"}, /* two of seven */
        {"priseident", 0, "president"},
        {"priseident", 1, NULL}, /* two slips in what the index has */
        {"narter", 0, "barter"},
        {"narter", 2, NULL}, /* so does the first */
        {"presumption", 0, "resumption"},
        {"presumption", 1, NULL},
        {"presumptoin", 0, NULL}, /* both are too many */
        {"онсква", 0, NULL},
        {"масква", 0, "москва"},
        {"", 0, NULL},
        {"zzzzzzzz", 0, NULL},
        {"north", 0, NULL},             /* the word itself is no suggestion */
        {"cambodiaan", 0, "cambodian"}, /* one slip rather than two */
        {"opl", 0, NULL},
        {"cambrik", 0, NULL}, /* "cambric" might be a slip, too */
    };
    enum { ROWS = sizeof rows / sizeof *rows };
    const char *word[ROWS];
    size_t len[ROWS];
    uint32_t articles[ROWS];
    char *meant[ROWS];
    struct pm_error err = {0};
    int wrong = 0;
    for (size_t i = 0; i < ROWS; i++) {
        word[i] = rows[i].word;
        len[i] = strlen(rows[i].word);
        articles[i] = rows[i].articles;
    }
    assert_int_equal(pm_expand_suggest(news, word, len, articles, ROWS, meant, &err), 0);
    for (size_t i = 0; i < ROWS; i++) {
        if (strcmp(meant[i] ? meant[i] : "none", rows[i].meant ? rows[i].meant : "none") != 0) {
            print_error("'%s' (%u) gave '%s', not '%s'\n", rows[i].word, rows[i].articles,
                        meant[i] ? meant[i] : "none", rows[i].meant ? rows[i].meant : "none");
            wrong++;
        }
        free(meant[i]);
    }
    assert_int_equal(wrong, 0);
}

static void fails_where_the_words_are_damaged(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_expansions found;
    char path[100], *meant[2] = {NULL, NULL};
    snprintf(path, sizeof path, "%s/damaged", folder);
    const char *paths[] = {path}, *word[] = {"rice", "boat"};
    const size_t len[] = {4, 4};
    const uint32_t articles[] = {0, 0};
    struct pm_db_writer *writer = pm_db_writer_open(path, false, &err);
    assert_int_equal(pm_db_writer_set_metadata(writer, PM_VOCABULARY_KEY, "no list", 7, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
    struct pm_db *db = pm_db_open(paths, 1, &err);
    assert_int_equal(pm_expand_prefix(db, "r", 1, &found, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    assert_int_equal(found.len, 0);
    assert_null(found.item);
    assert_int_equal(pm_expand_fuzzy(db, "r", 1, 1, &found, &err), -1);
    assert_null(found.item);
    assert_int_equal(pm_expand_suggest(db, word, len, articles, 2, meant, &err), -1);
    assert_null(meant[0]);
    assert_null(meant[1]);
    pm_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_letters_put_in_left_out_replaced_or_swapped),
        cmocka_unit_test(finds_the_same_distances_as_the_books_in_any_order),
        cmocka_unit_test(is_far_from_words_that_are_too_long),
        cmocka_unit_test(completes_a_word_the_most_frequent_first),
        cmocka_unit_test(finds_misspelt_words_the_nearest_first),
        cmocka_unit_test(leaves_out_the_rarest_of_too_many),
        cmocka_unit_test(suggests_the_word_that_was_probably_meant),
        cmocka_unit_test(fails_where_the_words_are_damaged),
    };
    return cmocka_run_group_tests(tests, make_indexes, remove_indexes);
}
