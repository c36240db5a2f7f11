#include "query.h"

#include <stdlib.h>

#include "query_leaf.h"
#include "query_lex.h"

struct parser {
    struct pm_query_lex lex;
    struct pm_query_token next; /* what stands at lex.at */
    const struct pm_query_options *options;
    unsigned depth; /* of brackets */
};

/* ---- nodes ---- */

static struct pm_node *fail_at(struct parser *parser, size_t at, const char *what)
{
    pm_query_lex_fail(&parser->lex, at, "%s", what);
    return NULL;
}

/* A branch whose first child is `first`, which it owns from here on, even on failure. */
static struct pm_node *new_branch(struct parser *parser, enum pm_node_kind kind,
                                  struct pm_node *first)
{
    struct pm_node *node = first ? pm_node_new(kind, parser->lex.err) : NULL;
    if (!node) {
        pm_query_free(first);
        return NULL;
    }
    node->child = first;
    node->at = first->at;
    node->end = first->end;
    return node;
}

/* Adds a child to `parent` behind its last; false if there is none. */
static bool add_child(struct pm_node *parent, struct pm_node **last, struct pm_node *child)
{
    if (!child)
        return false;
    (*last)->next = child;
    *last = child;
    parent->end = child->end;
    return true;
}

/*
 * What a list is as an operand or in brackets: where it has but one clause, that, and behind a
 * minus its NOT.
 */
static struct pm_node *operand(struct pm_node *node)
{
    if (!node || node->kind != PM_NODE_LIST || node->child->next)
        return node;
    struct pm_node *only = node->child;
    enum pm_occur occur = only->occur;
    only->occur = PM_SHOULD;
    if (occur == PM_MUST_NOT) {
        node->kind = PM_NODE_NOT;
        return node;
    }
    free(node);
    return only;
}

/* ---- tokens ---- */

static int look(struct parser *parser)
{
    return pm_query_lex_look(&parser->lex, &parser->next);
}

/* Fails because the operator, as it was typed, has no clause on one side. */
static int fail_lacking(struct parser *parser, const struct pm_query_token *token, const char *side)
{
    const char *name = parser->lex.text + token->at;
    int len = token->mark == PM_QUERY_NEAR ? 4 : (int)(token->end - token->at);
    return pm_query_lex_fail(&parser->lex, token->at, "%.*s has nothing to work on %s it", len,
                             name, side);
}

/* Fails because what stands next can only stand behind a clause. */
static struct pm_node *fail_next(struct parser *parser)
{
    const struct pm_query_token *token = &parser->next;
    if (token->mark == PM_QUERY_CLOSE)
        return fail_at(parser, token->at, "this bracket has no partner");
    fail_lacking(parser, token, "before");
    return NULL;
}

/* Passes over the operator that comes next; a clause must follow, or a NOT where that may. */
static int take_operator(struct parser *parser)
{
    struct pm_query_token token = parser->next;
    parser->lex.at = token.end;
    if (look(parser))
        return -1;
    bool negatable = token.mark == PM_QUERY_AND || token.mark == PM_QUERY_OR;
    if (parser->next.mark == PM_QUERY_CLAUSE || (parser->next.mark == PM_QUERY_NOT && negatable))
        return 0;
    return fail_lacking(parser, &token, "behind");
}

/* ---- atoms ---- */

static struct pm_node *read_or(struct parser *parser, struct pm_query_scope scope);

static struct pm_node *read_bracket(struct parser *parser, struct pm_query_scope scope)
{
    size_t open = parser->lex.at++;
    if (parser->depth == PM_QUERY_DEPTH)
        return fail_at(parser, open, "there are more than 64 brackets in one another");
    if (look(parser))
        return NULL;
    if (parser->next.mark == PM_QUERY_CLOSE)
        return fail_at(parser, open, "nothing stands between these brackets");
    if (parser->next.mark == PM_QUERY_END)
        return fail_at(parser, open, "this bracket has no partner");
    parser->depth++;
    struct pm_node *node = read_or(parser, scope);
    parser->depth--;
    if (node && parser->next.mark != PM_QUERY_CLOSE) {
        pm_query_free(node);
        return fail_at(parser, open, "this bracket has no partner");
    }
    parser->lex.at = parser->next.end;
    return operand(node);
}

/* Reads `name:` into *scope. */
static int read_field(struct parser *parser, struct pm_query_scope *scope)
{
    int field;
    char sign = 0;
    if (pm_query_lex_field(&parser->lex, &field))
        return -1;
    if (field < 0)
        return 0;
    *scope = (struct pm_query_scope){(enum pm_field)field, true};
    /* An id may begin with a hyphen, and a bad date tells more than this would. */
    size_t at = parser->lex.at;
    if (pm_schema[field].flags & PM_FIELD_WORDS && pm_query_lex_sign(&parser->lex, &sign))
        return -1;
    return sign ? pm_query_lex_fail(&parser->lex, at, "a sign stands before the field's name") : 0;
}

static int read_boost(struct parser *parser, struct pm_node *node, struct pm_query_scope scope)
{
    size_t at = parser->lex.at;
    double boost;
    if (pm_query_lex_boost(&parser->lex, &boost))
        return -1;
    if (boost > 0 && (node->kind == PM_NODE_DATE || scope.field == PM_FIELD_DATE))
        return pm_query_lex_fail(&parser->lex, at, "a date has no score: leave ^ out");
    if (boost > 0)
        node->boost *= boost;
    return 0;
}

static struct pm_node *read_atom(struct parser *parser, struct pm_query_scope scope)
{
    size_t at = parser->lex.at;
    if (read_field(parser, &scope))
        return NULL;
    bool bracket = parser->lex.at < parser->lex.len && parser->lex.text[parser->lex.at] == '(';
    struct pm_node *node = bracket ? read_bracket(parser, scope)
                                   : pm_query_leaf_read(&parser->lex, scope, parser->options->now);
    if (!node || read_boost(parser, node, scope)) {
        pm_query_free(node);
        return NULL;
    }
    node->at = at;
    node->end = parser->lex.at;
    if (!look(parser))
        return node;
    pm_query_free(node);
    return NULL;
}

/* ---- what joins them ---- */

/* Checks that NEAR can measure from `node`, all of it in *field, which is -1 at first. */
static int check_near(struct parser *parser, const struct pm_node *node, int *field)
{
    switch (node->kind) {
    case PM_NODE_WORD:
    case PM_NODE_PHRASE:
    case PM_NODE_PREFIX:
    case PM_NODE_FUZZY:
        if (!(pm_schema[node->field].flags & PM_FIELD_WORDS))
            return pm_query_lex_fail(&parser->lex, node->at, "NEAR goes with fields of words only");
        if (*field >= 0 && *field != (int)node->field)
            return pm_query_lex_fail(&parser->lex, node->at,
                                     "all that NEAR joins must be in one field, as in "
                                     "title:(one NEAR two)");
        *field = (int)node->field;
        return 0;
    case PM_NODE_OR:
    case PM_NODE_NEAR:
        for (const struct pm_node *child = node->child; child; child = child->next)
            if (check_near(parser, child, field))
                return -1;
        return 0;
    default:
        return pm_query_lex_fail(&parser->lex, node->at,
                                 "NEAR joins words, phrases, word*, word~ and brackets with OR or "
                                 "NEAR between these, nothing else");
    }
}

/* What stands behind a NEAR. */
static struct pm_node *read_near_atom(struct parser *parser, struct pm_query_scope scope)
{
    size_t at = parser->lex.at;
    char sign;
    if (pm_query_lex_sign(&parser->lex, &sign))
        return NULL;
    return sign ? fail_at(parser, at, "a sign stands before all that NEAR joins")
                : read_atom(parser, scope);
}

static struct pm_node *read_near(struct parser *parser, struct pm_query_scope scope)
{
    struct pm_node *node = read_atom(parser, scope), *last = node;
    int field = -1;
    if (!node || parser->next.mark != PM_QUERY_NEAR)
        return node;
    uint32_t distance = parser->next.distance;
    if (check_near(parser, node, &field)) {
        pm_query_free(node);
        return NULL;
    }
    node = new_branch(parser, PM_NODE_NEAR, node);
    while (node && parser->next.mark == PM_QUERY_NEAR) {
        if (parser->next.distance != distance)
            pm_query_lex_fail(&parser->lex, parser->next.at,
                              "a row of NEAR has one distance: put brackets around one of them");
        else if (!take_operator(parser) && add_child(node, &last, read_near_atom(parser, scope)) &&
                 !check_near(parser, last, &field))
            continue;
        pm_query_free(node);
        return NULL;
    }
    if (node)
        node->distance = distance;
    return node;
}

static struct pm_node *read_clause(struct parser *parser, struct pm_query_scope scope)
{
    size_t at = parser->lex.at;
    char sign;
    if (pm_query_lex_sign(&parser->lex, &sign))
        return NULL;
    struct pm_node *node = read_near(parser, scope);
    if (node) {
        node->occur = sign == '+' ? PM_MUST : sign == '-' ? PM_MUST_NOT : PM_SHOULD;
        node->at = at;
    }
    return node;
}

static struct pm_node *read_list(struct parser *parser, struct pm_query_scope scope)
{
    if (parser->next.mark != PM_QUERY_CLAUSE)
        return fail_next(parser);
    struct pm_node *last = read_clause(parser, scope);
    struct pm_node *list = new_branch(parser, PM_NODE_LIST, last);
    while (list && parser->next.mark == PM_QUERY_CLAUSE)
        if (!add_child(list, &last, read_clause(parser, scope))) {
            pm_query_free(list);
            return NULL;
        }
    return list;
}

static struct pm_node *read_not(struct parser *parser, struct pm_query_scope scope)
{
    size_t at = parser->next.at;
    if (parser->next.mark != PM_QUERY_NOT)
        return read_list(parser, scope);
    if (take_operator(parser))
        return NULL;
    struct pm_node *node = new_branch(parser, PM_NODE_NOT, operand(read_list(parser, scope)));
    if (node)
        node->at = at;
    return node;
}

static struct pm_node *read_and(struct parser *parser, struct pm_query_scope scope)
{
    struct pm_node *node = read_not(parser, scope), *last;
    if (!node || (parser->next.mark != PM_QUERY_AND && parser->next.mark != PM_QUERY_NOT))
        return node;
    last = operand(node);
    node = new_branch(parser, PM_NODE_AND, last);
    while (node && (parser->next.mark == PM_QUERY_AND || parser->next.mark == PM_QUERY_NOT)) {
        if ((parser->next.mark == PM_QUERY_AND && take_operator(parser)) ||
            !add_child(node, &last, operand(read_not(parser, scope)))) {
            pm_query_free(node);
            return NULL;
        }
    }
    return node;
}

static struct pm_node *read_or(struct parser *parser, struct pm_query_scope scope)
{
    struct pm_node *node = read_and(parser, scope), *last;
    if (!node || parser->next.mark != PM_QUERY_OR)
        return node;
    last = operand(node);
    node = new_branch(parser, PM_NODE_OR, last);
    while (node && parser->next.mark == PM_QUERY_OR)
        if (take_operator(parser) || !add_child(node, &last, operand(read_and(parser, scope)))) {
            pm_query_free(node);
            return NULL;
        }
    return node;
}

/* ---- the whole ---- */

/* A list of nothing but a bracket is what stands in the bracket. */
static struct pm_node *unwrap(struct pm_node *root)
{
    struct pm_node *only = root->kind == PM_NODE_LIST ? root->child : NULL;
    if (!only || only->next || only->occur != PM_SHOULD || !only->child ||
        only->kind == PM_NODE_NEAR)
        return root;
    free(root);
    return only;
}

struct pm_node *pm_query_parse(const char *text, size_t len, const struct pm_query_options *options,
                               struct pm_error *err)
{
    struct pm_error ignored = {0};
    struct parser parser = {
        .lex = {text, len, 0, err ? err : &ignored},
        .options = options,
    };
    if (len > PM_QUERY_MAX)
        return fail_at(&parser, PM_QUERY_MAX, "the query is longer than 64 KiB");
    if (options->literal)
        return pm_query_leaf_words(&parser.lex);
    if (look(&parser))
        return NULL;
    if (parser.next.mark == PM_QUERY_END)
        return pm_node_new(PM_NODE_LIST, parser.lex.err);
    struct pm_node *root = read_or(&parser, (struct pm_query_scope){0});
    if (root && parser.next.mark != PM_QUERY_END) {
        pm_query_free(root);
        return fail_next(&parser);
    }
    return root ? unwrap(root) : NULL;
}
