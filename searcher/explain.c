/*
 * BM25 adds up the words, and so does what each clause gives: the query of a clause, filtered by
 * the article's id, is run alone.  Nearness, which only the best get, is that of the ranking.
 */
#include "explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "query_list.h"
#include "schema.h"

static const char *const roles[] = {
    [PM_ROLE_MAY] = "may",
    [PM_ROLE_MUST] = "must",
    [PM_ROLE_FILTER] = "filter",
    [PM_ROLE_NOT] = "not",
};

struct explainer {
    const struct pm_search *search;
    struct pm_ranking_request ranking;
    struct pm_db_query *id; /* the article alone */
    struct pm_explanation *explanation;
    struct pm_error *err;
};

/* Whether the part matches the article, and its score. */
static int ask(const struct explainer *explainer, const struct pm_part *part, bool *matches,
               double *score)
{
    struct pm_db_query *pair[] = {part->query, explainer->id};
    struct pm_db_matches found = {0};
    *matches = false;
    *score = 0;
    if (!part->query)
        return 0;
    struct pm_db_query *query = pm_db_query_join(PM_DB_FILTER, pair, 2, 0, explainer->err);
    struct pm_db_request request = {
        .query = query,
        .bm25 = explainer->ranking.bm25,
        .limit = 1,
        .check_at_least = 1,
    };
    int rc =
        query ? pm_db_search(explainer->search->index.db, &request, &found, explainer->err) : -1;
    if (!rc && found.len) {
        *matches = true;
        *score = part->scored ? found.item[0].score : 0;
    }
    pm_db_matches_release(&found);
    pm_db_query_free(query);
    return rc;
}

static struct pm_clause_score *add_clause(struct explainer *explainer, const char *role,
                                          const char *text, uint32_t depth)
{
    struct pm_explanation *explanation = explainer->explanation;
    struct pm_clause_score *grown =
        reallocarray(explanation->clause, explanation->clauses + 1, sizeof *grown);
    if (!grown) {
        pm_fail_nomem(explainer->err);
        return NULL;
    }
    explanation->clause = grown;
    struct pm_clause_score *clause = &grown[explanation->clauses];
    *clause = (struct pm_clause_score){.depth = depth, .role = role, .text = strdup(text)};
    if (!clause->text) {
        pm_fail_nomem(explainer->err);
        return NULL;
    }
    explanation->clauses++;
    return clause;
}

/*
 * Adds the part with all below, whose score counts `weight` times in the whole: what it stands in
 * may be boosted, or not wanted.  *failed becomes the first part that is why it does not match.
 */
static int walk(struct explainer *explainer, const struct pm_part *part, uint32_t depth,
                double weight, bool *matches, const struct pm_part **failed)
{
    double score;
    if (part->role == PM_ROLE_NOT)
        weight = 0;
    struct pm_clause_score *clause = add_clause(explainer, roles[part->role], part->text, depth);
    if (!clause || ask(explainer, part, matches, &score))
        return -1;
    clause->matches = *matches;
    clause->score = weight * score;
    *failed = *matches ? NULL : part;
    for (const struct pm_part *child = part->child; child; child = child->next) {
        const struct pm_part *below;
        bool met;
        if (!child->query)
            continue;
        if (walk(explainer, child, depth + 1, weight * part->boost, &met, &below))
            return -1;
        bool why = child->role == PM_ROLE_NOT ? met : !met && child->role != PM_ROLE_MAY;
        if (why && *failed == part)
            *failed = child->role == PM_ROLE_NOT ? child : below;
    }
    return 0;
}

/* What the places of the words give the article, if it is among the best. */
static int add_nearness(struct explainer *explainer, uint32_t docid)
{
    const struct pm_plan *plan = explainer->ranking.plan;
    const struct pm_neighbours *words = &plan->neighbours;
    struct pm_ranking ranking;
    struct pm_buf text = PM_BUF_INIT;
    double nearness = 0;
    int rc = pm_ranking_find(&explainer->ranking, PM_RANKING_LOOK, &ranking, explainer->err);
    for (size_t i = 0; !rc && i < ranking.len; i++)
        if (ranking.item[i].docid == docid)
            nearness = ranking.item[i].nearness;
    pm_ranking_release(&ranking);
    if (rc || nearness <= 0)
        return rc;
    for (size_t i = 0; i < words->len; i++)
        pm_buf_addf(&text, "%s%.*s", i ? " " : "", (int)words->item[i].len, words->item[i].text);
    struct pm_clause_score *clause = add_clause(explainer, "near", pm_buf_str(&text), 1);
    pm_buf_release(&text);
    if (!clause)
        return -1;
    clause->matches = true;
    clause->score = nearness;
    explainer->explanation->clause[0].score += nearness;
    return 0;
}

static int explain(struct explainer *explainer, uint32_t docid)
{
    const struct pm_plan *plan = explainer->ranking.plan;
    struct pm_explanation *explanation = explainer->explanation;
    const struct pm_part *failed = NULL;
    if (!plan->root)
        return 0;
    if (walk(explainer, plan->root, 0, 1, &explanation->matches, &failed))
        return -1;
    if (explanation->matches && plan->scored && add_nearness(explainer, docid))
        return -1;
    explanation->score = floor(explanation->clause[0].score * 1e9 + 0.5) / 1e9;
    if (failed && !(explanation->failed = strdup(failed->text)))
        return pm_fail_nomem(explainer->err);
    return 0;
}

int pm_explain(const struct pm_search *search, const struct pm_request *request,
               const struct pm_plan *plan, struct pm_explanation **explanation,
               struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT;
    const char *id = request->explain;
    uint32_t docid;
    int rc = pm_index_find(&search->index, id, &docid, err);
    if (rc <= 0)
        return rc < 0 ? -1 : pm_fail(err, PM_ERR_NO_INPUT, "there is no article '%.200s'", id);
    struct explainer explainer = {
        .search = search,
        .ranking = pm_opened_ranking(search, request, plan),
        .err = err,
    };
    explainer.ranking.sort = PM_SORT_RELEVANCE;
    rc = -1;
    pm_schema_whole(&term, PM_FIELD_ID, id, strlen(id));
    explainer.id = pm_db_query_term(term.data, term.len, 1, err);
    if (explainer.id && search->index.dead_count) /* which may have had the same id */
        explainer.id = pm_query_join_two(PM_DB_AND_NOT, explainer.id,
                                         pm_db_query_numbers(search->index.dead_numbers, err), err);
    *explanation = explainer.explanation = calloc(1, sizeof **explanation);
    if (!*explanation || !((*explanation)->id = strdup(id)))
        pm_fail_nomem(err);
    else if (explainer.id)
        rc = explain(&explainer, docid);
    pm_db_query_free(explainer.id);
    pm_buf_release(&term);
    return rc;
}
