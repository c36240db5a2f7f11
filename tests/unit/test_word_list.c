#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "word_list.h"

static char path[] = "/tmp/pressmark-words-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

/* The list that a file of these bytes is. */
static struct pm_word_list *open_bytes(const char *bytes, size_t len, struct pm_error *err)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return pm_word_list_open(path, err);
}

static bool has(const struct pm_word_list *list, const char *word)
{
    return pm_word_list_has(list, word, strlen(word));
}

static void has_the_words_of_the_file_and_no_others(void **state)
{
    (void)state;
    static const char *const words[] = {"the", "of", "and", "don't", "à", "vis-à-vis"};
    static const char *const others[] = {"", "th", "them", "o", "dont", "a", "vis"};
    static const char text[] = "the\nof\nand\ndon't\nà\nvis-à-vis";
    struct pm_error err = {0};
    struct pm_word_list *list = open_bytes(text, sizeof text - 1, &err);
    assert_non_null(list);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(has(list, words[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(has(list, others[i]));
    assert_true(pm_word_list_has(list, "offer", 2));
    assert_false(pm_word_list_has(list, "of\0", 3));
    pm_word_list_close(list);
}

static void lets_case_and_the_kind_of_apostrophe_aside(void **state)
{
    (void)state;
    static const char text[] = "THE\nstraße\nÉTÉ\ndon’t\n";
    static const char *const words[] = {"the", "The", "STRASSE", "Straße", "été", "Don't", "DON’T"};
    struct pm_error err = {0};
    struct pm_word_list *list = open_bytes(text, sizeof text - 1, &err);
    assert_non_null(list);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(has(list, words[i]));
    assert_false(has(list, "ete"));
    pm_word_list_close(list);
}

static void passes_over_comments_and_white_space(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBFthe\r\n\r\n  # of two\r\n \tof\t \r\n\n#and\nor # not\n";
    struct pm_error err = {0};
    struct pm_word_list *list = open_bytes(text, sizeof text - 1, &err);
    assert_non_null(list);
    assert_true(has(list, "the") && has(list, "of") && has(list, "or"));
    assert_false(has(list, "two") || has(list, "and") || has(list, "#and") || has(list, "not") ||
                 has(list, "") || has(list, "#"));
    pm_word_list_close(list);
}

static void is_empty_for_an_empty_file(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n", "# nothing", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct pm_error err = {0};
        struct pm_word_list *list = open_bytes(texts[i], strlen(texts[i]), &err);
        assert_non_null(list);
        assert_false(has(list, "the") || has(list, ""));
        pm_word_list_close(list);
    }
    pm_word_list_close(NULL);
}

static void names_file_and_line_of_what_is_no_word(void **state)
{
    (void)state;
#define ROW(text, line, what)                                                                      \
    {                                                                                              \
        text, sizeof text - 1, line, what                                                          \
    }
    static const struct {
        const char *bytes;
        size_t len, line;
        const char *what;
    } rows[] = {
        ROW("the\nof the\n", 2, "more than one word"),
        ROW("of\xE3\x80\x80the", 1, "more than one word"),
        ROW("# a list\r\n\r\nthe\r\nna\xEFve\r\n", 4, "not UTF-8"),
        ROW("# na\xEFve", 1, "not UTF-8"),
        ROW("the\nt\0h\0e\0\n", 2, "not a text: it has NUL bytes (binary, or UTF-16)"),
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        char message[200];
        assert_null(open_bytes(rows[i].bytes, rows[i].len, &err));
        assert_int_equal(err.code, PM_ERR_SYNTAX);
        snprintf(message, sizeof message, "%s:%zu: %s", path, rows[i].line, rows[i].what);
        assert_string_equal(err.message, message);
    }
}

static void tells_why_a_file_cannot_be_read(void **state)
{
    (void)state;
    struct pm_error err = {0};
    assert_null(pm_word_list_open("/nowhere/words", &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    assert_string_equal(err.message, "cannot open '/nowhere/words': No such file or directory");
    err = (struct pm_error){0};
    assert_null(pm_word_list_open("/tmp", &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    assert_string_equal(err.message, "cannot read '/tmp': Is a directory");
}

static void takes_files_of_up_to_16_mb(void **state)
{
    (void)state;
    size_t max = 16u << 20;
    char *bytes = malloc(max + 1);
    assert_non_null(bytes);
    memset(bytes, '\n', max + 1);
    memcpy(bytes, "the", 3);
    for (size_t more = 0; more < 2; more++) {
        struct pm_error err = {0};
        struct pm_word_list *list = open_bytes(bytes, max + more, &err);
        assert_int_equal(list == NULL, more);
        assert_int_equal(err.code, more ? PM_ERR_NO_INPUT : PM_OK);
        if (more)
            assert_non_null(strstr(err.message, "' is too large: it has more than 16 MB"));
        pm_word_list_close(list);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_words_of_the_file_and_no_others),
        cmocka_unit_test(lets_case_and_the_kind_of_apostrophe_aside),
        cmocka_unit_test(passes_over_comments_and_white_space),
        cmocka_unit_test(is_empty_for_an_empty_file),
        cmocka_unit_test(names_file_and_line_of_what_is_no_word),
        cmocka_unit_test(tells_why_a_file_cannot_be_read),
        cmocka_unit_test(takes_files_of_up_to_16_mb),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
