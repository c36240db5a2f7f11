#include "search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "explain.h"
#include "fold.h"
#include "hits.h"
#include "name_clauses.h"
#include "opened.h"
#include "plan.h"
#include "query.h"
#include "schema.h"
#include "similar.h"
#include "suggest.h"
#include "utf8.h"

/* ---- opening ---- */

struct language_count {
    char code[16];
    uint32_t freq;
};

struct language_counts {
    struct language_count item[PM_QUERY_LANGUAGES];
    size_t len;
};

/* Keeps the most common languages, most common first. */
static int count_language(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct language_counts *counts = arg;
    size_t prefix = strlen(pm_schema[PM_FIELD_LANGUAGE].prefix), at = counts->len;
    struct language_count count = {.freq = freq};
    if (len <= prefix || len - prefix >= sizeof count.code)
        return 0;
    memcpy(count.code, term + prefix, len - prefix);
    if (counts->len < PM_QUERY_LANGUAGES)
        counts->len++;
    else if (counts->item[--at].freq >= freq)
        return 0;
    for (; at > 0 && counts->item[at - 1].freq < freq; at--)
        counts->item[at] = counts->item[at - 1];
    counts->item[at] = count;
    return 0;
}

static int open_languages(struct pm_search *search, const char *language, struct pm_error *err)
{
    struct language_counts counts = {.len = 0};
    const char *prefix = pm_schema[PM_FIELD_LANGUAGE].prefix;
    if (!language &&
        pm_db_each_term(search->index.db, prefix, strlen(prefix), count_language, &counts, err) < 0)
        return -1;
    size_t n = counts.len ? counts.len : 1;
    for (size_t i = 0; i < n; i++) {
        const char *code = counts.len ? counts.item[i].code : language;
        search->query[i] = pm_analyzers_get(&search->analyzers, code, err);
        if (!search->query[i])
            return -1;
        search->query_len = i + 1;
    }
    return 0;
}

struct pm_search *pm_search_open(const char *const *folders, size_t n, const char *language,
                                 struct pm_error *err)
{
    struct pm_search *search = calloc(1, sizeof *search);
    if (!search) {
        pm_fail_nomem(err);
        return NULL;
    }
    if (!(search->fold = pm_fold_new(err)) || pm_index_open(folders, n, &search->index, err) ||
        pm_db_get_stats(search->index.db, &search->stats, err) ||
        open_languages(search, language, err)) {
        pm_search_close(search);
        return NULL;
    }
    return search;
}

void pm_search_close(struct pm_search *search)
{
    if (!search)
        return;
    pm_fold_free(search->fold);
    pm_analyzers_release(&search->analyzers);
    pm_buf_release(&search->room);
    pm_index_close(&search->index);
    free(search);
}

/* ---- understanding ---- */

/* A query on its way: its text, tree and plan. */
struct asking {
    struct pm_search *search;
    const struct pm_request *request;
    char *text; /* owned; valid UTF-8 */
    struct pm_plan_base base;
    struct pm_node *tree;
    struct pm_plan plan;
    struct pm_warnings warnings; /* beside those of the plan */
    struct pm_error *err;
};

static void release_tree(struct asking *asking)
{
    pm_plan_release(&asking->plan);
    pm_query_free(asking->tree);
    asking->tree = NULL;
}

static int64_t now(const struct pm_request *request)
{
    return request->now ? request->now : (int64_t)time(NULL);
}

static struct pm_node *read_tree(struct asking *asking)
{
    const struct pm_request *request = asking->request;
    if (request->similar)
        return pm_similar_tree(asking->search, request->similar, asking->err);
    const struct pm_query_options options = {
        .literal = request->literal,
        .now = now(request),
    };
    struct pm_search *search = asking->search;
    struct pm_node *tree = pm_query_parse(asking->text, asking->base.len, &options, asking->err);
    bool names = tree && request->name_boost > 0 && !request->plain;
    bool shouting =
        names && tree->kind == PM_NODE_LIST && pm_tokens_shouting(asking->text, asking->base.len);
    if ((names && pm_name_clauses_add(search->index.db, search->query[0], search->fold, shouting,
                                      request->name_boost, tree, asking->err)) ||
        (tree && request->synonyms && pm_synonyms_apply(request->synonyms, tree, asking->err))) {
        pm_query_free(tree);
        return NULL;
    }
    return tree;
}

/* Makes tree and plan of `text`, which is the asking's from here on. */
static int understand(struct asking *asking, char *text)
{
    const struct pm_search *search = asking->search;
    const struct pm_request *request = asking->request;
    release_tree(asking);
    free(asking->text);
    asking->text = text;
    asking->base = (struct pm_plan_base){
        .db = search->index.db,
        .dead = search->index.dead_numbers,
        .any_dead = search->index.dead_count > 0,
        .documents = search->stats.documents,
        .analyzer = search->query,
        .analyzers = search->query_len,
        .fold = search->fold,
        .all = &asking->search->analyzers,
        .stop_words = request->stop_words,
        .plain = request->plain,
        .recency = {.halflife = request->halflife, .now = now(request)},
        .since = request->since,
        .until = request->until,
        .text = text,
        .len = strlen(text),
        .marks = request->title_marks || request->snippets,
        .check = request->exact || request->facets || request->timeline >= 0 || request->group ||
                 request->explain || !request->limit,
    };
    asking->tree = read_tree(asking);
    return asking->tree ? pm_plan_make(&asking->base, asking->tree, &asking->plan, asking->err)
                        : -1;
}

/* Finds what was probably meant, where the request wants that, or wants to take it. */
static int correct(struct asking *asking, struct pm_results *results)
{
    char *suggestion;
    bool taken = asking->request->correct;
    if (!taken && !asking->request->suggest)
        return 0;
    if (pm_suggest(&asking->base, &asking->plan, taken, &asking->warnings, &suggestion,
                   asking->err))
        return -1;
    if (suggestion && taken)
        return understand(asking, suggestion);
    results->suggestion = suggestion;
    return 0;
}

/* ---- answering ---- */

static int answer(struct asking *asking, struct pm_results *results)
{
    const struct pm_request *request = asking->request;
    struct pm_buf tree = PM_BUF_INIT;
    pm_query_print(asking->tree, &tree);
    results->tree = pm_buf_detach(&tree);
    if (!results->tree)
        return pm_fail_nomem(asking->err);
    if (request->parse_only)
        return 0;
    if (asking->plan.query &&
        pm_hits_find(asking->search, request, &asking->plan, results, asking->err))
        return -1;
    if (!request->explain)
        return 0;
    return pm_explain(asking->search, request, &asking->plan, &results->explanation, asking->err);
}

/* Moves all warnings into the results: first what was corrected, then what the plan says. */
static int hand_over(struct asking *asking, struct pm_results *results)
{
    const struct pm_warnings *plan = &asking->plan.warnings;
    for (size_t i = 0; i < plan->len; i++)
        if (pm_warnings_move(&asking->warnings, &plan->item[i], asking->err))
            return -1;
    results->warning = asking->warnings.item;
    results->warnings = asking->warnings.len;
    asking->warnings = (struct pm_warnings){0};
    results->query = asking->text;
    asking->text = NULL;
    return 0;
}

int pm_search_run(struct pm_search *search, const struct pm_request *request,
                  struct pm_results *results, struct pm_error *err)
{
    struct asking asking = {.search = search, .request = request, .err = err};
    struct pm_buf clean = PM_BUF_INIT;
    *results = (struct pm_results){.total_exact = true};
    pm_utf8_clean(&clean, request->query, request->query_len);
    char *text = pm_buf_detach(&clean);
    int rc = text ? understand(&asking, text) : pm_fail_nomem(err);
    if (!rc)
        rc = correct(&asking, results);
    if (!rc)
        rc = answer(&asking, results);
    if (!rc || asking.text)
        rc = hand_over(&asking, results) || rc ? -1 : 0;
    release_tree(&asking);
    pm_warnings_release(&asking.warnings);
    free(asking.text);
    return rc;
}

int pm_search_article(struct pm_search *search, const char *id, struct pm_article *article,
                      struct pm_error *err)
{
    uint32_t docid;
    *article = (struct pm_article){0};
    int rc = pm_index_find(&search->index, id, &docid, err);
    if (rc <= 0)
        return rc;
    return pm_opened_article(search, docid, article, err) ? -1 : 1;
}
