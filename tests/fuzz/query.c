/*
 * Any bytes as a query: a sound tree comes out of it, or a message with a place in the query.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "fuzz.h"
#include "query.h"
#include "utf8.h"

static void check_tree(const struct pm_node *node, const struct pm_buf *query)
{
    bool leaf = node->kind >= PM_NODE_WORD;
    FUZZ_CHECK(node->at <= node->end && node->end <= query->len);
    FUZZ_CHECK(node->boost > 0);
    FUZZ_CHECK(!leaf || (node->len && node->text >= query->data + node->at &&
                         node->text + node->len <= query->data + node->end));
    FUZZ_CHECK(!leaf || pm_utf8_valid(node->text, node->len));
    for (const struct pm_node *child = node->child; child; child = child->next) {
        FUZZ_CHECK(!leaf && child->at >= node->at && child->end <= node->end);
        FUZZ_CHECK(!child->next || child->end <= child->next->at);
        check_tree(child, query);
    }
}

static void check(const struct pm_buf *query, bool literal)
{
    const struct pm_query_options options = {.literal = literal, .now = 1716120000};
    struct pm_error err = {0};
    struct pm_buf shown = PM_BUF_INIT;
    struct pm_node *tree = pm_query_parse(query->data, query->len, &options, &err);
    if (tree) {
        check_tree(tree, query);
        pm_query_print(tree, &shown);
        FUZZ_CHECK(shown.len && pm_utf8_valid(shown.data, shown.len));
    } else {
        FUZZ_CHECK(err.code == PM_ERR_QUERY && err.message[0] && err.offset <= query->len);
        FUZZ_CHECK(!literal || query->len > PM_QUERY_MAX);
    }
    pm_buf_release(&shown);
    pm_query_free(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct pm_buf query = PM_BUF_INIT;
    pm_utf8_clean(&query, (const char *)data, len);
    /* Exactly as long as it is, so that reading beyond the end is noticed. */
    char *exact = malloc(query.len + 1);
    FUZZ_CHECK(exact);
    char *text = exact + 1;
    memcpy(text, pm_buf_str(&query), query.len);
    const struct pm_buf tight = {.data = text, .len = query.len};
    check(&tight, false);
    check(&tight, true);
    free(exact);
    pm_buf_release(&query);
    return 0;
}
