#include "query_leaf.h"

#include <string.h>

#include "when.h"

/* A leaf of that piece of the query. */
static struct pm_node *new_leaf(struct pm_query_lex *lex, enum pm_node_kind kind,
                                const struct pm_query_piece *piece, struct pm_query_scope scope)
{
    struct pm_node *node = pm_node_new(kind, lex->err);
    if (!node)
        return NULL;
    node->field = scope.field;
    node->named = scope.named;
    node->distance = piece->distance;
    node->text = lex->text + piece->start;
    node->len = piece->end - piece->start;
    node->at = piece->start;
    node->end = piece->end;
    return node;
}

/* True for A..B of which both ends are dates. */
static bool has_both_ends(const struct pm_node *node, int64_t now)
{
    struct pm_date since, until;
    const char *dots = memmem(node->text, node->len, "..", 2);
    size_t before = dots ? (size_t)(dots - node->text) : 0;
    return before && node->len > before + 2 &&
           pm_when_parse(node->text, before, now, &since, &until) &&
           pm_when_parse(dots + 2, node->len - before - 2, now, &since, &until);
}

static struct pm_node *read_date(struct pm_query_lex *lex, struct pm_query_scope scope, int64_t now)
{
    struct pm_query_piece piece;
    if (pm_query_lex_date(lex, &piece))
        return NULL;
    struct pm_node *node = new_leaf(lex, PM_NODE_DATE, &piece, scope);
    if (!node || pm_when_parse_range(node->text, node->len, now, &node->since, &node->until))
        return node;
    bool reversed = has_both_ends(node, now);
    pm_query_free(node);
    if (reversed)
        pm_query_lex_fail(lex, piece.start, "this range ends before it begins");
    else
        pm_query_lex_fail(lex, piece.start,
                          "this is no date like 2024, 2024-05 or 2024-05-19, no range like "
                          "2024-05..2024-08, and no time like today, last-week or 30d");
    return NULL;
}

struct pm_node *pm_query_leaf_read(struct pm_query_lex *lex, struct pm_query_scope scope,
                                   int64_t now)
{
    if (scope.field == PM_FIELD_DATE)
        return read_date(lex, scope, now);
    static const enum pm_node_kind kinds[] = {
        [PM_QUERY_WORD] = PM_NODE_WORD,   [PM_QUERY_PHRASE] = PM_NODE_PHRASE,
        [PM_QUERY_EXACT] = PM_NODE_EXACT, [PM_QUERY_PREFIX] = PM_NODE_PREFIX,
        [PM_QUERY_FUZZY] = PM_NODE_FUZZY,
    };
    struct pm_query_piece piece;
    return pm_query_lex_piece(lex, &piece) ? NULL : new_leaf(lex, kinds[piece.form], &piece, scope);
}

struct pm_node *pm_query_leaf_words(struct pm_query_lex *lex)
{
    struct pm_node *list = pm_node_new(PM_NODE_LIST, lex->err), *last = NULL;
    while (list) {
        size_t space;
        while ((space = pm_query_lex_space(lex, lex->at)))
            lex->at += space;
        if (lex->at >= lex->len)
            break;
        struct pm_query_piece piece = {.start = lex->at};
        while (lex->at < lex->len && !pm_query_lex_space(lex, lex->at))
            lex->at++;
        piece.end = lex->at;
        struct pm_node *leaf = new_leaf(lex, PM_NODE_WORD, &piece, (struct pm_query_scope){0});
        if (!leaf) {
            pm_query_free(list);
            return NULL;
        }
        *(last ? &last->next : &list->child) = leaf;
        last = leaf;
    }
    if (list)
        list->end = lex->len;
    return list;
}
