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
#include "file.h"
#include "glass.h"
#include "pack.h"
#include "table.h"

/* tests/glass compares whole databases; here is what libxapian's writer does otherwise. */

static char folder[64];
static struct glass *glass;
static struct glass_packer *packer;
static struct glass_packed packed;
static struct pm_db_doc *doc;
static struct pm_error err;

static const char *path_of(const char *name)
{
    static char paths[4][100];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

static int begin(void **state)
{
    (void)state;
    struct glass_options options = {.memory = 1 << 20};
    strcpy(folder, "/tmp/pressmark-glass-XXXXXX");
    err = (struct pm_error){0};
    if (!mkdtemp(folder) || mkdir(path_of("work"), 0777))
        return -1;
    glass = glass_new(path_of("work"), &options, &err);
    packer = glass_packer_new(false, &err);
    doc = pm_db_doc_new(&err);
    return glass && packer && doc ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    glass_free(glass);
    glass_packer_free(packer);
    glass_packed_release(&packed);
    pm_db_doc_free(doc);
    return disk_remove(folder, NULL);
}

/* Adds a document with one term and data. */
static void add(uint32_t docid, const char *term, const char *data, size_t len)
{
    assert_int_equal(pm_db_doc_clear(doc, &err), 0);
    assert_int_equal(pm_db_doc_add_term(doc, term, strlen(term), 1, 1, &err), 0);
    assert_int_equal(pm_db_doc_set_data(doc, data, len, &err), 0);
    if (glass_pack(packer, doc, &packed, &err) || glass_invert(glass, 0, doc, docid, &err) ||
        glass_add(glass, &packed, docid, &err))
        fail_msg("%s", err.message);
}

static void check(const char *path)
{
    struct pm_buf report = PM_BUF_INIT;
    if (pm_db_check(path, &report, &err))
        fail_msg("%s", pm_buf_str(&report));
    pm_buf_release(&report);
}

static struct pm_db *finish_unchecked(void)
{
    const char *path = path_of("made");
    if (glass_finish(glass, path, &err))
        fail_msg("%s", err.message);
    struct pm_db *db = pm_db_open(&path, 1, &err);
    if (!db)
        fail_msg("%s", err.message);
    return db;
}

static struct pm_db *finish(void)
{
    struct pm_db *db = finish_unchecked();
    check(path_of("made"));
    return db;
}

static void keeps_data_that_xapian_could_not_inflate(void **state)
{
    (void)state;
    /* Runs, and text that ends in one just where a step of reading ends. */
    enum { RUNS = 700, TAILS = 300, TEXT = 8100 };
    static char data[20000];
    struct pm_buf out = PM_BUF_INIT;
    uint32_t docid = 0, seed = 1;
    for (size_t len = 8192; len < 8192 + RUNS; len++) {
        memset(data, ' ', len);
        add(++docid, "run", data, len);
    }
    for (size_t i = 0; i < TEXT; i++)
        data[i] = (char)('a' + (seed = seed * 1664525 + 1013904223) % 26);
    for (size_t len = TEXT; len < TEXT + TAILS; len++)
        add(++docid, "tail", data, len);
    struct pm_db *db = finish();
    for (uint32_t i = 1; i <= docid; i++) {
        pm_buf_clear(&out);
        if (pm_db_data(db, i, &out, &err))
            fail_msg("document %u: %s", i, err.message);
        assert_int_equal(out.len, i <= RUNS ? 8191 + i : TEXT + i - RUNS - 1);
    }
    pm_buf_release(&out);
    pm_db_close(db);
}

static void keeps_the_number_of_what_is_taken_out(void **state)
{
    (void)state;
    struct pm_db_stats stats;
    uint32_t freq;
    for (uint32_t i = 1; i <= 5; i++)
        add(i, i < 4 ? "early" : "late", "x", 1);
    assert_int_equal(glass_drop(glass, 5, &err), 0);
    assert_int_equal(glass_drop(glass, 4, &err), 0);
    assert_int_equal(glass_drop(glass, 1, &err), 0);
    struct pm_db *db = finish();
    assert_int_equal(pm_db_get_stats(db, &stats, &err), 0);
    assert_int_equal(stats.documents, 2);
    assert_int_equal(stats.total_length, 2);
    assert_int_equal(stats.last_docid, 5);
    assert_int_equal(pm_db_term_freq(db, "early", 5, &freq, &err), 0);
    assert_int_equal(freq, 2);
    assert_int_equal(pm_db_term_freq(db, "late", 4, &freq, &err), 0);
    assert_int_equal(freq, 0);
    pm_db_close(db);
}

/* Refuses a term that is a byte too long, then writes a document with the longest, as `docid`. */
static void write_longest(uint32_t docid, struct pm_db *(*done)(void))
{
    /* A key has 255 bytes: two for each NUL, one for the end, five for the number. */
    char term[200];
    struct pm_db_stats stats;
    uint32_t freq;
    memset(term, 'x', sizeof term);
    memset(term, 0, 50);
    assert_int_equal(pm_db_doc_add_term(doc, term, sizeof term, 1, 1, &err), 0);
    assert_int_equal(glass_pack(packer, doc, &packed, &err), -1);
    assert_int_equal(err.code, PM_ERR_TOO_LARGE);
    err = (struct pm_error){0};
    assert_int_equal(pm_db_doc_clear(doc, &err), 0);
    assert_int_equal(pm_db_doc_add_term(doc, term, sizeof term - 1, 1, 1, &err), 0);
    assert_int_equal(glass_pack(packer, doc, &packed, &err), 0);
    assert_int_equal(glass_invert(glass, 0, doc, docid, &err), 0);
    assert_int_equal(glass_add(glass, &packed, docid, &err), 0);
    struct pm_db *db = done();
    assert_int_equal(pm_db_get_stats(db, &stats, &err), 0);
    assert_int_equal(stats.documents, 1);
    assert_int_equal(pm_db_term_freq(db, term, sizeof term - 1, &freq, &err), 0);
    assert_int_equal(freq, 1);
    pm_db_close(db);
}

static void refuses_a_term_that_fits_no_key_and_goes_on(void **state)
{
    (void)state;
    write_longest(0x200000, finish);
}

/* libxapian's check makes a list as long as the highest number: sixteen gigabytes here. */
static void writes_the_longest_term_of_the_highest_number(void **state)
{
    (void)state;
    write_longest(0xfffffff0, finish_unchecked);
}

/* Writes a table of `entries` in blocks of 2048 bytes, and adds its bytes to `out`. */
static void write_table(uint32_t entries, struct table_root *root, struct pm_buf *out)
{
    static const char tag[450] = {0};
    struct pm_buf key = PM_BUF_INIT;
    struct table *table = table_new(folder, "table", 2048, 1, &err);
    assert_non_null(table);
    for (uint32_t i = 1; i <= entries; i++) {
        pm_buf_clear(&key);
        pm_pack_sorted(&key, i * 300);
        assert_int_equal(table_add(table, &key, tag, sizeof tag, false, &err), 0);
    }
    assert_int_equal(table_end(table, root, &err), 0);
    table_free(table);
    assert_int_equal(pm_file_read(path_of("table"), 1 << 30, out, &err), 0);
    assert_int_equal(unlink(path_of("table")), 0);
    pm_buf_release(&key);
}

static void makes_no_branch_of_a_single_block(void **state)
{
    (void)state;
    struct pm_buf bytes = PM_BUF_INIT;
    struct table_root root;
    for (uint32_t entries = 600; entries < 900; entries++) {
        pm_buf_clear(&bytes);
        write_table(entries, &root, &bytes);
        assert_int_equal(bytes.len, root.blocks * 2048);
        for (size_t at = 0; at < bytes.len; at += 2048) {
            const unsigned char *block = (const unsigned char *)bytes.data + at;
            if (block[4])
                assert_true((block[9] << 8 | block[10]) >= 11 + 2 * 2);
        }
    }
    pm_buf_release(&bytes);
}

static void refuses_documents_out_of_order(void **state)
{
    (void)state;
    add(7, "word", "", 0);
    assert_int_equal(glass_add(glass, &packed, 7, &err), -1);
    assert_int_equal(err.code, PM_ERR_INTERNAL);
}

static void refuses_to_end_without_the_postings_of_a_document(void **state)
{
    (void)state;
    add(1, "word", "", 0);
    assert_int_equal(glass_add(glass, &packed, 2, &err), 0);
    assert_int_equal(glass_finish(glass, path_of("made"), &err), -1);
    assert_int_equal(err.code, PM_ERR_INTERNAL);
}

static void knows_its_format_by_an_empty_database(void **state)
{
    (void)state;
    struct pm_db_writer *writer = pm_db_writer_open(path_of("empty"), false, &err);
    assert_non_null(writer);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_writer_close(writer);
    assert_int_equal(glass_is_format_of(path_of("empty"), &err), 1);
    /* Byte 15 is the version, then 16 of the uuid, the revision, and of the first table its root,
     * flags, entries, size of blocks. */
    for (long at = 14; at <= 36; at++) {
        if (at >= 16 && at < 33)
            continue;
        FILE *file = fopen(path_of("empty/iamglass"), "r+");
        assert_non_null(file);
        fseek(file, at, SEEK_SET);
        int byte = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(byte + 1, file);
        fclose(file);
        assert_int_equal(glass_is_format_of(path_of("empty"), &err), 0);
        file = fopen(path_of("empty/iamglass"), "r+");
        fseek(file, at, SEEK_SET);
        fputc(byte, file);
        fclose(file);
    }
    assert_int_equal(glass_is_format_of(path_of("empty"), &err), 1);
    assert_int_equal(glass_is_format_of(path_of("nowhere"), &err), 0);
}

static void says_when_a_file_cannot_be_made(void **state)
{
    (void)state;
    add(1, "word", "", 0);
    assert_int_equal(glass_finish(glass, path_of("no/where"), &err), -1);
    assert_int_equal(err.code, PM_ERR_IO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_data_that_xapian_could_not_inflate),
        TEST(keeps_the_number_of_what_is_taken_out),
        TEST(refuses_a_term_that_fits_no_key_and_goes_on),
        TEST(writes_the_longest_term_of_the_highest_number),
        TEST(makes_no_branch_of_a_single_block),
        TEST(refuses_documents_out_of_order),
        TEST(refuses_to_end_without_the_postings_of_a_document),
        TEST(knows_its_format_by_an_empty_database),
        TEST(says_when_a_file_cannot_be_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
