/*
 * The database: queries as trees.
 */
#include <stdlib.h>
#include <string.h>

#include "query_tree.h"

/* A new query, of which the caller has the one reference. */
static struct pm_db_query *make(enum pm_query_kind kind, struct pm_error *err)
{
    struct pm_db_query *query = calloc(1, sizeof *query);
    if (!query) {
        pm_fail_nomem(err);
        return NULL;
    }
    query->kind = kind;
    query->references = 1;
    return query;
}

/* The query, or NULL if something of it could not be had. */
static struct pm_db_query *whole(struct pm_db_query *query, bool got, struct pm_error *err)
{
    if (!query || got)
        return query;
    pm_fail_nomem(err);
    pm_db_query_free(query);
    return NULL;
}

static char *copy(const char *bytes, size_t len)
{
    char *to = malloc(len + 1);
    if (to) {
        memcpy(to, bytes, len);
        to[len] = '\0';
    }
    return to;
}

static void free_groups(struct pm_db_query *query)
{
    struct pm_db_terms *group = (struct pm_db_terms *)(uintptr_t)query->group;
    for (size_t i = 0; i < query->groups; i++) {
        for (size_t j = 0; j < group[i].len; j++)
            free((char *)(uintptr_t)group[i].term[j].data);
        free((struct pm_db_bytes *)(uintptr_t)group[i].term);
    }
    free(group);
    free((double *)(uintptr_t)query->score);
}

void pm_db_query_free(struct pm_db_query *query)
{
    if (!query || --query->references)
        return;
    for (size_t i = 0; i < query->children; i++)
        pm_db_query_free(query->child[i]);
    free(query->child);
    if (query->kind == PM_QUERY_FIXED)
        free_groups(query);
    free(query->term);
    free(query->low);
    free(query->high);
    free(query);
}

/* ---- leaves ---- */

struct pm_db_query *pm_db_query_term(const char *term, size_t len, uint32_t wqf,
                                     struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_TERM, err);
    if (query) {
        query->term = copy(term, len);
        query->term_len = len;
        query->wqf = wqf;
    }
    return whole(query, query && query->term, err);
}

struct pm_db_query *pm_db_query_all(struct pm_error *err)
{
    return make(PM_QUERY_ALL, err);
}

struct pm_db_query *pm_db_query_range(uint32_t slot, const char *low, const char *high,
                                      struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_RANGE, err);
    if (query) {
        query->slot = slot;
        query->low = strdup(low);
        query->high = high ? strdup(high) : NULL;
    }
    return whole(query, query && query->low && !high == !query->high, err);
}

struct pm_db_query *pm_db_query_numbers(const struct pm_db_numbers *list, struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_NUMBERS, err);
    if (query)
        query->numbers = list;
    return query;
}

struct pm_db_query *pm_db_query_checked(const struct pm_db_terms *group, size_t n,
                                        pm_db_accept *accept, void *arg, struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_CHECKED, err);
    if (query) {
        query->group = group;
        query->groups = n;
        query->accept = accept;
        query->arg = arg;
    }
    return query;
}

struct pm_db_query *pm_db_query_weighed(uint32_t slot, double most, pm_db_weigh *weigh,
                                        const void *arg, struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_WEIGHED, err);
    if (query) {
        query->slot = slot;
        query->most = most;
        query->weigh = weigh;
        query->arg = (void *)(uintptr_t)arg;
    }
    return query;
}

static bool copy_group(struct pm_db_terms *to, const struct pm_db_terms *from)
{
    struct pm_db_bytes *term = calloc(from->len + 1, sizeof *term);
    to->term = term;
    for (to->len = 0; term && to->len < from->len; to->len++) {
        const struct pm_db_bytes *one = &from->term[to->len];
        term[to->len] = (struct pm_db_bytes){copy(one->data, one->len), one->len};
        if (!term[to->len].data)
            return false;
    }
    return term != NULL;
}

struct pm_db_query *pm_db_query_fixed(const struct pm_db_terms *group, const double *score,
                                      size_t n, struct pm_error *err)
{
    struct pm_db_query *query = make(PM_QUERY_FIXED, err);
    if (!query)
        return NULL;
    struct pm_db_terms *groups = calloc(n + 1, sizeof *groups);
    double *scores = calloc(n + 1, sizeof *scores);
    bool got = groups && scores;
    query->group = groups;
    query->score = scores;
    for (; got && query->groups < n; query->groups++) {
        scores[query->groups] = score[query->groups];
        got = copy_group(&groups[query->groups], &group[query->groups]);
    }
    return whole(query, got, err);
}

/* ---- joining ---- */

struct pm_db_query *pm_db_query_join(enum pm_db_op op, struct pm_db_query *const *parts, size_t n,
                                     uint32_t window, struct pm_error *err)
{
    if (n == 1) {
        parts[0]->references++;
        return parts[0];
    }
    struct pm_db_query *query = make(PM_QUERY_JOIN, err);
    if (!query)
        return NULL;
    query->op = n ? op : PM_DB_OR; /* of nothing: nothing */
    query->window = window;
    query->child = calloc(n + 1, sizeof(struct pm_db_query *));
    for (; query->child && query->children < n; query->children++) {
        query->child[query->children] = parts[query->children];
        parts[query->children]->references++;
    }
    return whole(query, query->child, err);
}

struct pm_db_query *pm_db_query_scale(const struct pm_db_query *query, double factor,
                                      struct pm_error *err)
{
    struct pm_db_query *scaled = make(PM_QUERY_SCALE, err);
    if (!scaled)
        return NULL;
    scaled->factor = factor;
    scaled->child = calloc(1, sizeof(struct pm_db_query *));
    if (scaled->child) {
        scaled->child[scaled->children++] = (struct pm_db_query *)(uintptr_t)query;
        scaled->child[0]->references++;
    }
    return whole(scaled, scaled->child, err);
}
