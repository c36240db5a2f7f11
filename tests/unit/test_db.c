#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "db.h"
#include "disk.h"
#include "folder.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-db-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static const char *path_of(const char *name)
{
    static char paths[8][100];
    static int next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

/* A document: terms with wdf 1 at positions from 1 on, values of slots 0 and 1. */
struct row {
    const char *terms, *date, *id;
};

static void add_rows(struct pm_db_writer *writer, const struct row *rows, size_t count)
{
    struct pm_error err = {0};
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    assert_non_null(doc);
    for (size_t i = 0; i < count; i++) {
        uint32_t docid = 0, position = 1;
        assert_int_equal(pm_db_doc_clear(doc, &err), 0);
        for (const char *c = rows[i].terms; *c; c += strspn(c, " ")) {
            size_t len = strcspn(c, " ");
            assert_int_equal(pm_db_doc_add_term(doc, c, len, position++, 1, &err), 0);
            c += len;
        }
        if (rows[i].date)
            assert_int_equal(pm_db_doc_set_value(doc, 0, rows[i].date, strlen(rows[i].date), &err),
                             0);
        assert_int_equal(pm_db_doc_set_value(doc, 1, rows[i].id, strlen(rows[i].id), &err), 0);
        assert_int_equal(pm_db_doc_set_data(doc, rows[i].id, strlen(rows[i].id), &err), 0);
        assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
        assert_true(docid > 0);
    }
    pm_db_doc_free(doc);
}

static void make_db(const char *name, const struct row *rows, size_t count)
{
    struct pm_error err = {0};
    struct pm_db_writer *writer = pm_db_writer_open(path_of(name), false, &err);
    assert_non_null(writer);
    add_rows(writer, rows, count);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
}

static struct pm_db *open_db(const char *name)
{
    const char *path = path_of(name);
    struct pm_error err = {0};
    struct pm_db *db = pm_db_open(&path, 1, &err);
    if (!db)
        fail_msg("%s", err.message);
    return db;
}

static const struct row rows[] = {
    {"rice price", "2024-05-01", "c"},
    {"rice rice", NULL, "b"},
    {"price of rice", "2024-05-02", "d"},
    {"boat", "2024-05-01", "a"},
    {"rice boat", NULL, "a2"},
};
#define ROWS (sizeof rows / sizeof *rows)

static int take_first(uint32_t docid, void *arg)
{
    *(uint32_t *)arg = docid;
    return 1;
}

/* The first document with `term`: 1, 0 if none, -1. */
static int first_document(const struct pm_db *db, const char *term, size_t len, uint32_t *docid,
                          struct pm_error *err)
{
    return pm_db_each_document(db, term, len, take_first, docid, err);
}

/* ---- writing and reading ---- */

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

static void loses_what_was_not_committed(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_stats stats;
    make_db("one", rows, 2);
    struct pm_db_writer *writer = pm_db_writer_open(path_of("one"), true, &err);
    assert_non_null(writer);
    add_rows(writer, rows, ROWS);
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

static int note_term(const char *term, size_t len, uint32_t freq, void *arg)
{
    struct pm_buf *out = arg;
    pm_buf_addf(out, "%.*s=%u ", (int)len, term, freq);
    return len == 4 && !memcmp(term, "stop", 4) ? 42 : 0;
}

static void walks_terms_in_order_until_told_to_stop(void **state)
{
    (void)state;
    static const struct row more[] = {{"rib rice rich sea stop sun", NULL, "x"}};
    struct pm_error err = {0};
    struct pm_buf out = PM_BUF_INIT;
    make_db("one", rows, ROWS);
    make_db("two", more, 1);
    const char *paths[] = {path_of("one"), path_of("two")};
    struct pm_db *db = pm_db_open(paths, 2, &err);
    assert_int_equal(pm_db_each_term(db, "ri", 2, note_term, &out, &err), 0);
    assert_string_equal(pm_buf_str(&out), "rib=1 rice=5 rich=1 ");
    pm_buf_clear(&out);
    assert_int_equal(pm_db_each_term(db, "s", 1, note_term, &out, &err), 42);
    assert_string_equal(pm_buf_str(&out), "sea=1 stop=1 ");
    assert_int_equal(pm_db_each_term(db, "zz", 2, note_term, NULL, &err), 0);
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

/* ---- searching ---- */

static struct pm_db_query *term(const char *text)
{
    struct pm_error err = {0};
    struct pm_db_query *query = pm_db_query_term(text, strlen(text), 1, &err);
    assert_non_null(query);
    return query;
}

static struct pm_db_query *join(enum pm_db_op op, const char *a, const char *b)
{
    struct pm_error err = {0};
    struct pm_db_query *parts[] = {term(a), term(b)};
    uint32_t window = op == PM_DB_PHRASE ? 2 : 0;
    struct pm_db_query *query = pm_db_query_join(op, parts, 2, window, &err);
    if (!query)
        fail_msg("op %d: %s", op, err.message);
    pm_db_query_free(parts[0]);
    pm_db_query_free(parts[1]);
    return query;
}

static const struct pm_db_sort newest[] = {{.slot = 0, .descending = true}, {.slot = 1}};

/* Checks the ids found, in order; frees the query. */
static void check_ids(const struct pm_db *db, struct pm_db_query *query, bool sorted,
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

static void joins_queries_in_every_way(void **state)
{
    (void)state;
    static const struct {
        enum pm_db_op op;
        const char *a, *b, *ids;
    } joins[] = {
        {PM_DB_AND, "rice", "price", "d c"},      {PM_DB_OR, "price", "boat", "d a c a2"},
        {PM_DB_AND_NOT, "rice", "price", "a2 b"}, {PM_DB_FILTER, "rice", "boat", "a2"},
        {PM_DB_PHRASE, "rice", "price", "c"},     {PM_DB_PHRASE, "rice", "rice", "b"},
        {PM_DB_AND, "rice", "absent", ""},
    };
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        check_ids(db, join(joins[i].op, joins[i].a, joins[i].b), true, joins[i].ids);
    pm_db_close(db);
}

static void finds_values_in_a_range(void **state)
{
    (void)state;
    static const struct {
        const char *low, *high, *ids;
    } ranges[] = {
        {"2024-05-01", "2024-05-01", "a c"}, {"2024-05-02", NULL, "d"}, {"0", NULL, "d a c"},
        {"2024", "2024~", "d a c"},          {"2025", NULL, ""},        {"2023", "2023~", ""},
        {"2024-05-02", "2024-05-01", ""},
    };
    struct pm_error err = {0};
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        check_ids(db, pm_db_query_range(0, ranges[i].low, ranges[i].high, &err), true,
                  ranges[i].ids);
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

/* ---- asking for each candidate ---- */

struct asked {
    const char *pass; /* the term that lets pass: at least `positions` of it */
    size_t positions;
    const char *fails; /* the document that ends the search, or NULL */
    struct pm_buf ids; /* of those asked for, each with a space behind it */
    bool twice;        /* one was asked for again */
};

static int ask(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err)
{
    struct asked *asked = arg;
    struct pm_buf id = PM_BUF_INIT, positions = PM_BUF_INIT;
    const struct pm_db_bytes pass = {asked->pass, strlen(asked->pass)};
    int rc = pm_db_candidate_data(candidate, &id, err);
    pm_buf_addc(&id, ' ');
    for (const char *c = pm_buf_str(&asked->ids); *c; c += strcspn(c, " ") + 1)
        asked->twice |= !strncmp(c, pm_buf_str(&id), id.len);
    pm_buf_add(&asked->ids, id.data, id.len);
    if (!rc && asked->fails && !strcmp(pm_buf_str(&id), asked->fails))
        rc = pm_fail(err, PM_ERR_STOPPED, "no more of '%s'", asked->fails);
    if (!rc)
        rc = pm_db_candidate_positions(candidate, &pass, &positions, err);
    if (!rc)
        rc = positions.len >= asked->positions * sizeof(uint32_t);
    pm_buf_release(&id);
    pm_buf_release(&positions);
    return rc;
}

struct groups {
    struct pm_db_bytes term[8];
    struct pm_db_terms group[4];
    size_t terms, len;
};

/* "a/b c": one of a and b, and c. */
static void read_groups(const char *text, struct groups *groups)
{
    *groups = (struct groups){0};
    for (const char *c = text; *c; c += *c != 0) {
        size_t len = strcspn(c, "/ ");
        if (c == text || c[-1] == ' ')
            groups->group[groups->len++].term = &groups->term[groups->terms];
        groups->term[groups->terms++] = (struct pm_db_bytes){c, len};
        groups->group[groups->len - 1].len++;
        c += len;
    }
}

static struct pm_db_query *checked(const struct groups *groups, struct asked *asked)
{
    struct pm_error err = {0};
    struct pm_db_query *query = pm_db_query_checked(groups->group, groups->len, ask, asked, &err);
    assert_non_null(query);
    return query;
}

static void asks_once_for_what_has_a_term_of_each_group(void **state)
{
    (void)state;
    static const struct {
        const char *groups, *pass;
        size_t positions;
        const char *asked, *ids;
    } cases[] = {
        {"rice", "rice", 1, "c b d a2 ", "d c a2 b"},
        {"rice", "rice", 2, "c b d a2 ", "b"},
        {"rice", "price", 1, "c b d a2 ", "d c"},
        {"rice", "absent", 0, "c b d a2 ", "d c a2 b"},
        {"rice", "absent", 1, "c b d a2 ", ""},
        {"rice price", "rice", 1, "c d ", "d c"},
        {"price rice", "rice", 1, "c d ", "d c"},
        {"price/boat", "rice", 0, "c d a a2 ", "d a c a2"},
        {"price/boat rice", "rice", 1, "c d a2 ", "d c a2"},
        {"rice of/boat rice/absent", "rice", 1, "d a2 ", "d a2"},
        {"rice absent", "rice", 1, "", ""},
    };
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked asked = {.pass = cases[i].pass, .positions = cases[i].positions};
        struct groups groups;
        read_groups(cases[i].groups, &groups);
        check_ids(db, checked(&groups, &asked), true, cases[i].ids);
        assert_string_equal(pm_buf_str(&asked.ids), cases[i].asked);
        pm_buf_release(&asked.ids);
    }
    pm_db_close(db);
}

static void asks_for_nothing_when_a_group_is_empty(void **state)
{
    (void)state;
    struct asked asked = {.pass = "rice"};
    struct groups groups;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    read_groups("rice price", &groups);
    groups.group[1].len = 0;
    check_ids(db, checked(&groups, &asked), true, "");
    assert_int_equal(asked.ids.len, 0);
    pm_db_close(db);
}

static void ends_the_search_when_asking_fails(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct asked asked = {.pass = "rice", .fails = "b "};
    struct groups groups;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    read_groups("rice", &groups);
    struct pm_db_query *query = checked(&groups, &asked);
    struct pm_db_request request = {.query = query, .limit = 10};
    assert_int_equal(pm_db_search(db, &request, &matches, &err), -1);
    assert_int_equal(err.code, PM_ERR_STOPPED);
    assert_string_equal(err.message, "no more of 'b '");
    assert_string_equal(pm_buf_str(&asked.ids), "c b ");
    assert_int_equal(matches.len, 0);
    pm_buf_release(&asked.ids);
    pm_db_query_free(query);
    pm_db_close(db);
}

#define MANY 600

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

/* Many documents of the terms a to f, seldom to often, dealt to `shards` databases. */
static struct pm_db *make_many(size_t shards, const char *prefix)
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

/* The document numbers that match, in order. */
static void list_matches(const struct pm_db *db, const struct pm_db_query *query, bool sorted,
                         struct pm_buf *out)
{
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct pm_db_request request = {
        .query = query,
        .bm25 = {.k1 = 1.2, .k3 = 8, .b = 0.75},
        .sort = newest,
        .sort_len = sorted ? 2 : 0,
        .limit = sorted ? MANY : 10,
    };
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    for (size_t i = 0; i < matches.len; i++)
        pm_buf_addf(out, "%u=%.6f ", matches.item[i].docid, matches.item[i].score);
    pm_db_matches_release(&matches);
}

static struct pm_db_query *join_parts(enum pm_db_op op, struct pm_db_query *a,
                                      struct pm_db_query *b)
{
    struct pm_error err = {0};
    struct pm_db_query *parts[] = {a, b};
    struct pm_db_query *query = pm_db_query_join(op, parts, 2, 0, &err);
    assert_non_null(query);
    return query;
}

/* The same, and frees the parts. */
static struct pm_db_query *join_and_free(enum pm_db_op op, struct pm_db_query *a,
                                         struct pm_db_query *b)
{
    struct pm_db_query *query = join_parts(op, a, b);
    pm_db_query_free(a);
    pm_db_query_free(b);
    return query;
}

/* What has a term of each group, and a "c". */
static struct pm_db_query *with_groups(const char *text)
{
    struct groups groups;
    struct pm_db_query *query = term("c");
    read_groups(text, &groups);
    for (size_t i = 0; i < groups.len; i++) {
        struct pm_db_query *any = NULL;
        for (size_t j = 0; j < groups.group[i].len; j++) {
            char name[] = {*groups.group[i].term[j].data, '\0'};
            any = any ? join_and_free(PM_DB_OR, any, term(name)) : term(name);
        }
        query = join_and_free(PM_DB_AND, query, any);
    }
    return query;
}

/* Two queries joined both ways, once with the checked one and once with what it stands for. */
static void check_join(const struct pm_db *db, enum pm_db_op op, const char *groups_text,
                       struct pm_db_query *like, const char *with, bool first)
{
    struct pm_error err = {0};
    struct groups groups;
    read_groups(groups_text, &groups);
    for (int sorted = 0; sorted < 2; sorted++) {
        struct asked asked = {.pass = "c", .positions = 1};
        struct pm_buf got = PM_BUF_INIT, expected = PM_BUF_INIT;
        struct pm_db_query *other = term(with), *check = checked(&groups, &asked);
        struct pm_db_query *plain = pm_db_query_scale(like, 0, &err);
        struct pm_db_query *one =
            first ? join_parts(op, check, other) : join_parts(op, other, check);
        struct pm_db_query *two =
            first ? join_parts(op, plain, other) : join_parts(op, other, plain);
        list_matches(db, one, sorted, &got);
        list_matches(db, two, sorted, &expected);
        if (strcmp(pm_buf_str(&got), pm_buf_str(&expected)) != 0)
            fail_msg("op %d, %s, %s: %s, not %s", op, groups_text, with, pm_buf_str(&got),
                     pm_buf_str(&expected));
        if (asked.twice)
            fail_msg("op %d, %s, %s: asked twice", op, groups_text, with);
        pm_buf_release(&got);
        pm_buf_release(&expected);
        pm_buf_release(&asked.ids);
        struct pm_db_query *all[] = {other, check, plain, one, two};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            pm_db_query_free(all[i]);
    }
}

static void asks_within_any_join_and_over_any_shards(void **state)
{
    (void)state;
    static const enum pm_db_op ops[] = {PM_DB_AND, PM_DB_OR, PM_DB_FILTER, PM_DB_AND_NOT};
    static const char *const groups[] = {"b", "d", "b d", "e/f b", "b/d a"};
    for (size_t shards = 1; shards <= 3; shards++) {
        struct pm_db *db = make_many(shards, (const char *[]){"", "x", "y", "z"}[shards]);
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
            struct pm_db_query *passed = with_groups(groups[i]);
            for (size_t j = 0; j < 2 * sizeof ops / sizeof *ops; j++)
                for (const char *with = "a\0b\0d\0f\0"; *with; with += 2)
                    check_join(db, ops[j / 2], groups[i], passed, with, j % 2);
            pm_db_query_free(passed);
        }
        pm_db_close(db);
    }
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

/* ---- failing ---- */

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

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_back_what_was_committed),
        TEST(keeps_bytes_that_are_no_text),
        TEST(loses_what_was_not_committed),
        TEST(deletes_a_document),
        TEST(walks_terms_in_order_until_told_to_stop),
        TEST(knows_the_bounds_of_values),
        TEST(keeps_the_order_of_documents_when_it_merges),
        TEST(sorts_by_newest_date_then_id_with_undated_last),
        TEST(sorts_what_has_no_value_last_when_it_ascends_too),
        TEST(sorts_bytes_as_bytes),
        TEST(joins_queries_in_every_way),
        TEST(finds_values_in_a_range),
        TEST(scores_more_of_a_term_higher),
        TEST(asks_once_for_what_has_a_term_of_each_group),
        TEST(asks_for_nothing_when_a_group_is_empty),
        TEST(ends_the_search_when_asking_fails),
        TEST(asks_within_any_join_and_over_any_shards),
        TEST(shows_a_spy_the_values_of_all_that_matches),
        TEST(shows_a_spy_each_match_of_several_shards_once),
        TEST(keeps_metadata_for_each_shard),
        TEST(merges_the_metadata_of_what_it_compacts),
        TEST(tells_why_metadata_could_not_be_merged),
        TEST(tells_what_it_cannot_open),
        TEST(refuses_to_write_over_a_database_or_beside_a_writer),
        TEST(tells_of_a_term_that_is_too_long),
        TEST(tells_of_a_database_that_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
