#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "title.h"

#define COUNT(rows) (sizeof rows / sizeof *rows)

#define DASH     "\xE2\x80\x93" /* U+2013 */
#define LONGDASH "\xE2\x80\x94"
#define ELLIPSIS "\xE2\x80\xA6"
#define OPENING  "\xE2\x80\x9C" /* double quotes */
#define CLOSING  "\xE2\x80\x9D"
#define KHMER    "\xE1\x9E\x80" /* a letter */
#define KHAN     "\xE1\x9F\x94" /* and the full stop */
#define HAN      "\xE4\xB8\x80" /* a character */
#define HAN_STOP "\xE3\x80\x82" /* and the full stop */
#define WORDS    "one two three four five "
#define WORDS_25 WORDS WORDS WORDS WORDS "one two three four five"
#define BYTES    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx"

static void check_headlines(const char *const *rows, size_t n, bool are)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        size_t line = (size_t)(strchrnul(rows[i], '\n') - rows[i]);
        size_t found = title_headline(rows[i], strlen(rows[i]));
        if (found != (are ? line : 0)) {
            print_error("'%s' has a headline of %zu bytes\n", rows[i], found);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void knows_a_headline(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "Ferry sinks\n\nNine died.\n",
        "Ferry sinks  \nBy A. B.\n\nNine died.",
        "Ferry sinks!\nNine died.",
        "Who pays?\n\n\n\nNobody.",
        "Nine dead, 31 missing\n\nby our reporter",
        WORDS_25 "\n\nNine died.",
        BYTES BYTES BYTES BYTES "\nNine died.",
        KHMER KHMER "\n" KHMER KHAN,
        "KEP - A life by the sea\nNine died.",
        "Kep - The minister said on Monday the\nFerry sank.",
        "Mao (left) - a man who was at sea for years\nNine died.",
        "Kep\xE2\x80\x93Kampot ferry now sails on Sundays and feasts\nNine died.",
    };
    check_headlines(rows, COUNT(rows), true);
}

static void takes_no_running_text_for_a_headline(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "\n",
        "Ferry sinks",
        "Ferry sinks\n\n \n",
        "The ferry sank.\n\nNine died.",
        "The ferry, \n\nNine died.",
        "The ferry sank;\nNine died.",
        "Dear reader:\nNine died.",
        KHMER KHAN "\nNine died.",
        HAN HAN_STOP "\nNine died.",
        "The minister said the\nferry sank.",
        "The minister said the\n  \xC3\xA9t\xC3\xA9 was hot.",
        "six " WORDS_25 "\n\nNine died.",
        BYTES BYTES BYTES BYTES "y\nNine died.",
        "-----\nNine died.",
        "KEP, 3 May - The minister said on Monday the\nFerry sank.",
        "KEP " DASH " The minister said on Monday the\nFerry sank.",
        "Kep (XX) -- The minister said on Monday the\nFerry sank.",
        "Kep (XX), May 3 " LONGDASH " The minister said on Monday the\nFerry sank.",
        "KEP, Gulf (The Wire) " DASH " The minister said on Monday the\nFerry sank.",
    };
    check_headlines(rows, COUNT(rows), false);
}

struct title_row {
    const char *body, *title;
};

static void check_titles(const struct title_row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct pm_error err = {0};
        char *title = title_make(rows[i].body, &err);
        assert_non_null(title);
        if (strcmp(title, rows[i].title)) {
            print_error("gave '%s', not '%s'\n", title, rows[i].title);
            wrong++;
        }
        free(title);
    }
    assert_int_equal(wrong, 0);
}

static void makes_a_title_of_the_first_sentence(void **state)
{
    (void)state;
    static const struct title_row rows[] = {
        {"It sank. Nine died.", "It sank."},
        {"It sank! Nine died.", "It sank!"},
        {"Who died? Nine.", "Who died?"},
        {"It sank" ELLIPSIS " Nine died.", "It sank" ELLIPSIS},
        {"It sank... Nine died.", "It sank..."},
        {"\"It sank.\" Nine died.", "\"It sank.\""},
        {"(" OPENING "It sank." CLOSING ") Nine died.", "(" OPENING "It sank." CLOSING ")"},
        {KHMER KHAN KHMER, KHMER KHAN},
        {HAN HAN_STOP HAN, HAN HAN_STOP},
        {"It sank", "It sank"},
        {"It\n sank\tfast. Nine died.", "It sank fast."},
        {"It sank\n \nNine died.", "It sank"},
        {"\n\nIt sank. Nine died.", "It sank."},
        {"\xC2\xA0It sank. Nine died.", "It sank."},
        {"", ""},
        {" \n\xC2\xA0\xEF\xBB\xBF ", ""},
    };
    check_titles(rows, COUNT(rows));
}

static void knows_a_full_stop_that_ends_no_sentence(void **state)
{
    (void)state;
    static const struct title_row rows[] = {
        {"Gen. J. Mao of the U.S. Navy spoke. Nine died.", "Gen. J. Mao of the U.S. Navy spoke."},
        {"(Dr. Mao, No. 5) Nine died. They sank.", "(Dr. Mao, No. 5) Nine died."},
        {"Nine died on Jan. 3. They sank. It was cold.", "Nine died on Jan. 3. They sank."},
        {"It cost 3.5 million in 2020. Nine died.", "It cost 3.5 million in 2020."},
        {"Am 3. Mai sank es. Neun starben.", "Am 3. Mai sank es."},
        {"Am 13. Mai sank es. Neun starben.", "Am 13. Mai sank es."},
        {"The Yahoo! ferry sank. Nine died.", "The Yahoo! ferry sank."},
        {"It had approx. nine on board. They died.", "It had approx. nine on board."},
        {"See kep.example for more. They died.", "See kep.example for more."},
    };
    check_titles(rows, COUNT(rows));
}

static void cuts_a_long_sentence_between_words(void **state)
{
    (void)state;
#define LONG "The ferry that left Kep at nine in the evening with forty people and a cow had no "
    static const struct title_row rows[] = {
        {LONG "lights at all. It sank.", LONG "lights at all."},
        {LONG "lights, oddly enough. It sank.", LONG "lights, oddly" ELLIPSIS},
        {LONG "light at all, if you ask me. It sank.", LONG "light at all, if" ELLIPSIS},
        {LONG "lights at night, or none. It sank.", LONG "lights at night" ELLIPSIS},
        {LONG BYTES ".",
         "The ferry that left Kep at nine in the evening with forty people and a cow "
         "had no" ELLIPSIS},
        {BYTES BYTES "y", BYTES BYTES ELLIPSIS},
    };
    check_titles(rows, COUNT(rows));
}

static void cuts_between_words_without_spaces(void **state)
{
    (void)state;
    /* "Thai language": a word of 12 bytes, a word of 9. */
    static const char thai[] = "\xE0\xB8\xA0\xE0\xB8\xB2\xE0\xB8\xA9\xE0\xB8\xB2"
                               "\xE0\xB9\x84\xE0\xB8\x97\xE0\xB8\xA2";
    struct pm_buf text = PM_BUF_INIT, expected = PM_BUF_INIT;
    struct pm_error err = {0};
    for (int i = 0; i < 12; i++)
        pm_buf_adds(&text, thai);
    pm_buf_add(&expected, text.data, 4 * 21 + 12);
    pm_buf_adds(&expected, ELLIPSIS);
    char *title = title_make(text.data, &err);
    assert_string_equal(title, expected.data);
    free(title);
    pm_buf_release(&text);
    pm_buf_release(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_a_headline),
        cmocka_unit_test(takes_no_running_text_for_a_headline),
        cmocka_unit_test(makes_a_title_of_the_first_sentence),
        cmocka_unit_test(knows_a_full_stop_that_ends_no_sentence),
        cmocka_unit_test(cuts_a_long_sentence_between_words),
        cmocka_unit_test(cuts_between_words_without_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
