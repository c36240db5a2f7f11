#include "matcher.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "best.h"

/* A search in one shard. */
struct matching {
    const struct pm_scoring *scoring;
    const struct pm_db_request *request;
    size_t shard;
    struct pm_clause *clause;
    struct pm_best *best;
    double least;               /* score among them while there is no room */
    struct pm_value_list *list; /* of the values to sort by and to spy on */
    struct pm_db_bytes *value;  /* one for each, of the document at hand */
    size_t lists;
    uint64_t found;
};

static int open_lists(struct matching *matching, struct pm_error *err)
{
    const struct pm_db_request *request = matching->request;
    size_t lists = request->sort_len + (request->spy ? request->spy_slots : 0);
    matching->list = calloc(lists + 1, sizeof *matching->list);
    matching->value = calloc(lists + 1, sizeof *matching->value);
    if (!matching->list || !matching->value)
        return pm_fail_nomem(err);
    while (matching->lists < lists) {
        size_t i = matching->lists++;
        uint32_t slot = i < request->sort_len ? request->sort[i].slot
                                              : request->spy_slot[i - request->sort_len];
        if (pm_glass_values(matching->scoring->glass[matching->shard], slot, &matching->list[i],
                            err))
            return -1;
    }
    return 0;
}

/* Reads the values of a document, the number of which is never less than before. */
static int read_values(struct matching *matching, uint32_t number, struct pm_error *err)
{
    for (size_t i = 0; i < matching->lists; i++) {
        struct pm_value_list *list = &matching->list[i];
        int rc = pm_value_list_seek(list, number, err);
        if (rc < 0)
            return -1;
        bool has = rc && list->docid == number;
        matching->value[i] = (struct pm_db_bytes){has ? (const char *)list->value.data : "",
                                                  has ? list->value.len : 0};
    }
    return 0;
}

/* Takes in a document that matches. */
static int take(struct matching *matching, uint32_t number, double score, struct pm_error *err)
{
    const struct pm_db_request *request = matching->request;
    matching->found++;
    if (read_values(matching, number, err) ||
        (request->spy &&
         request->spy(matching->value + request->sort_len, request->spy_arg, err) < 0))
        return -1;
    if (!request->sort_len && score < matching->least)
        return 0;
    uint32_t docid = (uint32_t)((number - 1) * matching->scoring->shards + matching->shard + 1);
    int rc = pm_best_offer(matching->best, docid, score, matching->value, err);
    matching->least = pm_best_least(matching->best);
    return rc;
}

/* Takes in what matches in a window, and leaves its scores 0 for the next: most matches are few. */
static int take_window(struct matching *matching, struct pm_window *window, uint64_t from,
                       struct pm_error *err)
{
    bool score_decides = !matching->lists;
    for (size_t word = 0; word < PM_WINDOW_WORDS; word++)
        for (uint64_t left = window->bit[word]; left; left &= left - 1) {
            size_t off = word * 64 + (size_t)__builtin_ctzll(left);
            double score = window->score[off];
            window->score[off] = 0;
            if (score_decides && score < matching->least)
                matching->found++;
            else if (take(matching, (uint32_t)(from + off), score, err))
                return -1;
        }
    return 0;
}

static int match_shard(struct matching *matching, struct pm_window *window, struct pm_error *err)
{
    uint64_t last = pm_glass_last(matching->scoring->glass[matching->shard]);
    bool scored = !matching->request->sort_len;
    for (uint64_t from = 1; (from = pm_clause_next(matching->clause, from)) <= last;
         from += PM_WINDOW) {
        memset(window->bit, 0, sizeof window->bit);
        if (pm_clause_match(matching->clause, from, NULL, window->bit,
                            scored ? window->score : NULL, err))
            return -1;
        if (take_window(matching, window, from, err))
            return -1;
    }
    return 0;
}

static int run_shard(struct matching *matching, struct pm_window *window, struct pm_error *err)
{
    const struct pm_db_request *request = matching->request;
    matching->clause = pm_clause_new(request->query, matching->scoring, matching->shard, 1,
                                     !request->sort_len, err);
    int rc = !matching->clause || open_lists(matching, err) || match_shard(matching, window, err)
                 ? -1
                 : 0;
    for (size_t i = 0; i < matching->lists; i++)
        pm_value_list_close(&matching->list[i]);
    free(matching->list);
    free(matching->value);
    pm_clause_free(matching->clause);
    matching->list = NULL;
    matching->value = NULL;
    matching->lists = 0;
    return rc;
}

int pm_matcher_run(const struct pm_scoring *scoring, const struct pm_db_request *request,
                   struct pm_db_matches *matches, struct pm_error *err)
{
    struct pm_term_counts terms = {0};
    struct pm_scoring counting = *scoring;
    counting.terms = &terms;
    struct matching matching = {.scoring = &counting, .request = request, .least = -HUGE_VAL};
    struct pm_window *window = calloc(1, sizeof *window);
    int rc = window ? 0 : pm_fail_nomem(err);
    matching.best = rc ? NULL : pm_best_new(request, err);
    if (!matching.best)
        rc = -1;
    for (; !rc && matching.shard < scoring->shards; matching.shard++) {
        terms.at = 0;
        rc = run_shard(&matching, window, err);
    }
    if (!rc)
        rc = pm_best_take(matching.best, matches, err);
    matches->lower = matches->estimated = matches->upper = (uint32_t)matching.found;
    pm_best_free(matching.best);
    free(terms.count);
    free(window);
    return rc;
}
