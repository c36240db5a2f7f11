#include "hits.h"

#include <stdlib.h>
#include <string.h>

#include "copies.h"
#include "hash.h"
#include "name_marks.h"
#include "schema.h"
#include "tally.h"

#define MAX_WANT   10000000u
#define FIRST_LOOK 100 /* matches at least that are ranked when each has to be looked at */

struct page {
    struct pm_search *search;
    const struct pm_request *request;
    const struct pm_plan *plan;
    struct pm_ranking_request ranking_request;
    struct pm_cursor cursor; /* the page begins after it */
    uint32_t cursor_query;   /* of cursors of this request */
    bool after;
    bool marks; /* what was found is looked for in texts */
    struct pm_ranking ranking;
    size_t skipped; /* of the ranking, as not after the cursor */
    char *verdict;  /* of each ranked: 'y', 'n' or 0, not looked at yet */
    size_t verdicts;
    struct pm_copies copies;
    struct pm_buf name; /* of an entity, as it is looked for */
    struct pm_error *err;
};

/* ---- what has to be looked at ---- */

/* True if the article has all that is asked exactly: 1, 0, -1. */
static int look_at(struct page *page, size_t i)
{
    struct pm_article article;
    if (page->verdict[i])
        return page->verdict[i] == 'y';
    int rc = 1;
    if (pm_opened_article(page->search, page->ranking.item[i].docid, &article, page->err))
        rc = -1;
    for (size_t j = 0; rc == 1 && j < page->plan->exacts; j++)
        rc = pm_exact_matches(page->plan->exact[j], &article, &page->search->analyzers, page->err);
    pm_article_release(&article);
    if (rc >= 0)
        page->verdict[i] = rc ? 'y' : 'n';
    return rc;
}

/* Keeps what passes of the ranking, up to `need` after what is skipped; *looked counts. */
static int keep_exact(struct page *page, size_t need, size_t *passed, size_t *looked)
{
    *passed = *looked = 0;
    if (page->verdicts < page->ranking.len) {
        char *grown = realloc(page->verdict, page->ranking.len);
        if (!grown)
            return pm_fail_nomem(page->err);
        memset(grown + page->verdicts, 0, page->ranking.len - page->verdicts);
        page->verdict = grown;
        page->verdicts = page->ranking.len;
    }
    for (size_t i = page->skipped; i < page->ranking.len && *passed < need; i++) {
        int rc = look_at(page, i);
        if (rc < 0)
            return -1;
        *passed += rc > 0;
        ++*looked;
    }
    return 0;
}

/* Drops what did not pass and what was not needed. */
static void drop_others(struct page *page, size_t looked)
{
    struct pm_ranking *ranking = &page->ranking;
    size_t kept = page->skipped;
    for (size_t i = page->skipped; i < page->skipped + looked; i++)
        if (page->verdict[i] == 'y')
            ranking->item[kept++] = ranking->item[i];
    ranking->len = kept;
}

/* What is known of the total after `looked` matches of which some passed. */
static void estimate_total(struct page *page, size_t passed, size_t looked)
{
    struct pm_ranking *ranking = &page->ranking;
    bool all = ranking->complete && looked == ranking->len;
    double share = looked ? (double)passed / (double)looked : 0;
    double total = all ? (double)passed : ranking->total * share;
    if (total < (double)passed)
        total = (double)passed;
    ranking->total = (uint32_t)(total + 0.5);
    ranking->total_exact = all;
    ranking->complete &= looked == ranking->len - page->skipped;
}

/* ---- the ranking ---- */

/* One look: 1 if the ranking holds what the page needs, 0 if more is to be ranked, -1. */
static int rank(struct page *page, uint32_t want, size_t need)
{
    size_t passed, looked;
    pm_ranking_release(&page->ranking);
    if (pm_ranking_find(&page->ranking_request, want, &page->ranking, page->err) ||
        (page->after && pm_ranking_skip(&page->ranking_request, &page->ranking, &page->cursor,
                                        &page->skipped, page->err)))
        return -1;
    page->ranking_request.spy = NULL; /* everything was counted */
    bool all = page->ranking.complete || want >= page->ranking_request.documents;
    if (!page->plan->exacts)
        return all || page->ranking.len >= page->skipped + need;
    if (keep_exact(page, need, &passed, &looked))
        return -1;
    if (!all && passed < need)
        return 0;
    estimate_total(page, passed, looked);
    drop_others(page, looked);
    return 1;
}

static int rank_enough(struct page *page)
{
    const struct pm_request *request = page->request;
    uint64_t need = (page->after ? 0 : (uint64_t)request->offset) + request->limit;
    uint64_t want = need + (page->after ? page->cursor.rank : 0);
    if (page->plan->exacts && need && want < FIRST_LOOK)
        want = FIRST_LOOK;
    if (request->group)
        want = page->ranking_request.documents;
    for (;;) {
        if (want > MAX_WANT)
            want = MAX_WANT;
        int rc = rank(page, (uint32_t)want, need < MAX_WANT ? (size_t)need : MAX_WANT);
        if (rc || want == MAX_WANT)
            return rc < 0 ? -1 : 0;
        want *= 4;
    }
}

/* ---- hits ---- */

/* Reads what is shown of an article, and of those whom the query wants where they stand in it. */
static int read_article(struct page *page, uint32_t docid, struct pm_article *article,
                        struct pm_name_marks *marks)
{
    struct pm_search *search = page->search;
    const struct pm_wanted *wanted = &page->plan->wanted;
    struct pm_name_look look = {wanted, search->fold, &page->name};
    const struct pm_record_wish wish = {
        .entities = page->request->names,
        .extra = page->request->extra,
        .mentions = page->marks && wanted->names ? pm_name_marks_want : NULL,
        .arg = &look};
    *marks = (struct pm_name_marks){0};
    return pm_opened_brief(search, docid, &wish, article, page->err) ||
                   pm_name_marks_find(&look, article, marks, page->err)
               ? -1
               : 0;
}

static int fill_hit(struct page *page, uint32_t docid, struct pm_hit *hit)
{
    const struct pm_request *request = page->request;
    struct pm_article *article = &hit->article;
    struct pm_wanted wanted = page->plan->wanted; /* for one text after the other */
    struct pm_name_marks marks;
    struct pm_error *err = page->err;
    int rc = read_article(page, docid, article, &marks);
    struct pm_analyzer *analyzer =
        rc ? NULL : pm_analyzers_get(&page->search->analyzers, article->language, err);
    if (!analyzer)
        rc = -1;
    wanted.span = marks.title;
    wanted.spans = marks.titles;
    if (!rc && request->title_marks && article->title)
        rc = pm_snippet_whole(&wanted, analyzer, article->title, strlen(article->title),
                              &hit->title, err);
    wanted.span = marks.body;
    wanted.spans = marks.bodies;
    if (!rc && request->snippets && request->snippet_words)
        rc = pm_snippet_make_some(&wanted, analyzer, article->body, strlen(article->body),
                                  request->snippet_words, request->snippets, &hit->snippet,
                                  &hit->snippets, err);
    pm_name_marks_release(&marks);
    return rc;
}

/*
 * All of a request that says which articles come in which order, as cursors know it; but not the
 * lists of synonyms and function words, the languages, nor what a day like `today` in the query
 * means.
 */
static int hash_request(const struct pm_request *request, uint32_t *hash, struct pm_error *err)
{
    struct pm_buf all = PM_BUF_INIT;
    const struct pm_rank *rank = &request->rank;
    pm_buf_addf(&all, "%d %d %d %d %s %s %.9g %.9g %.9g %.9g %.9g ", request->literal,
                request->plain, request->group, request->correct, request->since.text,
                request->until.text, request->halflife, request->name_boost, rank->k1, rank->k3,
                rank->b);
    if (request->similar)
        pm_buf_adds(&all, request->similar);
    else
        pm_buf_add(&all, request->query, request->query_len);
    *hash = (uint32_t)pm_hash64(pm_buf_str(&all), all.len);
    int rc = all.failed ? pm_fail_nomem(err) : 0;
    pm_buf_release(&all);
    return rc;
}

/* The place in the ranking of the hit numbered `i`, from 0, of all that lead. */
static size_t place_of(const struct page *page, size_t i)
{
    return page->request->group ? page->copies.place[page->copies.start[i]] : i;
}

/* The first hit of the page and how many there are in all. */
static void find_bounds(const struct page *page, size_t *first, size_t *count)
{
    bool group = page->request->group;
    *count = group ? page->copies.stories : page->ranking.len;
    if (!page->after) {
        *first = page->request->offset < *count ? page->request->offset : *count;
        return;
    }
    for (*first = 0; *first < *count && place_of(page, *first) < page->skipped;)
        ++*first;
}

static int fill_hits(struct page *page, struct pm_results *results)
{
    size_t first, count;
    find_bounds(page, &first, &count);
    size_t n = count - first < page->request->limit ? count - first : page->request->limit;
    uint32_t rank = page->after ? page->cursor.rank : (uint32_t)first;
    results->hit = calloc(n + 1, sizeof *results->hit);
    if (!results->hit)
        return pm_fail_nomem(page->err);
    for (size_t i = first; i < first + n; i++) {
        struct pm_hit *hit = &results->hit[results->len++]; /* so that it is released */
        const struct pm_ranked *ranked = &page->ranking.item[place_of(page, i)];
        hit->rank = ++rank;
        hit->score = ranked->score;
        if (fill_hit(page, ranked->docid, hit) ||
            (page->request->group && pm_copies_fill(page->search, &page->ranking, &page->copies,
                                                    (uint32_t)i, hit, page->err)))
            return -1;
    }
    if (!n || (first + n == count && page->ranking.complete))
        return 0;
    struct pm_buf text = PM_BUF_INIT;
    const struct pm_ranked *last = &page->ranking.item[place_of(page, first + n - 1)];
    struct pm_cursor next = {
        .sort = page->request->sort, .rank = rank, .query = page->cursor_query};
    if (pm_key_of(&results->hit[n - 1].article, last->score, &next.key, page->err))
        return -1;
    pm_cursor_format(&next, &text);
    pm_key_release(&next.key);
    results->next = pm_buf_detach(&text);
    return results->next ? 0 : pm_fail_nomem(page->err);
}

/* ---- the whole ---- */

static int find(struct page *page, struct pm_tally *tally, struct pm_results *results)
{
    if (rank_enough(page))
        return -1;
    results->total = page->ranking.total;
    results->total_exact = page->ranking.total_exact;
    if (tally && pm_tally_finish(tally, page->search, results, page->err))
        return -1;
    if (page->request->group) {
        if (pm_copies_find(page->search, &page->ranking, &page->copies, page->err))
            return -1;
        results->stories = page->copies.stories;
    }
    return fill_hits(page, results);
}

int pm_hits_find(struct pm_search *search, const struct pm_request *request,
                 const struct pm_plan *plan, struct pm_results *results, struct pm_error *err)
{
    struct page page = {
        .search = search,
        .request = request,
        .plan = plan,
        .ranking_request = pm_opened_ranking(search, request, plan),
        .after = request->after != NULL,
        .marks = request->title_marks || request->snippets,
        .err = err,
    };
    int rc = -1;
    struct pm_tally *tally = pm_tally_new(search, request, err);
    if (err->code || hash_request(request, &page.cursor_query, err) ||
        (page.after && pm_cursor_parse(request->after, &page.cursor, err)))
        goto out;
    if (page.after && page.cursor.sort != request->sort) {
        pm_fail(err, PM_ERR_USAGE, "the cursor is of results in another order");
        goto out;
    }
    if (page.after && page.cursor.query != page.cursor_query) {
        pm_fail(err, PM_ERR_USAGE,
                "the cursor is of results of another query, or of one asked with other options");
        goto out;
    }
    if (tally)
        pm_tally_attach(tally, &page.ranking_request);
    rc = find(&page, tally, results);
out:
    pm_tally_free(tally);
    pm_key_release(&page.cursor.key);
    pm_ranking_release(&page.ranking);
    pm_copies_release(&page.copies);
    pm_buf_release(&page.name);
    free(page.verdict);
    return rc;
}
