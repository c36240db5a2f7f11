/*
 * Our own matcher and libxapian's must give the same answers to trees of chance.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "beside.h"
#include "db.h"
#include "disk.h"

#define SHARDS    3
#define DOCUMENTS 6000 /* of the largest shard: several windows, and lists of several chunks */
#define TERMS     8    /* "a" is in nearly all documents, "h" in few */
#define DATES     40
#define ROUNDS    100
#define DEAD      50

static char folder[64];
static char path[SHARDS][100];
static uint32_t seed;

static uint32_t random_below(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* ---- documents ---- */

static void add_terms(struct pm_db_doc *doc)
{
    struct pm_error err = {0};
    for (uint32_t c = 0; c < TERMS; c++) {
        char term = (char)('a' + c);
        if (c ? random_below(c * c + 1) : !random_below(8))
            continue;
        uint32_t wdf = random_below(4) ? random_below(5) : random_below(100);
        assert_int_equal(pm_db_doc_add_term(doc, &term, 1, 0, wdf, &err), 0);
        for (uint32_t i = random_below(6); i; i--)
            assert_int_equal(pm_db_doc_add_term(doc, &term, 1, 1 + random_below(60), 1, &err), 0);
    }
}

static void write_shard(size_t shard, size_t documents)
{
    struct pm_error err = {0};
    struct pm_db_writer *writer = pm_db_writer_open(path[shard], false, &err);
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    struct beside beside;
    assert_non_null(writer);
    assert_non_null(doc);
    beside_open(&beside, path[shard]);
    for (size_t i = 0; i < documents; i++) {
        uint32_t docid;
        char text[32];
        assert_int_equal(pm_db_doc_clear(doc, &err), 0);
        add_terms(doc);
        snprintf(text, sizeof text, "2024-%02u", random_below(DATES));
        if (random_below(4))
            assert_int_equal(pm_db_doc_set_value(doc, 0, text, strlen(text), &err), 0);
        snprintf(text, sizeof text, "%u", random_below(1000));
        assert_int_equal(pm_db_doc_set_value(doc, 3, text, strlen(text), &err), 0);
        assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
        beside_add(&beside, doc, docid);
    }
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_doc_free(doc);
    pm_db_writer_close(writer);
    beside_close(&beside, path[shard]);
}

static int make_shards(void **state)
{
    (void)state;
    seed = 7;
    strcpy(folder, "/tmp/pressmark-matcher-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    for (size_t i = 0; i < SHARDS; i++) {
        snprintf(path[i], sizeof path[i], "%s/%zu", folder, i);
        write_shard(i, i + 1 < SHARDS ? 100 + 500 * i : DOCUMENTS);
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

/* ---- queries ---- */

static const char letters[] = "abcdefghi"; /* the last is in no document */
static struct pm_db_bytes byte_of[TERMS + 1];
static struct pm_db_terms group_of[TERMS + 1];
static uint32_t dead[SHARDS][DEAD];
static struct pm_db_numbers numbers[SHARDS];

static void make_lists(void)
{
    for (size_t i = 0; i <= TERMS; i++) {
        byte_of[i] = (struct pm_db_bytes){letters + i, 1};
        group_of[i] = (struct pm_db_terms){byte_of + i, i < TERMS ? 2 : 1};
    }
    for (size_t i = 0; i < SHARDS; i++) {
        for (uint32_t j = 0, last = 0; j < DEAD; j++)
            dead[i][j] = last += 1 + random_below(i ? 2 : 110); /* all are documents */
        numbers[i] = (struct pm_db_numbers){dead[i], DEAD};
    }
}

/* Passes documents where the first term of the list stands at an odd place first. */
static int stands_odd(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err)
{
    struct pm_buf positions = PM_BUF_INIT;
    uint32_t first = 0;
    int rc = pm_db_candidate_positions(candidate, arg, &positions, err);
    if (!rc && positions.len)
        memcpy(&first, positions.data, sizeof first);
    pm_buf_release(&positions);
    return rc ? -1 : first % 2 == 1;
}

static double weigh(const char *value, size_t len, const void *arg)
{
    (void)arg;
    return len ? (value[len - 1] - '0') / 10.0 : 0;
}

static struct pm_db_query *make_term(void)
{
    struct pm_error err = {0};
    return pm_db_query_term(&letters[random_below(TERMS + 1)], 1, 1 + random_below(3), &err);
}

static struct pm_db_query *make_leaf(void)
{
    static const double scores[] = {0.5, 1.25};
    static const char *const dates[] = {"2024-00", "2024-05", "2024-1", "2024-20", "2024-39"};
    struct pm_error err = {0};
    uint32_t from = random_below(TERMS - 1);
    switch (random_below(12)) {
    case 0:
        return pm_db_query_all(&err);
    case 1:
        return pm_db_query_range(0, dates[random_below(3)],
                                 random_below(3) ? dates[2 + random_below(3)] : NULL, &err);
    case 2:
        return pm_db_query_numbers(numbers, &err);
    case 3:
        return pm_db_query_fixed(group_of + from, scores, 1 + random_below(2), &err);
    case 4:
        return pm_db_query_weighed(3, 1, weigh, NULL, &err);
    case 5:
        return pm_db_query_checked(group_of + from, 1 + random_below(2), stands_odd, byte_of + from,
                                   &err);
    default:
        return make_term();
    }
}

static struct pm_db_query *make_phrase(void)
{
    struct pm_error err = {0};
    struct pm_db_query *parts[3];
    size_t n = 2 + random_below(2);
    for (size_t i = 0; i < n; i++)
        parts[i] = make_term();
    struct pm_db_query *query =
        pm_db_query_join(PM_DB_PHRASE, parts, n, (uint32_t)n + random_below(2) * 4, &err);
    for (size_t i = 0; i < n; i++)
        pm_db_query_free(parts[i]);
    return query;
}

/*
 * Phrases only at the top and right below it: in an OR that is itself in an AND, libxapian 1.4.22
 * adds the scores of those that do not stand there.
 */
static struct pm_db_query *make_query(int depth, int level)
{
    static const enum pm_db_op ops[] = {PM_DB_OR, PM_DB_OR, PM_DB_AND, PM_DB_FILTER, PM_DB_AND_NOT};
    struct pm_error err = {0};
    struct pm_db_query *parts[4], *query;
    size_t n = 2 + random_below(3);
    if (!depth || !random_below(5))
        return level < 2 && !random_below(8) ? make_phrase() : make_leaf();
    enum pm_db_op op = ops[random_below(sizeof ops / sizeof *ops)];
    if (op == PM_DB_FILTER)
        n = 2;
    for (size_t i = 0; i < n; i++)
        parts[i] = make_query(depth - 1, level + 1);
    query = pm_db_query_join(op, parts, n, 0, &err);
    assert_non_null(query);
    for (size_t i = 0; i < n; i++)
        pm_db_query_free(parts[i]);
    if (random_below(6))
        return query;
    struct pm_db_query *scaled = pm_db_query_scale(query, random_below(2) * 0.3, &err);
    assert_non_null(scaled);
    pm_db_query_free(query);
    return scaled;
}

/* ---- comparing ---- */

static const struct pm_db_bm25 formulas[] = {
    {1.2, 8, 0.75, 0}, {2.4, 8, 0.75, 0.5}, {0.9, 0, 0.4, 0}, {2, 1, 0.95, 0}, {1, 1, 0, 0}};

/* Adds up what it is told of, whatever the order. */
static int add_up(const struct pm_db_bytes *value, void *arg, struct pm_error *err)
{
    (void)err;
    for (size_t i = 0; i < 2; i++) {
        uint64_t sum = 1 + i;
        for (size_t j = 0; j < value[i].len; j++)
            sum = sum * 31 + (unsigned char)value[i].data[j];
        *(uint64_t *)arg += sum * sum;
    }
    return 0;
}

static int by_docid(const void *left, const void *right)
{
    uint32_t a = ((const struct pm_db_match *)left)->docid;
    uint32_t b = ((const struct pm_db_match *)right)->docid;
    return (a > b) - (a < b);
}

static struct pm_db_matches search(const struct pm_db *db, const struct pm_db_request *request)
{
    struct pm_error err = {0};
    struct pm_db_matches matches;
    if (pm_db_search(db, request, &matches, &err))
        fail_msg("%s", err.message);
    return matches;
}

static bool is_ordered(const struct pm_db_matches *matches)
{
    for (size_t i = 1; i < matches->len; i++) {
        const struct pm_db_match *a = &matches->item[i - 1], *b = &matches->item[i];
        if (a->score < b->score || (a->score == b->score && a->docid > b->docid))
            return false;
    }
    return true;
}

/* All that match, with their scores, which are added up in another order. */
static void check_scored(const struct pm_db *db, const struct pm_db *reference,
                         const struct pm_db_request *asked)
{
    uint64_t told = 0, expected = 0;
    struct pm_db_request all = *asked, first = *asked, *request = &all;
    request->limit = request->check_at_least = SHARDS * DOCUMENTS;
    request->spy_arg = &told;
    struct pm_db_matches ours = search(db, request);
    request->spy_arg = &expected;
    struct pm_db_matches theirs = search(reference, request);
    assert_int_equal(ours.len, theirs.len);
    assert_int_equal(told, expected);
    assert_int_equal(ours.lower, ours.len);
    assert_int_equal(ours.upper, ours.len);
    assert_true(is_ordered(&ours));
    /* The first of them are the same when fewer are asked for. */
    request = &first;
    request->limit = 1 + random_below(40);
    request->spy_arg = &told;
    struct pm_db_matches few = search(db, request);
    assert_int_equal(few.len, ours.len < request->limit ? ours.len : request->limit);
    assert_int_equal(few.estimated, ours.len);
    for (size_t i = 0; i < few.len; i++)
        assert_int_equal(few.item[i].docid, ours.item[i].docid);
    if (ours.len) {
        qsort(ours.item, ours.len, sizeof *ours.item, by_docid);
        qsort(theirs.item, theirs.len, sizeof *theirs.item, by_docid);
    }
    for (size_t i = 0; i < ours.len; i++) {
        assert_int_equal(ours.item[i].docid, theirs.item[i].docid);
        assert_true(fabs(ours.item[i].score - theirs.item[i].score) < 1e-9);
    }
    pm_db_matches_release(&few);
    pm_db_matches_release(&ours);
    pm_db_matches_release(&theirs);
}

static void check_sorted(const struct pm_db *db, const struct pm_db *reference,
                         struct pm_db_request *request)
{
    static const struct pm_db_sort keys[] = {{.slot = 0, .descending = true}, {.slot = 3}};
    static const struct pm_db_sort oldest[] = {{.slot = 0}, {.slot = 3, .descending = true}};
    request->sort = random_below(2) ? keys : oldest;
    request->sort_len = 2;
    request->limit = 1 + random_below(100);
    struct pm_db_matches ours = search(db, request), theirs = search(reference, request);
    assert_int_equal(ours.len, theirs.len);
    for (size_t i = 0; i < ours.len; i++)
        assert_int_equal(ours.item[i].docid, theirs.item[i].docid);
    pm_db_matches_release(&ours);
    pm_db_matches_release(&theirs);
}

static void answers_as_libxapian_does(void **state)
{
    (void)state;
    static const uint32_t slots[] = {3, 0};
    make_lists();
    for (size_t shards = 1; shards <= SHARDS; shards++) {
        struct pm_db *db = open_shards(shards), *reference = open_shards(shards);
        pm_db_use_libxapian(reference);
        for (size_t i = 0; i < ROUNDS; i++) {
            struct pm_db_query *query = make_query((int)random_below(4), 0);
            uint64_t told = 0;
            struct pm_db_request request = {
                .query = query,
                .bm25 = formulas[i % (sizeof formulas / sizeof *formulas)],
                .spy = random_below(2) ? add_up : NULL,
                .spy_arg = &told,
                .spy_slot = slots,
                .spy_slots = 2,
            };
            check_scored(db, reference, &request);
            check_sorted(db, reference, &request);
            pm_db_query_free(query);
        }
        pm_db_close(db);
        pm_db_close(reference);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_as_libxapian_does, make_shards, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
