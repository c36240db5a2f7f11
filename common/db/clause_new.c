#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "array.h"
#include "clause_inside.h"

/* About how many documents match, to ask the clause with the fewest first. */
static uint64_t count(const struct pm_clause *clause)
{
    const struct pm_db_query *query = clause->query;
    uint64_t sum = 0, least = UINT64_MAX;
    for (size_t i = 0; i < clause->lists; i++)
        sum += clause->postings[i].list.documents;
    switch (query->kind) {
    case PM_QUERY_CHECKED: /* what takes time is asked last */
        return UINT64_MAX;
    case PM_QUERY_RANGE:
    case PM_QUERY_WEIGHED:
    case PM_QUERY_ALL:
        return UINT32_MAX;
    case PM_QUERY_NUMBERS:
        return query->numbers[clause->shard].len;
    case PM_QUERY_TERM:
    case PM_QUERY_FIXED:
        return sum;
    case PM_QUERY_SCALE:
    case PM_QUERY_JOIN:
        break;
    }
    if (query->kind == PM_QUERY_JOIN && query->op == PM_DB_AND_NOT)
        return count(clause->child[0]);
    for (size_t i = 0; i < clause->children; i++) {
        uint64_t one = count(clause->child[i]);
        least = one < least ? one : least;
        sum = one > UINT64_MAX - sum ? UINT64_MAX : sum + one;
    }
    return pm_clause_is_any(query) ? sum : least;
}

static int by_count(const void *left, const void *right)
{
    uint64_t a = count(*(struct pm_clause *const *)left);
    uint64_t b = count(*(struct pm_clause *const *)right);
    return (a > b) - (a < b);
}

static int add_children(struct pm_clause *clause, const struct pm_scoring *scoring,
                        struct pm_error *err)
{
    const struct pm_db_query *query = clause->query;
    bool first_only =
        query->kind == PM_QUERY_JOIN && (query->op == PM_DB_FILTER || query->op == PM_DB_AND_NOT);
    clause->child = calloc(query->children + 1, sizeof(struct pm_clause *));
    if (!clause->child)
        return pm_fail_nomem(err);
    for (; clause->children < query->children; clause->children++) {
        bool scored = clause->scored && (!first_only || !clause->children);
        struct pm_clause *child = pm_clause_new(query->child[clause->children], scoring,
                                                clause->shard, clause->factor, scored, err);
        if (!child)
            return -1;
        clause->child[clause->children] = child;
    }
    if (pm_clause_is_any(query))
        return 0;
    if (clause->scored && !(clause->own = calloc(PM_WINDOW, sizeof *clause->own)))
        return pm_fail_nomem(err);
    if (query->op != PM_DB_AND_NOT)
        qsort(clause->child, clause->children, sizeof(struct pm_clause *), by_count);
    return 0;
}

/* Opens one more of the lists. */
static int open_postings(struct pm_clause *clause, const char *term, size_t len,
                         struct pm_error *err)
{
    struct pm_postings *postings = &clause->postings[clause->lists++];
    int rc = pm_glass_postings(clause->glass, term, len, &postings->list, err);
    postings->ended = rc != 1;
    return rc < 0 ? -1 : 0;
}

/* Sets *with to how many documents have the term of the clause. */
static int count_term(const struct pm_clause *clause, const struct pm_scoring *scoring,
                      double *with, struct pm_error *err)
{
    const struct pm_db_query *query = clause->query;
    struct pm_term_counts *terms = scoring->terms;
    if (clause->shard) {
        assert(terms->at < terms->len);
        *with = terms->count[terms->at++];
        return 0;
    }
    *with = clause->postings->list.documents; /* 0 where there is no list */
    for (size_t i = 1; i < scoring->shards; i++) {
        uint32_t freq;
        if (pm_glass_term_freq(scoring->glass[i], query->term, query->term_len, &freq, err))
            return -1;
        *with += freq;
    }
    double *grown = pm_array_room(terms->count, terms->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    terms->count = grown;
    terms->count[terms->len++] = *with;
    return 0;
}

/*
 * BM25, as Xapian::BM25Weight has it (Robertson and Walker, Okapi at TREC-7, 1998): all of it but
 * the document's part.
 */
static int weigh_term(struct pm_clause *clause, const struct pm_scoring *scoring,
                      struct pm_error *err)
{
    double k3 = clause->bm25.k3, wqf = clause->query->wqf, with;
    if (count_term(clause, scoring, &with, err))
        return -1;
    double odds = (scoring->documents - with + 0.5) / (with + 0.5);
    if (odds < 2) /* words of most documents still count */
        odds = odds * 0.5 + 1;
    clause->weight = log(odds) * (clause->bm25.k1 + 1);
    if (k3 != 0)
        clause->weight *= (k3 + 1) * wqf / (k3 + wqf);
    return 0;
}

static int add_lists(struct pm_clause *clause, struct pm_error *err)
{
    const struct pm_db_query *query = clause->query;
    size_t lists = !query->groups;
    for (size_t i = 0; i < query->groups; i++)
        lists += query->group[i].len;
    clause->postings = calloc(lists + 1, sizeof *clause->postings);
    clause->group_end = calloc(query->groups + 1, sizeof *clause->group_end);
    if (!clause->postings || !clause->group_end)
        return pm_fail_nomem(err);
    if (query->kind == PM_QUERY_TERM || query->kind == PM_QUERY_ALL)
        return open_postings(clause, query->term ? query->term : "", query->term_len, err);
    for (size_t i = 0; i < query->groups; i++) {
        for (size_t j = 0; j < query->group[i].len; j++)
            if (open_postings(clause, query->group[i].term[j].data, query->group[i].term[j].len,
                              err))
                return -1;
        clause->group_end[i] = clause->lists;
    }
    return 0;
}

static int fill(struct pm_clause *clause, const struct pm_scoring *scoring, struct pm_error *err)
{
    switch (clause->query->kind) {
    case PM_QUERY_TERM:
        return add_lists(clause, err) || (clause->scored && weigh_term(clause, scoring, err)) ? -1
                                                                                              : 0;
    case PM_QUERY_ALL:
    case PM_QUERY_FIXED:
    case PM_QUERY_CHECKED:
        return add_lists(clause, err);
    case PM_QUERY_RANGE:
    case PM_QUERY_WEIGHED:
        return pm_glass_values(clause->glass, clause->query->slot, &clause->values, err);
    case PM_QUERY_NUMBERS:
        return 0;
    case PM_QUERY_SCALE:
        clause->factor *= clause->query->factor;
        clause->scored &= clause->factor > 0;
        break;
    case PM_QUERY_JOIN:
        break;
    }
    return add_children(clause, scoring, err);
}

struct pm_clause *pm_clause_new(const struct pm_db_query *query, const struct pm_scoring *scoring,
                                size_t shard, double factor, bool scored, struct pm_error *err)
{
    struct pm_clause *clause = calloc(1, sizeof *clause);
    if (!clause) {
        pm_fail_nomem(err);
        return NULL;
    }
    clause->query = query;
    clause->db = scoring->db;
    clause->glass = scoring->glass[shard];
    clause->shard = shard;
    clause->scored = scored;
    clause->factor = factor;
    clause->bm25 = scoring->bm25;
    clause->inverse_length = 1 / scoring->average_length;
    if (fill(clause, scoring, err)) {
        pm_clause_free(clause);
        return NULL;
    }
    return clause;
}

void pm_clause_free(struct pm_clause *clause)
{
    if (!clause)
        return;
    for (size_t i = 0; i < clause->children; i++)
        pm_clause_free(clause->child[i]);
    free(clause->child);
    for (size_t i = 0; i < clause->lists; i++)
        pm_posting_list_close(&clause->postings[i].list);
    free(clause->postings);
    free(clause->group_end);
    free(clause->own);
    pm_value_list_close(&clause->values);
    pm_phrase_room_release(&clause->phrase);
    free(clause);
}
