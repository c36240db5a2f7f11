#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyzer.h"
#include "bounds.h"
#include "buf.h"

/* clang-format off */
/* A bar stands before each word that begins a sentence or a line, the first word aside. */
static const char *const sentences[] = {
    "The boat sank. |Nobody saw it. |The end.",
    "“Stop!” |He ran. |Why? |No reason… |None (at all). |Then: nothing.",
    "He said “no.” |She left. “|I did not (know.)” |Then she came back.",
    "The title of it\n|a line\n\n|Another, and a line\u2028|more",
    "Gen. Mao met Mr. Smith and J. K. Brown on St. James Street. |Col. Hun was late.",
    "He joined the UN. |The US. |A port. |In it.",
    "At 7.33 p.m. the U.S. boat passed www.example.com. |It had 3.5 tons. |On it: rice.",
    "It was approx. five metres etc. and sank! so he said… he thought? perhaps.",
    "«Où?» |Là! « |Non ! » |Voilà. « |Certes. » |Et puis…",
    "Prolonged...  |Three dots",
    "Who.are you?no",
    "He saw 5. |Nobody else did.",
    "យើងទៅផ្ទះ។ |គាត់មកវិញ។|ពួកគេរីករាយ៕ |ចប់",
    "「東京。」|大阪です。|終わり",
    "It stands. (|He knew.) |So - No.. |Surely. - |Good",
};
/* clang-format on */

static void tells_where_sentences_begin(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_analyzer *analyzer = pm_analyzer_new(pm_language_find("en"), &err);
    assert_non_null(analyzer);
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct pm_buf text = PM_BUF_INIT, shown = PM_BUF_INIT;
        for (const char *c = sentences[i]; *c; c++)
            if (*c != '|')
                pm_buf_addc(&text, *c);
        struct pm_tokens tokens;
        struct pm_token token;
        size_t start = 0, end = 0;
        pm_tokens_start(&tokens, analyzer, text.data, text.len);
        while (pm_tokens_next(&tokens, &token, &err) == 1) {
            pm_buf_add(&shown, text.data + end, token.start - end);
            if (token.position && pm_bound_before(text.data, text.len, start, end, token.start))
                pm_buf_addc(&shown, '|');
            pm_buf_add(&shown, text.data + token.start, token.end - token.start);
            start = token.start;
            end = token.end;
        }
        pm_buf_add(&shown, text.data + end, text.len - end);
        assert_string_equal(pm_buf_str(&shown), sentences[i]);
        pm_buf_release(&text);
        pm_buf_release(&shown);
    }
    pm_analyzer_free(analyzer);
}

/* clang-format off */
/* Braces stand around what belongs to the words between the bars. */
static const char *const punctuation[] = {
    "{|a|}", " {|a|} ", "x, {|a|}, x", "x {(|a|)} x", "x {“|a|.”} x", "x {\"|a|!\"} x",
    "x. {'|a|'} x", "{„|a|“} x", "x {»|a|«} x", "x {”|a|”} x", "x {«\u00a0|a|\u00a0»} x",
    "x {«\u202f|a|\u202f?} x", "x « {|a|} » x", "x\u00a0{|a|}\u00a0x",
    "x {“|a|}—“x", "x» {|a|} «x", "x。」{|ក|}「x", "x»{|ក|} x", "x”{|他|}“x", "x {$|5|%} x",
    "x {|US|}$5", "x {|5|€} x", "x {¿|a|?} x", "x-{|a|}-x", "x {([“|a|”]).} x", "{|a|...} x", "{|a|}.com",
    "x(({((((((((|a|!!!!!!!!}!!", "x {|ក|។} x", "x {|ក|៕»} x", "x {@|a|} x",
};
/* clang-format on */

static void tells_which_punctuation_belongs_to_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof punctuation / sizeof *punctuation; i++) {
        struct pm_buf text = PM_BUF_INIT, shown = PM_BUF_INIT;
        size_t bar[2] = {0}, bars = 0;
        for (const char *c = punctuation[i]; *c; c++) {
            if (*c == '|')
                bar[bars++] = text.len;
            else if (*c != '{' && *c != '}')
                pm_buf_addc(&text, *c);
        }
        size_t start = pm_bound_open(text.data, bar[0]);
        size_t end = pm_bound_close(text.data, text.len, bar[1]);
        pm_buf_add(&shown, text.data, start);
        pm_buf_addc(&shown, '{');
        pm_buf_add(&shown, text.data + start, bar[0] - start);
        pm_buf_addc(&shown, '|');
        pm_buf_add(&shown, text.data + bar[0], bar[1] - bar[0]);
        pm_buf_addc(&shown, '|');
        pm_buf_add(&shown, text.data + bar[1], end - bar[1]);
        pm_buf_addc(&shown, '}');
        pm_buf_add(&shown, text.data + end, text.len - end);
        assert_string_equal(pm_buf_str(&shown), punctuation[i]);
        pm_buf_release(&text);
        pm_buf_release(&shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_where_sentences_begin),
        cmocka_unit_test(tells_which_punctuation_belongs_to_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
