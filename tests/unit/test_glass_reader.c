/*
 * What our own reader tells of a database is what libxapian tells, and damage ends in an error.
 */
#include <fcntl.h>
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
#include "glass_reader.h"
#include "matcher.h"

#define DOCUMENTS 2000
#define SLOTS     3
#define DAMAGES   400

static char folder[64], path[100];
static uint32_t seed;

static uint32_t random_below(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* In all documents, many, few, with a NUL, long, and in none. */
static char long_term[200];
static const struct pm_db_bytes terms[] = {
    {"all", 3},       {"many", 4}, {"few", 3}, {"nul\0in", 6},
    {long_term, 200}, {"allo", 4}, {"nul", 3}, {"nowhere", 7},
};
#define TERMS (sizeof terms / sizeof *terms)

static void add_terms(struct pm_db_doc *doc)
{
    static const uint32_t one_of[TERMS] = {1, 2, 60, 5, 9, 3, 200, 0};
    struct pm_error err = {0};
    for (size_t i = 0; i + 1 < TERMS; i++) {
        if (random_below(one_of[i]))
            continue;
        uint32_t wdf = random_below(9) ? random_below(4) : random_below(1000000);
        wdf += i ? 0 : 3000000; /* so that the list in all documents has more chunks than a leaf */
        assert_int_equal(pm_db_doc_add_term(doc, terms[i].data, terms[i].len, 0, wdf, &err), 0);
        uint32_t span = 1 + random_below(random_below(3) ? 100 : 4000000);
        for (uint32_t n = random_below(20) ? random_below(9) : random_below(3000); n; n--)
            assert_int_equal(pm_db_doc_add_term(doc, terms[i].data, terms[i].len,
                                                1 + random_below(span), 1, &err),
                             0);
    }
}

/*
 * Data that does not deflate, that does, and that does very well; some longer than blocks.  (Of
 * runs beyond 8 KB libxapian 1.4.22 writes what it cannot read.)
 */
static void set_data(struct pm_db_doc *doc)
{
    static char bytes[60000];
    struct pm_error err = {0};
    size_t len = random_below(12) ? random_below(600) : random_below(sizeof bytes);
    uint32_t kind = random_below(len < 8000 ? 3 : 2);
    for (size_t i = 0; i < len; i++)
        bytes[i] = kind == 0   ? (char)random_below(256)
                   : kind == 1 ? (char)('a' + random_below(7))
                               : 'x';
    assert_int_equal(pm_db_doc_set_data(doc, bytes, len, &err), 0);
}

static int make_database(void **state)
{
    (void)state;
    struct pm_error err = {0};
    seed = 3;
    memset(long_term, 'l', sizeof long_term);
    strcpy(folder, "/tmp/pressmark-reader-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/db", folder);
    struct pm_db_writer *writer = pm_db_writer_open(path, false, &err);
    struct pm_db_doc *doc = pm_db_doc_new(&err);
    assert_non_null(writer);
    assert_non_null(doc);
    for (size_t i = 0; i < DOCUMENTS; i++) {
        uint32_t docid;
        assert_int_equal(pm_db_doc_clear(doc, &err), 0);
        add_terms(doc);
        set_data(doc);
        for (uint32_t slot = 0; slot < SLOTS; slot++) {
            char value[400];
            memset(value, 'v', sizeof value);
            size_t len = (size_t)snprintf(value, sizeof value, "%u", random_below(100000));
            if (!random_below(slot * 20 + 1))
                assert_int_equal(pm_db_doc_set_value(doc, slot * 100, value,
                                                     random_below(9) ? len : sizeof value, &err),
                                 0);
        }
        assert_int_equal(pm_db_writer_add(writer, doc, &docid, &err), 0);
    }
    for (size_t i = 0; i < DOCUMENTS / 10; i++)
        assert_true(pm_db_writer_delete(writer, 2 + 10 * (uint32_t)i, &err) == 0);
    assert_int_equal(pm_db_writer_commit(writer, &err), 0);
    pm_db_doc_free(doc);
    pm_db_writer_close(writer);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static struct pm_db *open_database(void)
{
    const char *paths[] = {path};
    struct pm_error err = {0};
    struct pm_db *db = pm_db_open(paths, 1, &err);
    if (!db)
        fail_msg("%s", err.message);
    return db;
}

static void assert_same(const struct pm_buf *a, const struct pm_buf *b)
{
    assert_int_equal(a->len, b->len);
    if (a->len)
        assert_memory_equal(a->data, b->data, a->len);
}

static void reads_what_libxapian_reads(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_buf ours = PM_BUF_INIT, theirs = PM_BUF_INIT;
    struct pm_db *db = open_database(), *reference = open_database();
    pm_db_use_libxapian(reference);
    for (uint32_t i = 0; i < 2 * DOCUMENTS; i++) {
        uint32_t docid =
            i < DOCUMENTS ? i + 1 : 1 + random_below(DOCUMENTS); /* in a row, and not */
        if (docid % 10 == 2)                                     /* deleted */
            continue;
        assert_int_equal(pm_db_found_data(db, docid, &ours, &err), 0);
        assert_int_equal(pm_db_found_data(reference, docid, &theirs, &err), 0);
        for (uint32_t slot = 0; slot <= SLOTS; slot++) {
            assert_int_equal(pm_db_found_value(db, docid, slot * 100, &ours, &err), 0);
            assert_int_equal(pm_db_found_value(reference, docid, slot * 100, &theirs, &err), 0);
        }
        assert_same(&ours, &theirs);
        pm_buf_clear(&ours);
        pm_buf_clear(&theirs);
    }
    for (size_t i = 0; i < TERMS; i++) {
        uint32_t a, b;
        assert_int_equal(pm_db_term_freq(db, terms[i].data, terms[i].len, &a, &err), 0);
        assert_int_equal(pm_db_term_freq(reference, terms[i].data, terms[i].len, &b, &err), 0);
        assert_int_equal(a, b);
    }
    pm_buf_release(&ours);
    pm_buf_release(&theirs);
    pm_db_close(db);
    pm_db_close(reference);
}

struct listed {
    struct pm_glass *glass;
    struct pm_posting_list list;
    size_t at;
};

static int compare_document(uint32_t docid, void *arg)
{
    struct listed *listed = arg;
    struct pm_error err = {0};
    if (listed->at == listed->list.len) {
        assert_int_equal(pm_posting_list_next(&listed->list, &err), 1);
        listed->at = 0;
    }
    assert_int_equal(listed->list.docid[listed->at++], docid);
    return 0;
}

static void reads_lists_as_libxapian_does(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db *db = open_database();
    struct listed listed = {0};
    assert_int_equal(pm_glass_open(path, &listed.glass, &err), 1);
    for (size_t i = 0; i + 1 < TERMS; i++) {
        assert_int_equal(
            pm_glass_postings(listed.glass, terms[i].data, terms[i].len, &listed.list, &err), 1);
        listed.at = 0;
        assert_int_equal(
            pm_db_each_document(db, terms[i].data, terms[i].len, compare_document, &listed, &err),
            0);
        assert_int_equal(listed.at, listed.list.len);
        assert_int_equal(pm_posting_list_next(&listed.list, &err), 0);
        pm_posting_list_close(&listed.list);
    }
    assert_int_equal(pm_glass_postings(listed.glass, "nowhere", 7, &listed.list, &err), 0);
    pm_posting_list_close(&listed.list);
    pm_glass_close(listed.glass);
    pm_db_close(db);
}

/* Seeking comes to the same place as going there step by step. */
static void seeks_to_where_steps_lead(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_glass *glass;
    assert_int_equal(pm_glass_open(path, &glass, &err), 1);
    for (int round = 0; round < 300; round++) {
        const struct pm_db_bytes *term = &terms[random_below(TERMS - 1)];
        struct pm_posting_list seeks, steps;
        uint32_t docid = 0;
        assert_int_equal(pm_glass_postings(glass, term->data, term->len, &seeks, &err), 1);
        assert_int_equal(pm_glass_postings(glass, term->data, term->len, &steps, &err), 1);
        for (;;) {
            docid += 1 + random_below(random_below(2) ? 20 : DOCUMENTS / 2);
            int rc = 1;
            while (rc && steps.docid[steps.len - 1] < docid)
                rc = pm_posting_list_next(&steps, &err);
            assert_int_equal(pm_posting_list_seek(&seeks, docid, &err), rc);
            if (!rc)
                break;
            assert_int_equal(seeks.docid[0], steps.docid[0]);
            assert_int_equal(seeks.len, steps.len);
        }
        pm_posting_list_close(&seeks);
        pm_posting_list_close(&steps);
    }
    pm_glass_close(glass);
}

/* What is forgotten is read again. */
static void reads_the_same_when_it_keeps_nothing(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_glass *keeps, *forgets;
    struct pm_buf a = PM_BUF_INIT, b = PM_BUF_INIT;
    assert_int_equal(pm_glass_open(path, &keeps, &err), 1);
    assert_int_equal(pm_glass_open(path, &forgets, &err), 1);
    pm_glass_keep(forgets, 0);
    for (uint32_t docid = 1; docid < DOCUMENTS; docid += 1 + random_below(9)) {
        uint32_t one = 0, two = 0;
        if (docid % 10 == 2)
            continue;
        a.len = b.len = 0;
        pm_glass_trim(forgets);
        assert_int_equal(pm_glass_length(keeps, docid, &one, &err), 0);
        assert_int_equal(pm_glass_length(forgets, docid, &two, &err), 0);
        assert_int_equal(one, two);
        assert_int_equal(pm_glass_data(keeps, docid, &a, &err), 0);
        assert_int_equal(pm_glass_data(forgets, docid, &b, &err), 0);
        assert_int_equal(pm_glass_value(keeps, docid, 100, &a, &err), 0);
        assert_int_equal(pm_glass_value(forgets, docid, 100, &b, &err), 0);
        assert_same(&a, &b);
    }
    pm_buf_release(&a);
    pm_buf_release(&b);
    pm_glass_close(keeps);
    pm_glass_close(forgets);
}

/* ---- damage ---- */

/* What cannot be read once cannot be read the next time: no place is left half way. */
static void read_data_twice(struct pm_glass *glass, uint32_t docid)
{
    struct pm_error err = {0};
    struct pm_buf one = PM_BUF_INIT, two = PM_BUF_INIT;
    int rc = pm_glass_data(glass, docid, &one, &err);
    assert_int_equal(pm_glass_data(glass, docid, &two, &err), rc);
    if (!rc)
        assert_same(&one, &two);
    pm_buf_release(&one);
    pm_buf_release(&two);
}

static void seek_in_postings(struct pm_glass *glass, const struct pm_db_bytes *term)
{
    struct pm_error err = {0};
    struct pm_posting_list list;
    int rc = pm_glass_postings(glass, term->data, term->len, &list, &err);
    for (uint32_t docid = 1; rc == 1; docid += 1 + random_below(200)) {
        rc = pm_posting_list_seek(&list, docid, &err);
        assert_true(rc != 1 || list.docid[list.len - 1] >= docid);
    }
    pm_posting_list_close(&list);
}

static struct pm_db_query *make_query(enum pm_db_op op, struct pm_error *err)
{
    struct pm_db_query *parts[] = {pm_db_query_term("many", 4, 1, err),
                                   pm_db_query_term("allo", 4, 1, err)};
    struct pm_db_query *query = pm_db_query_join(op, parts, 2, 2, err);
    pm_db_query_free(parts[0]);
    pm_db_query_free(parts[1]);
    return query;
}

/* Searches a database that may be damaged, without libxapian, which does not survive some of it. */
static void search_all(struct pm_glass *glass)
{
    static const enum pm_db_op ops[] = {PM_DB_OR, PM_DB_AND, PM_DB_AND_NOT};
    static const struct pm_db_sort sort = {.slot = 100};
    const struct pm_scoring scoring = {{1.2, 8, 0.75, 0}, NULL, &glass, 1, DOCUMENTS, 100, NULL};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        struct pm_error why = {0};
        struct pm_db_matches matches = {0};
        struct pm_db_request request = {
            .query = make_query(ops[i], &why),
            .sort = &sort,
            .sort_len = random_below(2),
            .limit = 10,
        };
        pm_matcher_run(&scoring, &request, &matches, &why);
        pm_db_matches_release(&matches);
        pm_db_query_free((struct pm_db_query *)(uintptr_t)request.query);
    }
}

/* Reads all there is; whatever comes of it, it comes to an end. */
static void read_all(struct pm_glass *glass)
{
    struct pm_buf out = PM_BUF_INIT;
    struct pm_posting_list list;
    struct pm_value_list values;
    for (uint32_t docid = 1; docid <= DOCUMENTS; docid += 1 + random_below(40)) {
        struct pm_error err = {0};
        uint32_t length;
        read_data_twice(glass, docid);
        pm_glass_length(glass, docid, &length, &err);
    }
    for (size_t i = 0; i < TERMS; i++) {
        struct pm_error err = {0};
        if (pm_glass_postings(glass, terms[i].data, terms[i].len, &list, &err) == 1)
            while (pm_posting_list_next(&list, &err) == 1)
                continue;
        pm_posting_list_close(&list);
        pm_glass_term_freq(glass, terms[i].data, terms[i].len, &(uint32_t){0}, &err);
        seek_in_postings(glass, &terms[i]);
    }
    for (uint32_t slot = 0; slot <= SLOTS; slot++) {
        struct pm_error err = {0};
        if (!pm_glass_values(glass, slot * 100, &values, &err))
            while (pm_value_list_seek(&values, values.docid + 1, &err) == 1)
                continue;
        pm_value_list_close(&values);
    }
    pm_buf_release(&out);
}

static void write_byte(const char *name, uint32_t at, unsigned char *byte)
{
    char file[150];
    unsigned char before;
    snprintf(file, sizeof file, "%s/%s", path, name);
    int fd = open(file, O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &before, 1, at), 1);
    assert_int_equal(pwrite(fd, byte, 1, at), 1);
    *byte = before;
    close(fd);
}

/* The level of a block. */
static unsigned level_of(const char *name, uint32_t block)
{
    char file[150];
    unsigned char level = 0;
    snprintf(file, sizeof file, "%s/%s", path, name);
    int fd = open(file, O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &level, 1, (off_t)block * 8192 + 4), 1);
    close(fd);
    return level;
}

static uint32_t size_of(const char *name)
{
    char file[150];
    struct stat is;
    snprintf(file, sizeof file, "%s/%s", path, name);
    assert_int_equal(stat(file, &is), 0);
    return (uint32_t)is.st_size;
}

static void survives_any_byte(void **state)
{
    (void)state;
    static const char *const names[] = {"iamglass", "postlist.glass", "docdata.glass"};
    for (int i = 0; i < DAMAGES; i++) {
        const char *name = names[random_below(3)];
        struct pm_error err = {0};
        struct pm_glass *glass;
        unsigned char byte = (unsigned char)random_below(256);
        /* Heads of blocks, and branches, are where most harm can be done. */
        uint32_t size = size_of(name), blocks = size / 8192, at = random_below(size);
        uint32_t kind = blocks ? random_below(3) : 0;
        if (kind == 1)
            at = random_below(blocks) * 8192 + random_below(64);
        for (uint32_t i_block = 0; kind == 2 && i_block < blocks; i_block++)
            if (level_of(name, i_block))
                at = i_block * 8192 + 8191 - random_below(random_below(2) ? 600 : 8192);
        write_byte(name, at, &byte);
        if (pm_glass_open(path, &glass, &err) == 1) {
            read_all(glass);
            search_all(glass);
        }
        pm_glass_close(glass);
        write_byte(name, at, &byte);
    }
}

static void leaves_no_place_half_way(void **state)
{
    (void)state;
    static const char name[] = "docdata.glass";
    for (uint32_t block = 0; block < size_of(name) / 8192; block += 1 + random_below(3)) {
        struct pm_error err = {0};
        struct pm_glass *glass;
        unsigned char level = 9;
        write_byte(name, block * 8192 + 4, &level);
        assert_int_equal(pm_glass_open(path, &glass, &err), 1);
        for (uint32_t docid = 1; docid <= DOCUMENTS; docid += 1 + random_below(3))
            read_data_twice(glass, docid);
        pm_glass_close(glass);
        write_byte(name, block * 8192 + 4, &level);
    }
}

static void tells_of_a_table_that_was_cut_short(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_glass *glass;
    struct pm_buf out = PM_BUF_INIT;
    char file[150], moved[150];
    snprintf(file, sizeof file, "%s/docdata.glass", path);
    snprintf(moved, sizeof moved, "%s/moved", path);
    assert_int_equal(rename(file, moved), 0);
    int fd = open(file, O_CREAT | O_RDWR, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, size_of("moved")), 0);
    assert_int_equal(pm_glass_open(path, &glass, &err), 1);
    assert_int_equal(ftruncate(fd, 100), 0);
    assert_int_equal(pm_glass_data(glass, 1, &out, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    assert_non_null(strstr(err.message, "docdata.glass"));
    pm_glass_close(glass);
    close(fd);
    assert_int_equal(rename(moved, file), 0);
    pm_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_libxapian_reads),
        cmocka_unit_test(reads_lists_as_libxapian_does),
        cmocka_unit_test(seeks_to_where_steps_lead),
        cmocka_unit_test(reads_the_same_when_it_keeps_nothing),
        cmocka_unit_test(survives_any_byte),
        cmocka_unit_test(leaves_no_place_half_way),
        cmocka_unit_test(tells_of_a_table_that_was_cut_short),
    };
    return cmocka_run_group_tests(tests, make_database, remove_folder);
}
