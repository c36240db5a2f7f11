#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "query.h"

static const char *const names[] = {
    [PM_NODE_LIST] = "list",     [PM_NODE_AND] = "and",     [PM_NODE_OR] = "or",
    [PM_NODE_NOT] = "not",       [PM_NODE_NEAR] = "near",   [PM_NODE_WORD] = "word",
    [PM_NODE_PHRASE] = "phrase", [PM_NODE_EXACT] = "exact", [PM_NODE_PREFIX] = "prefix",
    [PM_NODE_FUZZY] = "fuzzy",   [PM_NODE_NAME] = "name",   [PM_NODE_DATE] = "date",
};

/* What does not show: controls, marks without width, separators of lines. */
#define INVISIBLE (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)

static void print_character(const char *bytes, size_t len, UChar32 c, struct pm_buf *out)
{
    if (c == '"' || c == '\\')
        pm_buf_addf(out, "\\%c", (char)c);
    else if (c == '\n')
        pm_buf_adds(out, "\\n");
    else if (c == '\t')
        pm_buf_adds(out, "\\t");
    else if (c == '\r')
        pm_buf_adds(out, "\\r");
    else if (c < 0)
        pm_buf_addf(out, "\\x%02x", (unsigned)(unsigned char)bytes[0]);
    else if (U_GET_GC_MASK(c) & INVISIBLE)
        pm_buf_addf(out, "\\u%04x", (unsigned)c);
    else
        pm_buf_add(out, bytes, len);
}

static void print_string(const char *text, size_t len, struct pm_buf *out)
{
    pm_buf_addc(out, '"');
    for (size_t i = 0; i < len;) {
        size_t at = i;
        UChar32 c;
        U8_NEXT(text, i, len, c);
        if (c < 0)
            i = at + 1;
        print_character(text + at, i - at, c, out);
    }
    pm_buf_addc(out, '"');
}

static void print_bound(const struct pm_date *date, struct pm_buf *out)
{
    pm_buf_addf(out, date->text[0] ? " \"%s\"" : " *", date->text);
}

/* The node without its occur, boost and field. */
static void print_bare(const struct pm_node *node, struct pm_buf *out)
{
    pm_buf_addf(out, "(%s", names[node->kind]);
    switch (node->kind) {
    case PM_NODE_NEAR:
        pm_buf_addf(out, " %u", (unsigned)node->distance);
        break;
    case PM_NODE_LIST:
    case PM_NODE_AND:
    case PM_NODE_OR:
    case PM_NODE_NOT:
        break;
    case PM_NODE_DATE:
        print_bound(&node->since, out);
        print_bound(&node->until, out);
        break;
    case PM_NODE_NAME:
        for (const char *at = node->text; *at; at += *at == '\n') {
            size_t len = strcspn(at, "\n");
            pm_buf_addc(out, ' ');
            print_string(at, len, out);
            at += len;
        }
        break;
    default:
        pm_buf_addc(out, ' ');
        print_string(node->text, node->len, out);
        if (node->distance)
            pm_buf_addf(out, " %u", (unsigned)node->distance);
    }
    for (const struct pm_node *child = node->child; child; child = child->next) {
        pm_buf_addc(out, ' ');
        pm_query_print(child, out);
    }
    pm_buf_addc(out, ')');
}

void pm_query_print(const struct pm_node *node, struct pm_buf *out)
{
    int open = 0;
    if (node->occur != PM_SHOULD) {
        pm_buf_adds(out, node->occur == PM_MUST ? "(must " : "(must-not ");
        open++;
    }
    if (node->boost != 1) {
        pm_buf_addf(out, "(boost %g ", node->boost);
        open++;
    }
    if (node->kind != PM_NODE_DATE && (node->named || node->field != PM_FIELD_TEXT)) {
        pm_buf_addf(out, "(field %s ", pm_schema[node->field].name);
        open++;
    }
    print_bare(node, out);
    while (open--)
        pm_buf_addc(out, ')');
}
