#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "buf.h"
#include "synonyms.h"

static char path[] = "/tmp/pressmark-synonyms-XXXXXX";

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

static struct pm_synonyms *open_bytes(const char *bytes, size_t len, struct pm_error *err)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    return pm_synonyms_open(path, err);
}

/* ---- trees ---- */

static struct pm_node *branch(enum pm_node_kind kind, struct pm_node *child, struct pm_node *second)
{
    struct pm_error err = {0};
    struct pm_node *node = pm_node_new(kind, &err);
    assert_non_null(node);
    node->child = child;
    if (child)
        child->next = second;
    return node;
}

/* The kinds of leaves, by the byte behind them; a phrase stands in quotation marks. */
static const struct {
    char mark;
    enum pm_node_kind kind;
} marks[] = {
    {'*', PM_NODE_PREFIX}, {'~', PM_NODE_FUZZY}, {'=', PM_NODE_EXACT}, {'@', PM_NODE_DATE}};

/* Reads one clause, such as `+title:"a b"^2`, which ends at `end`. */
static struct pm_node *read_clause(const char *query, const char *at, const char *end)
{
    struct pm_node *node = branch(PM_NODE_WORD, NULL, NULL);
    node->at = (size_t)(at - query);
    node->end = (size_t)(end - query);
    if (*at == '+' || *at == '-')
        node->occur = *at++ == '+' ? PM_MUST : PM_MUST_NOT;
    const char *colon = memchr(at, ':', (size_t)(end - at));
    if (colon) {
        node->field = (enum pm_field)pm_schema_find(at, (size_t)(colon - at));
        node->named = true;
        at = colon + 1;
    }
    if (end - at > 2 && end[-2] == '^') {
        node->boost = end[-1] - '0';
        end -= 2;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (end[-1] == marks[i].mark) {
            node->kind = marks[i].kind;
            end--;
            break;
        }
    if (*at == '"') {
        node->kind = PM_NODE_PHRASE;
        at++;
        end--;
    }
    node->text = at;
    node->len = (size_t)(end - at);
    return node;
}

/* A list of the clauses of `query`, which spaces part. */
static struct pm_node *read_list(const char *query)
{
    struct pm_node *list = branch(PM_NODE_LIST, NULL, NULL), **last = &list->child;
    for (const char *at = query; *at;) {
        const char *end = at;
        for (bool quoted = false; *end && (quoted || *end != ' '); end++)
            quoted ^= *end == '"';
        *last = read_clause(query, at, end);
        last = &(*last)->next;
        at = end + (*end == ' ');
    }
    return list;
}

/* Shows leaves as read_clause() reads them, ORs as (a|b), other branches as {a b}. */
static void show(struct pm_buf *out, const struct pm_node *node)
{
    pm_buf_adds(out, node->occur == PM_MUST ? "+" : node->occur == PM_MUST_NOT ? "-" : "");
    if (node->child) {
        bool any = node->kind == PM_NODE_OR;
        pm_buf_adds(out, any ? "(" : "{");
        for (const struct pm_node *child = node->child; child; child = child->next) {
            show(out, child);
            pm_buf_adds(out, !child->next ? (any ? ")" : "}") : any ? "|" : " ");
        }
    } else {
        const char *quote = node->kind == PM_NODE_PHRASE ? "\"" : "";
        if (node->named)
            pm_buf_addf(out, "%s:", pm_schema[node->field].name);
        pm_buf_adds(out, quote);
        pm_buf_add(out, node->text, node->len);
        pm_buf_adds(out, quote);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (marks[i].kind == node->kind)
                pm_buf_addc(out, marks[i].mark);
    }
    if (node->boost > 1)
        pm_buf_addf(out, "^%.0f", node->boost);
}

static int apply_differs(const char *file, struct pm_node *tree, const char *shown)
{
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    struct pm_synonyms *synonyms = open_bytes(file, strlen(file), &err);
    int rc = synonyms ? pm_synonyms_apply(synonyms, tree, &err) : -1;
    pm_synonyms_close(synonyms); /* the tree does not need them any more */
    show(&out, tree);
    int wrong = rc || strcmp(pm_buf_str(&out), shown);
    if (wrong)
        print_error("gave '%s' (%s), not '%s'\n", pm_buf_str(&out), err.message, shown);
    pm_buf_release(&out);
    pm_query_free(tree);
    return wrong;
}

struct row {
    const char *file, *query, *shown; /* a list, shown without its braces */
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char shown[500];
        snprintf(shown, sizeof shown, "{%s}", rows[i].shown);
        wrong += apply_differs(rows[i].file, read_list(rows[i].query), shown);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(rows, sizeof rows / sizeof *rows);                                                   \
    } while (0)

static void replaces_a_word_by_any_of_its_group(void **state)
{
    CHECK({"grain, wheat,corn", "wheat price", "(wheat|grain|corn) price"},
          {"a,b", "a b", "(a|b) (b|a)"}, {"a,b", "c", "c"}, {"", "a", "a"}, {"# a,b\n", "a", "a"},
          {"\xEF\xBB\xBF"
           "a , b\r\n\r\n c,\td e\r\n",
           "b c", "(b|a) (c|\"d e\")"},
          {"a,,b,\n", "a", "(a|b)"});
}

static void lets_case_and_punctuation_aside(void **state)
{
    CHECK(
        {"Wheat, grain", "WHEAT", "(WHEAT|grain)"}, {"straße,road", "STRASSE", "(STRASSE|road)"},
        {"Été,summer", "ÉTÉ", "(ÉTÉ|summer)"}, {"été,summer", "ete", "ete"},
        {"wheat,grain", "wheat, “wheat” 'wheat'", "(wheat,|grain) (“wheat”|grain) ('wheat'|grain)"},
        {"don’t,never", "Don't", "(Don't|never)"},
        {"covid-19,corona", "COVID-19?", "(COVID-19?|corona)"},
        {"US,U.S.,America", "america", "(america|US|U.S.)"}, {"don't,never", "don t", "don t"},
        {"dont,x", "don't", "don't"}, {"5,five", "#5", "(#5|five)"}, {"x,y", "'x'#", "('x'#|y)"},
        {"東京,Tokyo", "東京", "(東京|Tokyo)"}, {"o'brien's,x", "o'brien's'", "(o'brien's'|x)"},
        {"C++,cpp\nC#,csharp", "C c++ C#", "C (c++|cpp) (C#|csharp)"});
}

static void makes_a_phrase_of_several_words(void **state)
{
    CHECK({"embargo, export ban", "embargo", "(embargo|\"export ban\")"},
          {"embargo, Export  Ban", "\"export ban\"", "(\"export ban\"|embargo)"},
          {"embargo, export ban", "\" export\tban!\"", "(\" export\tban!\"|embargo)"},
          {"embargo, export ban", "\"embargo\"", "(\"embargo\"|\"export ban\")"},
          {"embargo, export ban", "\"the export ban\" exports", "\"the export ban\" exports"});
}

static void knows_all_groups_of_a_word_but_none_of_its_synonyms(void **state)
{
    CHECK({"a,b\nc,a\nb,d", "a", "(a|b|c)"}, {"a,b,c\nB,a,e", "a", "(a|b|c|e)"},
          {"a,A,b,B", "a b", "(a|b) (b|a)"}, {"a,A", "a a", "a a"});
}

static void keeps_field_sign_and_boost(void **state)
{
    CHECK({"a,b c", "+a", "+(a|\"b c\")"}, {"a,b c", "-a", "-(a|\"b c\")"},
          {"a,b c", "title:a", "(title:a|title:\"b c\")"}, {"a,b c", "a^3", "(a|\"b c\")^3"},
          {"a,b c", "+tag:\"b c\"^2", "+(tag:\"b c\"|tag:a)^2"});
}

static void adds_to_a_list_behind_a_run_of_words(void **state)
{
    CHECK({"export ban, embargo, blockade", "grain export ban price",
           "grain export ban embargo blockade price"},
          {"export ban,embargo", "Export Ban", "Export Ban embargo"},
          {"export ban,trade stop", "export ban", "export ban \"trade stop\""},
          {"Johnson & Johnson,JNJ", "johnson & johnson & sons", "johnson & johnson JNJ & sons"},
          {"export ban,embargo", "export & bans & ban export", "export & bans & ban export"},
          {"export ban,embargo", "export-ban", "(export-ban|embargo)"});
}

static void takes_the_longest_run_and_leaves_its_words(void **state)
{
    CHECK({"new york,ny\nnew york times,nyt\nyork,ebor", "new york times york",
           "new york times nyt (york|ebor)"},
          {"new york,ny\nnew york times,nyt\nyork,ebor", "new york time", "new york ny time"},
          {"new york,ny\nnew york times book review,nytbr", "new york times book",
           "new york ny times book"},
          {"a b,x\nx,y", "a b", "a b x"}, {"a b,x", "a b a b", "a b x a b x"},
          {"a b,x", "a a b", "a a b x"}, {"a,z\na b,x", "a a b", "(a|z) a b x"});
}

static void makes_no_run_of_words_with_a_sign_a_field_or_a_boost(void **state)
{
    CHECK({"a b,x", "+a b", "+a b"}, {"a b,x", "a -b", "a -b"}, {"a b,x", "a title:b", "a title:b"},
          {"a b,x", "title:a title:b", "title:a title:b"}, {"a b,x", "a b^2", "a b^2"},
          {"a b,x", "a \"b\"", "a \"b\""}, {"a b,x", "a b*", "a b*"});
}

static void leaves_alone_what_is_meant_as_it_stands(void **state)
{
    CHECK({"a,b", "a* a~ a= id:a language:a", "a* a~ a= id:a language:a"},
          {"2024,b", "2024@", "2024@"});
}

static void goes_into_all_branches_but_near(void **state)
{
    (void)state;
    struct pm_node *not = branch(PM_NODE_NOT, read_list("a d"), NULL);
    struct pm_node *any = branch(PM_NODE_OR, read_list("a"), read_list("b c"));
    assert_int_equal(apply_differs("a,b c", branch(PM_NODE_AND, any, not ),
                                   "{({(a|\"b c\")}|{b c a}) {{(a|\"b c\") d}}}"),
                     0);
    struct pm_node *word = read_clause("a", "a", "a" + 1);
    struct pm_node *near = branch(PM_NODE_NEAR, word, read_list("a"));
    assert_int_equal(apply_differs("a,b", branch(PM_NODE_LIST, near, NULL), "{{a {a}}}"), 0);
}

static void goes_with_the_trees_of_queries(void **state)
{
    (void)state;
    static const char file[] = "embargo,export ban\nb,c\n";
    static const char query[] = "+title:embargo^2 export ban tag:(b d) =b";
    struct pm_error err = {0};
    struct pm_query_options options = {0};
    struct pm_buf out = PM_BUF_INIT;
    struct pm_synonyms *synonyms = open_bytes(file, sizeof file - 1, &err);
    struct pm_node *tree = pm_query_parse(query, sizeof query - 1, &options, &err);
    assert_non_null(tree);
    assert_int_equal(pm_synonyms_apply(synonyms, tree, &err), 0);
    pm_query_print(tree, &out);
    assert_string_equal(
        pm_buf_str(&out),
        "(list (must (boost 2 (or (field title (word \"embargo\")) (field title (phrase \"export "
        "ban\"))))) (word \"export\") (word \"ban\") (word \"embargo\") (list (or (field tag (word "
        "\"b\")) (field tag (word \"c\"))) (field tag (word \"d\"))) (exact \"b\"))");
    pm_buf_release(&out);
    pm_query_free(tree);
    pm_synonyms_close(synonyms);
}

static void may_be_applied_one_file_after_another(void **state)
{
    (void)state;
    static const char *const files[] = {"a,b", "b,c", "c,d"};
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    struct pm_node *tree = read_list("a");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct pm_synonyms *synonyms = open_bytes(files[i], strlen(files[i]), &err);
        assert_int_equal(pm_synonyms_apply(synonyms, tree, &err), 0);
        pm_synonyms_close(synonyms);
    }
    show(&out, tree);
    assert_string_equal(pm_buf_str(&out), "{(a|(b|(c|d)))}");
    pm_buf_release(&out);
    pm_query_free(tree);
}

static void gives_what_it_adds_the_place_of_the_clause(void **state)
{
    (void)state;
    static const char file[] = "cc,dd\na b,x y\n";
    struct pm_error err = {0};
    struct pm_synonyms *synonyms = open_bytes(file, sizeof file - 1, &err);
    struct pm_node *tree = read_list("+cc a b e");
    assert_int_equal(pm_synonyms_apply(synonyms, tree, &err), 0);
    pm_synonyms_close(synonyms);
    const struct pm_node *any = tree->child;
    assert_int_equal(any->kind, PM_NODE_OR);
    assert_int_equal(any->at, 0);
    assert_int_equal(any->end, 3);
    for (const struct pm_node *node = any->child; node; node = node->next) {
        assert_int_equal(node->at, 0);
        assert_int_equal(node->end, 3);
    }
    assert_null(any->own);
    assert_null(any->child->own);
    assert_ptr_equal(any->child->next->own, any->child->next->text);
    const struct pm_node *added = any->next->next->next;
    assert_string_equal(added->own, "x y");
    assert_int_equal(added->kind, PM_NODE_PHRASE);
    assert_int_equal(added->at, 4);
    assert_int_equal(added->end, 7);
    assert_true(added->boost == 1);
    pm_query_free(tree);
}

static void refuses_to_add_more_than_10000_words(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf file = PM_BUF_INIT;
    for (int i = 0; i < 5001; i++)
        pm_buf_addf(&file, "w%d,", i);
    struct pm_synonyms *synonyms = open_bytes(file.data, file.len, &err);
    assert_non_null(synonyms);
    struct pm_node *tree = read_list("w1 w2");
    assert_int_equal(pm_synonyms_apply(synonyms, tree, &err), 0);
    pm_query_free(tree);
    tree = read_list("w1 w2 b w3");
    assert_int_equal(pm_synonyms_apply(synonyms, tree, &err), -1);
    assert_int_equal(err.code, PM_ERR_QUERY);
    assert_int_equal(err.offset, 8);
    pm_query_free(tree);
    pm_synonyms_close(synonyms);
    pm_buf_release(&file);
}

static void names_file_and_line_of_what_is_no_group(void **state)
{
    (void)state;
#define NO_GROUP "no group: it needs two or more members between commas"
    static const struct {
        const char *text;
        size_t line;
        const char *what;
    } rows[] = {
        {"a", 1, NO_GROUP},
        {"a,b\n\nc d\n", 3, NO_GROUP},
        {"# a list\na,\n", 2, NO_GROUP},
        {",", 1, NO_GROUP},
        {"a,b\r\nc,\xff\r\n", 2, "not UTF-8"},
        {"a,--\n", 1, "a member without letters and digits"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        char message[200];
        assert_null(open_bytes(rows[i].text, strlen(rows[i].text), &err));
        assert_int_equal(err.code, PM_ERR_SYNTAX);
        snprintf(message, sizeof message, "%s:%zu: %s", path, rows[i].line, rows[i].what);
        assert_string_equal(err.message, message);
    }
}

static void tells_why_a_file_cannot_be_read(void **state)
{
    (void)state;
    struct pm_error err = {0};
    assert_null(pm_synonyms_open("/nowhere/synonyms", &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    assert_string_equal(err.message, "cannot open '/nowhere/synonyms': No such file or directory");
    pm_synonyms_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replaces_a_word_by_any_of_its_group),
        cmocka_unit_test(lets_case_and_punctuation_aside),
        cmocka_unit_test(makes_a_phrase_of_several_words),
        cmocka_unit_test(knows_all_groups_of_a_word_but_none_of_its_synonyms),
        cmocka_unit_test(keeps_field_sign_and_boost),
        cmocka_unit_test(adds_to_a_list_behind_a_run_of_words),
        cmocka_unit_test(takes_the_longest_run_and_leaves_its_words),
        cmocka_unit_test(makes_no_run_of_words_with_a_sign_a_field_or_a_boost),
        cmocka_unit_test(leaves_alone_what_is_meant_as_it_stands),
        cmocka_unit_test(goes_into_all_branches_but_near),
        cmocka_unit_test(goes_with_the_trees_of_queries),
        cmocka_unit_test(may_be_applied_one_file_after_another),
        cmocka_unit_test(gives_what_it_adds_the_place_of_the_clause),
        cmocka_unit_test(refuses_to_add_more_than_10000_words),
        cmocka_unit_test(names_file_and_line_of_what_is_no_group),
        cmocka_unit_test(tells_why_a_file_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
