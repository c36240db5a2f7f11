/* What tests of queries and of searches share: short words for both. */
#ifndef DB_SEARCHING_H
#define DB_SEARCHING_H

#include "db_fixture.h"

static inline struct pm_db_query *term(const char *text)
{
    struct pm_error err = {0};
    struct pm_db_query *query = pm_db_query_term(text, strlen(text), 1, &err);
    assert_non_null(query);
    return query;
}

/* The newest first, then by id. */
static const struct pm_db_sort newest[] = {{.slot = 0, .descending = true}, {.slot = 1}};

/* Checks the ids found, in order; frees the query. */
static inline void check_ids(const struct pm_db *db, struct pm_db_query *query, bool sorted,
                             const char *ids)
{
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct pm_buf out = PM_BUF_INIT;
    struct pm_db_request request = {
        .query = query,
        .bm25 = {.k1 = 1.2, .k3 = 8, .b = 0.75},
        .sort = newest,
        .sort_len = sorted ? 2 : 0,
        .limit = 100,
    };
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    for (size_t i = 0; i < matches.len; i++) {
        pm_buf_adds(&out, i ? " " : "");
        assert_int_equal(pm_db_data(db, matches.item[i].docid, &out, &err), 0);
    }
    assert_string_equal(pm_buf_str(&out), ids);
    assert_int_equal(matches.lower, matches.len);
    assert_int_equal(matches.upper, matches.len);
    pm_db_matches_release(&matches);
    pm_buf_release(&out);
    pm_db_query_free(query);
}

/* How many documents make_many() makes. */
#define MANY 600

static inline uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* Many documents of the terms a to f, seldom to often, dealt to `shards` databases. */
static inline struct pm_db *make_many(size_t shards, const char *prefix)
{
    static char terms[MANY][20], ids[MANY][8];
    static const char *paths[3];
    struct row many[MANY];
    struct pm_error err = {0};
    uint32_t seed = 3;
    for (size_t i = 0; i < MANY; i++) {
        many[i] = (struct row){terms[i], NULL, ids[i]};
        *terms[i] = '\0';
        for (uint32_t c = 0; c < 6; c++)
            if (!random_below(&seed, 1 + c * c))
                strcat(terms[i], (char[]){(char)('a' + c), ' ', '\0'});
        snprintf(ids[i], sizeof ids[i], "%zu", i);
    }
    for (size_t i = 0; i < shards; i++) {
        char name[20];
        size_t from = i * (MANY / 6), to = i + 1 < shards ? from + MANY / 6 : MANY;
        snprintf(name, sizeof name, "%s%u", prefix, (unsigned)i);
        make_db(name, many + from, to - from);
        paths[i] = path_of(name);
    }
    struct pm_db *db = pm_db_open(paths, shards, &err);
    assert_non_null(db);
    return db;
}

#endif
