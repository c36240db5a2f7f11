/*
 * Names in a query: the articles that speak of somebody, whatever they call them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known_names.h"
#include "name_kinds.h"
#include "name_term.h"
#include "planner.h"
#include "query_list.h"
#include "schema.h"

#define SALIENT 0.5 /* what an article about somebody has more than one that speaks of them */

/* Sets planner->term to that of an entity, KEY=TYPE, with a sign before the type or without (0). */
static int make_term(struct pm_planner *planner, const char *entity, size_t len, char sign)
{
    char key[PM_DB_TERM_MAX + 1];
    snprintf(key, sizeof key, "%.*s", (int)(len - 2), entity);
    pm_name_term(&planner->term, key, sign, entity[len - 1], "");
    return planner->term.failed ? pm_fail_nomem(planner->err) : 0;
}

/* Terms of the entities of a name, of which there are PM_NAME_BEARERS at most. */
struct terms {
    struct pm_db_bytes item[PM_NAME_BEARERS];
    char *text[PM_NAME_BEARERS];
    size_t len;
};

static void release_terms(struct terms *terms)
{
    while (terms->len)
        free(terms->text[--terms->len]);
}

static int add_term(struct pm_planner *planner, const char *entity, size_t len, char sign,
                    struct terms *terms)
{
    if (make_term(planner, entity, len, sign))
        return -1;
    const struct pm_buf *term = &planner->term;
    if (terms->len == PM_NAME_BEARERS || term->len > PM_DB_TERM_MAX)
        return 0;
    char *text = strndup(term->data, term->len);
    if (!text)
        return pm_fail_nomem(planner->err);
    terms->text[terms->len] = text;
    terms->item[terms->len++] = (struct pm_db_bytes){text, term->len};
    return 0;
}

/* How much a name tells that so many articles have; Lucene's idf, which is above 0. */
static double weight_of(const struct pm_planner *planner, double articles)
{
    double documents = planner->base->documents;
    articles = articles < documents ? articles : documents;
    return log(1 + (documents - articles + 0.5) / (articles + 0.5));
}

/* Wants mentions of each entity of the node, all as one. */
static int want_names(struct pm_planner *planner, const struct pm_node *node, double weight)
{
    struct pm_wanted *wanted = &planner->plan->wanted;
    struct pm_wanted_name name = {
        .weight = weight, .concept = wanted->concepts++, .at = node->at, .end = node->end};
    for (char *at = node->own; *at; at += *at == '\n') {
        size_t len = strcspn(at, "\n");
        name.entity = at;
        if (pm_wanted_add_name(wanted, &name, len, planner->err))
            return -1;
        at += len;
    }
    return 0;
}

int pm_planner_name(struct pm_planner *planner, const struct pm_node *node,
                    struct pm_db_query **query)
{
    struct terms any = {.len = 0}, salient = {.len = 0};
    double articles = 0;
    int rc = 0;
    for (const char *at = node->text; !rc && *at; at += *at == '\n') {
        size_t len = strcspn(at, "\n");
        rc = add_term(planner, at, len, 0, &any) ||
                     add_term(planner, at, len, PM_NAME_MAIN, &salient)
                 ? -1
                 : 0;
        at += len;
    }
    for (size_t i = 0; !rc && i < any.len; i++) {
        uint32_t freq;
        rc = pm_db_term_freq(planner->base->db, any.item[i].data, any.item[i].len, &freq,
                             planner->err);
        articles += rc ? 0 : freq;
    }
    if (!rc && any.len) {
        double weight = weight_of(planner, articles);
        const struct pm_db_terms groups[] = {{any.item, any.len}, {salient.item, salient.len}};
        const double scores[] = {weight, SALIENT * weight};
        *query = pm_db_query_fixed(groups, scores, 2, planner->err);
        rc = *query && !want_names(planner, node, weight) ? 1 : -1;
    }
    release_terms(&any);
    release_terms(&salient);
    return rc;
}

struct pm_db_query *pm_planner_entity(struct pm_planner *planner, const char *entity, size_t len)
{
    if (make_term(planner, entity, len, 0))
        return NULL;
    return pm_db_query_term(planner->term.data, planner->term.len, 1, planner->err);
}

/* Adds the articles of somebody, and wants mentions of them if `marked`. */
static int add_bearer(struct pm_planner *planner, char *entity, uint32_t articles, bool marked,
                      struct pm_query_list *any)
{
    struct pm_wanted *wanted = &planner->plan->wanted;
    const struct pm_wanted_name name = {
        .entity = entity, .weight = weight_of(planner, articles), .concept = wanted->concepts};
    size_t len = strlen(entity);
    if (pm_query_list_add(any, pm_planner_entity(planner, entity, len), planner->err))
        return -1;
    return marked ? pm_wanted_add_name(wanted, &name, len, planner->err) : 0;
}

int pm_planner_mistaken(struct pm_planner *planner, const struct pm_node *node,
                        struct pm_buf *entity)
{
    struct pm_buf key = PM_BUF_INIT;
    if (node->field != PM_FIELD_ORGANISATION)
        return 0;
    int rc = pm_name_key(planner->base->fold, node->text, node->len, &key, planner->err);
    if (!rc)
        rc = pm_name_kind_person(planner->base->db, pm_buf_str(&key), planner->err);
    pm_buf_clear(entity);
    if (rc == PM_VALUE_ORGANISATION)
        pm_buf_addf(entity, "%s=%c", key.data, PM_VALUE_PERSON);
    pm_buf_release(&key);
    if (entity->failed)
        return pm_fail_nomem(planner->err);
    return rc < 0 ? -1 : rc == PM_VALUE_ORGANISATION;
}

/* The same of an organisation's name where it is taken for a person's. */
static int add_mistaken(struct pm_planner *planner, const struct pm_node *node, bool marked,
                        struct pm_query_list *any)
{
    struct pm_buf entity = PM_BUF_INIT;
    uint32_t articles;
    int rc = pm_planner_mistaken(planner, node, &entity);
    if (rc > 0)
        rc = make_term(planner, entity.data, entity.len, 0) ||
                     pm_db_term_freq(planner->base->db, planner->term.data, planner->term.len,
                                     &articles, planner->err) ||
                     add_bearer(planner, entity.data, articles, marked, any)
                 ? -1
                 : 0;
    pm_buf_release(&entity);
    return rc;
}

int pm_planner_bearers(struct pm_planner *planner, const struct pm_node *node, bool marked,
                       struct pm_db_query **query)
{
    struct pm_bearers bearers = {.len = 0};
    struct pm_buf key = PM_BUF_INIT;
    struct pm_query_list any = {0};
    char type = node->field == PM_FIELD_ENTITY ? '\0' : pm_schema_letter(node->field);
    int rc = pm_name_key(planner->base->fold, node->text, node->len, &key, planner->err);
    if (!rc && key.len)
        rc = pm_known_names_find(planner->base->db, key.data, type, &bearers, planner->err);
    for (size_t i = 0; !rc && i < bearers.len; i++)
        rc = add_bearer(planner, bearers.item[i].entity, bearers.articles, marked, &any);
    if (!rc)
        rc = add_mistaken(planner, node, marked, &any);
    if (!rc && any.len) {
        planner->plan->wanted.concepts++;
        *query = pm_query_join_two(
            PM_DB_OR, *query, pm_query_list_join(&any, PM_DB_OR, 0, planner->err), planner->err);
        rc = *query ? 0 : -1;
    }
    pm_query_list_release(&any);
    pm_bearers_release(&bearers);
    pm_buf_release(&key);
    return rc ? -1 : 1;
}
