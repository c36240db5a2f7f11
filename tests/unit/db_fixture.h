/* Small databases that the tests of common/db work on, in a folder of each test's own. */
#ifndef DB_FIXTURE_H
#define DB_FIXTURE_H

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

/* Where the databases of a test are; made before it, removed after it. */
static char folder[64];

static inline int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-db-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

/* The path of a database by its name; the last eight are kept. */
static inline const char *path_of(const char *name)
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

static inline void add_rows(struct pm_db_writer *writer, struct beside *beside,
                            const struct row *rows, size_t count)
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
        if (beside)
            beside_add(beside, doc, docid);
    }
    pm_db_doc_free(doc);
}

static inline void make_db(const char *name, const struct row *rows, size_t count)
{
    struct pm_error err = {0};
    const char *path = path_of(name);
    struct beside beside;
    struct pm_db_writer *writer = pm_db_writer_open(path, false, &err);
    assert_non_null(writer);
    beside_open(&beside, path);
    add_rows(writer, &beside, rows, count);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
    beside_close(&beside, path);
}

static inline struct pm_db *open_db(const char *name)
{
    const char *path = path_of(name);
    struct pm_error err = {0};
    struct pm_db *db = pm_db_open(&path, 1, &err);
    if (!db)
        fail_msg("%s", err.message);
    return db;
}

/* What most tests write: five documents, four with "rice". */
static const struct row rows[] = {
    {"rice price", "2024-05-01", "c"},
    {"rice rice", NULL, "b"},
    {"price of rice", "2024-05-02", "d"},
    {"boat", "2024-05-01", "a"},
    {"rice boat", NULL, "a2"},
};
#define ROWS (sizeof rows / sizeof *rows)

static inline int take_first(uint32_t docid, void *arg)
{
    *(uint32_t *)arg = docid;
    return 1;
}

/* The first document with `term`: 1, 0 if none, -1. */
static inline int first_document(const struct pm_db *db, const char *term, size_t len,
                                 uint32_t *docid, struct pm_error *err)
{
    return pm_db_each_document(db, term, len, take_first, docid, err);
}

#endif
