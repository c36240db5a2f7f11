/* JSON parsed by us and by cJSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quick_value.h"

static const char *const whole[] = {
    "{}",
    "[]",
    " {}",
    "{\"a\":1}",
    "[ 1 , -2.5e3 ,\t0.1, 1e100, 123456789012345678 , 1e999 ]",
    "[true,false,null]",
    "{ \"id\" : \"1\" , \"body\" : \"one\\n\\ntwo\" } behind",
    "{\"\":\"\",\"a\":\"b\",\"a\":\"c\"}",
    "[[[[{\"deep\":[{}]}]]]]",
    "[\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"]",
    "[\"\\u0041\\u00e9\\u17d2\\u2019\\uFFFD \\ud83d\\ude00\"]",
    "[\"1234567\\\\\", \"12345678\\\"\", \"123456789\"]",
    "[\"control \x01 \x1f \x7f\"]",
    "[\"ខ្មែរ\", \"東京\", \"caf\xc3\xa9\"]",
    "{\"a\":[1,{\"b\":null}],\"c\":{\"d\":[]}}[1]",
};

static const char *const broken[] = {
    "",
    "{",
    "[",
    "[1",
    "[1,",
    "[1,]",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{\"a\":1,}",
    "[\"",
    "[\"a",
    "[\"\\\"]",
    "[\"\\x\"]",
    "[\"\\u12\"]",
    "[\"\\u12g4\"]",
    "[+1]",
    "[.5]",
    "[-]",
    "[1-2]",
    "[nul]",
    "[True]",
    "[1 2]",
    "{\"a\" 1}",
    "[\"a\" \"b\"]",
    "{\"a\":1 \"b\":2}",
    "{1:2}",
    "]",
    "[}",
    "{]",
    "[\"\\ud83d\"]",
};

static bool same_string(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* cJSON_Compare() knows neither the order of keys nor infinity. */
static bool same(const cJSON *a, const cJSON *b)
{
    if (!a || !b)
        return a == b;
    if (a->type != b->type || !same_string(a->string, b->string) ||
        !same_string(a->valuestring, b->valuestring) || a->valueint != b->valueint ||
        memcmp(&a->valuedouble, &b->valuedouble, sizeof a->valuedouble) != 0)
        return false;
    if (a->child && a->child->prev->next)
        return false;
    return same(a->child, b->child) && same(a->next, b->next);
}

static void check(const char *text, size_t len)
{
    const char *end = NULL;
    size_t start = len && *text == ' ', at = start;
    /* A copy without a NUL behind it: valgrind and sanitizers see who reads on. */
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text, len);
    cJSON *theirs = cJSON_ParseWithLengthOpts(copy, len, &end, false);
    cJSON *ours = quick_value(copy, len, &at);
    if (ours) {
        assert_non_null(theirs);
        assert_true(same(ours, theirs));
        assert_int_equal(at, end - copy);
    } else {
        assert_int_equal(at, start);
    }
    cJSON_Delete(ours);
    cJSON_Delete(theirs);
    free(copy);
}

static void parses_as_cjson_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        size_t at = strspn(whole[i], " ");
        cJSON *value = quick_value(whole[i], strlen(whole[i]), &at);
        assert_int_equal(!value, strstr(whole[i], "ud83d") != NULL);
        cJSON_Delete(value);
        check(whole[i], strlen(whole[i]));
    }
}

static void leaves_what_is_broken_to_cjson(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        size_t at = 0;
        assert_null(quick_value(broken[i], strlen(broken[i]), &at));
        assert_int_equal(at, 0);
    }
}

static void parses_as_cjson_does_whatever_is_cut_or_changed(void **state)
{
    (void)state;
    static const char bytes[] = "\"\\{}[]:,0-eu \n";
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        size_t len = strlen(whole[i]);
        char text[200];
        assert_true(len < sizeof text);
        for (size_t cut = 0; cut < len; cut++) {
            check(whole[i], cut);
            for (const char *byte = bytes; *byte; byte++) {
                memcpy(text, whole[i], len + 1);
                text[cut] = *byte;
                check(text, len);
            }
        }
    }
}

static void goes_so_deep_and_no_deeper(void **state)
{
    (void)state;
    char text[400];
    for (size_t depth = 1; depth < sizeof text / 2; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        check(text, 2 * depth);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_as_cjson_does),
        cmocka_unit_test(leaves_what_is_broken_to_cjson),
        cmocka_unit_test(parses_as_cjson_does_whatever_is_cut_or_changed),
        cmocka_unit_test(goes_so_deep_and_no_deeper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
