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
    struct pm_part *part = pm_part_new(planner, word->typed, word->typed_len, at);
    if (!part)
        return NULL;
    part->scored = true;
    if ((occur != PM_MUST_NOT && pm_planner_want_word(planner, word)) ||
        pm_planner_note(planner, word) ||
        !(part->query = pm_planner_word(planner, PM_FIELD_TEXT, word))) {
        pm_parts_free(part);
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
        rc = pm_part_add(list, word_part(planner, word, occur), PM_ROLE_MAY);
        if (!rc && whole && !planner->base->plain)
            rc = pm_planner_neighbour(planner, word);
    }
    if (!rc && dropped.failed)
        rc = pm_fail_nomem(planner->err);
    if (!rc && dropped.len)
        rc = pm_warnings_add(&planner->plan->warnings, "stop-words", pm_buf_str(&dropped), NULL,
                             "left out as too common: %s", planner->err);
    if (!rc && whole && !words->len && !list->child && !planner->base->since.text[0] &&
        !planner->base->until.text[0])
        rc = pm_warnings_add(&planner->plan->warnings, "empty", planner->base->text, NULL,
                             "there is no word in the query '%s'", planner->err);
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
        rc = pm_part_add(
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
        if (pm_part_add(part, made, takes ? PM_ROLE_NOT : role))
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
        rc = pm_part_add(part, plan_node(planner, node->child, PM_MUST_NOT, false), PM_ROLE_NOT);
        break;
    case PM_NODE_NEAR:
        rc = plan_children(planner, node, PM_ROLE_MUST, occur == PM_MUST ? PM_SHOULD : occur, false,
                           part);
        break;
    default:
        assert(false);
    }
    if (rc || pm_part_join(planner, part))
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
    struct pm_part *part = count_clause(planner, node) ? NULL : pm_part_of(planner, node);
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
        pm_parts_free(part);
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
    struct pm_part *all = pm_part_new(planner, base->text, base->len, 0);
    if (!all)
        return -1;
    pm_part_add(all, plan->root, PM_ROLE_MUST);
    plan->root = all;
    pm_buf_addf(&text, "%s..%s", base->since.text, base->until.text);
    struct pm_part *dates = pm_part_new(planner, pm_buf_str(&text), text.len, base->len);
    if (dates)
        dates->query = pm_planner_dates(planner, &base->since, &base->until);
    int rc = pm_part_add(all, dates, PM_ROLE_FILTER);
    if (!rc)
        rc = dates->query ? pm_part_join(planner, all) : -1;
    pm_buf_release(&text);
    return rc;
}

/* Puts the root and what newer articles gain, which lets nothing else in, under a part for both. */
static int add_recency(struct pm_planner *planner)
{
    const struct pm_plan_base *base = planner->base;
    struct pm_plan *plan = planner->plan;
    if (base->recency.halflife <= 0 || !plan->root->query)
        return 0;
    struct pm_part *all = pm_part_new(planner, base->text, base->len, 0);
    if (!all)
        return -1;
    pm_part_add(all, plan->root, PM_ROLE_MUST);
    plan->root = all;
    struct pm_part *recency = pm_part_new(planner, "recency", strlen("recency"), base->len);
    if (recency) {
        recency->scored = true;
        recency->query = pm_db_query_weighed(pm_schema[PM_FIELD_DATE].slot, PM_RECENCY_MOST,
                                             pm_recency_weigh, &base->recency, planner->err);
    }
    if (pm_part_add(all, recency, PM_ROLE_MAY))
        return -1;
    return recency->query ? pm_part_join(planner, all) : -1;
}

static int finish(struct pm_planner *planner)
{
    const struct pm_plan_base *base = planner->base;
    struct pm_plan *plan = planner->plan;
    struct pm_error *err = planner->err;
    if (add_dates(planner) || add_recency(planner))
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
                                        pm_db_query_numbers(base->dead, err), err);
    if (base->marks)
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
    pm_parts_free(plan->root);
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
