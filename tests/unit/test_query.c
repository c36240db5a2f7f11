#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "query.h"

/* 2024-05-19T12:00:00Z, a Sunday. */
static const struct pm_query_options plain = {.now = 1716120000};
static const struct pm_query_options literal = {.literal = true, .now = 1716120000};

struct row {
    const char *query, *tree;
};

static void check(const struct pm_query_options *options, const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_error err = {0};
        struct pm_buf shown = PM_BUF_INIT;
        const char *query = rows[i].query;
        struct pm_node *tree = pm_query_parse(query, strlen(query), options, &err);
        if (tree)
            pm_query_print(tree, &shown);
        if (!tree || strcmp(pm_buf_str(&shown), rows[i].tree)) {
            print_error("'%s' gave '%s' (%s), not '%s'\n", query, pm_buf_str(&shown), err.message,
                        rows[i].tree);
            wrong++;
        }
        pm_query_free(tree);
        pm_buf_release(&shown);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(options, ...)                                                                        \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(options, rows, sizeof rows / sizeof *rows);                                          \
    } while (0)

/* ---- the grammar: the rows of the table in pressmark-query(7), line by line ---- */

static void reads_each_line_of_the_grammar(void **state)
{
    CHECK(&plain,
          /* query = and { OR and } */
          {"a OR b", "(or (word \"a\") (word \"b\"))"},
          {"a OR b OR c", "(or (word \"a\") (word \"b\") (word \"c\"))"},
          {"a || b", "(or (word \"a\") (word \"b\"))"},
          /* and = not { AND not | [AND] NOT list } */
          {"a AND b", "(and (word \"a\") (word \"b\"))"},
          {"a && b", "(and (word \"a\") (word \"b\"))"},
          {"a AND NOT b", "(and (word \"a\") (not (word \"b\")))"},
          {"a NOT b", "(and (word \"a\") (not (word \"b\")))"},
          /* not = [NOT] list */
          {"NOT a", "(not (word \"a\"))"},
          /* list = clause... */
          {"a b", "(list (word \"a\") (word \"b\"))"},
          /* clause = [+ or - or !] near */
          {"+a", "(list (must (word \"a\")))"}, {"-a", "(list (must-not (word \"a\")))"},
          {"!a", "(list (must-not (word \"a\")))"},
          /* near = atom { NEAR[/N] atom } */
          {"a NEAR b", "(list (near 10 (word \"a\") (word \"b\")))"},
          {"a NEAR/5 b", "(list (near 5 (word \"a\") (word \"b\")))"},
          /* atom = [field:] plain [^N] */
          {"title:a", "(list (field title (word \"a\")))"},
          {"a^2.5", "(list (boost 2.5 (word \"a\")))"},
          /* plain */
          {"word", "(list (word \"word\"))"}, {"nav*", "(list (prefix \"nav\"))"},
          {"word~", "(list (fuzzy \"word\" 1))"}, {"word~2", "(list (fuzzy \"word\" 2))"},
          {"=word", "(list (exact \"word\"))"}, {"\"a b\"", "(list (phrase \"a b\"))"},
          {"\"a b\"~3", "(list (phrase \"a b\" 3))"}, {"=\"a b\"", "(list (exact \"a b\"))"},
          {"c (a b)", "(list (word \"c\") (list (word \"a\") (word \"b\")))"},
          {"date:2024", "(list (date \"2024\" \"2024\"))"});
}

static void reads_words_phrases_signs_and_fields(void **state)
{
    CHECK(&plain, {"", "(list)"}, {" \t\r\n ", "(list)"}, {"\xc2\xa0", "(list)"},
          {"rice price", "(list (word \"rice\") (word \"price\"))"},
          {"+rice -price", "(list (must (word \"rice\")) (must-not (word \"price\")))"},
          {"-\"rice price\" a", "(list (must-not (phrase \"rice price\")) (word \"a\"))"},
          {"+title:rice", "(list (must (field title (word \"rice\"))))"},
          {"text:rice", "(list (field text (word \"rice\")))"},
          {"HEADLINE:rice", "(list (field title (word \"rice\")))"},
          {"-author:\"a b\"", "(list (must-not (field author (phrase \"a b\"))))"},
          {"lang:km tag:x", "(list (field language (word \"km\")) (field tag (word \"x\")))"},
          {"id:a:b id:-1", "(list (field id (word \"a:b\")) (field id (word \"-1\")))"},
          {"a\xc2\xa0OR\xe3\x80\x80"
           "b",
           "(or (word \"a\") (word \"b\"))"});
}

static void reads_curly_quotation_marks_as_straight_ones(void **state)
{
    CHECK(&plain, {"“rice price”", "(list (phrase \"rice price\"))"},
          {"”rice price“", "(list (phrase \"rice price\"))"},
          {"\"rice price”", "(list (phrase \"rice price\"))"},
          {"«a b» „c d“", "(list (phrase \"a b\") (phrase \"c d\"))"},
          {"title:“a b”~2", "(list (field title (phrase \"a b\" 2)))"},
          {"=“a b”", "(list (exact \"a b\"))"},
          {"Cambodia’s ‘rice’", "(list (word \"Cambodia’s\") (word \"‘rice’\"))"});
}

static void ends_a_word_at_a_quotation_mark_or_bracket(void **state)
{
    CHECK(&plain, {"a\"b c\"d", "(list (word \"a\") (phrase \"b c\") (word \"d\"))"},
          {"\"a\"\"b\"", "(list (phrase \"a\") (phrase \"b\"))"},
          {"\" a \"", "(list (phrase \" a \"))"},
          {"a(b c)d", "(list (word \"a\") (list (word \"b\") (word \"c\")) (word \"d\"))"},
          {"(a)OR(b)", "(or (word \"a\") (word \"b\"))"},
          {"\"a\"AND\"b\"", "(and (phrase \"a\") (phrase \"b\"))"},
          {"(see Re:)", "(list (word \"see\") (word \"Re:\"))"});
}

static void leaves_punctuation_in_words(void **state)
{
    CHECK(&plain, {"U.S.", "(list (word \"U.S.\"))"},
          {"co-operation", "(list (word \"co-operation\"))"},
          {"don't AT&T", "(list (word \"don't\") (word \"AT&T\"))"},
          {"http://x", "(list (word \"http://x\"))"}, {"a@b.org", "(list (word \"a@b.org\"))"},
          {"https://a.org/b:c", "(list (word \"https://a.org/b:c\"))"},
          {"C++ a=b", "(list (word \"C++\") (word \"a=b\"))"},
          {"Examples: x", "(list (word \"Examples:\") (word \"x\"))"},
          {"10:30 a1:b", "(list (word \"10:30\") (word \"a1:b\"))"},
          {":x é:x", "(list (word \":x\") (word \"é:x\"))"}, {"what?", "(list (word \"what?\"))"},
          {"a = b", "(list (word \"a\") (word \"=\") (word \"b\"))"},
          {"a => b", "(list (word \"a\") (word \"=>\") (word \"b\"))"});
}

static void takes_a_lone_sign_for_punctuation(void **state)
{
    CHECK(&plain, {"+", "(list (word \"+\"))"}, {"-+", "(list (word \"-+\"))"},
          {"a - b", "(list (word \"a\") (word \"-\") (word \"b\"))"},
          {"a -- b", "(list (word \"a\") (word \"--\") (word \"b\"))"},
          {"->", "(list (word \"->\"))"}, {"a-b c+d", "(list (word \"a-b\") (word \"c+d\"))"},
          {"-$5", "(list (must-not (word \"$5\")))"}, {"-😀", "(list (must-not (word \"😀\")))"},
          {"-=a", "(list (must-not (exact \"a\")))"},
          {"+(a b)", "(list (must (list (word \"a\") (word \"b\"))))"});
}

static void takes_an_exclamation_mark_for_a_sign_only_where_a_clause_begins(void **state)
{
    CHECK(&plain, {"a !b c", "(list (word \"a\") (must-not (word \"b\")) (word \"c\"))"},
          {"!\"a b\" !title:c",
           "(list (must-not (phrase \"a b\")) (must-not (field title (word \"c\"))))"},
          {"!=a x\xc2\xa0!(b c)",
           "(list (must-not (exact \"a\")) (word \"x\") (must-not (list (word \"b\") (word "
           "\"c\"))))"},
          {"a AND !b || !c", "(or (and (word \"a\") (not (word \"b\"))) (not (word \"c\")))"},
          {"(a !b)", "(list (word \"a\") (must-not (word \"b\")))"},
          {"(!b) a", "(list (not (word \"b\")) (word \"a\"))"},
          {"Yahoo! help!", "(list (word \"Yahoo!\") (word \"help!\"))"},
          {"a ! b !! !!! ?!", "(list (word \"a\") (word \"!\") (word \"b\") (word \"!!\") (word "
                              "\"!!!\") (word \"?!\"))"},
          {"a!b a != b", "(list (word \"a!b\") (word \"a\") (word \"!=\") (word \"b\"))"},
          {"\"a\"!b (c)!d", "(list (phrase \"a\") (word \"!b\") (word \"c\") (word \"!d\"))"},
          {"\"!a\" title:!a =!a",
           "(list (phrase \"!a\") (field title (word \"!a\")) (exact \"!a\"))"});
    CHECK(&literal, {"a && !b", "(list (word \"a\") (word \"&&\") (word \"!b\"))"});
}

static void takes_only_whole_words_in_capitals_for_operators(void **state)
{
    CHECK(&plain, {"a and b", "(list (word \"a\") (word \"and\") (word \"b\"))"},
          {"a Or not", "(list (word \"a\") (word \"Or\") (word \"not\"))"},
          {"a near/5 b", "(list (word \"a\") (word \"near/5\") (word \"b\"))"},
          {"AND/OR ORE", "(list (word \"AND/OR\") (word \"ORE\"))"},
          {"a&&b a||b AT&T", "(list (word \"a&&b\") (word \"a||b\") (word \"AT&T\"))"},
          {"a & b | c", "(list (word \"a\") (word \"&\") (word \"b\") (word \"|\") (word \"c\"))"},
          {"a &&b \"a && b\" &&&",
           "(list (word \"a\") (word \"&&b\") (phrase \"a && b\") (word \"&&&\"))"},
          {"(a)||(b)", "(or (word \"a\") (word \"b\"))"},
          {"\"AND\" =OR", "(list (phrase \"AND\") (exact \"OR\"))"},
          {"+NOT -OR", "(list (must (word \"NOT\")) (must-not (word \"OR\")))"},
          {"title:AND", "(list (field title (word \"AND\")))"},
          {"\"a OR b\"", "(list (phrase \"a OR b\"))"});
}

static void binds_near_then_lists_then_not_then_and_then_or(void **state)
{
    CHECK(&plain,
          {"a b OR c d", "(or (list (word \"a\") (word \"b\")) (list (word \"c\") (word \"d\")))"},
          {"a NOT b c", "(and (word \"a\") (not (list (word \"b\") (word \"c\"))))"},
          {"NOT a b", "(not (list (word \"a\") (word \"b\")))"},
          {"a OR b AND c", "(or (word \"a\") (and (word \"b\") (word \"c\")))"},
          {"a AND b OR c", "(or (and (word \"a\") (word \"b\")) (word \"c\"))"},
          {"a OR NOT b", "(or (word \"a\") (not (word \"b\")))"},
          {"NOT a AND b", "(and (not (word \"a\")) (word \"b\"))"},
          {"a NOT b NOT c", "(and (word \"a\") (not (word \"b\")) (not (word \"c\")))"},
          {"a b NEAR c d", "(list (word \"a\") (near 10 (word \"b\") (word \"c\")) (word \"d\"))"},
          {"a NEAR b NEAR/10 c", "(list (near 10 (word \"a\") (word \"b\") (word \"c\")))"},
          {"-a NEAR b", "(list (must-not (near 10 (word \"a\") (word \"b\"))))"},
          {"a NEAR b AND c", "(and (near 10 (word \"a\") (word \"b\")) (word \"c\"))"},
          {"(a OR b) AND c", "(and (or (word \"a\") (word \"b\")) (word \"c\"))"});
}

static void takes_a_bracket_or_operand_of_one_clause_for_the_clause(void **state)
{
    CHECK(&plain, {"(a)", "(list (word \"a\"))"}, {"((a))", "(list (word \"a\"))"},
          {"((a b))", "(list (word \"a\") (word \"b\"))"},
          {"(a OR b)", "(or (word \"a\") (word \"b\"))"}, {"(NOT a)", "(not (word \"a\"))"},
          {"+(a)", "(list (must (word \"a\")))"}, {"(a)^2", "(list (boost 2 (word \"a\")))"},
          {"(a^2)^3 b", "(list (boost 6 (word \"a\")) (word \"b\"))"},
          {"(a OR b)^2", "(boost 2 (or (word \"a\") (word \"b\")))"},
          {"(a b)^.5 c", "(list (boost 0.5 (list (word \"a\") (word \"b\"))) (word \"c\"))"},
          {"(a b)^1000 AND c", "(and (boost 1000 (list (word \"a\") (word \"b\"))) (word \"c\"))"},
          {"a AND -b", "(and (word \"a\") (not (word \"b\")))"},
          {"+a AND +b", "(and (word \"a\") (word \"b\"))"},
          {"+a b AND c", "(and (list (must (word \"a\")) (word \"b\")) (word \"c\"))"},
          {"a OR -b", "(or (word \"a\") (not (word \"b\")))"},
          {"-a NOT b", "(and (not (word \"a\")) (not (word \"b\")))"},
          {"(-a)", "(not (word \"a\"))"}, {"-(-a)", "(list (must-not (not (word \"a\"))))"},
          {"(a NEAR b)", "(list (near 10 (word \"a\") (word \"b\")))"});
}

static void hands_a_field_down_into_brackets(void **state)
{
    CHECK(
        &plain,
        {"source:(post OR times)",
         "(or (field source (word \"post\")) (field source (word \"times\")))"},
        {"title:(a source:b (c))",
         "(list (field title (word \"a\")) (field source (word \"b\")) (field title (word "
         "\"c\")))"},
        {"title:(a) b", "(list (field title (word \"a\")) (word \"b\"))"},
        {"title:(nav* AND =x)", "(and (field title (prefix \"nav\")) (field title (exact \"x\")))"},
        {"+title:(\"a b\" -c)^2",
         "(list (must (boost 2 (list (field title (phrase \"a b\")) (must-not (field title (word "
         "\"c\")))))))"},
        {"title:=\"a b\"^2", "(list (boost 2 (field title (exact \"a b\"))))"},
        {"title:(a NEAR/3 b)",
         "(list (near 3 (field title (word \"a\")) (field title (word \"b\"))))"},
        {"title:a NEAR title:b",
         "(list (near 10 (field title (word \"a\")) (field title (word \"b\"))))"});
}

static void joins_words_phrases_and_what_stands_for_them_with_near(void **state)
{
    CHECK(&plain, {"\"a b\"~2 NEAR nav*", "(list (near 10 (phrase \"a b\" 2) (prefix \"nav\")))"},
          {"word~ NEAR/100 (a OR \"b c\")",
           "(list (near 100 (fuzzy \"word\" 1) (or (word \"a\") (phrase \"b c\"))))"},
          {"(a NEAR/2 b) NEAR/9 c",
           "(list (near 9 (near 2 (word \"a\") (word \"b\")) (word \"c\")))"},
          {"(a OR (b NEAR/2 c)) NEAR/1 d",
           "(list (near 1 (or (word \"a\") (near 2 (word \"b\") (word \"c\"))) (word \"d\")))"},
          {"a NEAR text:b", "(list (near 10 (word \"a\") (field text (word \"b\"))))"},
          {"a NEAR b^2", "(list (near 10 (word \"a\") (boost 2 (word \"b\"))))"},
          {"(a NEAR b)^2", "(list (boost 2 (near 10 (word \"a\") (word \"b\"))))"});
}

static void counts_letters_before_an_asterisk_or_tilde(void **state)
{
    CHECK(&plain, {"abc*", "(list (prefix \"abc\"))"},
          {"19th*^2", "(list (boost 2 (prefix \"19th\")))"}, {"été*", "(list (prefix \"été\"))"},
          {"កម្ពុ*", "(list (prefix \"កម្ពុ\"))"}, {"co-op*", "(list (prefix \"co-op\"))"},
          {"+title:abc*", "(list (must (field title (prefix \"abc\"))))"},
          {"éére~1", "(list (fuzzy \"éére\" 1))"},
          {"word~2^3", "(list (boost 3 (fuzzy \"word\" 2)))"},
          {"\"a b\"~100^0.01", "(list (boost 0.01 (phrase \"a b\" 100)))"});
}

static void reads_dates(void **state)
{
    CHECK(&plain, {"date:2024-05..2024-08", "(list (date \"2024-05\" \"2024-08\"))"},
          {"DATE:2024-05-19", "(list (date \"2024-05-19\" \"2024-05-19\"))"},
          {"date:..2024", "(list (date * \"2024\"))"}, {"date:2024..", "(list (date \"2024\" *))"},
          {"-date:today", "(list (must-not (date \"2024-05-19\" \"2024-05-19\")))"},
          {"date:last-month..today", "(list (date \"2024-04-01\" \"2024-05-19\"))"},
          {"rice date:(2023 OR yesterday)",
           "(list (word \"rice\") (or (date \"2023\" \"2023\") (date \"2024-05-18\" "
           "\"2024-05-18\")))"},
          {"date:(2023) title:x", "(list (date \"2023\" \"2023\") (field title (word \"x\")))"},
          {"a NOT date:2023", "(and (word \"a\") (not (date \"2023\" \"2023\")))"},
          {"date:2024-05-19T10:30Z",
           "(list (date \"2024-05-19T10:30:00Z\" \"2024-05-19T10:30:00Z\"))"});
}

static void prints_what_does_not_show(void **state)
{
    CHECK(&plain, {"\"a\\b\n\t\r\x1b\"", "(list (phrase \"a\\\\b\\n\\t\\r\\u001b\"))"},
          {"a\xe2\x80\xae"
           "b",
           "(list (word \"a\\u202eb\"))"});
    CHECK(&literal, {"a\"b", "(list (word \"a\\\"b\"))"});
}

static void takes_all_for_words_in_literal_mode(void **state)
{
    CHECK(&literal, {"+rice -price", "(list (word \"+rice\") (word \"-price\"))"},
          {"title:x nofield:y", "(list (word \"title:x\") (word \"nofield:y\"))"},
          {"a OR b", "(list (word \"a\") (word \"OR\") (word \"b\"))"},
          {"(nav* =x", "(list (word \"(nav*\") (word \"=x\"))"},
          {"“a” b", "(list (word \"“a”\") (word \"b\"))"}, {"", "(list)"});
}

/* ---- mistakes ---- */

struct mistake {
    const char *query;
    size_t offset;
    const char *message; /* a part of it */
};

static void check_mistakes(const struct mistake *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_error err = {0};
        const char *query = rows[i].query;
        struct pm_node *tree = pm_query_parse(query, strlen(query), &plain, &err);
        if (tree || err.code != PM_ERR_QUERY || err.offset != rows[i].offset ||
            !strstr(err.message, rows[i].message)) {
            print_error("'%s' broke at %zu with '%s', not at %zu with '%s'\n", query, err.offset,
                        err.message, rows[i].offset, rows[i].message);
            wrong++;
        }
        pm_query_free(tree);
        assert_null(pm_query_parse(query, strlen(query), &plain, NULL));
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_MISTAKES(...)                                                                        \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct mistake rows[] = {__VA_ARGS__};                                        \
        check_mistakes(rows, sizeof rows / sizeof *rows);                                          \
    } while (0)

static void tells_where_a_partner_is_missing(void **state)
{
    CHECK_MISTAKES({"\"rice", 0, "quotation mark has no partner"}, {"a \"rice", 2, "no partner"},
                   {"a \"b\" \"", 6, "no partner"}, {"a “b", 2, "no partner"},
                   {"-\"a", 1, "no partner"}, {"title:\"a", 6, "no partner"},
                   {"(a", 0, "this bracket has no partner"}, {"a (", 2, "no partner"},
                   {"((a)", 0, "no partner"}, {"a)", 1, "this bracket has no partner"},
                   {")", 0, "no partner"}, {"a OR b) c", 6, "no partner"},
                   {"()", 0, "nothing stands between these brackets"}, {"a ( )", 2, "brackets"},
                   {"title:()", 6, "brackets"}, {"\"\"", 0, "between these quotation marks"},
                   {"a \" \t\"", 2, "quotation marks"}, {"=\"\"", 1, "quotation marks"});
}

static void tells_where_an_operator_lacks_a_side(void **state)
{
    CHECK_MISTAKES({"AND x", 0, "AND has nothing to work on before it"},
                   {"OR", 0, "OR has nothing to work on before it"}, {" NEAR/3 x", 1, "NEAR has"},
                   {"x OR ", 2, "OR has nothing to work on behind it"}, {"x AND", 2, "behind it"},
                   {"x NEAR", 2, "NEAR has nothing to work on behind it"},
                   {"NOT", 0, "NOT has nothing to work on behind it"}, {"a NOT", 2, "behind it"},
                   {"a AND OR b", 2, "behind it"}, {"(OR a)", 1, "before it"},
                   {"(a OR )", 3, "behind it"}, {"NOT NOT a", 0, "NOT has nothing"},
                   {"a && || b", 2, "&& has nothing to work on behind it"},
                   {"a ||", 2, "|| has nothing to work on behind it"},
                   {" && a", 1, "&& has nothing to work on before it"},
                   {"a OR NOT AND b", 5, "NOT has nothing"}, {"a NEAR NOT b", 2, "NEAR has"},
                   {"a NEAR/0 b", 2, "from 1 to 100"}, {"a NEAR/101 b", 2, "from 1 to 100"},
                   {"a NEAR/ b", 2, "from 1 to 100"}, {"a NEAR/5x b", 2, "from 1 to 100"},
                   {"a NEAR/-1 b", 2, "NEAR/ wants"}, {"a NEAR/4294967297 b", 2, "NEAR/"},
                   {"a NEAR/99999999999999999999 b", 2, "NEAR/"});
}

static void tells_what_near_cannot_join(void **state)
{
    CHECK_MISTAKES(
        {"a NEAR =b", 7, "nothing else"}, {"=a NEAR b", 0, "nothing else"},
        {"a NEAR date:2024", 7, "nothing else"}, {"a NEAR (b c)", 7, "nothing else"},
        {"a NEAR (b AND c)", 7, "nothing else"}, {"(NOT a) NEAR b", 0, "nothing else"},
        {"a NEAR (b OR =c)", 13, "nothing else"}, {"a NEAR (-b)", 7, "nothing else"},
        {"a NEAR -b", 7, "a sign stands before all"}, {"a NEAR !b", 7, "a sign stands before all"},
        {"a NEAR title:b", 7, "in one field"}, {"title:a NEAR b", 13, "in one field"},
        {"a NEAR (b OR title:c)", 13, "in one field"}, {"id:a NEAR id:b", 0, "fields of words"},
        {"a NEAR/3 b NEAR/5 c", 11, "one distance"});
}

static void tells_where_a_sign_goes(void **state)
{
    CHECK_MISTAKES({"+-x", 1, "one sign"}, {"a !!x", 3, "one sign"}, {"-!x", 1, "one sign"},
                   {"a --x", 3, "one sign"}, {"--(a)", 1, "one sign"},
                   {"title:-x", 6, "before the field's name"},
                   {"title:+(a)", 6, "before the field"}, {"=-x", 1, "before ="},
                   {"==x", 1, "one = is enough"}, {"=(a)", 1, "not a bracket"},
                   {"=title:x", 1, "title:=word"}, {"=DATE:2024", 1, "a field stands before ="});
}

static void tells_what_a_suffix_wants(void **state)
{
    CHECK_MISTAKES({"*", 0, "only at the end of a word"}, {"*ank", 0, "only at the end"},
                   {"ba*nk", 2, "only at the end"}, {"bank**", 4, "only at the end"},
                   {"bank*~", 4, "only at the end"}, {"\"a b\"*", 5, "only at the end"},
                   {"ab*", 2, "at least 3 letters"}, {"U.S.*", 4, "at least 3 letters"},
                   {"é\xcc\x81\xcc\x81*", 6, "at least 3 letters"}, {"-*", 1, "at least 3 letters"},
                   {"=bank*", 5, "neither * nor ~"}, {"=bank~", 5, "neither * nor ~"},
                   {"=\"a b\"~2", 6, "neither * nor ~"}, {"~", 0, "directly behind a clause"},
                   {"~bank", 0, "directly behind"}, {"bank ~1", 5, "directly behind"},
                   {"(a)~2", 3, "directly behind"}, {"ban~", 3, "at least 4 letters"},
                   {"bank~0", 4, "1 or 2 letters"}, {"bank~3", 4, "1 or 2 letters"},
                   {"ba~nk", 2, "~ can stand only at the end"}, {"bank~0.8", 4, "only at the end"},
                   {"bank~*", 4, "only at the end"}, {"http://a/~b", 9, "only at the end"},
                   {"\"a b\"~", 5, "from 1 to 100"}, {"\"a b\"~0", 5, "from 1 to 100"},
                   {"\"a b\"~101", 5, "from 1 to 100"}, {"\"a b\"~3c", 5, "stands a space"});
}

static void tells_what_a_boost_wants(void **state)
{
    CHECK_MISTAKES({"a^", 1, "from 0.01 to 1000"}, {"a^0", 1, "0.01"}, {"a^0.009", 1, "0.01"},
                   {"a^1000.1", 1, "0.01"}, {"a^-1", 1, "0.01"}, {"a^1e2", 1, "0.01"},
                   {"a^1,5", 1, "0.01"}, {"a^1.2.3", 1, "0.01"}, {"a^.", 1, "0.01"},
                   {"a^2^3", 1, "0.01"}, {"word^2~1", 4, "0.01"}, {"(a)^x", 3, "0.01"},
                   {"a^inf", 1, "0.01"}, {"a^0x10", 1, "0.01"}, {"^2", 0, "directly behind"},
                   {"a ^2", 2, "directly behind"}, {"a^1.0000000000000001", 1, "0.01"});
}

static void tells_what_a_field_wants(void **state)
{
    CHECK_MISTAKES({"title:", 5, "nothing stands behind"}, {"a title: b", 7, "leave no space"},
                   {"-title:", 6, "nothing stands"}, {"ខ title:", 9, "nothing stands"},
                   {"text:", 4, "nothing stands"}, {"(title:)", 6, "nothing stands"},
                   {"titel:x", 0, "there is no such field"}, {"a titel:x b", 2, "id, path, date)"},
                   {"+titel:x", 1, "no such field"}, {"since:2024", 0, "no such field"},
                   {"content:x", 0, "no such field"}, {"titel:(a)", 0, "no such field"},
                   {"date:", 4, "nothing stands"});
}

static void tells_what_a_date_wants(void **state)
{
    CHECK_MISTAKES({"date:soon", 5, "like 2024, 2024-05 or 2024-05-19"},
                   {"date:2024-13", 5, "no date"}, {"date:..", 5, "no date"},
                   {"date:2025..2024", 5, "this range ends before it begins"},
                   {"date:(today..yesterday)", 6, "ends before"}, {"date:2025..soon", 5, "no date"},
                   {"-date:24", 6, "no date"}, {"date:(2024 OR x)", 14, "no date"},
                   {"date:2024^2", 9, "neither ^ nor ~ nor *"}, {"date:202*", 8, "neither ^"},
                   {"date:2024~", 9, "neither ^"}, {"date:=2024", 5, "neither = nor"},
                   {"date:\"2024\"", 5, "quotation marks"}, {"(date:2024)^2", 11, "no score"},
                   {"date:(2023 OR 2024)^2", 19, "no score"});
}

/* ---- places and limits ---- */

static void knows_what_each_clause_takes(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        size_t at[3], end[3];
    } rows[] = {
        {"  rice +\"a b\"~2 -title:x^2 ", {2, 7, 16}, {6, 15, 26}},
        {"+(a b)^2 x NEAR/3 \"y z\" =w", {0, 9, 24}, {8, 23, 26}},
        {"(a) AND -nav* AND NOT ((b) c)", {0, 8, 18}, {3, 13, 29}},
        {"a OR b c OR -title:(d OR e)", {0, 5, 12}, {1, 8, 27}},
        {"date:2024 word~2 (x)", {0, 10, 17}, {9, 16, 20}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_node *tree = pm_query_parse(rows[i].query, strlen(rows[i].query), &plain, &err);
        assert_non_null(tree);
        const struct pm_node *node = tree->child;
        assert_int_equal(tree->at, rows[i].at[0]);
        assert_int_equal(tree->end, rows[i].end[2]);
        for (size_t j = 0; j < 3; j++, node = node->next) {
            assert_int_equal(node->at, rows[i].at[j]);
            assert_int_equal(node->end, rows[i].end[j]);
        }
        assert_null(node);
        pm_query_free(tree);
    }
}

static void takes_64_kibibytes_and_no_more(void **state)
{
    (void)state;
    static const char *const bits[] = {"a ",    "a",      "\"a\" ",    "+a ",      " ",
                                       "a OR ", "a AND ", "a NEAR/3 ", "a NOT b ", "(a OR b) "};
    struct pm_buf query = PM_BUF_INIT;
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        struct pm_error err = {0};
        pm_buf_clear(&query);
        while (query.len < PM_QUERY_MAX - 16)
            pm_buf_adds(&query, bits[i]);
        pm_buf_adds(&query, "a");
        while (query.len < PM_QUERY_MAX)
            pm_buf_addc(&query, ' ');
        struct pm_node *tree = pm_query_parse(query.data, PM_QUERY_MAX, &plain, &err);
        assert_non_null(tree);
        pm_query_free(tree);
        pm_buf_addc(&query, ' ');
        assert_null(pm_query_parse(query.data, PM_QUERY_MAX + 1, &plain, &err));
        assert_int_equal(err.code, PM_ERR_QUERY);
        assert_int_equal(err.offset, PM_QUERY_MAX);
    }
    pm_buf_release(&query);
}

static void takes_64_brackets_in_one_another_and_no_more(void **state)
{
    (void)state;
    static const char *const starts[] = {"(", "(a ", "-(a OR ", "NOT (a AND ", "title:(a "};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        struct pm_buf query = PM_BUF_INIT;
        size_t last = 0;
        for (size_t depth = 0; depth <= PM_QUERY_DEPTH; depth++) {
            struct pm_error err = {0};
            struct pm_buf closed = PM_BUF_INIT;
            pm_buf_add(&closed, pm_buf_str(&query), query.len);
            pm_buf_addc(&closed, 'x');
            for (size_t n = depth; n; n--)
                pm_buf_addc(&closed, ')');
            struct pm_node *tree = pm_query_parse(closed.data, closed.len, &plain, &err);
            assert_non_null(tree);
            pm_query_free(tree);
            pm_buf_release(&closed);
            last = query.len + strcspn(starts[i], "(");
            pm_buf_adds(&query, starts[i]);
        }
        struct pm_error err = {0};
        pm_buf_addc(&query, 'x');
        assert_null(pm_query_parse(query.data, query.len, &plain, &err));
        assert_int_equal(err.code, PM_ERR_QUERY);
        assert_int_equal(err.offset, last);
        assert_non_null(strstr(err.message, "64"));
        pm_buf_release(&query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_line_of_the_grammar),
        cmocka_unit_test(reads_words_phrases_signs_and_fields),
        cmocka_unit_test(reads_curly_quotation_marks_as_straight_ones),
        cmocka_unit_test(ends_a_word_at_a_quotation_mark_or_bracket),
        cmocka_unit_test(leaves_punctuation_in_words),
        cmocka_unit_test(takes_a_lone_sign_for_punctuation),
        cmocka_unit_test(takes_an_exclamation_mark_for_a_sign_only_where_a_clause_begins),
        cmocka_unit_test(takes_only_whole_words_in_capitals_for_operators),
        cmocka_unit_test(binds_near_then_lists_then_not_then_and_then_or),
        cmocka_unit_test(takes_a_bracket_or_operand_of_one_clause_for_the_clause),
        cmocka_unit_test(hands_a_field_down_into_brackets),
        cmocka_unit_test(joins_words_phrases_and_what_stands_for_them_with_near),
        cmocka_unit_test(counts_letters_before_an_asterisk_or_tilde),
        cmocka_unit_test(reads_dates),
        cmocka_unit_test(prints_what_does_not_show),
        cmocka_unit_test(takes_all_for_words_in_literal_mode),
        cmocka_unit_test(tells_where_a_partner_is_missing),
        cmocka_unit_test(tells_where_an_operator_lacks_a_side),
        cmocka_unit_test(tells_what_near_cannot_join),
        cmocka_unit_test(tells_where_a_sign_goes),
        cmocka_unit_test(tells_what_a_suffix_wants),
        cmocka_unit_test(tells_what_a_boost_wants),
        cmocka_unit_test(tells_what_a_field_wants),
        cmocka_unit_test(tells_what_a_date_wants),
        cmocka_unit_test(knows_what_each_clause_takes),
        cmocka_unit_test(takes_64_kibibytes_and_no_more),
        cmocka_unit_test(takes_64_brackets_in_one_another_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
