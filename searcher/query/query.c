#include "query.h"

#include <stdlib.h>

struct pm_node *pm_node_new(enum pm_node_kind kind, struct pm_error *err)
{
    struct pm_node *node = calloc(1, sizeof *node);
    if (!node) {
        pm_fail_nomem(err);
        return NULL;
    }
    node->kind = kind;
    node->boost = 1;
    return node;
}

void pm_query_free(struct pm_node *node)
{
    while (node) {
        struct pm_node *next = node->next;
        pm_query_free(node->child);
        free(node->own);
        free(node);
        node = next;
    }
}
