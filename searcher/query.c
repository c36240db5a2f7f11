#include "query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    const char *text;
    size_t len, at;
    bool literal;
    struct pm_error *err;
};

void pm_query_free(struct pm_node *node)
{
    while (node) {
        struct pm_node *next = node->next;
        pm_query_free(node->child);
        free(node);
        node = next;
    }
}

static struct pm_node *fail_at(struct parser *parser, size_t at, const char *what)
{
    if (!parser->err->code)
        parser->err->offset = at;
    pm_fail(parser->err, PM_ERR_QUERY, "%s", what);
    return NULL;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Straight and curly quotation marks, German and French ones, full-width ones. */
static const char *const quotes[] = {"\"",           "\xe2\x80\x9c", "\xe2\x80\x9d",
                                     "\xe2\x80\x9e", "\xe2\x80\x9f", "\xc2\xab",
                                     "\xc2\xbb",     "\xef\xbc\x82"};

/* The bytes of a quotation mark, opening or closing, at `at`, or 0. */
static size_t quote_at(const struct parser *parser, size_t at)
{
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t len = strlen(quotes[i]);
        if (parser->len - at >= len && !memcmp(parser->text + at, quotes[i], len))
            return len;
    }
    return 0;
}

/* True if a sign at `at` is an operator and not punctuation: a word or a phrase follows. */
static bool signs_a_clause(const struct parser *parser, size_t at)
{
    char sign = parser->text[at];
    unsigned char next = at + 1 < parser->len ? (unsigned char)parser->text[at + 1] : ' ';
    return (sign == '+' || sign == '-') && (isalnum(next) || next == '"' || next >= 0x80);
}

static bool at_end_of_word(const struct parser *parser, size_t at)
{
    return at >= parser->len || is_space(parser->text[at]) ||
           (!parser->literal && quote_at(parser, at));
}

/*
 * Reads `name:` before a clause into *field.  Letters before a colon are no field where
 * space follows ("Examples: ...") unless they name one, nor in "http://".
 */
static int read_field(struct parser *parser, enum pm_field *field)
{
    size_t start = parser->at, end = start;
    while (end < parser->len && isalpha((unsigned char)parser->text[end]))
        end++;
    if (end == start || end >= parser->len || parser->text[end] != ':')
        return 0;
    int found = pm_schema_find(parser->text + start, end - start);
    bool empty = end + 1 >= parser->len || is_space(parser->text[end + 1]);
    if (found < 0) {
        if (empty || parser->text[end + 1] == '/')
            return 0;
        fail_at(parser, start, "there is no such field (there are " PM_SCHEMA_NAMES ")");
        return -1;
    }
    if (empty) {
        fail_at(parser, end, "nothing stands behind the field's colon: leave no space there");
        return -1;
    }
    *field = (enum pm_field)found;
    parser->at = end + 1;
    return 0;
}

static struct pm_node *new_node(struct parser *parser, enum pm_node_kind kind, size_t start,
                                size_t end)
{
    struct pm_node *node = calloc(1, sizeof *node);
    if (!node) {
        pm_fail_nomem(parser->err);
        return NULL;
    }
    node->kind = kind;
    node->text = parser->text + start;
    node->len = end - start;
    return node;
}

static struct pm_node *read_phrase(struct parser *parser)
{
    size_t open = parser->at;
    size_t start = open + quote_at(parser, open), end = start;
    while (end < parser->len && !quote_at(parser, end))
        end++;
    if (end >= parser->len)
        return fail_at(parser, open, "this quotation mark has no partner");
    parser->at = end + quote_at(parser, end);
    return new_node(parser, PM_NODE_PHRASE, start, end);
}

static struct pm_node *read_clause(struct parser *parser)
{
    enum pm_occur occur = PM_SHOULD;
    enum pm_field field = PM_FIELD_TEXT;
    size_t start = parser->at;
    if (!parser->literal) {
        if (signs_a_clause(parser, parser->at)) {
            occur = parser->text[parser->at] == '+' ? PM_MUST : PM_MUST_NOT;
            parser->at++;
        }
        if (read_field(parser, &field))
            return NULL;
    }
    struct pm_node *node;
    if (!parser->literal && quote_at(parser, parser->at)) {
        node = read_phrase(parser);
    } else {
        size_t end = parser->at;
        while (!at_end_of_word(parser, end))
            end++;
        node = new_node(parser, PM_NODE_WORD, parser->at, end);
        parser->at = end;
    }
    if (node) {
        node->occur = occur;
        node->field = field;
        node->at = start;
    }
    return node;
}

struct pm_node *pm_query_parse(const char *text, size_t len, bool literal, struct pm_error *err)
{
    struct pm_error ignored = {0};
    struct parser parser = {text, len, 0, literal, err ? err : &ignored};
    if (len > PM_QUERY_MAX)
        return fail_at(&parser, PM_QUERY_MAX, "the query is longer than 64 KiB");
    struct pm_node *group = new_node(&parser, PM_NODE_GROUP, 0, len);
    struct pm_node **last = group ? &group->child : NULL;
    while (last) {
        while (parser.at < len && is_space(text[parser.at]))
            parser.at++;
        if (parser.at >= len)
            return group;
        *last = read_clause(&parser);
        last = *last ? &(*last)->next : NULL;
    }
    pm_query_free(group);
    return NULL;
}
