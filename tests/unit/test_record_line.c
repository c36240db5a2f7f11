/*
 * Reading the line of a record without a tree: the same as by the tree, or nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "article_json.h"
#include "record.h"
#include "record_line.h"

/* All but title, body and what entities have that no list shows. */
static char *show(const struct pm_article *article)
{
    struct pm_error err = {0};
    cJSON *object = cJSON_CreateObject(), *entity;
    cJSON_ArrayForEach (entity, article->entities)
        cJSON_DeleteItemFromObjectCaseSensitive(entity, "aliases");
    assert_int_equal(pm_article_to_json(article, false, object, &err), 0);
    char *text = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    return text;
}

static int want_all(const char *type, const char *name, void *arg, struct pm_error *err)
{
    (void)type;
    (void)arg;
    (void)err;
    assert_true(*name);
    return 1;
}

static const struct pm_record_wish everything = {SIZE_MAX, true, want_all, NULL};

/* The article by the tree, as text; NULL if it is none. */
static char *show_tree(const char *line, size_t len)
{
    struct pm_error err = {0};
    struct pm_article article = {0};
    char *shown = NULL;
    cJSON *tree = cJSON_ParseWithLength(line, len);
    if (tree && !pm_article_from_json(tree, &article, &err))
        shown = show(&article);
    cJSON_Delete(tree);
    pm_article_release(&article);
    return shown;
}

/* The same without a tree; NULL if it has to be left to that. */
static char *show_line(const char *line, size_t len, const struct pm_record_wish *wish)
{
    struct pm_error err = {0};
    struct pm_article article = {0};
    static const struct pm_article none;
    char *heap = malloc(len ? len : 1); /* so that a sanitizer sees where it ends */
    memcpy(heap, line, len);
    int rc = pm_record_line(heap, len, wish, &article, &err);
    free(heap);
    assert_in_range(rc, 0, 1);
    if (!rc)
        assert_memory_equal(&article, &none, sizeof none);
    char *shown = rc ? show(&article) : NULL;
    pm_article_release(&article);
    return shown;
}

static const char full[] =
    "{\"id\":\"a \\\"1\\\"\",\"author\":\"Ève\",\"source\":\"S\",\"section\":\"s\",\"url\":\"u\","
    "\"path\":\"/"
    "p\\\\q\",\"language\":\"km\",\"date\":\"2024-05-06T07:08:09Z\",\"date_text\":\"May\","
    "\"tags\":[\"a, b\",\"é\"],\"entities\":[{\"type\":\"person\",\"name\":\"A \\\"B\\\"\","
    "\"aliases\":[\"]\",\"B\"],\"salience\":9,\"mentions\":{\"title\":[[1,2]],\"body\":[[1,2],[3,4]"
    "]}}"
    ",{\"name\":\"C\"},{\"type\":\"place\",\"name\":\"D\",\"mentions\":{}}],\"title_from\":"
    "\"made\","
    "\"date_from\":\"meta\",\"entities_from\":\"model\",\"extra\":{\"x\":[1,{\"y\":null}],"
    "\"entities_from\":\"z\"}}";

static void reads_a_line_as_the_tree_does(void **state)
{
    static const char *const rows[] = {
        full,
        "{}",
        "{\"id\":\"1\"}",
        "{\"id\":\" 1  2 \",\"author\":\" A\\tB\\n  C\"}",
        "{\"id\":\"1\",\"date\":\"2024\"}",
        "{\"id\":\"1\",\"date_from\":\"meta\",\"entities_from\":\"model\"}",
        "{\"id\":\"1\",\"entities\":[{\"name\":\"A\"}]}",
        "{\"id\":\"1\",\"language\":\"en-GB\",\"extra\":{}}",
        "{\"id\":\"1\",\"extra\":{\"extra\":{\"a\":1e15,\"a\":2}}}",
        "{\"id\":\"1\\/2\\b\\f\\r\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *line = show_line(rows[i], strlen(rows[i]), &everything);
        char *tree = show_tree(rows[i], strlen(rows[i]));
        assert_string_equal(line, tree);
        free(line);
        free(tree);
    }
}

static void reads_all_that_is_packed(void **state)
{
    struct pm_error err = {0};
    struct pm_article article = {0};
    struct pm_buf data = PM_BUF_INIT;
    (void)state;
    cJSON *tree = cJSON_Parse(full);
    assert_int_equal(pm_article_from_json(tree, &article, &err), 0);
    assert_int_equal(pm_record_pack(&article, &data, &err), 0);
    char *line = show_line(data.data, strcspn(data.data, "\n"), &everything);
    char *packed = show(&article);
    assert_string_equal(line, packed);
    free(line);
    free(packed);
    cJSON_Delete(tree);
    pm_article_release(&article);
    pm_buf_release(&data);
}

static int want_d(const char *type, const char *name, void *arg, struct pm_error *err)
{
    (void)err;
    ++*(int *)arg;
    assert_true(strcmp(name, "C") || !type);
    return !strcmp(name, "D") && !strcmp(type, "place");
}

static void keeps_of_entities_those_that_are_wished_for(void **state)
{
    static const char line[] =
        "{\"id\":\"1\",\"entities\":[{\"type\":\"person\",\"name\":\"A\",\"aliases\":[\"]\"],"
        "\"salience\":9,\"mentions\":{\"body\":[[1,2]]}},{\"name\":\"C\",\"mentions\":{}},"
        "{\"type\":\"place\",\"name\":\"D\",\"mentions\":{\"title\":[[0,1]]}}],"
        "\"entities_from\":\"rules\",\"extra\":{\"x\":1}}";
    int asked = 0;
    const struct {
        struct pm_record_wish wish;
        const char *shown;
    } rows[] = {
        {{.entities = 0}, "{\"id\":\"1\"}"},
        {{.extra = true}, "{\"id\":\"1\",\"extra\":{\"x\":1}}"},
        {{.entities = 1},
         "{\"id\":\"1\",\"entities\":[{\"type\":\"person\",\"name\":\"A\",\"salience\":9}],"
         "\"entities_from\":\"rules\"}"},
        {{.entities = 2},
         "{\"id\":\"1\",\"entities\":[{\"type\":\"person\",\"name\":\"A\",\"salience\":9},"
         "{\"name\":\"C\"}],\"entities_from\":\"rules\"}"},
        {{.mentions = want_d, .arg = &asked},
         "{\"id\":\"1\",\"entities\":[{\"type\":\"place\",\"name\":\"D\",\"mentions\":{\"title\":"
         "[[0,1]]}}],\"entities_from\":\"rules\"}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *shown = show_line(line, strlen(line), &rows[i].wish);
        assert_string_equal(shown, rows[i].shown);
        free(shown);
    }
    assert_int_equal(asked, 3);
}

static int give_up(const char *type, const char *name, void *arg, struct pm_error *err)
{
    (void)type;
    (void)name;
    (void)arg;
    return pm_fail_nomem(err);
}

static void fails_where_who_is_asked_fails(void **state)
{
    const struct pm_record_wish wish = {.mentions = give_up};
    struct pm_error err = {0};
    struct pm_article article = {0};
    (void)state;
    assert_int_equal(pm_record_line(full, strlen(full), &wish, &article, &err), -1);
    assert_int_equal(err.code, PM_ERR_NOMEM);
    assert_null(article.id);
}

static void leaves_the_rest_to_the_tree(void **state)
{
    static const char *const rows[] = {
        "",
        "{",
        "[]",
        "{\"id\":\"1\"",
        "{\"id\":\"1\",}",
        "{\"id\":\"1\"}x",
        "{\"id\":\"1}",
        "{\"id\":\"1\\",
        "{\"id\":\"\"}",
        "{\"id\":1}",
        "{ \"id\":\"1\"}",
        "{\"id\":\"1\",\"id\":\"2\"}",
        "{\"url\":\"u\",\"id\":\"1\"}",
        "{\"byline\":\"A\"}",
        "{\"id\":\"a\tb\"}",
        "{\"id\":\"\\u001b\"}",
        "{\"id\":\"\\x\"}",
        "{\"language\":\"klingon\"}",
        "{\"date\":\"soon\"}",
        "{\"date\":\"Jun. 19\"}",
        "{\"tags\":[]}",
        "{\"tags\":[\"a\",]}",
        "{\"tags\":[\"a\"",
        "{\"tags\":\"a\"}",
        "{\"entities\":[]}",
        "{\"entities\":[\"A\"]}",
        "{\"entities\":[{\"name\":\"\"}]}",
        "{\"entities\":[{\"name\":\"A\",\"type\":\"person\"}]}",
        "{\"entities\":[{\"name\":\"A\",\"salience\":-1}]}",
        "{\"entities\":[{\"name\":\"A\",\"salience\":1234567890123456}]}",
        "{\"entities\":[{\"name\":\"A\",\"mentions\":{x}}]}",
        "{\"entities\":{\"person\":[\"A\"]}}",
        "{\"entities\":[{\"name\":\"A\"",
        "{\"entities\":[{\"name\":\"A\"},",
        "{\"entities\":[{\"name\":\"A\",\"mentions\":",
        "{\"entities\":[{\"name\":\"A\",\"aliases\":[[",
        "{\"title_from\":\"nowhere\"}",
        "{\"extra\":[]}",
        "{\"extra\":{",
        "{\"extra\":{\"x\":1e999}}",
        "{\"extra\":{x}}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *shown = show_line(rows[i], strlen(rows[i]), &everything);
        if (shown)
            print_error("%s is read as %s\n", rows[i], shown);
        assert_null(shown);
    }
}

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static void never_disagrees_with_the_tree(void **state)
{
    static const char likely[] = "{}[]\":,\\ abn01\n\t/\xc3\xa9\xe2\x80\xa8\xff";
    char line[sizeof full];
    uint32_t seed = 7;
    int read = 0, both = 0;
    (void)state;
    for (int round = 0; round < 60000; round++) {
        size_t len = sizeof full - 1;
        memcpy(line, full, sizeof full);
        for (uint32_t n = random_below(&seed, 3); n; n--) {
            size_t at = random_below(&seed, (uint32_t)len);
            if (random_below(&seed, 3)) {
                line[at] = round % 4 ? likely[random_below(&seed, sizeof likely - 1)]
                                     : (char)random_below(&seed, 256);
            } else {
                memmove(line + at, line + at + 1, len - at);
                len--;
            }
        }
        if (round % 10 == 0)
            len = random_below(&seed, (uint32_t)len);
        char *quick = show_line(line, len, &everything);
        char *tree = quick ? show_tree(line, len) : NULL;
        read += quick != NULL;
        both += tree != NULL;
        if (tree)
            assert_string_equal(quick, tree);
        free(quick);
        free(tree);
    }
    assert_true(both > 20000 && read - both < 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_line_as_the_tree_does),
        cmocka_unit_test(reads_all_that_is_packed),
        cmocka_unit_test(keeps_of_entities_those_that_are_wished_for),
        cmocka_unit_test(fails_where_who_is_asked_fails),
        cmocka_unit_test(leaves_the_rest_to_the_tree),
        cmocka_unit_test(never_disagrees_with_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
