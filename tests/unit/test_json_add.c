#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "json_add.h"

static void check(cJSON *value)
{
    struct pm_buf out = PM_BUF_INIT;
    assert_non_null(value);
    char *printed = cJSON_PrintUnformatted(value);
    pm_json_add(&out, value);
    assert_string_equal(pm_buf_str(&out), printed);
    cJSON_free(printed);
    cJSON_Delete(value);
    pm_buf_release(&out);
}

static void prints_values_as_cjson_does(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "null",
        "true",
        "false",
        "0",
        "-12",
        "2.5",
        "0.1",
        "1e100",
        "123456789012",
        "\"\"",
        "\"rice\"",
        "[]",
        "{}",
        "[1,\"two\",[3,[]],{\"four\":4}]",
        "{\"a\":{\"b\":{\"c\":[null]}},\"\":\"\",\"x\":1.5}",
        "{\"\\\" \\\\ \\n\":\"\\u0001\\u001f\\u007f \\/ \\b\\f\\n\\r\\t \\\" \\\\ \\u00e9 "
        "\\ud83d\\ude00\"}",
        "\"ខ្មែរ, 東京, café\"",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(cJSON_Parse(rows[i]));
}

static void prints_every_byte_as_cjson_does(void **state)
{
    (void)state;
    char text[3] = {0};
    for (int byte = 1; byte < 256; byte++) {
        text[0] = (char)byte;
        text[1] = 'x';
        check(cJSON_CreateString(text));
        text[1] = (char)byte;
        check(cJSON_CreateString(text));
    }
}

static void prints_what_is_no_value_of_a_parser(void **state)
{
    (void)state;
    cJSON *object = cJSON_CreateObject();
    cJSON *list = cJSON_CreateStringArray((const char *const[]){"a", "b"}, 2);
    cJSON_AddRawToObject(object, "raw", "[[0,9]]");
    cJSON_AddItemReferenceToObject(object, "list", list);
    cJSON_AddNumberToObject(object, "number", 17);
    check(object);
    cJSON_Delete(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_values_as_cjson_does),
        cmocka_unit_test(prints_every_byte_as_cjson_does),
        cmocka_unit_test(prints_what_is_no_value_of_a_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
