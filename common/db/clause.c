#include "clause.h"

#include "clause_inside.h"

static int is_phrase(struct pm_clause *clause, uint32_t docid, struct pm_error *err)
{
    const struct pm_db_candidate candidate = {clause->db, clause->shard, docid};
    return pm_phrase_stands(clause->query, &candidate, &clause->phrase, err);
}

/* Adds what `own` has of the documents in `bit`, and leaves nothing there of those in `written`. */
static void move_scores(double *own, const uint64_t *written, const uint64_t *bit, double *score)
{
    for (size_t word = 0; word < PM_WINDOW_WORDS; word++)
        for (uint64_t left = written[word]; left; left &= left - 1) {
            size_t off = word * 64 + (size_t)__builtin_ctzll(left);
            if (bit[word] & left & -left)
                score[off] += own[off];
            own[off] = 0;
        }
}

/* The first child, or all of which the first is the rarest, within each other. */
static int match_all(struct pm_clause *clause, uint64_t from, const uint64_t *within, uint64_t *bit,
                     double *score, struct pm_error *err)
{
    uint64_t found[3][PM_WINDOW_WORDS]; /* by the first child, then by others in turns */
    double *own = score ? clause->own : NULL;
    bool without = clause->query->op == PM_DB_AND_NOT;
    uint64_t *last = NULL;
    for (size_t i = 0; i < clause->children; i++) {
        struct pm_clause *child = clause->child[i];
        uint64_t *next = found[i ? 1 + i % 2 : 0];
        pm_bits_clear(next);
        if (pm_clause_match(child, from, within, next, own, err))
            return -1;
        if (without && i)
            for (size_t word = 0; word < PM_WINDOW_WORDS; word++)
                next[word] = last[word] & ~next[word];
        within = last = next;
        if (pm_bits_are_empty(last))
            break;
    }
    if (!last)
        return 0;
    if (clause->query->op == PM_DB_PHRASE && pm_clause_keep(clause, from, last, is_phrase, err))
        return -1;
    for (size_t word = 0; word < PM_WINDOW_WORDS; word++)
        bit[word] |= last[word];
    if (own)
        move_scores(own, found[0], last, score);
    return 0;
}

static int match_any(struct pm_clause *clause, uint64_t from, const uint64_t *within, uint64_t *bit,
                     double *score, struct pm_error *err)
{
    for (size_t i = 0; i < clause->children; i++)
        if (pm_clause_match(clause->child[i], from, within, bit, score, err))
            return -1;
    return 0;
}

int pm_clause_match(struct pm_clause *clause, uint64_t from, const uint64_t *within, uint64_t *bit,
                    double *score, struct pm_error *err)
{
    if (!clause->scored)
        score = NULL;
    if (clause->query->kind != PM_QUERY_JOIN && clause->query->kind != PM_QUERY_SCALE)
        return pm_clause_match_leaf(clause, from, within, bit, score, err);
    return pm_clause_is_any(clause->query) ? match_any(clause, from, within, bit, score, err)
                                           : match_all(clause, from, within, bit, score, err);
}

/* The first document from `from` on that one of the lists has. */
static uint64_t next_of_lists(const struct pm_clause *clause, uint64_t from)
{
    uint64_t first = UINT64_MAX;
    for (size_t i = 0; i < clause->lists; i++) {
        uint64_t next = pm_postings_next(&clause->postings[i], from);
        first = next < first ? next : first;
    }
    return first;
}

uint64_t pm_clause_next(const struct pm_clause *clause, uint64_t from)
{
    const struct pm_db_query *query = clause->query;
    uint64_t least = UINT64_MAX, most = from;
    switch (query->kind) {
    case PM_QUERY_ALL:
    case PM_QUERY_TERM:
    case PM_QUERY_FIXED:
    case PM_QUERY_CHECKED:
        return next_of_lists(clause, from);
    case PM_QUERY_NUMBERS:
    case PM_QUERY_RANGE:
    case PM_QUERY_WEIGHED:
        return from;
    case PM_QUERY_SCALE:
    case PM_QUERY_JOIN:
        break;
    }
    size_t asked = query->op == PM_DB_AND_NOT ? 1 : clause->children;
    for (size_t i = 0; i < asked; i++) {
        uint64_t next = pm_clause_next(clause->child[i], from);
        least = next < least ? next : least;
        most = next > most ? next : most;
    }
    return pm_clause_is_any(query) ? least : most;
}
