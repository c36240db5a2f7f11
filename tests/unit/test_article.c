#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "article.h"
#include "article_json.h"
#include "buf.h"
#include "record.h"

static cJSON *parse(const char *json)
{
    cJSON *object = cJSON_Parse(json);
    if (!object)
        fail_msg("no JSON: %s", json);
    return object;
}

static int read_json(const char *json, struct pm_article *article, struct pm_error *err)
{
    cJSON *object = parse(json);
    *article = (struct pm_article){0};
    int rc = pm_article_from_json(object, article, err);
    cJSON_Delete(object);
    return rc;
}

static char *show(const struct pm_article *article)
{
    struct pm_error err = {0};
    cJSON *object = cJSON_CreateObject();
    assert_int_equal(pm_article_to_json(article, true, object, &err), 0);
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

/* An article as JSON, and as it is written after it was read. */
struct row {
    const char *json, *shown;
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_error err = {0};
        struct pm_article article;
        int rc = read_json(rows[i].json, &article, &err);
        char *shown = show(&article);
        if (rc || strcmp(shown, rows[i].shown)) {
            print_error("%s\n  gave %s (%s)\n  not  %s\n", rows[i].json, shown, err.message,
                        rows[i].shown);
            wrong++;
        }
        free(shown);
        pm_article_release(&article);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(rows, sizeof rows / sizeof *rows);                                                   \
    } while (0)

static void reads_every_key_by_every_name(void **state)
{
    CHECK({"{}", "{}"}, {"{\"id\":\"a1\"}", "{\"id\":\"a1\"}"},
          {"{\"headline\":\"T\"}", "{\"title\":\"T\",\"title_from\":\"field\"}"},
          {"{\"TITLE\":\"T\"}", "{\"title\":\"T\",\"title_from\":\"field\"}"},
          {"{\"text\":\"b\"}", "{\"body\":\"b\"}"}, {"{\"content\":\"b\"}", "{\"body\":\"b\"}"},
          {"{\"articleBody\":\"b\"}", "{\"body\":\"b\"}"},
          {"{\"byline\":\"A\"}", "{\"author\":\"A\"}"},
          {"{\"creator\":\"A\"}", "{\"author\":\"A\"}"},
          {"{\"authors\":[\"A\",\"B\"]}", "{\"author\":\"A, B\"}"},
          {"{\"publisher\":\"P\"}", "{\"source\":\"P\"}"},
          {"{\"outlet\":\"P\"}", "{\"source\":\"P\"}"},
          {"{\"category\":\"S\"}", "{\"section\":\"S\"}"}, {"{\"link\":\"u\"}", "{\"url\":\"u\"}"},
          {"{\"lang\":\"French\"}", "{\"language\":\"fr\"}"},
          {"{\"language\":\"en-GB\"}", "{\"language\":\"en\"}"},
          {"{\"pubDate\":\"2024-05\"}", "{\"date\":\"2024-05\",\"date_from\":\"field\"}"},
          {"{\"published_at\":\"2024-05-19T10:30+02:00\"}",
           "{\"date\":\"2024-05-19T08:30:00Z\",\"date_from\":\"field\"}"},
          {"{\"keywords\":\"a, b;c\"}", "{\"tags\":[\"a\",\"b\",\"c\"]}"},
          {"{\"path\":\"/a/b\"}", "{\"path\":\"/a/b\"}"});
}

static void takes_each_shape_that_text_comes_in(void **state)
{
    CHECK({"{\"id\":7}", "{\"id\":\"7\"}"}, {"{\"id\":-1.5}", "{\"id\":\"-1.5\"}"},
          {"{\"date\":\"19 May 2024\"}", "{\"date\":\"2024-05-19\",\"date_from\":\"field\"}"},
          {"{\"date\":\"Jun. 19\"}", "{\"date_text\":\"Jun. 19\"}"},
          {"{\"date\":\"Jun. 19\",\"published\":\"2024\"}",
           "{\"date\":\"2024\",\"date_text\":\"Jun. 19\",\"date_from\":\"field\"}"},
          {"{\"title\":2024}", "{\"title\":\"2024\",\"title_from\":\"field\"}"},
          {"{\"date\":2024}", "{\"date\":\"2024\",\"date_from\":\"field\"}"},
          {"{\"source\":{\"name\":\"P\",\"url\":\"u\"}}", "{\"source\":\"P\"}"},
          {"{\"authors\":[{\"name\":\"A\"},{\"name\":\"B\"}]}", "{\"author\":\"A, B\"}"},
          {"{\"body\":[\"a\",\"b\"]}", "{\"body\":\"a\\n\\nb\"}"}, {"{\"body\":[]}", "{}"},
          {"{\"tags\":[\"a\",2,\"\",null]}", "{\"tags\":[\"a\",\"2\"]}"}, {"{\"tags\":[]}", "{}"},
          {"{\"tags\":\"\"}", "{}"});
}

static void writes_whole_numbers_as_they_were_given(void **state)
{
    CHECK({"{\"id\":2147483648}", "{\"id\":\"2147483648\"}"},
          {"{\"id\":1716114600123}", "{\"id\":\"1716114600123\"}"},
          {"{\"id\":1000000000000000}", "{\"id\":\"1000000000000000\"}"},
          {"{\"id\":9007199254740991}", "{\"id\":\"9007199254740991\"}"},
          {"{\"id\":-2000000000000000}", "{\"id\":\"-2000000000000000\"}"});
}

/* Ids of microseconds, and of more digits than a double holds, must not fall on one another. */
static void keeps_large_numbers_apart(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"{\"id\":1716114600123456}", "{\"id\":1716114600123457}"},
        {"{\"id\":9007199254740993}", "{\"id\":9007199254740992}"},
        {"{\"id\":20240519103000123}", "{\"id\":20240519103000124}"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct pm_error err[2] = {{0}};
        struct pm_article article[2];
        bool taken = true;
        for (int j = 0; j < 2; j++)
            taken &= !read_json(pairs[i][j], &article[j], &err[j]);
        if (taken)
            assert_string_not_equal(article[0].id, article[1].id);
        pm_article_release(&article[0]);
        pm_article_release(&article[1]);
    }
}

static void ignores_null_and_empty_text(void **state)
{
    CHECK(
        {"{\"id\":null,\"title\":null,\"body\":null,\"tags\":null,\"entities\":null}", "{}"},
        {"{\"title\":\"\",\"body\":\"\",\"date\":\"\",\"language\":\"\"}", "{}"},
        {"{\"title\":\" \\n\"}", "{}"},
        {"{\"date\":null,\"published\":\"2024\"}", "{\"date\":\"2024\",\"date_from\":\"field\"}"});
}

static void passes_over_nulls_in_a_list_of_names(void **state)
{
    CHECK({"{\"authors\":[\"A\",null,\"B\"]}", "{\"author\":\"A, B\"}"},
          {"{\"authors\":[null,\"A\"]}", "{\"author\":\"A\"}"},
          {"{\"authors\":[\"A\",null]}", "{\"author\":\"A\"}"},
          {"{\"body\":[null,\"a\"]}", "{\"body\":\"a\"}"});
}

static void keeps_what_it_does_not_know(void **state)
{
    CHECK(
        {"{\"x\":1,\"y\":[true,{\"z\":null}]}", "{\"extra\":{\"x\":1,\"y\":[true,{\"z\":null}]}}"},
        {"{\"extra\":{\"x\":1},\"y\":2}", "{\"extra\":{\"x\":1,\"y\":2}}"},
        {"{\"date\":\"in May\"}", "{\"extra\":{\"date\":\"in May\"}}"},
        {"{\"language\":\"Klingon\"}", "{\"extra\":{\"language\":\"Klingon\"}}"},
        {"{\"title\":\"T\",\"headline\":\"H\"}",
         "{\"title\":\"T\",\"title_from\":\"field\",\"extra\":{\"headline\":\"H\"}}"},
        {"{\"date\":\"2024\",\"pubDate\":\"2023\"}",
         "{\"date\":\"2024\",\"date_from\":\"field\",\"extra\":{\"pubDate\":\"2023\"}}"},
        {"{\"tags\":[\"a\"],\"keywords\":\"b\"}",
         "{\"tags\":[\"a\"],\"extra\":{\"keywords\":\"b\"}}"});
}

static void reads_entities_as_names_objects_or_groups(void **state)
{
    CHECK({"{\"entities\":[\"A\",{\"name\":\"B\",\"type\":\"PER\"}]}",
           "{\"entities\":[{\"name\":\"A\"},{\"type\":\"PER\",\"name\":\"B\"}]}"},
          {"{\"entities\":{\"PER\":[\"A\",\"B\"],\"LOC\":\"C\"}}",
           "{\"entities\":[{\"type\":\"PER\",\"name\":\"A\"},{\"type\":\"PER\",\"name\":\"B\"},"
           "{\"type\":\"LOC\",\"name\":\"C\"}]}"},
          {"{\"entities\":[]}", "{}"}, {"{\"entities\":[\"\"]}", "{}"});
}

static void keeps_lines_whole_and_text_clean(void **state)
{
    CHECK({"{\"title\":\" a\\n\\t b \"}", "{\"title\":\"a b\",\"title_from\":\"field\"}"},
          {"{\"body\":\"a\\r\\nb\\rc\"}", "{\"body\":\"a\\nb\\nc\"}"},
          {"{\"body\":\"a\xff\"}", "{\"body\":\"a\ufffd\"}"},
          {"{\"author\":\"A\\nB\"}", "{\"author\":\"A B\"}"});
}

static void refuses_values_that_a_key_cannot_have(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "[]",
        "\"x\"",
        "7",
        "null",
        "{\"title\":true}",
        "{\"title\":{\"x\":1}}",
        "{\"body\":[[\"a\"]]}",
        "{\"body\":[false]}",
        "{\"date\":{}}",
        "{\"tags\":{}}",
        "{\"tags\":false}",
        "{\"entities\":\"A\"}",
        "{\"entities\":7}",
        "{\"entities\":[{\"type\":\"P\"}]}",
        "{\"entities\":[true]}",
        "{\"id\":{\"name\":[1]}}",
        "{\"language\":[true]}",
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_article article;
        if (read_json(rows[i], &article, &err) != -1 || err.code != PM_ERR_SYNTAX) {
            print_error("%s was taken\n", rows[i]);
            wrong++;
        }
        pm_article_release(&article);
    }
    assert_int_equal(wrong, 0);
}

static void leaves_the_text_out_when_asked_to(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_article article;
    read_json("{\"id\":\"1\",\"title\":\"T\",\"body\":\"b\",\"url\":\"u\"}", &article, &err);
    cJSON *object = cJSON_CreateObject();
    assert_int_equal(pm_article_to_json(&article, false, object, &err), 0);
    assert_null(cJSON_GetObjectItem(object, "title"));
    assert_null(cJSON_GetObjectItem(object, "body"));
    assert_string_equal(cJSON_GetObjectItem(object, "url")->valuestring, "u");
    cJSON_Delete(object);
    pm_article_release(&article);
}

/* ---- document data ---- */

static void unpacks_what_it_packs(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "{\"id\":\"1\",\"body\":\"b\"}",
        "{\"id\":\"1\",\"title\":\"T\",\"body\":\"one\\n\\ntwo\\n\"}",
        "{\"id\":\"1\",\"title\":\"\",\"body\":\"\\n\\n\"}",
        "{\"id\":\"\\\\ \\\" \\n {\",\"body\":\"{\\\"id\\\":2}\\nx\"}",
        "{\"id\":\"ខ្មែរ\",\"title\":\"café \U0001f600\",\"body\":\"東京\",\"author\":\"Ève\"}",
        "{\"id\":\"1\",\"body\":\"b\",\"tags\":[\"a, b\",\"c;d\",\"é\"],\"entities\":[\"A\","
        "{\"name\":\"B, C\",\"type\":\"PER\"}]}",
        "{\"id\":\"1\",\"body\":\"b\",\"date\":\"2024-05\",\"source\":\"S\",\"section\":\"s\","
        "\"language\":\"km\",\"url\":\"u\",\"path\":\"/p\",\"byline\":\"A\"}",
        "{\"id\":\"1\",\"body\":\"b\",\"x\":{\"y\":[1,2.5,null,true,\"z\"]},\"headline\":\"T\","
        "\"title\":\"U\",\"date\":\"soon\",\"lang\":\"none\",\"extra\":{\"extra\":1}}",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_article article, again = {0};
        struct pm_buf data = PM_BUF_INIT;
        assert_int_equal(read_json(rows[i], &article, &err), 0);
        assert_int_equal(pm_record_pack(&article, &data, &err), 0);
        assert_int_equal(pm_record_unpack(data.data, data.len, &again, &err), 0);
        char *before = show(&article), *after = show(&again);
        assert_string_equal(after, before);
        free(before);
        free(after);
        pm_article_release(&article);
        pm_article_release(&again);
        pm_buf_release(&data);
    }
}

static void remembers_where_title_and_date_came_from(void **state)
{
    (void)state;
    static const char *const origins[] = {"field", "text", "made", NULL};
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct pm_error err = {0};
        struct pm_article article, again = {0};
        struct pm_buf data = PM_BUF_INIT;
        read_json("{\"id\":\"1\",\"title\":\"T\",\"body\":\"b\",\"date\":\"2024\"}", &article,
                  &err);
        article.title_from = origins[i];
        assert_int_equal(pm_record_pack(&article, &data, &err), 0);
        assert_int_equal(pm_record_unpack(data.data, data.len, &again, &err), 0);
        if (origins[i])
            assert_string_equal(again.title_from, origins[i]);
        else
            assert_null(again.title_from);
        assert_string_equal(again.date_from, "field");
        pm_article_release(&article);
        pm_article_release(&again);
        pm_buf_release(&data);
    }
}

static void is_readable_as_lines(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_article article;
    struct pm_buf data = PM_BUF_INIT;
    read_json("{\"id\":\"1\",\"title\":\"The title\",\"body\":\"First.\\nSecond.\"}", &article,
              &err);
    assert_int_equal(pm_record_pack(&article, &data, &err), 0);
    assert_string_equal(pm_buf_str(&data),
                        "{\"id\":\"1\",\"title_from\":\"field\"}\nThe title\nFirst.\nSecond.");
    pm_article_release(&article);
    pm_buf_release(&data);
}

static void calls_what_is_no_article_corrupt(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "\n",
        "x",
        "{}",
        "{}\n",
        "{}\ntitle",
        "\n\n",
        "x\n\n",
        "{\n\n",
        "{\"id\":\n\n",
        "[]\n\n",
        "7\n\n",
        "null\n\n",
        "\"x\"\nT\nb",
        "{\"id\":{}}\nT\nb",
        "{\"tags\":7.5,\"url\":[true]}\n\n",
        "{\"entities\":1}\n\n",
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_article article = {0};
        int rc = pm_record_unpack(rows[i], strlen(rows[i]), &article, &err);
        if (rc != -1 || err.code != PM_ERR_CORRUPT) {
            print_error("'%s' gave %d, code %d '%s'\n", rows[i], rc, err.code, err.message);
            wrong++;
        }
        pm_article_release(&article);
    }
    assert_int_equal(wrong, 0);
}

static void believes_the_lines_and_not_a_title_among_the_keys(void **state)
{
    (void)state;
    static const char data[] = "{\"id\":\"1\",\"title\":\"other\",\"body\":\"other\"}\nT\nb";
    struct pm_error err = {0};
    struct pm_article article = {0};
    if (!pm_record_unpack(data, sizeof data - 1, &article, &err)) {
        assert_string_equal(article.title, "T");
        assert_string_equal(article.body, "b");
    } else {
        assert_int_equal(err.code, PM_ERR_CORRUPT);
    }
    pm_article_release(&article);
}

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static void survives_any_data(void **state)
{
    (void)state;
    static const char good[] =
        "{\"id\":\"1\",\"author\":\"A\",\"tags\":[\"a\"],\"entities\":[{\"name\":"
        "\"B\"}],\"date\":\"2024\",\"extra\":{\"x\":[1]}}\nTitle\nThe body\n";
    char data[sizeof good];
    uint32_t seed = 5;
    for (int round = 0; round < 20000; round++) {
        struct pm_error err = {0};
        struct pm_article article = {0};
        size_t len = sizeof good - 1;
        memcpy(data, good, sizeof good);
        for (uint32_t n = random_below(&seed, 4); n; n--)
            data[random_below(&seed, (uint32_t)len)] = (char)random_below(&seed, 256);
        if (round % 3 == 0)
            len = random_below(&seed, (uint32_t)len);
        if (round % 10 == 0)
            for (size_t i = 0; i < len; i++)
                data[i] = (char)random_below(&seed, 256);
        if (pm_record_unpack(data, len, &article, &err))
            assert_int_equal(err.code, PM_ERR_CORRUPT);
        else
            assert_non_null(article.body);
        pm_article_release(&article);
        err = (struct pm_error){0};
        const struct pm_record_wish wish = {.entities = (size_t)round % 3, .extra = round % 2};
        if (pm_record_unpack_brief(data, len, &wish, &article, &err))
            assert_int_equal(err.code, PM_ERR_CORRUPT);
        else
            assert_non_null(article.body);
        pm_article_release(&article);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_key_by_every_name),
        cmocka_unit_test(takes_each_shape_that_text_comes_in),
        cmocka_unit_test(writes_whole_numbers_as_they_were_given),
        cmocka_unit_test(keeps_large_numbers_apart),
        cmocka_unit_test(ignores_null_and_empty_text),
        cmocka_unit_test(passes_over_nulls_in_a_list_of_names),
        cmocka_unit_test(keeps_what_it_does_not_know),
        cmocka_unit_test(reads_entities_as_names_objects_or_groups),
        cmocka_unit_test(keeps_lines_whole_and_text_clean),
        cmocka_unit_test(refuses_values_that_a_key_cannot_have),
        cmocka_unit_test(leaves_the_text_out_when_asked_to),
        cmocka_unit_test(unpacks_what_it_packs),
        cmocka_unit_test(remembers_where_title_and_date_came_from),
        cmocka_unit_test(is_readable_as_lines),
        cmocka_unit_test(calls_what_is_no_article_corrupt),
        cmocka_unit_test(believes_the_lines_and_not_a_title_among_the_keys),
        cmocka_unit_test(survives_any_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
