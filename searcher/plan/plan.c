/*
 * How a tree becomes a query: from the leaves up, each clause a part with a query of its own, so
 * that it can be asked about an article alone (explain.h).  Queries are values; a part's holds
 * those of its children.
 */
#include "plan.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "planner.h"
#include "query_list.h"
#include "schema.h"

static struct pm_part *plan_node(struct pm_planner *planner, const struct pm_node *node,
                                 enum pm_occur occur, bool top);

/* ---- parts ---- */

static void free_parts(struct pm_part *part)
{
    while (part) {
        struct pm_part *next = part->next;
        free_parts(part->child);
        pm_db_query_free(part->query);
        free(part->text);
        free(part);
        part = next;
    }
}

static struct pm_part *new_part(struct pm_planner *planner, const char *text, size_t len, size_t at)
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

static struct pm_part *part_of(struct pm_planner *planner, const struct pm_node *node)
{
    if (node->own && node->kind != PM_NODE_NAME)
        return new_part(planner, node->own, strlen(node->own), node->at);
    return new_part(planner, planner->base->text + node->at, node->end - node->at, node->at);
}

/* Takes the child in, where it stands in the query; NULL is a failure. */
static int add_child(struct pm_part *parent, struct pm_part *child, enum pm_role role)
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

/* Makes the query of a part from those of its children. */
static int join_children(struct pm_planner *planner, struct pm_part *part)
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

/* ---- lists ---- */

static bool is_branch(const struct pm_node *node)
{
    return node->kind == PM_NODE_LIST || node->kind == PM_NODE_AND || node->kind == PM_NODE_OR ||
           node->kind == PM_NODE_NOT || node->kind == PM_NODE_NEAR;
}

/* What names a field or is exact must match, and so must what holds nothing else. */
static bool narrows(const struct pm_node *node)
{
    if (!is_branch(node))
        return node->named || node->kind == PM_NODE_EXACT || node->kind == PM_NODE_DATE;
    bool all = node->child != NULL;
    for (const struct pm_node *child = node->child; all && child; child = child->next)
        all = narrows(child);
    return all;
}

/* A word that says nothing but itself: such words are counted, and function words left out. */
static bool is_bare(const struct pm_node *node)
{
    return node->kind == PM_NODE_WORD && node->occur == PM_SHOULD && !node->named && !node->own &&
           node->boost == 1;
}

static struct pm_part *word_part(struct pm_planner *planner, const struct pm_query_word *word,
                                 enum pm_occur occur)
{
    size_t at = (size_t)(word->typed - planner->base->text);
    struct pm_part *part = new_part(planner, word->typed, word->typed_len, at);
    if (!part)
        return NULL;
    part->scored = true;
    if ((occur != PM_MUST_NOT && pm_planner_want_word(planner, word)) ||
        pm_planner_note(planner, word) ||
        !(part->query = pm_planner_word(planner, PM_FIELD_TEXT, word))) {
        free_parts(part);
        return NULL;
    }
    return part;
}

/* The bare words of a list become parts; neighbours too if the list is the whole query. */
static int add_words(struct pm_planner *planner, struct pm_query_words *words, enum pm_occur occur,
                     bool whole, struct pm_part *list)
{
    struct pm_buf dropped = PM_BUF_INIT;
    bool others = false;
    int rc = 0;
    for (const struct pm_part *child = list->child; child; child = child->next)
        others |= child->role != PM_ROLE_NOT;
    pm_query_words_count(words);
    pm_planner_leave_out(planner, words, others);
    for (size_t i = 0; !rc && i < words->len; i++) {
        const struct pm_query_word *word = &words->item[i];
        if (word->left_out) {
            pm_buf_adds(&dropped, dropped.len ? ", " : "");
            pm_buf_add(&dropped, word->typed, word->typed_len);
            continue;
        }
        rc = add_child(list, word_part(planner, word, occur), PM_ROLE_MAY);
        if (!rc && whole && !planner->base->plain)
            rc = pm_planner_neighbour(planner, word);
    }
    if (!rc && dropped.failed)
        rc = pm_fail_nomem(planner->err);
    if (!rc && dropped.len)
        rc = pm_warnings_add(&planner->plan->warnings, "stop-words", pm_buf_str(&dropped), NULL,
                             "left out as too common: %s", planner->err);
    pm_buf_release(&dropped);
    return rc;
}

static int plan_list(struct pm_planner *planner, const struct pm_node *node, enum pm_occur occur,
                     bool top, struct pm_part *part)
{
    struct pm_query_words words = {0};
    int rc = 0;
    for (const struct pm_node *child = node->child; !rc && child; child = child->next) {
        if (is_bare(child)) {
            rc = pm_planner_read(planner, child, &words);
            continue;
        }
        enum pm_role role = child->occur == PM_MUST_NOT ? PM_ROLE_NOT
                            : child->occur == PM_MUST   ? PM_ROLE_MUST
                            : narrows(child)            ? PM_ROLE_FILTER
                                                        : PM_ROLE_MAY;
        bool above = top && (role == PM_ROLE_MUST || role == PM_ROLE_FILTER);
        rc = add_child(
            part, plan_node(planner, child, occur == PM_MUST_NOT ? occur : child->occur, above),
            role);
    }
    if (!rc)
        rc = add_words(planner, &words, occur, node == planner->tree, part);
    pm_query_words_release(&words);
    return rc;
}

/* ---- other branches ---- */

/* Children in one role; but in an AND, a NOT is its child in that role. */
static int plan_children(struct pm_planner *planner, const struct pm_node *node, enum pm_role role,
                         enum pm_occur occur, bool top, struct pm_part *part)
{
    enum pm_occur inner = occur == PM_MUST_NOT ? occur : role == PM_ROLE_MUST ? PM_MUST : PM_SHOULD;
    for (const struct pm_node *child = node->child; child; child = child->next) {
        bool takes = role == PM_ROLE_MUST && child->kind == PM_NODE_NOT && child->boost == 1;
        struct pm_part *made = takes ? plan_node(planner, child->child, PM_MUST_NOT, false)
                                     : plan_node(planner, child, inner, top);
        if (add_child(part, made, takes ? PM_ROLE_NOT : role))
            return -1;
    }
    return 0;
}

static int plan_branch(struct pm_planner *planner, const struct pm_node *node, enum pm_occur occur,
                       bool top, struct pm_part *part)
{
    int rc = -1;
    switch (node->kind) {
    case PM_NODE_LIST:
        rc = plan_list(planner, node, occur, top, part);
        break;
    case PM_NODE_AND:
        rc = plan_children(planner, node, PM_ROLE_MUST, occur, top, part);
        break;
    case PM_NODE_OR:
        rc = plan_children(planner, node, PM_ROLE_MAY, occur, false, part);
        break;
    case PM_NODE_NOT:
        rc = add_child(part, plan_node(planner, node->child, PM_MUST_NOT, false), PM_ROLE_NOT);
        break;
    case PM_NODE_NEAR:
        rc = plan_children(planner, node, PM_ROLE_MUST, occur == PM_MUST ? PM_SHOULD : occur, false,
                           part);
        break;
    default:
        assert(false);
    }
    if (rc || join_children(planner, part))
        return -1;
    if (node->kind != PM_NODE_NEAR)
        return 0;
    part->query =
        pm_query_join_two(PM_DB_FILTER, part->query, pm_planner_near(planner, node), planner->err);
    return part->query ? 0 : -1;
}

/* Positions of common words take time: thousands of such clauses would take minutes. */
static int count_clause(struct pm_planner *planner, const struct pm_node *node)
{
    if (planner->clauses++ > PM_PLAN_CLAUSES)
        return pm_planner_fail(planner, node, "more than 2000 clauses beside plain words");
    if (node->kind == PM_NODE_PHRASE || node->kind == PM_NODE_EXACT)
        planner->places++;
    for (const struct pm_node *child = node->child; node->kind == PM_NODE_NEAR && child;
         child = child->next)
        planner->places++;
    return planner->places > PM_PLAN_PLACES
               ? pm_planner_fail(planner, node,
                                 "more than 100 phrases, exact words and words near others")
               : 0;
}

static struct pm_part *plan_node(struct pm_planner *planner, const struct pm_node *node,
                                 enum pm_occur occur, bool top)
{
    struct pm_part *part = count_clause(planner, node) ? NULL : part_of(planner, node);
    if (!part)
        return NULL;
    int rc = is_branch(node) ? plan_branch(planner, node, occur, top, part)
                             : pm_planner_leaf(planner, node, occur, top, part);
    if (!rc && part->query && node->boost != 1) {
        struct pm_db_query *scaled = pm_db_query_scale(part->query, node->boost, planner->err);
        pm_db_query_free(part->query);
        part->query = scaled;
        part->boost = node->boost;
        rc = scaled ? 0 : -1;
    }
    if (rc) {
        free_parts(part);
        return NULL;
    }
    return part;
}

/* ---- the whole ---- */

int pm_planner_fail(struct pm_planner *planner, const struct pm_node *node, const char *what)
{
    if (!planner->err->code)
        planner->err->offset = node->at;
    return pm_fail(planner->err, PM_ERR_QUERY, "%s", what);
}

/* Puts the root and the bounds of the date under a part for both. */
static int add_dates(struct pm_planner *planner)
{
    const struct pm_plan_base *base = planner->base;
    struct pm_plan *plan = planner->plan;
    struct pm_buf text = PM_BUF_INIT;
    if (!base->since.text[0] && !base->until.text[0])
        return 0;
    struct pm_part *all = new_part(planner, base->text, base->len, 0);
    if (!all)
        return -1;
    add_child(all, plan->root, PM_ROLE_MUST);
    plan->root = all;
    pm_buf_addf(&text, "%s..%s", base->since.text, base->until.text);
    struct pm_part *dates = new_part(planner, pm_buf_str(&text), text.len, base->len);
    if (dates)
        dates->query = pm_planner_dates(planner, &base->since, &base->until);
    int rc = add_child(all, dates, PM_ROLE_FILTER);
    if (!rc)
        rc = dates->query ? join_children(planner, all) : -1;
    pm_buf_release(&text);
    return rc;
}

static int finish(struct pm_planner *planner)
{
    const struct pm_plan_base *base = planner->base;
    struct pm_plan *plan = planner->plan;
    struct pm_error *err = planner->err;
    if (add_dates(planner))
        return -1;
    /* Whether what is exact is checked now or left for later must not change who the best are. */
    if (planner->exact)
        pm_neighbours_release(&plan->neighbours);
    plan->scored = plan->root->scored;
    if (!plan->root->query)
        return 0;
    plan->query = pm_db_query_join(PM_DB_AND, &plan->root->query, 1, 0, err);
    if (plan->query && base->any_dead)
        plan->query = pm_query_join_two(PM_DB_AND_NOT, plan->query,
                                        pm_db_query_numbers(base->db, base->dead, err), err);
    pm_wanted_sort(&plan->wanted);
    return plan->query ? 0 : -1;
}

/* Capitals mean something to who uses operators, which are in capitals. */
static bool is_shouting(const struct pm_plan_base *base, const struct pm_node *tree)
{
    return tree->kind == PM_NODE_LIST && pm_tokens_shouting(base->text, base->len);
}

int pm_plan_make(const struct pm_plan_base *base, const struct pm_node *tree, struct pm_plan *plan,
                 struct pm_error *err)
{
    *plan = (struct pm_plan){0};
    struct pm_planner planner = {
        .base = base,
        .plan = plan,
        .tree = tree,
        .shouting = is_shouting(base, tree),
        .err = err,
    };
    plan->own = pm_plan_own_new(err);
    plan->root = plan->own ? plan_node(&planner, tree, PM_SHOULD, true) : NULL;
    int rc = plan->root ? finish(&planner) : -1;
    pm_buf_release(&planner.term);
    return rc;
}

void pm_plan_release(struct pm_plan *plan)
{
    free_parts(plan->root);
    pm_db_query_free(plan->query);
    pm_wanted_release(&plan->wanted);
    pm_warnings_release(&plan->warnings);
    pm_neighbours_release(&plan->neighbours);
    for (size_t i = 0; i < plan->exacts; i++)
        pm_exact_free(plan->exact[i]);
    free(plan->exact);
    free(plan->word);
    pm_plan_own_free(plan->own);
    *plan = (struct pm_plan){0};
}
