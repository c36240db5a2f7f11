#include <unistd.h>

#include "db_fixture.h"

static void reads_back_what_was_committed(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    struct pm_db_stats stats;
    uint32_t freq, docid;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    assert_int_equal(pm_db_get_stats(db, &stats, &err), 0);
    assert_int_equal(stats.documents, ROWS);
    assert_int_equal(stats.last_docid, ROWS);
    assert_int_equal(stats.total_length, 10);
    assert_true(stats.average_length == 2);
    assert_int_equal(pm_db_term_freq(db, "rice", 4, &freq, &err), 0);
    assert_int_equal(freq, 4);
    assert_int_equal(pm_db_term_freq(db, "ric", 3, &freq, &err), 0);
    assert_int_equal(freq, 0);
    assert_int_equal(first_document(db, "boat", 4, &docid, &err), 1);
    assert_int_equal(docid, 4);
    assert_int_equal(first_document(db, "ship", 4, &docid, &err), 0);
    assert_int_equal(pm_db_value(db, 3, 0, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "2024-05-02");
    assert_int_equal(pm_db_data(db, 3, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "2024-05-02d");
    pm_buf_clear(&out);
    assert_int_equal(pm_db_value(db, 2, 0, &out, &err), 0);
    assert_int_equal(out.len, 0);
    pm_buf_release(&out);
    pm_db_close(db);
    pm_db_close(NULL);
}

static void keeps_bytes_that_are_no_text(void **state)
{
    (void)state;
    static const char data[] = "a\0b\xff\n", value[] = "\0v\0";
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    uint32_t docid, freq;
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), false, &err);
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    assert_int_equal(pm_db_doc_set_data(doc, data, sizeof data, &err), 0);
    assert_int_equal(pm_db_doc_set_value(doc, 7, value, sizeof value, &err), 0);
    assert_int_equal(pm_db_doc_add_term(doc, "\xff\n", 2, 0, 0, &err), 0);
    assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_doc_free(doc);
    pm_db_writer_close(writer);
    struct pm_db *db = open_db("one");
    assert_int_equal(pm_db_data(db, docid, &out, &err), 0);
    assert_int_equal(out.len, sizeof data);
    assert_memory_equal(out.data, data, sizeof data);
    pm_buf_clear(&out);
    assert_int_equal(pm_db_value(db, docid, 7, &out, &err), 0);
    assert_int_equal(out.len, sizeof value);
    assert_memory_equal(out.data, value, sizeof value);
    assert_int_equal(pm_db_term_freq(db, "\xff\n", 2, &freq, &err), 0);
    assert_int_equal(freq, 1);
    pm_buf_release(&out);
    pm_db_close(db);
}

static int note_term(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct pm_buf *out = arg;
    pm_buf_addf(out, "%.*s=%u ", (int)len, term, freq);
    return len == 4 && !memcmp(term, "stop", 4) ? 42 : 0;
}

static struct pm_db *open_both(void)
{
    const char *paths[] = {path_of("one"), path_of("two")};
    struct pm_error err = {0};
    struct pm_db *db = pm_db_open(paths, 2, &err);
    assert_non_null(db);
    return db;
}

static void walks_terms_in_order_until_told_to_stop(void **state)
{
    (void)state;
    static const struct row more[] = {{"rib rice rich sea stop sun", NULL, "x"}};
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    make_db("one", rows, ROWS);
    make_db("two", more, 1);
    struct pm_db *db = open_both();
    assert_int_equal(pm_db_each_term(db, "ri", 2, note_term, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "rib=1 rice=5 rich=1 ");
    pm_buf_clear(&out);
    assert_int_equal(pm_db_each_term(db, "s", 1, note_term, &out, &err), 42);
    assert_string_equal(pm_buf_str(&out), "sea=1 stop=1 ");
    assert_int_equal(pm_db_each_term(db, "zz", 2, note_term, NULL, &err), 0);
    pm_buf_release(&out);
    pm_db_close(db);
}

/* Behind a term of so many documents it seeks. */
static void walks_on_behind_a_term_of_many_documents(void **state)
{
    (void)state;
    static struct row many[20000];
    static const struct row more[] = {{"ribs rim", NULL, "x"}, {"rim rib", NULL, "x"}};
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = (struct row){i % 2 ? "rib rim" : "rib", NULL, "x"};
    make_db("one", many, sizeof many / sizeof *many);
    make_db("two", more, 2);
    struct pm_db *db = open_both();
    assert_int_equal(pm_db_each_term(db, "ri", 2, note_term, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "rib=20001 ribs=1 rim=10002 ");
    pm_buf_release(&out);
    pm_db_close(db);
}

static void knows_the_bounds_of_values(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf low = PM_BUF_INIT, high = PM_BUF_INIT;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    assert_int_equal(pm_db_value_bounds(db, 0, &low, &high, &err), 0);
    assert_string_equal(pm_buf_str(&low), "2024-05-01");
    assert_string_equal(pm_buf_str(&high), "2024-05-02");
    pm_buf_clear(&low);
    pm_buf_clear(&high);
    assert_int_equal(pm_db_value_bounds(db, 9, &low, &high, &err), 0);
    assert_int_equal(low.len + high.len, 0);
    pm_buf_release(&low);
    pm_buf_release(&high);
    pm_db_close(db);
}

static void tells_what_it_cannot_open(void **state)
{
    (void)state;
    const char *paths[] = {path_of("nowhere"), folder};
    for (int i = 0; i < 2; i++) {
        struct pm_error err = {0};
        assert_null(pm_db_open(&paths[i], 1, &err));
        assert_int_equal(err.code, PM_ERR_NOT_FOUND);
        assert_true(*err.message);
        err = (struct pm_error){0};
        assert_int_equal(pm_db_compact(&paths[i], 1, path_of("to"), NULL, &err), -1);
        assert_true(err.code != PM_OK && *err.message);
        assert_null(pm_db_open(&paths[i], 1, NULL));
    }
    struct pm_error err = {0};
    assert_null(pm_db_writer_open(path_of("nowhere"), true, &err));
    assert_true(err.code != PM_OK && *err.message);
    err = (struct pm_error){0};
    assert_null(pm_db_writer_open(path_of("no/folder/there"), false, &err));
    assert_true(err.code != PM_OK && *err.message);
}

static void tells_of_a_database_that_is_damaged(void **state)
{
    (void)state;
    char path[200];
    make_db("one", rows, ROWS);
    snprintf(path, sizeof path, "%s/iamglass", path_of("one"));
    assert_int_equal(truncate(path, 10), 0);
    struct pm_error err = {0};
    const char *one = path_of("one");
    assert_null(pm_db_open(&one, 1, &err));
    assert_true(err.code == PM_ERR_CORRUPT || err.code == PM_ERR_VERSION);
    assert_true(*err.message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_back_what_was_committed),
        TEST(keeps_bytes_that_are_no_text),
        TEST(walks_terms_in_order_until_told_to_stop),
        TEST(walks_on_behind_a_term_of_many_documents),
        TEST(knows_the_bounds_of_values),
        TEST(tells_what_it_cannot_open),
        TEST(tells_of_a_database_that_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
