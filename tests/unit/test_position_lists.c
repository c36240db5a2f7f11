/*
 * Positions are found as they were written, in whichever order they are asked for; damage ends in
 * an error.
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

#include "disk.h"
#include "glass_reader.h"
#include "pack.h"
#include "positions.h"

#define TERMS     40 /* more than lists are kept open */
#define DOCUMENTS 3000
#define MOST      400 /* positions */
#define DAMAGES   400

static char folder[64];
static char term[TERMS][40];
static struct stands {
    uint32_t *position;
    size_t n;
} stands[TERMS][DOCUMENTS + 1];

static uint32_t seed = 5;

static uint32_t random_below(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)seed * below) >> 32);
}

/* ---- making ---- */

static void make_positions(struct stands *at)
{
    at->n = random_below(8) ? 1 + random_below(3) : 1 + random_below(MOST);
    at->position = calloc(at->n, sizeof *at->position);
    assert_non_null(at->position);
    uint32_t step = random_below(10) ? 1 + random_below(200) : UINT32_MAX / MOST;
    uint32_t position = random_below(step);
    for (size_t i = 0; i < at->n; i++) {
        at->position[i] = position;
        position += 1 + random_below(step);
    }
}

static void write_term(struct positions_writer *writer, size_t t)
{
    struct pm_error err = {0};
    struct pm_buf key = PM_BUF_INIT, packed = PM_BUF_INIT, room = PM_BUF_INIT;
    pm_pack_term(&key, term[t], strlen(term[t]), true);
    assert_int_equal(positions_writer_begin(writer, key.data, key.len, &err), 0);
    for (uint32_t docid = 1; docid <= DOCUMENTS; docid++) {
        if (random_below((uint32_t)(t * t / 4 + 1)))
            continue;
        make_positions(&stands[t][docid]);
        pm_buf_clear(&packed);
        positions_pack(&packed, &room, stands[t][docid].position, stands[t][docid].n);
        assert_int_equal(positions_writer_add(writer, docid, packed.data, packed.len, &err), 0);
    }
    pm_buf_release(&key);
    pm_buf_release(&packed);
    pm_buf_release(&room);
}

static void write_one(struct positions_writer *writer, const char *name)
{
    struct pm_error err = {0};
    struct pm_buf key = PM_BUF_INIT, packed = PM_BUF_INIT, room = PM_BUF_INIT;
    const uint32_t position = 7;
    pm_pack_term(&key, name, strlen(name), true);
    positions_pack(&packed, &room, &position, 1);
    assert_int_equal(positions_writer_begin(writer, key.data, key.len, &err), 0);
    assert_int_equal(positions_writer_add(writer, 1, packed.data, packed.len, &err), 0);
    pm_buf_release(&key);
    pm_buf_release(&packed);
    pm_buf_release(&room);
}

static int make_table(void **state)
{
    (void)state;
    struct pm_error err = {0};
    strcpy(folder, "/tmp/pressmark-positions-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    struct positions_writer *writer = positions_writer_new(folder, &err);
    assert_non_null(writer);
    for (size_t t = 0; t < TERMS; t++) {
        snprintf(term[t], sizeof term[t], "term%02zu%s", t, t % 3 ? "" : "longer");
        write_term(writer, t);
    }
    assert_int_equal(positions_writer_end(writer, &err), 0);
    positions_writer_free(writer);
    return 0;
}

static int remove_table(void **state)
{
    (void)state;
    for (size_t t = 0; t < TERMS; t++)
        for (uint32_t docid = 1; docid <= DOCUMENTS; docid++)
            free(stands[t][docid].position);
    return disk_remove(folder, NULL);
}

/* ---- finding ---- */

static struct pm_position_lists *open_lists(void)
{
    struct pm_error err = {0};
    struct pm_position_lists *lists = pm_position_lists_open(folder, &err);
    if (!lists)
        fail_msg("%s", err.message);
    return lists;
}

static void assert_found(struct pm_position_lists *lists, size_t t, uint32_t docid)
{
    struct pm_error err = {0};
    struct pm_buf found = PM_BUF_INIT;
    const struct stands *at = &stands[t][docid];
    if (pm_position_lists_find(lists, docid, term[t], strlen(term[t]), &found, &err))
        fail_msg("%s", err.message);
    assert_int_equal(found.len, at->n * sizeof(uint32_t));
    if (at->n)
        assert_memory_equal(found.data, at->position, found.len);
    pm_buf_release(&found);
}

static void assert_absent(struct pm_position_lists *lists, const char *name, uint32_t docid)
{
    struct pm_error err = {0};
    struct pm_buf found = PM_BUF_INIT;
    assert_int_equal(pm_position_lists_find(lists, docid, name, strlen(name), &found, &err), 0);
    assert_int_equal(found.len, 0);
    pm_buf_release(&found);
}

/* As a phrase asks: some terms in one document after the other. */
static void finds_them_in_a_row(void **state)
{
    (void)state;
    struct pm_position_lists *lists = open_lists();
    for (size_t together = 1; together <= TERMS; together += 13)
        for (uint32_t docid = 1; docid <= DOCUMENTS; docid += 1 + random_below(4))
            for (size_t t = 0; t < together; t++)
                assert_found(lists, t, docid);
    pm_position_lists_close(lists);
}

static void finds_them_in_any_order(void **state)
{
    (void)state;
    struct pm_position_lists *keeps = open_lists(), *forgets = open_lists();
    pm_position_lists_keep(forgets, 0);
    for (int i = 0; i < 20000; i++) {
        size_t t = random_below(TERMS);
        uint32_t docid = 1 + random_below(DOCUMENTS);
        assert_found(keeps, t, docid);
        assert_found(forgets, t, docid);
        assert_found(keeps, t, docid);
    }
    pm_position_lists_close(keeps);
    pm_position_lists_close(forgets);
}

static void finds_none_of_what_is_not_there(void **state)
{
    (void)state;
    struct pm_position_lists *lists = open_lists();
    assert_absent(lists, "term", 1);
    assert_absent(lists, "term0", 1);
    assert_absent(lists, "term00longe", 1);
    assert_absent(lists, "zzz", 1);
    assert_absent(lists, "", 1);
    assert_absent(lists, term[0], DOCUMENTS + 1);
    assert_absent(lists, term[0], UINT32_MAX);
    pm_position_lists_close(lists);
}

static void reads_all_in_order(void **state)
{
    (void)state;
    for (size_t keep = 0; keep < 2; keep++) {
        struct pm_error err = {0};
        struct pm_position_lists *lists = open_lists();
        struct pm_position_chunk chunk;
        struct pm_unread packed;
        struct pm_buf key = PM_BUF_INIT;
        bool sound = true;
        size_t t = 0;
        uint32_t docid = 0;
        if (!keep)
            pm_position_lists_keep(lists, 0);
        while (pm_position_lists_next(lists, &chunk, &err) == 1) {
            while (pm_position_chunk_next(&chunk, &packed, &sound)) {
                do /* the next that was written */
                    t += docid == DOCUMENTS, docid = docid == DOCUMENTS ? 1 : docid + 1;
                while (!stands[t][docid].n);
                assert_int_equal(chunk.docid, docid);
            }
            assert_true(sound);
            pm_buf_clear(&key);
            pm_pack_term(&key, term[t], strlen(term[t]), true);
            assert_int_equal(chunk.term.end - chunk.term.at, key.len);
            assert_memory_equal(chunk.term.at, key.data, key.len);
        }
        assert_int_equal(err.code, PM_OK);
        for (docid++; t < TERMS; t++, docid = 1)
            for (; docid <= DOCUMENTS; docid++)
                assert_int_equal(stands[t][docid].n, 0);
        pm_buf_release(&key);
        pm_position_lists_close(lists);
        lists = open_lists();
        assert_int_equal(pm_position_lists_check(lists, &err), 0);
        pm_position_lists_close(lists);
    }
}

/* ---- damage ---- */

static const char *file_name(void)
{
    static char name[100];
    snprintf(name, sizeof name, "%s/%s", folder, PM_POSITIONS_FILE);
    return name;
}

static void write_byte(off_t at, unsigned char *byte)
{
    unsigned char before;
    int fd = open(file_name(), O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &before, 1, at), 1);
    assert_int_equal(pwrite(fd, byte, 1, at), 1);
    *byte = before;
    close(fd);
}

static void survives_any_byte(void **state)
{
    (void)state;
    struct stat is;
    size_t told = 0;
    assert_int_equal(stat(file_name(), &is), 0);
    off_t blocks = is.st_size / PM_POSITIONS_BLOCK;
    for (int i = 0; i < DAMAGES; i++) {
        struct pm_error err = {0};
        unsigned char byte = (unsigned char)random_below(256);
        off_t block = random_below(4) ? random_below((uint32_t)blocks) : blocks - 1;
        off_t at =
            block * PM_POSITIONS_BLOCK + random_below(random_below(2) ? 64 : PM_POSITIONS_BLOCK);
        write_byte(at, &byte);
        struct pm_position_lists *lists = pm_position_lists_open(folder, &err);
        for (int j = 0; lists && j < 200; j++) {
            struct pm_buf found = PM_BUF_INIT;
            const char *name = term[random_below(TERMS)];
            struct pm_error why = {0};
            pm_position_lists_find(lists, 1 + random_below(DOCUMENTS), name, strlen(name), &found,
                                   &why);
            pm_buf_release(&found);
        }
        if (!lists || pm_position_lists_check(lists, &err))
            told++;
        assert_true(!err.code || err.code == PM_ERR_CORRUPT);
        pm_position_lists_close(lists);
        write_byte(at, &byte);
    }
    assert_true(told > DAMAGES / 4); /* of texts and gaps there is no telling */
}

static void tells_of_a_file_that_was_cut_short(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct stat is;
    assert_int_equal(stat(file_name(), &is), 0);
    assert_int_equal(truncate(file_name(), 100), 0);
    assert_null(pm_position_lists_open(folder, &err));
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    assert_int_equal(unlink(file_name()), 0);
    struct pm_position_lists *lists = open_lists();
    assert_absent(lists, term[0], 1);
    pm_position_lists_close(lists);
}

/* Makes the last of three terms another one, which the writer would not take. */
static void rename_last(const char *path, char to)
{
    char block[PM_POSITIONS_BLOCK];
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fread(block, 1, sizeof block, file), sizeof block);
    char *last = memmem(block, sizeof block, "c\0", 2);
    assert_non_null(last);
    fseek(file, last - block, SEEK_SET);
    fputc(to, file);
    fclose(file);
}

/* Else a table whose blocks go round would have no end. */
static void tells_of_terms_that_do_not_rise(void **state)
{
    (void)state;
    static const char last[] = "cdba";
    char other[sizeof folder + 8], path[sizeof folder + 40];
    for (size_t i = 0; i < sizeof last - 1; i++) {
        struct pm_error err = {0};
        snprintf(other, sizeof other, "%s/other%zu", folder, i);
        snprintf(path, sizeof path, "%s/" PM_POSITIONS_FILE, other);
        assert_int_equal(mkdir(other, 0777), 0);
        struct positions_writer *writer = positions_writer_new(other, &err);
        assert_non_null(writer);
        write_one(writer, "a");
        write_one(writer, "b");
        write_one(writer, "c");
        assert_int_equal(positions_writer_end(writer, &err), 0);
        positions_writer_free(writer);
        rename_last(path, last[i]);
        struct pm_position_lists *lists = pm_position_lists_open(other, &err);
        assert_non_null(lists);
        assert_int_equal(pm_position_lists_check(lists, &err), last[i] < 'c' ? -1 : 0);
        assert_int_equal(err.code, last[i] < 'c' ? PM_ERR_CORRUPT : PM_OK);
        pm_position_lists_close(lists);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_them_in_a_row),
        cmocka_unit_test(finds_them_in_any_order),
        cmocka_unit_test(finds_none_of_what_is_not_there),
        cmocka_unit_test(reads_all_in_order),
        cmocka_unit_test(survives_any_byte),
        cmocka_unit_test(tells_of_a_file_that_was_cut_short),
        cmocka_unit_test(tells_of_terms_that_do_not_rise),
    };
    return cmocka_run_group_tests(tests, make_table, remove_table);
}
