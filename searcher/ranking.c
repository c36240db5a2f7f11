#include "ranking.h"

#include <math.h>
#include <stdlib.h>

#include "nearness.h"
#include "schema.h"

#define TIED        10   /* asked for beyond the page: seldom have so many the score of its last */
#define EXACT_TOTAL 1000 /* so many matches are counted exactly; it costs next to nothing */

static double rounded(double score)
{
    return floor(score * 1e9 + 0.5) / 1e9;
}

/* ---- asking ---- */

/* What the database sorts by when it is not the score: the same as pm_key_compare(). */
static size_t sort_keys(enum pm_sort sort, struct pm_db_sort key[3])
{
    size_t n = 0;
    if (sort == PM_SORT_SOURCE)
        key[n++] = (struct pm_db_sort){.slot = pm_schema[PM_FIELD_SOURCE].slot};
    key[n++] = (struct pm_db_sort){.slot = pm_schema[PM_FIELD_DATE].slot,
                                   .descending = sort != PM_SORT_OLDEST};
    key[n++] = (struct pm_db_sort){.slot = pm_schema[PM_FIELD_ID].slot};
    return n;
}

/*
 * Asks the database for the first `want` matches, and for as many more as tie with the last
 * of them: beyond the edge may stand one that comes first by date or id.
 */
static int ask(const struct pm_ranking_request *request, bool by_score, uint32_t want,
               struct pm_db_matches *matches, struct pm_error *err)
{
    struct pm_db_sort key[3];
    struct pm_db_request ask = {
        .query = request->plan->query,
        .bm25 = request->bm25,
        .sort = key,
        .sort_len = by_score ? 0 : sort_keys(request->sort, key),
        .limit = by_score && want ? want + TIED : want,
        .check_at_least = request->count || request->spy ? request->documents
                          : want > EXACT_TOTAL           ? want
                                                         : EXACT_TOTAL,
        .spy = request->spy,
        .spy_arg = request->spy_arg,
        .spy_slot = request->spy_slot,
        .spy_slots = request->spy_slots,
    };
    for (;;) {
        if (pm_db_search(request->db, &ask, matches, err))
            return -1;
        if (!by_score || matches->len <= want || matches->len < ask.limit ||
            rounded(matches->item[want - 1].score) !=
                rounded(matches->item[matches->len - 1].score))
            return 0;
        pm_db_matches_release(matches);
        ask.spy = NULL;
        ask.limit = ask.limit > request->documents / 8 ? request->documents + 1 : ask.limit * 8;
    }
}

/* ---- ties ---- */

struct tied {
    struct pm_ranked ranked;
    struct pm_key key;
};

static int compare(const void *left, const void *right)
{
    const struct tied *a = left, *b = right;
    return pm_key_compare(PM_SORT_RELEVANCE, &a->key, &b->key);
}

/* Puts `n` of the same score in order. */
static int order_tied(const struct pm_ranking_request *request, struct pm_ranked *item, size_t n,
                      struct pm_error *err)
{
    struct tied *tied = calloc(n, sizeof *tied);
    int rc = tied ? 0 : pm_fail_nomem(err);
    for (size_t i = 0; !rc && i < n; i++) {
        tied[i].ranked = item[i];
        rc = pm_key_read(request->db, item[i].docid, item[i].score, &tied[i].key, err);
    }
    if (!rc)
        qsort(tied, n, sizeof *tied, compare);
    for (size_t i = 0; tied && i < n; i++) {
        if (!rc)
            item[i] = tied[i].ranked;
        pm_key_release(&tied[i].key);
    }
    free(tied);
    return rc;
}

/*
 * Orders what has the same score once rounded; rounding keeps the order of the rest.  Only what
 * reaches from before `end` to `from` or behind: to look at a tie costs more than all else that is
 * done for it, and most are of no concern.
 */
static int break_ties(const struct pm_ranking_request *request, struct pm_ranking *ranking,
                      size_t from, size_t end, struct pm_error *err)
{
    for (size_t first = 0, behind; first < ranking->len && first < end; first = behind) {
        const struct pm_ranked *item = ranking->item;
        for (behind = first + 1; behind < ranking->len && item[behind].score == item[first].score;)
            behind++;
        if (behind - first > 1 && behind > from &&
            order_tied(request, ranking->item + first, behind - first, err))
            return -1;
    }
    return 0;
}

/* ---- nearness ---- */

static int by_docid(const void *left, const void *right)
{
    uint32_t a = ((const struct pm_ranked *)left)->docid;
    uint32_t b = ((const struct pm_ranked *)right)->docid;
    return (a > b) - (a < b);
}

static int by_score(const void *left, const void *right)
{
    double a = ((const struct pm_ranked *)left)->score;
    double b = ((const struct pm_ranked *)right)->score;
    return (a < b) - (a > b);
}

/*
 * Adds what the places of words give to the best, which stay before all others: it is never less
 * than nothing.  They are read by their numbers, as they lie in the database.
 */
static int look_nearer(const struct pm_ranking_request *request, struct pm_ranking *ranking,
                       struct pm_error *err)
{
    uint32_t docid[PM_RANKING_LOOK];
    double bonus[PM_RANKING_LOOK];
    size_t n = ranking->len < PM_RANKING_LOOK ? ranking->len : PM_RANKING_LOOK;
    /* Which of those with the last one's score are among the best. */
    if (n < ranking->len && break_ties(request, ranking, n, n, err))
        return -1;
    qsort(ranking->item, n, sizeof *ranking->item, by_docid);
    for (size_t i = 0; i < n; i++)
        docid[i] = ranking->item[i].docid;
    if (pm_nearness(request->db, &request->plan->neighbours, docid, n, bonus, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        ranking->item[i].nearness = bonus[i];
        ranking->item[i].score = rounded(ranking->item[i].score + bonus[i]);
    }
    qsort(ranking->item, n, sizeof *ranking->item, by_score);
    return 0;
}

/* ---- all ---- */

int pm_ranking_find(const struct pm_ranking_request *request, uint32_t want,
                    struct pm_ranking *ranking, struct pm_error *err)
{
    struct pm_db_matches matches = {0};
    bool scored = request->sort == PM_SORT_RELEVANCE && request->plan->scored;
    bool nearer = scored && want && request->plan->neighbours.len > 1;
    uint32_t deep = nearer && want < PM_RANKING_LOOK ? PM_RANKING_LOOK : want;
    int rc = -1;
    *ranking = (struct pm_ranking){0};
    if (ask(request, scored, deep, &matches, err))
        goto out;
    ranking->total = matches.estimated;
    ranking->total_exact = matches.lower == matches.upper;
    ranking->complete = (matches.len < deep && matches.len <= want) ||
                        (ranking->total_exact && ranking->total <= want);
    ranking->item = calloc(matches.len + 1, sizeof *ranking->item);
    if (!ranking->item) {
        pm_fail_nomem(err);
        goto out;
    }
    for (; ranking->len < matches.len; ranking->len++) {
        const struct pm_db_match *match = &matches.item[ranking->len];
        ranking->item[ranking->len] =
            (struct pm_ranked){match->docid, scored ? rounded(match->score) : 0, 0};
    }
    rc = nearer ? look_nearer(request, ranking, err) : 0;
    if (!rc && scored)
        rc = break_ties(request, ranking, 0, want, err);
    if (ranking->len > want)
        ranking->len = want;
out:
    pm_db_matches_release(&matches);
    return rc;
}

void pm_ranking_release(struct pm_ranking *ranking)
{
    free(ranking->item);
    *ranking = (struct pm_ranking){0};
}

int pm_ranking_skip(const struct pm_ranking_request *request, const struct pm_ranking *ranking,
                    const struct pm_cursor *cursor, size_t *skip, struct pm_error *err)
{
    size_t low = 0, high = ranking->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct pm_ranked *item = &ranking->item[middle];
        struct pm_key key;
        if (pm_key_read(request->db, item->docid, item->score, &key, err))
            return -1;
        if (pm_key_compare(cursor->sort, &key, &cursor->key) <= 0)
            low = middle + 1;
        else
            high = middle;
        pm_key_release(&key);
    }
    *skip = low;
    return 0;
}
