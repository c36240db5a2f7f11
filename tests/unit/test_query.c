#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "query.h"

/* The clauses as "+title:word" and "-[words in a phrase]". */
static void show(struct pm_buf *out, const struct pm_node *tree)
{
    static const char *const signs[] = {[PM_SHOULD] = "", [PM_MUST] = "+", [PM_MUST_NOT] = "-"};
    assert_int_equal(tree->kind, PM_NODE_GROUP);
    for (const struct pm_node *node = tree->child; node; node = node->next) {
        bool phrase = node->kind == PM_NODE_PHRASE;
        pm_buf_adds(out, out->len ? " " : "");
        pm_buf_adds(out, signs[node->occur]);
        if (node->field != PM_FIELD_TEXT)
            pm_buf_addf(out, "%s:", pm_schema[node->field].name);
        pm_buf_adds(out, phrase ? "[" : "");
        pm_buf_add(out, node->text, node->len);
        pm_buf_adds(out, phrase ? "]" : "");
        assert_null(node->child);
    }
}

struct row {
    const char *query, *shown;
};

static void check(bool literal, const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct pm_error err = {0};
        struct pm_buf shown = PM_BUF_INIT;
        struct pm_node *tree = pm_query_parse(rows[i].query, strlen(rows[i].query), literal, &err);
        if (tree)
            show(&shown, tree);
        if (!tree || strcmp(pm_buf_str(&shown), rows[i].shown)) {
            print_error("'%s' gave '%s' (%s), not '%s'\n", rows[i].query, pm_buf_str(&shown),
                        err.message, rows[i].shown);
            wrong++;
        }
        pm_query_free(tree);
        pm_buf_release(&shown);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(literal, ...)                                                                        \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(literal, rows, sizeof rows / sizeof *rows);                                          \
    } while (0)

static void reads_words_phrases_signs_and_fields(void **state)
{
    CHECK(false, {"", ""}, {" \t\r\n ", ""}, {"rice price", "rice price"},
          {"+rice -price", "+rice -price"}, {"\"rice price\"", "[rice price]"},
          {"-\"rice price\" a", "-[rice price] a"}, {"title:rice", "title:rice"},
          {"+title:rice", "+title:rice"}, {"text:rice", "rice"}, {"HEADLINE:rice", "title:rice"},
          {"-title:rice", "-title:rice"}, {"+source:post", "+source:post"},
          {"title:\"rice price\"", "title:[rice price]"}, {"-author:\"a b\"", "-author:[a b]"},
          {"lang:km tag:x", "language:km tag:x"}, {"id:a:b", "id:a:b"});
}

static void reads_curly_quotation_marks_as_straight_ones(void **state)
{
    CHECK(false, {"“rice price”", "[rice price]"}, {"”rice price“", "[rice price]"},
          {"\"rice price”", "[rice price]"}, {"title:“a b”", "title:[a b]"}, {"a“b”c", "a [b] c"},
          {"Cambodia’s ‘rice’", "Cambodia’s ‘rice’"});
}

static void ends_a_word_at_a_quotation_mark(void **state)
{
    CHECK(false, {"a\"b c\"d", "a [b c] d"}, {"\"a\"\"b\"", "[a] [b]"},
          {"title:a\"b\"", "title:a [b]"}, {"\"\"", "[]"}, {"\" a \"", "[ a ]"});
}

static void takes_only_the_names_of_fields_for_fields(void **state)
{
    CHECK(false, {"http://x", "http://x"}, {"https://a.org/b:c", "https://a.org/b:c"},
          {"Examples: x", "Examples: x"}, {"Re:", "Re:"}, {"10:30", "10:30"}, {"a1:b", "a1:b"},
          {":x", ":x"}, {"é:x", "é:x"}, {"a-b:c", "a-b:c"});
}

static void takes_a_lone_sign_for_a_word(void **state)
{
    CHECK(false, {"+", "+"}, {"-", "-"}, {"a + b - c", "a + b - c"}, {"a -", "a -"}, {"--x", "--x"},
          {"+-x", "+-x"}, {"a-b c+d", "a-b c+d"}, {"-+", "-+"});
}

static void takes_all_for_words_in_literal_mode(void **state)
{
    CHECK(true, {"+rice -price", "+rice -price"},
          {"title:x nofield:y title:", "title:x nofield:y title:"},
          {"\"rice price", "\"rice price"}, {"“a” b", "“a” b"}, {"", ""});
    struct pm_error err = {0};
    struct pm_node *tree = pm_query_parse("+a -b title:c", 13, true, &err);
    for (const struct pm_node *node = tree->child; node; node = node->next) {
        assert_int_equal(node->kind, PM_NODE_WORD);
        assert_int_equal(node->occur, PM_SHOULD);
        assert_int_equal(node->field, PM_FIELD_TEXT);
    }
    pm_query_free(tree);
}

static void tells_where_a_query_is_broken(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        size_t offset;
    } rows[] = {
        {"\"rice", 0},      {"a \"rice", 2}, {"a \"b\" \"", 6}, {"a “b", 2},     {"-\"a", 1},
        {"title:\"a", 6},   {"title:", 5},   {"a title: b", 7}, {"-title:", 6},  {"titel:x", 0},
        {"a titel:x b", 2}, {"+titel:x", 1}, {"date:2024", 0},  {"ខ title:", 9}, {"text:", 4},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_node *tree = pm_query_parse(rows[i].query, strlen(rows[i].query), false, &err);
        if (tree || err.code != PM_ERR_QUERY || err.offset != rows[i].offset || !*err.message) {
            print_error("'%s' broke at %zu with '%s', not at %zu\n", rows[i].query, err.offset,
                        err.message, rows[i].offset);
            wrong++;
        }
        pm_query_free(tree);
        assert_null(pm_query_parse(rows[i].query, strlen(rows[i].query), false, NULL));
    }
    assert_int_equal(wrong, 0);
}

static void knows_where_each_clause_begins(void **state)
{
    (void)state;
    static const char query[] = "  rice +\"a b\" -title:x";
    static const size_t at[] = {2, 7, 14};
    struct pm_error err = {0};
    struct pm_node *tree = pm_query_parse(query, sizeof query - 1, false, &err);
    const struct pm_node *node = tree->child;
    for (size_t i = 0; i < 3; i++, node = node->next)
        assert_int_equal(node->at, at[i]);
    assert_null(node);
    pm_query_free(tree);
}

static void takes_64_kibibytes_and_no_more(void **state)
{
    (void)state;
    static const char *const bits[] = {"a ", "a", "\"a\" ", "+a ", " "};
    struct pm_buf query = PM_BUF_INIT;
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++) {
        struct pm_error err = {0};
        pm_buf_clear(&query);
        while (query.len < PM_QUERY_MAX)
            pm_buf_adds(&query, bits[i]);
        struct pm_node *tree = pm_query_parse(query.data, PM_QUERY_MAX, true, &err);
        assert_non_null(tree);
        pm_query_free(tree);
        pm_buf_addc(&query, ' ');
        assert_null(pm_query_parse(query.data, PM_QUERY_MAX + 1, false, &err));
        assert_int_equal(err.code, PM_ERR_QUERY);
        assert_int_equal(err.offset, PM_QUERY_MAX);
    }
    pm_buf_release(&query);
}

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static void check_tree(const struct pm_node *tree, const char *query, size_t len)
{
    size_t last = 0;
    for (const struct pm_node *node = tree->child; node; node = node->next) {
        assert_true(node->text >= query && node->text + node->len <= query + len);
        assert_true(node->at >= last && node->at <= len);
        assert_true(node->field >= 0 && node->field < PM_FIELDS);
        assert_true(node->len > 0 || node->kind == PM_NODE_PHRASE);
        last = node->at + 1;
    }
}

static void survives_any_bytes(void **state)
{
    (void)state;
    static const char *const bits[] = {"a", "title", ":",    "\"",   "“",    "”",  "+",     "-",
                                       " ", "/",     "\xe2", "\x80", "\xff", "\n", "lang:", "é"};
    uint32_t seed = 17;
    for (int round = 0; round < 20000; round++) {
        struct pm_error err = {0};
        struct pm_buf query = PM_BUF_INIT;
        for (uint32_t n = random_below(&seed, 20); n; n--) {
            if (round % 2)
                pm_buf_addc(&query, (char)random_below(&seed, 256));
            else
                pm_buf_adds(&query, bits[random_below(&seed, sizeof bits / sizeof *bits)]);
        }
        /* Exactly as long as it is, so that reading beyond the end is noticed. */
        char *exact = malloc(query.len + 1);
        assert_non_null(exact);
        char *text = exact + 1;
        memcpy(text, pm_buf_str(&query), query.len);
        struct pm_node *tree = pm_query_parse(text, query.len, round % 5 == 0, &err);
        if (tree)
            check_tree(tree, text, query.len);
        else
            assert_true(err.code == PM_ERR_QUERY && err.offset < query.len);
        assert_true(tree || round % 5);
        pm_query_free(tree);
        free(exact);
        pm_buf_release(&query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_words_phrases_signs_and_fields),
        cmocka_unit_test(reads_curly_quotation_marks_as_straight_ones),
        cmocka_unit_test(ends_a_word_at_a_quotation_mark),
        cmocka_unit_test(takes_only_the_names_of_fields_for_fields),
        cmocka_unit_test(takes_a_lone_sign_for_a_word),
        cmocka_unit_test(takes_all_for_words_in_literal_mode),
        cmocka_unit_test(tells_where_a_query_is_broken),
        cmocka_unit_test(knows_where_each_clause_begins),
        cmocka_unit_test(takes_64_kibibytes_and_no_more),
        cmocka_unit_test(survives_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
