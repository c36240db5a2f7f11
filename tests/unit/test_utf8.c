#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "utf8.h"

#define FFFD "\xEF\xBF\xBD"

/* A literal that may hold NULs, and its length. */
#define TEXT(literal) literal, sizeof literal - 1

struct row {
    const char *text;
    size_t len;
    const char *out;
    size_t out_len;
};

/* Runs `function` over text on the heap, where a read past the end is seen. */
static void check(void (*function)(struct pm_buf *, const char *, size_t), const struct row *rows,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct pm_buf out = PM_BUF_INIT;
        char *text = malloc(rows[i].len + !rows[i].len);
        assert_non_null(text);
        memcpy(text, rows[i].text, rows[i].len);
        pm_buf_adds(&out, "<");
        function(&out, text, rows[i].len);
        free(text);
        assert_false(out.failed);
        assert_string_equal(pm_buf_str(&out) + 1, rows[i].out);
        assert_int_equal(out.len - 1, rows[i].out_len);
        pm_buf_release(&out);
    }
}

#define CHECK(function, rows) check(function, rows, sizeof rows / sizeof *rows)

static const struct row ill_formed[] = {
    {TEXT("\x80"), TEXT(FFFD)},
    {TEXT("a\xBFz"), TEXT("a" FFFD "z")},
    {TEXT("\xC3"), TEXT(FFFD)},
    {TEXT("\xC3("), TEXT(FFFD "(")},
    {TEXT("\xC3\xC3\xA9"), TEXT(FFFD "\xC3\xA9")},
    {TEXT("\xC0\xAF"), TEXT(FFFD FFFD)},
    {TEXT("\xC1\xBF"), TEXT(FFFD FFFD)},
    {TEXT("\xE2\x82"), TEXT(FFFD)},
    {TEXT("\xE2\x82\xE2\x82\xAC"), TEXT(FFFD "\xE2\x82\xAC")},
    {TEXT("\xE0\x80\xAF"), TEXT(FFFD FFFD FFFD)},
    {TEXT("\xED\xA0\x80"), TEXT(FFFD FFFD FFFD)},
    {TEXT("\xED\xBF\xBF"), TEXT(FFFD FFFD FFFD)},
    {TEXT("\xF0\x9F\x98"), TEXT(FFFD)},
    {TEXT("\xF0\x9F\x98x"), TEXT(FFFD "x")},
    {TEXT("\xF0\x80\x80\xAF"), TEXT(FFFD FFFD FFFD FFFD)},
    {TEXT("\xF4\x90\x80\x80"), TEXT(FFFD FFFD FFFD FFFD)},
    {TEXT("\xF8\x88"), TEXT(FFFD FFFD)},
    {TEXT("\xFE\xFF"), TEXT(FFFD FFFD)},
    {TEXT("sixteen bytes ok\xFF"), TEXT("sixteen bytes ok" FFFD)},
    {TEXT("caf\xE9 au lait, encore"), TEXT("caf" FFFD " au lait, encore")},
};

static void knows_well_formed_text(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT(""), NULL, 0},
        {TEXT("plain words, more than eight bytes of them"), NULL, 0},
        {TEXT("\0 a NUL is a character"), NULL, 0},
        {TEXT("l'\xC3\xA9t\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 and then twenty letters"), NULL,
         0},
        {TEXT("\xED\x9F\xBF \xEE\x80\x80 \xEF\xBF\xBF \xF4\x8F\xBF\xBF"), NULL, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(pm_utf8_valid(rows[i].text, rows[i].len));
}

static void knows_ill_formed_text_at_any_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ill_formed / sizeof *ill_formed; i++)
        for (size_t before = 0; before < 40; before++) {
            size_t len = before + ill_formed[i].len;
            char *text = malloc(len);
            assert_non_null(text);
            memset(text, 'x', before);
            memcpy(text + before, ill_formed[i].text, ill_formed[i].len);
            assert_false(pm_utf8_valid(text, len));
            free(text);
        }
}

static void replaces_each_ill_formed_sequence_once(void **state)
{
    (void)state;
    CHECK(pm_utf8_clean, ill_formed);
}

static void makes_line_ends_and_nuls_harmless(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT(""), TEXT("")},
        {TEXT("one\r\ntwo\rthree\nfour"), TEXT("one\ntwo\nthree\nfour")},
        {TEXT("\r\r\n\n\r"), TEXT("\n\n\n\n")},
        {TEXT("a\0b\0"), TEXT("a b ")},
        {TEXT("\0\r\0"), TEXT(" \n ")},
        {TEXT("\t\x1B[1m \x7F \xC2\x85 \xE2\x80\xAE"),
         TEXT("\t\x1B[1m \x7F \xC2\x85 \xE2\x80\xAE")},
        {TEXT("\xF0\x9F\x98\x80\r\n"), TEXT("\xF0\x9F\x98\x80\n")},
    };
    CHECK(pm_utf8_clean, rows);
}

static void puts_text_on_one_line(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT(""), TEXT("")},
        {TEXT(" \n\t "), TEXT("")},
        {TEXT("word"), TEXT("word")},
        {TEXT("  two\r\n\twords \v\f"), TEXT("two words")},
        {TEXT("a b  c"), TEXT("a b c")},
        {TEXT("\xEF\xBB\xBFtitle"), TEXT("title")},
        {TEXT("a\xC2\xA0"
              "b\xE3\x80\x80"
              "c\xE2\x80\xA8"
              "d\xC2\x85"
              "e"),
         TEXT("a b c d e")},
        {TEXT("a\xE2\x80\x83\xE2\x80\xAF z"), TEXT("a z")},
        {TEXT("zero\xE2\x80\x8Bwidth"), TEXT("zero\xE2\x80\x8Bwidth")},
        {TEXT("\xC3\xA9t\xC3\xA9 \xF0\x9F\x98\x80 "), TEXT("\xC3\xA9t\xC3\xA9 \xF0\x9F\x98\x80")},
        {TEXT("a\0b"), TEXT("a\0b")},
    };
    CHECK(pm_utf8_one_line, rows);
}

static void takes_the_steering_of_terminals_out(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TEXT(""), TEXT("")},
        {TEXT("plain \xC3\xA9 \xF0\x9F\x98\x80"), TEXT("plain \xC3\xA9 \xF0\x9F\x98\x80")},
        {TEXT("\x1B[31mred\x1B[0m"), TEXT("[31mred[0m")},
        {TEXT("\x1B]0;title\x07"), TEXT("]0;title")},
        {TEXT("a\tb\nc\rd\0e\x7F"
              "f"),
         TEXT("a b cdef")},
        {TEXT("a\xC2\x9B"
              "31m\xC2\x80\xC2\x9F\xC2\xA0."),
         TEXT("a31m\xC2\xA0.")},
        {TEXT("a\xE2\x80\xA8"
              "b\xE2\x80\xA9"
              "c"),
         TEXT("a b c")},
        {TEXT("\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F|\xE2\x80\xAA\xE2\x80\xAE|"), TEXT("||")},
        {TEXT("\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9"), TEXT("")},
        {TEXT("\xE2\x80\x8D\xE2\x80\x90\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA"),
         TEXT("\xE2\x80\x8D\xE2\x80\x90\xE2\x80\xAF\xE2\x81\xA5\xE2\x81\xAA")},
    };
    CHECK(pm_utf8_printable, rows);
}

static void cuts_between_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t max, cut;
    } rows[] = {
        {"", 0, 0},
        {"", 5, 0},
        {"abc", 0, 0},
        {"abc", 2, 2},
        {"abc", 3, 3},
        {"abc", 9, 3},
        {"a\xC3\xA9z", 1, 1},
        {"a\xC3\xA9z", 2, 1},
        {"a\xC3\xA9z", 3, 3},
        {"\xE2\x82\xAC!", 1, 0},
        {"\xE2\x82\xAC!", 2, 0},
        {"\xE2\x82\xAC!", 3, 3},
        {"a\xF0\x9F\x98\x80z", 1, 1},
        {"a\xF0\x9F\x98\x80z", 2, 1},
        {"a\xF0\x9F\x98\x80z", 3, 1},
        {"a\xF0\x9F\x98\x80z", 4, 1},
        {"a\xF0\x9F\x98\x80z", 5, 5},
        {"\x80\x80\x80\x80\x80\x80\x80", 5, 5},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(pm_utf8_cut(rows[i].text, strlen(rows[i].text), rows[i].max), rows[i].cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_well_formed_text),
        cmocka_unit_test(knows_ill_formed_text_at_any_place),
        cmocka_unit_test(replaces_each_ill_formed_sequence_once),
        cmocka_unit_test(makes_line_ends_and_nuls_harmless),
        cmocka_unit_test(puts_text_on_one_line),
        cmocka_unit_test(takes_the_steering_of_terminals_out),
        cmocka_unit_test(cuts_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
