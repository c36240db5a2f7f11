#include <assert.h>

#include "clause_inside.h"

/* ---- terms ---- */

/* The document's part of BM25, and what it is multiplied by. */
struct bm25 {
    double k1, b, min_normal, inverse_length, weight, factor;
};

static inline double score_term(const struct bm25 *bm25, double wdf, double length)
{
    double normal = length * bm25->inverse_length;
    normal = normal > bm25->min_normal ? normal : bm25->min_normal;
    double below = bm25->k1 * (normal * bm25->b + (1 - bm25->b)) + wdf;
    return bm25->factor * (below > 0 ? bm25->weight * (wdf / below) : 0);
}

/* Adds the scores of what the chunk at hand has in the window, and stops behind it. */
static int score_chunk(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                       uint64_t *bit, double *score, struct pm_error *err)
{
    struct pm_postings *postings = clause->postings;
    const uint32_t *docids = postings->list.docid, *wdfs = postings->list.wdf;
    const uint32_t *lengths = pm_glass_lengths(clause->glass);
    const uint32_t last = pm_glass_last(clause->glass);
    const struct bm25 bm25 = {clause->bm25.k1,        clause->bm25.b, clause->bm25.min_normlen,
                              clause->inverse_length, clause->weight, clause->factor};
    size_t at = postings->at, len = postings->list.len;
    for (; at < len; at++) {
        uint32_t docid = docids[at], length;
        uint64_t off = docid - from;
        if (off >= PM_WINDOW)
            break;
        if (within && !pm_bits_have(within, off))
            continue;
        if (docid <= last && lengths[docid])
            length = lengths[docid] - 1;
        else if (pm_glass_length(clause->glass, docid, &length, err))
            return -1;
        pm_bits_set(bit, off);
        score[off] += score_term(&bm25, wdfs[at], length);
    }
    postings->at = at;
    return 0;
}

static int match_term(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                      uint64_t *bit, double *score, struct pm_error *err)
{
    struct pm_postings *postings = clause->postings;
    if (!score)
        return pm_postings_match(postings, from, within, bit, err);
    int rc = pm_postings_seek(postings, from, err);
    while (rc == 1) {
        if (score_chunk(clause, from, within, bit, score, err))
            return -1;
        if (postings->at < postings->list.len)
            return 0;
        rc = pm_postings_next_chunk(postings, err);
    }
    return rc < 0 ? -1 : 0;
}

/* ---- other leaves ---- */

static void match_numbers(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                          uint64_t *bit)
{
    const struct pm_db_numbers *list = &clause->query->numbers[clause->shard];
    for (; clause->number < list->len && list->number[clause->number] < from + PM_WINDOW;
         clause->number++) {
        uint64_t off = list->number[clause->number] - from;
        if (list->number[clause->number] >= from && (!within || pm_bits_have(within, off)))
            pm_bits_set(bit, off);
    }
}

static bool lies_within(const struct pm_db_query *query, struct pm_bytes value)
{
    size_t low = strlen(query->low), high = query->high ? strlen(query->high) : 0;
    int above = memcmp(value.data, query->low, value.len < low ? value.len : low);
    if (above < 0 || (!above && value.len < low))
        return false;
    if (!query->high)
        return true;
    int below = memcmp(value.data, query->high, value.len < high ? value.len : high);
    return below < 0 || (!below && value.len <= high);
}

/* RANGE and WEIGHED. */
static int match_values(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                        uint64_t *bit, double *score, struct pm_error *err)
{
    const struct pm_db_query *query = clause->query;
    struct pm_value_list *values = &clause->values;
    int rc;
    for (uint64_t docid = from; docid < from + PM_WINDOW && docid <= UINT32_MAX &&
                                (rc = pm_value_list_seek(values, (uint32_t)docid, err));
         docid = (uint64_t)values->docid + 1) {
        if (rc < 0)
            return -1;
        uint64_t off = values->docid - from;
        if (off >= PM_WINDOW)
            break;
        if ((within && !pm_bits_have(within, off)) ||
            (query->kind == PM_QUERY_RANGE && !lies_within(query, values->value)))
            continue;
        pm_bits_set(bit, off);
        if (score && query->kind == PM_QUERY_WEIGHED)
            score[off] += clause->factor * query->weigh((const char *)values->value.data,
                                                        values->value.len, query->arg);
    }
    return 0;
}

/* The documents that have a term of the group numbered `i`. */
static int match_group(struct pm_clause *clause, size_t i, uint64_t from, const uint64_t *within,
                       uint64_t *bit, struct pm_error *err)
{
    pm_bits_clear(bit);
    for (size_t j = i ? clause->group_end[i - 1] : 0; j < clause->group_end[i]; j++)
        if (pm_postings_match(&clause->postings[j], from, within, bit, err))
            return -1;
    return 0;
}

static int match_fixed(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                       uint64_t *bit, double *score, struct pm_error *err)
{
    uint64_t group[PM_WINDOW_WORDS];
    for (size_t i = 0; i < clause->query->groups; i++) {
        if (match_group(clause, i, from, within, group, err))
            return -1;
        for (size_t word = 0; word < PM_WINDOW_WORDS; word++) {
            bit[word] |= group[word];
            for (uint64_t left = score ? group[word] : 0; left; left &= left - 1)
                score[word * 64 + (size_t)__builtin_ctzll(left)] +=
                    clause->factor * clause->query->score[i];
        }
    }
    return 0;
}

int pm_clause_keep(struct pm_clause *clause, uint64_t from, uint64_t *bit,
                   int (*passes)(struct pm_clause *clause, uint32_t docid, struct pm_error *err),
                   struct pm_error *err)
{
    for (size_t word = 0; word < PM_WINDOW_WORDS; word++)
        for (uint64_t left = bit[word]; left; left &= left - 1) {
            uint64_t docid = from + word * 64 + (uint64_t)__builtin_ctzll(left);
            int rc = passes(clause, (uint32_t)docid, err);
            if (rc < 0)
                return -1;
            if (!rc)
                bit[word] &= ~(left & -left);
        }
    return 0;
}

static int is_accepted(struct pm_clause *clause, uint32_t docid, struct pm_error *err)
{
    const struct pm_db_candidate candidate = {clause->db, clause->shard, docid};
    return clause->query->accept(&candidate, clause->query->arg, err);
}

static int match_checked(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                         uint64_t *bit, struct pm_error *err)
{
    uint64_t found[2][PM_WINDOW_WORDS];
    if (!clause->query->groups)
        return 0;
    for (size_t i = 0; i < clause->query->groups; i++) {
        if (match_group(clause, i, from, within, found[i % 2], err))
            return -1;
        within = found[i % 2];
        if (pm_bits_are_empty(within))
            return 0;
    }
    uint64_t *last = found[(clause->query->groups + 1) % 2];
    if (pm_clause_keep(clause, from, last, is_accepted, err))
        return -1;
    for (size_t i = 0; i < PM_WINDOW_WORDS; i++)
        bit[i] |= last[i];
    return 0;
}

int pm_clause_match_leaf(struct pm_clause *clause, uint64_t from, const uint64_t *within,
                         uint64_t *bit, double *score, struct pm_error *err)
{
    switch (clause->query->kind) {
    case PM_QUERY_ALL:
        return pm_postings_match(clause->postings, from, within, bit, err);
    case PM_QUERY_TERM:
        return match_term(clause, from, within, bit, score, err);
    case PM_QUERY_NUMBERS:
        match_numbers(clause, from, within, bit);
        return 0;
    case PM_QUERY_RANGE:
    case PM_QUERY_WEIGHED:
        return match_values(clause, from, within, bit, score, err);
    case PM_QUERY_FIXED:
        return match_fixed(clause, from, within, bit, score, err);
    case PM_QUERY_CHECKED:
        return match_checked(clause, from, within, bit, err);
    case PM_QUERY_SCALE:
    case PM_QUERY_JOIN:
        break;
    }
    assert(false); /* they have children */
    return -1;
}
