/*
 * A database that was asked before scores by lengths that it keeps at hand; one that was just
 * opened lets Xapian score.  Both must say the same, to the last bit.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "db.h"
#include "disk.h"

#define SHARDS    3
#define DOCUMENTS 700 /* of all shards */
#define TERMS     8   /* "a" is in nearly all documents, "h" in few */

static char folder[64];
static char path[SHARDS][100];
static uint32_t seed;

static uint32_t random_below(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

static void write_shard(size_t shard, size_t documents)
{
    struct pm_error err = {0};
    struct pm_db_writer *writer = pm_db_writer_open(path[shard], false, &err);
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    assert_non_null(writer);
    assert_non_null(doc);
    for (size_t i = 0; i < documents; i++) {
        uint32_t docid;
        assert_int_equal(pm_db_doc_clear(doc, &err), 0);
        for (uint32_t c = 0; c < TERMS; c++) {
            char term = (char)('a' + c);
            uint32_t wdf = random_below(4) ? random_below(5) : random_below(100);
            if (!random_below(c * c + 1) || (c == 0 && random_below(8)))
                assert_int_equal(pm_db_doc_add_term(doc, &term, 1, 0, wdf, &err), 0);
        }
        assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
    }
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_doc_free(doc);
    pm_db_writer_close(writer);
}

static int make_shards(void **state)
{
    (void)state;
    seed = 7;
    strcpy(folder, "/tmp/pressmark-lengths-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    for (size_t i = 0; i < SHARDS; i++) {
        snprintf(path[i], sizeof path[i], "%s/%zu", folder, i);
        write_shard(i, DOCUMENTS >> (SHARDS - i));
    }
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static struct pm_db *open_shards(size_t n)
{
    const char *paths[SHARDS] = {path[SHARDS - 1], path[0], path[1]};
    struct pm_error err = {0};
    struct pm_db *db = pm_db_open(paths, n, &err);
    assert_non_null(db);
    return db;
}

/* A tree of chance; some of its terms are in no document. */
static struct pm_db_query *make_query(int depth)
{
    static const enum pm_db_op ops[] = {PM_DB_OR,     PM_DB_OR,      PM_DB_AND,
                                        PM_DB_FILTER, PM_DB_AND_NOT, PM_DB_SYNONYM};
    struct pm_error err = {0};
    struct pm_db_query *parts[4], *query;
    size_t n = 2 + random_below(3);
    if (!depth || !random_below(5)) {
        char term = (char)('a' + random_below(TERMS + 1));
        query = pm_db_query_term(&term, 1, 1 + random_below(3), &err);
        assert_non_null(query);
        return query;
    }
    for (size_t i = 0; i < n; i++)
        parts[i] = make_query(depth - 1);
    query = pm_db_query_join(ops[random_below(sizeof ops / sizeof *ops)], parts, n, 0, &err);
    assert_non_null(query);
    for (size_t i = 0; i < n; i++)
        pm_db_query_free(parts[i]);
    if (random_below(6))
        return query;
    struct pm_db_query *scaled = pm_db_query_scale(query, 0.3, &err);
    assert_non_null(scaled);
    pm_db_query_free(query);
    return scaled;
}

static void check_same(const struct pm_db *db, size_t shards, const struct pm_db_request *request)
{
    struct pm_error err = {0};
    struct pm_db_matches one, two;
    struct pm_db *fresh = open_shards(shards);
    assert_int_equal(pm_db_search(fresh, request, &one, &err), 0);
    assert_int_equal(pm_db_search(db, request, &two, &err), 0);
    assert_int_equal(one.len, two.len);
    assert_int_equal(one.lower, two.lower);
    assert_int_equal(one.estimated, two.estimated);
    assert_int_equal(one.upper, two.upper);
    double off = one.max_possible - two.max_possible;
    assert_true(off < 1e-9 && off > -1e-9);
    for (size_t i = 0; i < one.len; i++) {
        assert_int_equal(one.item[i].docid, two.item[i].docid);
        assert_memory_equal(&one.item[i].score, &two.item[i].score, sizeof one.item[i].score);
    }
    pm_db_matches_release(&one);
    pm_db_matches_release(&two);
    pm_db_close(fresh);
}

static void scores_the_same_with_lengths_at_hand(void **state)
{
    (void)state;
    static const struct pm_db_bm25 formulas[] = {
        {1.2, 8, 0.75, 0}, {2.4, 8, 0.75, 0.5}, {0.9, 0, 0.4, 0}, {2, 1, 0.95, 0}, {1, 1, 0, 0}};
    for (size_t shards = 1; shards <= SHARDS; shards++) {
        struct pm_db *db = open_shards(shards);
        for (size_t i = 0; i < 600; i++) {
            struct pm_db_query *query = make_query((int)random_below(4));
            struct pm_db_request request = {
                .query = query,
                .bm25 = formulas[i % (sizeof formulas / sizeof *formulas)],
                .limit = 1 + random_below(20),
                .check_at_least = random_below(2) * 100,
            };
            check_same(db, shards, &request);
            pm_db_query_free(query);
        }
        pm_db_close(db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(scores_the_same_with_lengths_at_hand, make_shards,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
