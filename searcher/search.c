#include "search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers.h"
#include "index.h"
#include "plan.h"
#include "query.h"
#include "record.h"
#include "schema.h"
#include "utf8.h"

#define MAX_LANGUAGES 8    /* of an index, that a query is read in */
#define EXACT_TOTAL   1000 /* so many matches are counted exactly; it costs next to nothing */
#define MAX_HITS      10000000u

#define RANK_DEFAULT                                                                               \
    {                                                                                              \
        .k1 = 1.2, .k3 = 8, .b = 0.75                                                              \
    }

const struct pm_rank pm_rank_default = RANK_DEFAULT;

const struct pm_request pm_request_default = {
    .limit = 10,
    .snippet_words = 40,
    .rank = RANK_DEFAULT,
};

struct pm_search {
    struct pm_index index;
    struct pm_db_stats stats;
    struct pm_analyzers analyzers;            /* of hits' languages too */
    struct pm_analyzer *query[MAX_LANGUAGES]; /* those that queries are read in */
    size_t query_len;
};

/* ---- opening ---- */

struct language_count {
    char code[16];
    uint32_t freq;
};

struct language_counts {
    struct language_count item[MAX_LANGUAGES];
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
    if (counts->len < MAX_LANGUAGES)
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
    if (pm_index_open(folders, n, &search->index, err) ||
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
    pm_analyzers_release(&search->analyzers);
    pm_index_close(&search->index);
    free(search);
}

/* ---- the order of hits ---- */

struct candidate {
    uint32_t docid;
    double score;    /* rounded */
    char *date, *id; /* only where another has the same score */
};

static double rounded(double score)
{
    return floor(score * 1e9 + 0.5) / 1e9;
}

/* By score, then newest date (none last), then id. */
static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (!a->id || !b->id)
        return 0;
    int by_date = strcmp(b->date, a->date);
    return by_date ? by_date : strcmp(a->id, b->id);
}

static char *value_of(const struct pm_search *search, uint32_t docid, enum pm_field field,
                      struct pm_error *err)
{
    struct pm_buf value = PM_BUF_INIT;
    if (pm_db_value(search->index.db, docid, pm_schema[field].slot, &value, err)) {
        pm_buf_release(&value);
        return NULL;
    }
    char *text = pm_buf_detach(&value);
    if (!text)
        pm_fail_nomem(err);
    return text;
}

/* Puts candidates, which come by falling score, in order; only ties need a look. */
static int break_ties(const struct pm_search *search, struct candidate *candidate, size_t len,
                      struct pm_error *err)
{
    for (size_t i = 0; i < len; i++) {
        struct candidate *c = &candidate[i];
        if (!(i > 0 && c[-1].score == c->score) && !(i + 1 < len && c[1].score == c->score))
            continue;
        c->date = value_of(search, c->docid, PM_FIELD_DATE, err);
        c->id = c->date ? value_of(search, c->docid, PM_FIELD_ID, err) : NULL;
        if (!c->id)
            return -1;
    }
    qsort(candidate, len, sizeof *candidate, compare);
    return 0;
}

/*
 * Asks the database for the first `want` matches, and for as many more as tie with the last
 * of them: beyond the edge may stand one that comes first by date or id.
 */
static int ask(const struct pm_search *search, const struct pm_request *request,
               const struct pm_plan *plan, uint32_t want, struct pm_db_matches *matches,
               struct pm_error *err)
{
    const struct pm_db_sort newest[] = {
        {.slot = pm_schema[PM_FIELD_DATE].slot, .descending = true},
        {.slot = pm_schema[PM_FIELD_ID].slot},
    };
    uint32_t documents = search->stats.documents;
    struct pm_db_request ask = {
        .query = plan->query,
        .bm25 = {.k1 = request->rank.k1 * PM_WDF_UNIT,
                 .k3 = request->rank.k3,
                 .b = request->rank.b},
        .sort = newest,
        .sort_len = plan->scored ? 0 : 2,
        .limit = plan->scored && want ? want + 1 : want,
        .check_at_least = request->exact       ? documents
                          : want > EXACT_TOTAL ? want
                                               : EXACT_TOTAL,
    };
    for (;;) {
        if (pm_db_search(search->index.db, &ask, matches, err))
            return -1;
        if (!plan->scored || matches->len <= want || matches->len < ask.limit ||
            rounded(matches->item[want - 1].score) !=
                rounded(matches->item[matches->len - 1].score))
            return 0;
        pm_db_matches_release(matches);
        ask.limit = ask.limit > documents / 8 ? documents + 1 : ask.limit * 8;
    }
}

/* ---- hits ---- */

static int fill_hit(struct pm_search *search, const struct pm_request *request,
                    const struct pm_plan *plan, uint32_t docid, struct pm_hit *hit,
                    struct pm_error *err)
{
    struct pm_buf data = PM_BUF_INIT;
    int rc = -1;
    if (pm_db_data(search->index.db, docid, &data, err) ||
        pm_record_unpack(pm_buf_str(&data), data.len, &hit->article, err))
        goto out;
    const struct pm_article *article = &hit->article;
    struct pm_analyzer *analyzer = pm_analyzers_get(&search->analyzers, article->language, err);
    if (!analyzer)
        goto out;
    if (article->title && pm_snippet_whole(&plan->wanted, analyzer, article->title,
                                           strlen(article->title), &hit->title, err))
        goto out;
    if (request->snippet_words &&
        pm_snippet_make(&plan->wanted, analyzer, article->body, strlen(article->body),
                        request->snippet_words, &hit->snippet, err))
        goto out;
    rc = 0;
out:
    pm_buf_release(&data);
    return rc;
}

/* The hits that the request asks for, out of candidates in order. */
static int fill_hits(struct pm_search *search, const struct pm_request *request,
                     const struct pm_plan *plan, const struct candidate *candidate, size_t len,
                     struct pm_results *results, struct pm_error *err)
{
    size_t first = request->offset < len ? request->offset : len;
    size_t n = len - first < request->limit ? len - first : request->limit;
    results->hit = calloc(n + 1, sizeof *results->hit);
    if (!results->hit)
        return pm_fail_nomem(err);
    for (; results->len < n; results->len++) {
        struct pm_hit *hit = &results->hit[results->len];
        hit->rank = (uint32_t)(first + results->len + 1);
        hit->score = candidate[first + results->len].score;
        if (fill_hit(search, request, plan, candidate[first + results->len].docid, hit, err)) {
            results->len++; /* so that what it holds is released */
            return -1;
        }
    }
    return 0;
}

static int find(struct pm_search *search, const struct pm_request *request,
                const struct pm_plan *plan, struct pm_results *results, struct pm_error *err)
{
    struct pm_db_matches matches = {0};
    struct candidate *candidate = NULL;
    uint64_t end = (uint64_t)request->offset + request->limit;
    uint32_t want = request->limit ? (uint32_t)(end < MAX_HITS ? end : MAX_HITS) : 0;
    int rc = -1;
    if (ask(search, request, plan, want, &matches, err))
        goto out;
    results->total = matches.estimated;
    results->total_exact = matches.lower == matches.upper;
    candidate = calloc(matches.len + 1, sizeof *candidate);
    if (!candidate) {
        pm_fail_nomem(err);
        goto out;
    }
    for (size_t i = 0; i < matches.len; i++) {
        candidate[i].docid = matches.item[i].docid;
        candidate[i].score = plan->scored ? rounded(matches.item[i].score) : 0;
    }
    if (plan->scored && break_ties(search, candidate, matches.len, err))
        goto out;
    rc = fill_hits(search, request, plan, candidate, matches.len, results, err);
out:
    for (size_t i = 0; candidate && i < matches.len; i++) {
        free(candidate[i].date);
        free(candidate[i].id);
    }
    free(candidate);
    pm_db_matches_release(&matches);
    return rc;
}

int pm_search_run(struct pm_search *search, const struct pm_request *request,
                  struct pm_results *results, struct pm_error *err)
{
    struct pm_plan_base base = {
        .db = search->index.db,
        .dead = search->index.dead_numbers,
        .any_dead = search->index.dead_count > 0,
        .documents = search->stats.documents,
        .analyzer = search->query,
        .analyzers = search->query_len,
    };
    struct pm_buf text = PM_BUF_INIT;
    struct pm_plan plan = {0};
    struct pm_node *tree = NULL;
    int rc = -1;
    *results = (struct pm_results){.total_exact = true};
    pm_utf8_clean(&text, request->query, request->query_len);
    size_t len = text.len;
    results->query = pm_buf_detach(&text);
    if (!results->query) {
        pm_fail_nomem(err);
        goto out;
    }
    tree = pm_query_parse(results->query, len, request->literal, err);
    if (!tree || pm_plan_make(&base, tree, request->since.text[0] ? &request->since : NULL,
                              request->until.text[0] ? &request->until : NULL, &plan, err))
        goto out;
    if (plan.dropped.len && !(results->dropped = pm_buf_detach(&plan.dropped))) {
        pm_fail_nomem(err);
        goto out;
    }
    rc = plan.query ? find(search, request, &plan, results, err) : 0;
out:
    pm_query_free(tree);
    pm_plan_release(&plan);
    pm_buf_release(&text);
    return rc;
}

void pm_results_release(struct pm_results *results)
{
    for (size_t i = 0; i < results->len; i++) {
        pm_article_release(&results->hit[i].article);
        pm_snippet_release(&results->hit[i].title);
        pm_snippet_release(&results->hit[i].snippet);
    }
    free(results->hit);
    free(results->query);
    free(results->dropped);
    *results = (struct pm_results){0};
}
