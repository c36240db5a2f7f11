#include "db_fixture.h"

static void loses_what_was_not_committed(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_stats stats;
    make_db("one", rows, 2);
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), true, &err);
    assert_non_null(writer);
    add_rows(writer, NULL, rows, ROWS);
    pm_db_writer_close(writer);
    struct pm_db *db = open_db("one");
    assert_int_equal(pm_db_get_stats(db, &stats, &err), 0);
    assert_int_equal(stats.documents, 2);
    pm_db_close(db);
    pm_db_writer_close(NULL);
}

static void deletes_a_document(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_stats stats;
    struct pm_buf out = PM_BUF_INIT;
    uint32_t docid;
    make_db("one", rows, ROWS);
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), true, &err);
    assert_int_equal(pm_db_writer_delete(writer, 1, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    assert_int_equal(pm_db_writer_delete(writer, 1, &err), -1);
    assert_true(err.code != PM_OK && *err.message);
    pm_db_writer_close(writer);
    struct pm_db *db = open_db("one");
    err = (struct pm_error){0};
    assert_int_equal(pm_db_get_stats(db, &stats, &err), 0);
    assert_int_equal(stats.documents, ROWS - 1);
    assert_int_equal(first_document(db, "rice", 4, &docid, &err), 1);
    assert_int_equal(docid, 2);
    assert_int_equal(pm_db_data(db, 1, &out, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    pm_buf_release(&out);
    pm_db_close(db);
}

static void keeps_the_order_of_documents_when_it_merges(void **state)
{
    (void)state;
    static const struct row more[] = {{"rice", "2023", "x"}, {"boat", "2022", "y"}};
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    make_db("one", rows, ROWS);
    make_db("two", more, 2);
    const char *paths[] = {path_of("two"), path_of("one")};
    assert_int_equal(pm_db_compact(paths, 2, path_of("merged"), NULL, &err), 0);
    struct pm_db *db = open_db("merged");
    for (uint32_t docid = 1; docid <= ROWS + 2; docid++)
        assert_int_equal(pm_db_data(db, docid, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "xycbdaa2");
    pm_buf_release(&out);
    pm_db_close(db);
}

/* ---- metadata ---- */

static void set_metadata(const char *name, const char *key, const char *value, size_t len)
{
    struct pm_error err = {0};
    struct pm_db_writer *writer = pm_db_writer_open(path_of(name), true, &err);
    assert_non_null(writer);
    assert_int_equal(pm_db_writer_set_metadata(writer, key, value, len, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
}

static void check_metadata(const struct pm_db *db, size_t shard, const char *key,
                           const char *expected, size_t len)
{
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    assert_int_equal(pm_db_metadata(db, shard, key, &out, &err), 0);
    assert_int_equal(out.len, len);
    assert_memory_equal(pm_buf_str(&out), expected, len);
    pm_buf_release(&out);
}

static void keeps_metadata_for_each_shard(void **state)
{
    (void)state;
    struct pm_error err = {0};
    make_db("one", rows, 2);
    make_db("two", rows + 2, 2);
    set_metadata("one", "words", "a\0b", 3);
    set_metadata("two", "words", "c", 1);
    set_metadata("two", "other", "d", 1);
    const char *paths[] = {path_of("one"), path_of("two")};
    struct pm_db *db = pm_db_open(paths, 2, &err);
    check_metadata(db, 0, "words", "a\0b", 3);
    check_metadata(db, 1, "words", "c", 1);
    check_metadata(db, 0, "other", "", 0);
    check_metadata(db, 1, "other", "d", 1);
    pm_db_close(db);
}

static int join_metadata(const char *key, const struct pm_db_bytes *value, size_t n,
                         struct pm_buf *out, struct pm_error *err)
{
    if (!strcmp(key, "bad"))
        return pm_fail(err, PM_ERR_CORRUPT, "cannot merge '%s'", key);
    pm_buf_addf(out, "%s:", key);
    for (size_t i = 0; i < n; i++)
        pm_buf_add(out, value[i].data, value[i].len);
    return 0;
}

static void merges_the_metadata_of_what_it_compacts(void **state)
{
    (void)state;
    struct pm_error err = {0};
    make_db("one", rows, 2);
    make_db("two", rows + 2, 2);
    make_db("three", rows + 4, 1);
    set_metadata("one", "words", "a\0b", 3);
    set_metadata("three", "words", "c", 1);
    set_metadata("two", "single", "d", 1);
    const char *paths[] = {path_of("one"), path_of("two"), path_of("three")};
    assert_int_equal(pm_db_compact(paths, 3, path_of("merged"), join_metadata, &err), 0);
    struct pm_db *db = open_db("merged");
    check_metadata(db, 0, "words", "words:a\0bc", 10);
    check_metadata(db, 0, "single", "d", 1);
    pm_db_close(db);
    assert_int_equal(pm_db_compact(paths, 3, path_of("first"), NULL, &err), 0);
    db = open_db("first");
    check_metadata(db, 0, "words", "a\0b", 3);
    pm_db_close(db);
}

static void tells_why_metadata_could_not_be_merged(void **state)
{
    (void)state;
    struct pm_error err = {0};
    make_db("one", rows, 2);
    make_db("two", rows + 2, 2);
    set_metadata("one", "bad", "a", 1);
    set_metadata("two", "bad", "b", 1);
    const char *paths[] = {path_of("one"), path_of("two")};
    assert_int_equal(pm_db_compact(paths, 2, path_of("merged"), join_metadata, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    assert_string_equal(err.message, "cannot merge 'bad'");
}

/* ---- refusing ---- */

static void refuses_to_write_over_a_database_or_beside_a_writer(void **state)
{
    (void)state;
    struct pm_error err = {0};
    make_db("one", rows, 1);
    assert_null(pm_db_writer_open(path_of("one"), false, &err));
    assert_true(err.code != PM_OK && *err.message);
    err = (struct pm_error){0};
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), true, &err);
    assert_non_null(writer);
    assert_null(pm_db_writer_open(path_of("one"), true, &err));
    assert_int_equal(err.code, PM_ERR_IO);
    pm_db_writer_close(writer);
}

static void tells_of_a_term_that_is_too_long(void **state)
{
    (void)state;
    char long_term[PM_DB_TERM_MAX + 1];
    struct pm_error err = {0};
    uint32_t docid;
    memset(long_term, 'x', sizeof long_term);
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), false, &err);
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    assert_int_equal(pm_db_doc_add_term(doc, long_term, PM_DB_TERM_MAX, 1, 1, &err), 0);
    assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    int rc = pm_db_doc_add_term(doc, long_term, sizeof long_term, 1, 1, &err);
    if (!rc)
        rc = pm_db_writer_add(writer, doc, &docid, &err);
    assert_int_equal(rc, -1);
    assert_true(err.code != PM_OK && *err.message);
    pm_db_doc_free(doc);
    pm_db_writer_close(writer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(loses_what_was_not_committed),
        TEST(deletes_a_document),
        TEST(keeps_the_order_of_documents_when_it_merges),
        TEST(keeps_metadata_for_each_shard),
        TEST(merges_the_metadata_of_what_it_compacts),
        TEST(tells_why_metadata_could_not_be_merged),
        TEST(refuses_to_write_over_a_database_or_beside_a_writer),
        TEST(tells_of_a_term_that_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
