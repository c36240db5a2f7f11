#include "query_list.h"

#include <stdlib.h>

void pm_query_list_release(struct pm_query_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        pm_db_query_free(list->item[i]);
    free(list->item);
    *list = (struct pm_query_list){0};
}

int pm_query_list_add(struct pm_query_list *list, struct pm_db_query *query, struct pm_error *err)
{
    if (!query)
        return -1;
    if (list->len == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 8;
        struct pm_db_query **grown = realloc(list->item, cap * sizeof *grown);
        if (!grown) {
            pm_db_query_free(query);
            return pm_fail_nomem(err);
        }
        list->item = grown;
        list->cap = cap;
    }
    list->item[list->len++] = query;
    return 0;
}

struct pm_db_query *pm_query_list_join(struct pm_query_list *list, enum pm_db_op op,
                                       uint32_t window, struct pm_error *err)
{
    struct pm_db_query *joined;
    if (list->len == 1) {
        joined = list->item[0];
        list->len = 0;
    } else {
        joined = pm_db_query_join(op, list->item, list->len, window, err);
    }
    pm_query_list_release(list);
    return joined;
}

struct pm_db_query *pm_query_join_two(enum pm_db_op op, struct pm_db_query *a,
                                      struct pm_db_query *b, struct pm_error *err)
{
    struct pm_db_query *parts[] = {a, b};
    struct pm_db_query *joined = a && b ? pm_db_query_join(op, parts, 2, 0, err) : NULL;
    pm_db_query_free(a);
    pm_db_query_free(b);
    return joined;
}
