#include "db_searching.h"

static void sorts_by_newest_date_then_id_with_undated_last(void **state)
{
    (void)state;
    struct pm_error err = {0};
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    check_ids(db, pm_db_query_all(&err), true, "d a c a2 b");
    pm_db_close(db);
    make_db("left", rows, 3);
    make_db("right", rows + 3, ROWS - 3);
    const char *paths[] = {path_of("right"), path_of("left")};
    db = pm_db_open(paths, 2, &err);
    check_ids(db, pm_db_query_all(&err), true, "d a c a2 b");
    pm_db_close(db);
}

static void sorts_what_has_no_value_last_when_it_ascends_too(void **state)
{
    (void)state;
    static const struct pm_db_sort oldest[] = {{.slot = 0}, {.slot = 1, .descending = true}};
    static const uint32_t docids[] = {1, 4, 3, 2, 5};
    struct pm_error err = {0};
    struct pm_db_matches matches;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    struct pm_db_query *all = pm_db_query_all(&err);
    struct pm_db_request request = {.query = all, .sort = oldest, .sort_len = 2, .limit = 100};
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    assert_int_equal(matches.len, ROWS);
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(matches.item[i].docid, docids[i]);
    pm_db_matches_release(&matches);
    pm_db_query_free(all);
    pm_db_close(db);
}

static void sorts_bytes_as_bytes(void **state)
{
    (void)state;
    static const struct row odd[] = {
        {"x", "2024", "\xff"}, {"x", "2024-05", "b"}, {"x", "2024", "é"}, {"x", "2024", "aa"},
        {"x", "2024", "a"},    {"x", NULL, "z"},      {"x", "9", "0"},
    };
    struct pm_error err = {0};
    make_db("one", odd, sizeof odd / sizeof *odd);
    struct pm_db *db = open_db("one");
    check_ids(db, pm_db_query_all(&err), true, "0 b a aa é \xff z");
    pm_db_close(db);
}

static void scores_more_of_a_term_higher(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_matches matches, scaled;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    struct pm_db_query *rice = term("rice"), *twice = pm_db_query_scale(rice, 2, &err);
    struct pm_db_request request = {.query = rice, .bm25 = {1.2, 8, 0.75, 0}, .limit = 2};
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    assert_int_equal(matches.len, 2);
    assert_int_equal(matches.item[0].docid, 2);
    assert_true(matches.item[0].score > matches.item[1].score && matches.item[1].score > 0);
    assert_true(matches.upper >= 4 && matches.lower <= 4);
    request.query = twice;
    assert_int_equal(pm_db_search(db, &request, &scaled, &err), 0);
    double off = scaled.item[0].score - 2 * matches.item[0].score;
    assert_true(off < 1e-9 && off > -1e-9);
    request.check_at_least = 100;
    request.limit = 0;
    pm_db_matches_release(&scaled);
    assert_int_equal(pm_db_search(db, &request, &scaled, &err), 0);
    assert_int_equal(scaled.len, 0);
    assert_int_equal(scaled.estimated, 4);
    pm_db_matches_release(&scaled);
    pm_db_matches_release(&matches);
    pm_db_query_free(rice);
    pm_db_query_free(twice);
    pm_db_query_free(NULL);
    pm_db_close(db);
}

/* ---- spies ---- */

struct seen {
    struct pm_buf values;
    size_t fails_at; /* documents seen before it fails */
    size_t len;
};

static int spy(const struct pm_db_bytes *value, void *arg, struct pm_error *err)
{
    struct seen *seen = arg;
    if (seen->len++ == seen->fails_at)
        return pm_fail(err, PM_ERR_STOPPED, "seen enough");
    pm_buf_addf(&seen->values, "%.*s/%.*s ", (int)value[0].len, value[0].data, (int)value[1].len,
                value[1].data);
    return 0;
}

static void shows_a_spy_the_values_of_all_that_matches(void **state)
{
    (void)state;
    static const uint32_t slots[] = {1, 0};
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct seen seen = {.fails_at = ROWS};
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    struct pm_db_query *query = term("rice");
    struct pm_db_request request = {
        .query = query,
        .bm25 = {.k1 = 1.2, .k3 = 8, .b = 0.75},
        .limit = 1,
        .check_at_least = ROWS,
        .spy = spy,
        .spy_arg = &seen,
        .spy_slot = slots,
        .spy_slots = 2,
    };
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    assert_int_equal(matches.len, 1);
    assert_string_equal(pm_buf_str(&seen.values), "c/2024-05-01 b/ d/2024-05-02 a2/ ");
    pm_db_matches_release(&matches);
    pm_buf_release(&seen.values);
    seen = (struct seen){.fails_at = 2};
    assert_int_equal(pm_db_search(db, &request, &matches, &err), -1);
    assert_int_equal(err.code, PM_ERR_STOPPED);
    assert_string_equal(err.message, "seen enough");
    assert_int_equal(seen.len, 3);
    assert_null(matches.item);
    pm_buf_release(&seen.values);
    pm_db_query_free(query);
    pm_db_close(db);
}

static void shows_a_spy_each_match_of_several_shards_once(void **state)
{
    (void)state;
    static const uint32_t slots[] = {1, 0};
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct pm_db *db = make_many(3, "m");
    struct pm_db_query *query = term("b");
    uint32_t freq;
    assert_int_equal(pm_db_term_freq(db, "b", 1, &freq, &err), 0);
    for (int sorted = 0; sorted < 2; sorted++) {
        struct seen seen = {.fails_at = MANY};
        struct pm_db_request request = {
            .query = query,
            .bm25 = {.k1 = 1.2, .k3 = 8, .b = 0.75},
            .sort = newest,
            .sort_len = sorted ? 2 : 0,
            .limit = 1,
            .check_at_least = MANY,
            .spy = spy,
            .spy_arg = &seen,
            .spy_slot = slots,
            .spy_slots = 2,
        };
        assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
        assert_int_equal(seen.len, freq);
        pm_db_matches_release(&matches);
        pm_buf_release(&seen.values);
    }
    pm_db_query_free(query);
    pm_db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sorts_by_newest_date_then_id_with_undated_last),
        TEST(sorts_what_has_no_value_last_when_it_ascends_too),
        TEST(sorts_bytes_as_bytes),
        TEST(scores_more_of_a_term_higher),
        TEST(shows_a_spy_the_values_of_all_that_matches),
        TEST(shows_a_spy_each_match_of_several_shards_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
