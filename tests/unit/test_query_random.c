#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "query.h"
#include "utf8.h"

#define ROUNDS 20000

/* A bracket opens at most an OR of an AND of a NOT of a list of a NEAR of the next one. */
#define DEPTH_MAX (6 * (PM_QUERY_DEPTH + 1))

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* ---- queries ---- */

static const char *const tokens[] = {
    "a",        "word",     "title",   ":",      "\"",    "“",        "”",      "+",     "-",
    " ",        "/",        "\n",      "lang:",  "é",     "AND",      " OR ",   "NOT ",  "NEAR",
    "/5",       " NEAR/3 ", "(",       ")",      "^2",    "^",        "~",      "~2",    "*",
    "=",        "id:",      "\"a b\"", "title:", "date:", "2024",     "..",     "today", "abc*",
    "word~",    "=x",       "(a)",     " AND ",  "U.S.",  "\xc2\xa0", "text:(", "កម្ពុ",   "xyz:",
    "http://x", "(a OR",    "b)",      " || ",   "&&",    "!",        "\\",     "\x1b",
};

/* Clauses and operators that mostly fit, so that large trees come out too. */
static const char *const clauses[] = {
    "a",  "\"a b\"",   "nav*",     "word~2",        "=x",    "title:y",    "date:2024", "-b",
    "+c", "\"a b\"~3", "(a OR b)", "title:(a b)^2", "d^0.5", "(e NEAR f)", "(-g)"};
static const char *const joints[] = {" ", " ", " AND ", " OR ", " NOT ", " NEAR ", " (", ") "};

#define PICK(seed, table) (table)[random_below(seed, sizeof(table) / sizeof *(table))]

static void add_character(struct pm_buf *query, uint32_t *seed)
{
    static const uint32_t below[] = {0x80, 0x800, 0xd800, 0x10000};
    uint32_t c = random_below(seed, PICK(seed, below));
    if (c < 0x80) {
        pm_buf_addc(query, (char)c);
    } else if (c < 0x800) {
        pm_buf_addc(query, (char)(0xc0 | c >> 6));
        pm_buf_addc(query, (char)(0x80 | (c & 0x3f)));
    } else if (c < 0xd800) {
        pm_buf_addc(query, (char)(0xe0 | c >> 12));
        pm_buf_addc(query, (char)(0x80 | (c >> 6 & 0x3f)));
        pm_buf_addc(query, (char)(0x80 | (c & 0x3f)));
    } else {
        pm_buf_adds(query, "\xf0\x9f\x98\x80");
    }
}

static void make_query(struct pm_buf *query, int round, uint32_t *seed)
{
    for (uint32_t n = random_below(seed, round % 16 ? 20 : 200); n; n--)
        switch (round % 4) {
        case 0:
            add_character(query, seed);
            break;
        case 1:
            pm_buf_adds(query, PICK(seed, clauses));
            pm_buf_adds(query, PICK(seed, joints));
            break;
        case 2:
            if (random_below(seed, 5) == 0)
                add_character(query, seed);
            /* fall through */
        default:
            pm_buf_adds(query, PICK(seed, tokens));
        }
    /* Half of those of clauses end in one, or all of them would break. */
    if (round % 4 == 1)
        pm_buf_adds(query, "z");
}

/* ---- trees ---- */

static bool is_leaf(const struct pm_node *node)
{
    return node->kind >= PM_NODE_WORD;
}

static void check_leaf(const struct pm_node *node, const char *query, size_t len)
{
    assert_null(node->child);
    assert_true(node->len > 0);
    assert_true(node->text >= query + node->at && node->text + node->len <= query + node->end);
    assert_true(node->end <= len);
    assert_true((int)node->field >= 0 && node->field < PM_FIELDS);
    assert_true(node->kind == PM_NODE_DATE ? node->field == PM_FIELD_DATE
                                           : node->field != PM_FIELD_DATE);
    assert_true(node->kind != PM_NODE_FUZZY || node->distance == 1 || node->distance == 2);
}

static void check_tree(const struct pm_node *node, const char *query, size_t len, int depth)
{
    size_t last = node->at;
    assert_true(depth <= DEPTH_MAX);
    assert_true(node->boost > 0);
    if (is_leaf(node)) {
        check_leaf(node, query, len);
        return;
    }
    assert_true(node->end <= len && (node->at < node->end || depth == 0));
    assert_true(node->child || depth == 0);
    assert_true(node->kind != PM_NODE_NOT || (node->child && !node->child->next));
    for (const struct pm_node *child = node->child; child; child = child->next) {
        assert_true(child->at >= last && child->end <= node->end);
        assert_true(child->occur == PM_SHOULD || node->kind == PM_NODE_LIST);
        assert_true(child->kind != PM_NODE_LIST || child->child->next);
        check_tree(child, query, len, depth + 1);
        last = child->end;
    }
}

static void check_printed(const struct pm_node *tree)
{
    struct pm_buf out = PM_BUF_INIT;
    pm_query_print(tree, &out);
    int open = 0;
    bool quoted = false;
    assert_true(out.len > 0 && pm_utf8_valid(out.data, out.len));
    for (size_t i = 0; i < out.len; i++) {
        char c = out.data[i];
        assert_true((unsigned char)c >= ' ' && c != 0x7f);
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted)
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        assert_true(open > 0 || i + 1 == out.len);
    }
    assert_true(open == 0 && !quoted);
    pm_buf_release(&out);
}

/* 1 for a tree. */
static int check_query(const struct pm_buf *query, bool literal)
{
    struct pm_error err = {0};
    struct pm_query_options options = {.literal = literal, .now = 1716120000};
    /* Exactly as long as it is, so that reading beyond the end is noticed. */
    char *exact = malloc(query->len + 1);
    assert_non_null(exact);
    char *text = exact + 1;
    memcpy(text, pm_buf_str(query), query->len);
    assert_true(pm_utf8_valid(text, query->len));
    struct pm_node *tree = pm_query_parse(text, query->len, &options, &err);
    if (tree) {
        assert_int_equal(err.code, PM_OK);
        assert_true(tree->kind <= PM_NODE_NOT && tree->occur == PM_SHOULD);
        check_tree(tree, text, query->len, 0);
        check_printed(tree);
    } else {
        assert_false(literal);
        assert_int_equal(err.code, PM_ERR_QUERY);
        assert_true(err.offset <= query->len && err.message[0]);
    }
    pm_query_free(tree);
    free(exact);
    return tree != NULL;
}

static void makes_a_sound_tree_or_a_message_of_any_query(void **state)
{
    (void)state;
    uint32_t seed = 17;
    int trees = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct pm_buf query = PM_BUF_INIT;
        make_query(&query, round, &seed);
        trees += check_query(&query, false);
        check_query(&query, true);
        pm_buf_release(&query);
    }
    /* Enough of both, or the generator tests nothing. */
    assert_in_range(trees, ROUNDS / 5, ROUNDS - ROUNDS / 5);
}

static void keeps_deep_chains_shallow(void **state)
{
    (void)state;
    static const char *const links[] = {
        "NOT ", "a NOT ",   "a AND NOT ", "a AND ",  "a OR ", "a NEAR ", "a NEAR/3 b NEAR/4 ",
        "(",    "-(a AND ", "NOT (",      "title:(", "+",     "=",       "\"a\"",
        "a^2 "};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct pm_buf query = PM_BUF_INIT;
        while (query.len + 32 < PM_QUERY_MAX)
            pm_buf_adds(&query, links[i]);
        pm_buf_adds(&query, "x");
        check_query(&query, false);
        pm_buf_release(&query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_a_sound_tree_or_a_message_of_any_query),
        cmocka_unit_test(keeps_deep_chains_shallow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
