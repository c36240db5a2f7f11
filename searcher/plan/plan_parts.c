/*
 * Parts of a plan: each has the query of its children, joined as their roles say.
 */
#include <stdlib.h>
#include <string.h>

#include "planner.h"
#include "query_list.h"

void pm_parts_free(struct pm_part *part)
{
    while (part) {
        struct pm_part *next = part->next;
        pm_parts_free(part->child);
        pm_db_query_free(part->query);
        free(part->text);
        free(part);
        part = next;
    }
}

struct pm_part *pm_part_new(struct pm_planner *planner, const char *text, size_t len, size_t at)
{
    struct pm_part *part = calloc(1, sizeof *part);
    if (part && !(part->text = strndup(text, len))) {
        free(part);
        part = NULL;
    }
    if (!part) {
        pm_fail_nomem(planner->err);
        return NULL;
    }
    part->role = PM_ROLE_MUST;
    part->boost = 1;
    part->at = at;
    return part;
}

struct pm_part *pm_part_of(struct pm_planner *planner, const struct pm_node *node)
{
    if (node->own && node->kind != PM_NODE_NAME)
        return pm_part_new(planner, node->own, strlen(node->own), node->at);
    const char *typed = planner->base->text + node->at;
    size_t len = node->end - node->at;
    if (node->kind != PM_NODE_NAME)
        return pm_part_new(planner, typed, len, node->at);
    struct pm_buf text = PM_BUF_INIT; /* its words have parts too */
    pm_buf_addf(&text, "(name %.*s)", (int)len, typed);
    struct pm_part *part = pm_part_new(planner, pm_buf_str(&text), text.len, node->at);
    pm_buf_release(&text);
    return part;
}

int pm_part_add(struct pm_part *parent, struct pm_part *child, enum pm_role role)
{
    if (!child)
        return -1;
    struct pm_part **link = &parent->child;
    while (*link && (*link)->at <= child->at)
        link = &(*link)->next;
    child->role = role;
    child->next = *link;
    *link = child;
    return 0;
}

/* The queries of the children in a role, joined; NULL without an error when there are none. */
static struct pm_db_query *join_role(struct pm_planner *planner, const struct pm_part *parent,
                                     enum pm_role role, enum pm_db_op op)
{
    size_t n = 0;
    for (const struct pm_part *child = parent->child; child; child = child->next)
        n += child->role == role && child->query;
    if (!n)
        return NULL;
    struct pm_db_query **query = calloc(n, sizeof *query);
    if (!query) {
        pm_fail_nomem(planner->err);
        return NULL;
    }
    n = 0;
    for (const struct pm_part *child = parent->child; child; child = child->next)
        if (child->role == role && child->query)
            query[n++] = child->query;
    struct pm_db_query *joined = pm_db_query_join(op, query, n, 0, planner->err);
    free(query);
    return joined;
}

/* `a` joined with `b`, either of which may be missing; both are used up. */
static struct pm_db_query *both(enum pm_db_op op, struct pm_db_query *a, struct pm_db_query *b,
                                struct pm_error *err)
{
    if (!a || !b || err->code) {
        struct pm_db_query *one = a ? a : b;
        return one;
    }
    return pm_query_join_two(op, a, b, err);
}

/*
 * What must match, scored with what may; either may be missing.  (OP_AND_MAYBE would say it, but
 * libxapian 1.4.22 loses hits where it stands beside an AND_NOT.)
 */
static struct pm_db_query *must_and_may(struct pm_db_query *must, struct pm_db_query *may,
                                        struct pm_error *err)
{
    if (!must || !may || err->code)
        return both(PM_DB_OR, must, may, err);
    struct pm_db_query *pair[] = {must, may};
    struct pm_db_query *any = pm_db_query_join(PM_DB_OR, pair, 2, 0, err);
    pm_db_query_free(may);
    return pm_query_join_two(PM_DB_FILTER, any, must, err);
}

int pm_part_join(struct pm_planner *planner, struct pm_part *part)
{
    struct pm_error *err = planner->err;
    struct pm_db_query *core =
        must_and_may(join_role(planner, part, PM_ROLE_MUST, PM_DB_AND),
                     err->code ? NULL : join_role(planner, part, PM_ROLE_MAY, PM_DB_OR), err);
    if (!err->code)
        core = both(PM_DB_AND, core, join_role(planner, part, PM_ROLE_FILTER, PM_DB_AND), err);
    struct pm_db_query *without =
        err->code ? NULL : join_role(planner, part, PM_ROLE_NOT, PM_DB_OR);
    if (without && !core)
        core = pm_db_query_all(err);
    if (without)
        core = pm_query_join_two(PM_DB_AND_NOT, core, without, err);
    part->query = core;
    for (const struct pm_part *child = part->child; child; child = child->next)
        part->scored |= child->scored && child->role != PM_ROLE_NOT;
    return err->code ? -1 : 0;
}
