#include <endian.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dead.h"
#include "disk.h"
#include "hash.h"

static char folder[64], path[80];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-dead-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/dead", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static void write_file(const char *bytes, size_t len)
{
    remove(path); /* some file systems flush a file that is truncated: a fresh one is faster */
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

/* The code that reading these bytes gives; a list that is refused must be left empty. */
static enum pm_code read_bytes(const char *bytes, size_t len)
{
    struct pm_dead dead = {0};
    struct pm_error err = {0};
    write_file(bytes, len);
    int rc = pm_dead_read(path, &dead, &err);
    assert_int_equal(!rc, err.code == PM_OK);
    if (rc) {
        assert_non_null(strstr(err.message, path));
        assert_null(dead.number);
        assert_int_equal(dead.len, 0);
    }
    pm_dead_release(&dead);
    return err.code;
}

static void add(struct pm_dead *dead, uint32_t number)
{
    struct pm_error err = {0};
    assert_int_equal(pm_dead_add(dead, number, &err), 0);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* ---- the list ---- */

static void has_nothing_at_first(void **state)
{
    (void)state;
    struct pm_dead dead = {0};
    assert_false(pm_dead_has(&dead, 0));
    assert_false(pm_dead_has(&dead, 1));
    assert_false(pm_dead_has(&dead, UINT32_MAX));
    pm_dead_release(&dead);
    pm_dead_release(&dead);
}

static void keeps_numbers_in_order_however_they_come(void **state)
{
    (void)state;
    static const uint32_t orders[][5] = {
        {1, 2, 3, 40, UINT32_MAX}, {UINT32_MAX, 40, 3, 2, 1}, {3, 1, UINT32_MAX, 40, 2},
        {40, 3, UINT32_MAX, 1, 2}, {2, 40, 1, UINT32_MAX, 3},
    };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct pm_dead dead = {0};
        for (size_t j = 0; j < 5; j++)
            add(&dead, orders[i][j]);
        assert_int_equal(dead.len, 5);
        assert_memory_equal(dead.number, orders[0], sizeof orders[0]);
        pm_dead_release(&dead);
    }
}

static void gives_a_number_back(void **state)
{
    (void)state;
    static const uint32_t all[] = {1, 2, 3, 40, UINT32_MAX}, left[] = {2, 40};
    struct pm_dead dead = {0};
    for (size_t i = 0; i < 5; i++)
        add(&dead, all[i]);
    pm_dead_remove(&dead, 3);
    pm_dead_remove(&dead, UINT32_MAX);
    pm_dead_remove(&dead, 1);
    pm_dead_remove(&dead, 3);
    pm_dead_remove(&dead, 41);
    assert_int_equal(dead.len, 2);
    assert_memory_equal(dead.number, left, sizeof left);
    pm_dead_release(&dead);
    pm_dead_remove(&dead, 1);
}

static void takes_a_number_once(void **state)
{
    (void)state;
    struct pm_dead dead = {0};
    for (int round = 0; round < 3; round++)
        for (uint32_t number = 20; number > 0; number -= 4)
            add(&dead, number);
    assert_int_equal(dead.len, 5);
    pm_dead_release(&dead);
}

static void has_what_was_added_and_nothing_else(void **state)
{
    (void)state;
    enum { MOST = 3000 };
    struct pm_dead dead = {0};
    bool there[MOST + 1] = {0};
    size_t len = 0;
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        uint32_t number = next_random(&seed) % MOST + 1;
        len += !there[number];
        there[number] = true;
        add(&dead, number);
        assert_int_equal(dead.len, len);
        assert_true(pm_dead_has(&dead, number));
    }
    for (uint32_t number = 0; number <= MOST; number++)
        assert_int_equal(pm_dead_has(&dead, number), there[number]);
    assert_false(pm_dead_has(&dead, UINT32_MAX));
    for (size_t i = 1; i < dead.len; i++)
        assert_true(dead.number[i - 1] < dead.number[i]);
    pm_dead_release(&dead);
}

/* ---- the file ---- */

static void reads_back_what_it_writes(void **state)
{
    (void)state;
    struct pm_dead dead = {0};
    uint32_t seed = 1;
    for (size_t n = 0; n <= 200; n++) {
        struct pm_dead again = {0};
        struct pm_error err = {0};
        struct pm_buf bytes = PM_BUF_INIT;
        pm_dead_format(&dead, &bytes);
        assert_int_equal(bytes.len, 8 + 4 + 4 * dead.len + 8);
        write_file(bytes.data, bytes.len);
        if (pm_dead_read(path, &again, &err))
            fail_msg("%zu numbers: %s", dead.len, err.message);
        assert_int_equal(again.len, dead.len);
        if (dead.len)
            assert_memory_equal(again.number, dead.number, dead.len * sizeof *dead.number);
        add(&again, UINT32_MAX); /* what was read can grow */
        assert_true(pm_dead_has(&again, UINT32_MAX));
        pm_dead_release(&again);
        pm_buf_release(&bytes);
        add(&dead, next_random(&seed) % 10 ? next_random(&seed) : UINT32_MAX - (uint32_t)n);
    }
    pm_dead_release(&dead);
}

static void appends_to_what_the_buffer_holds(void **state)
{
    (void)state;
    struct pm_dead dead = {0};
    struct pm_buf alone = PM_BUF_INIT, behind = PM_BUF_INIT;
    add(&dead, 4711);
    pm_dead_format(&dead, &alone);
    pm_buf_adds(&behind, "before");
    pm_dead_format(&dead, &behind);
    assert_int_equal(behind.len, alone.len + 6);
    assert_memory_equal(behind.data + 6, alone.data, alone.len);
    pm_buf_release(&alone);
    pm_buf_release(&behind);
    pm_dead_release(&dead);
}

static void is_little_endian_on_every_machine(void **state)
{
    (void)state;
    static const char known[] = "pmdead1\n"
                                "\2\0\0\0"
                                "\1\0\0\0"
                                "\4\3\2\1";
    struct pm_dead dead = {0};
    struct pm_buf bytes = PM_BUF_INIT;
    add(&dead, 0x01020304);
    add(&dead, 1);
    pm_dead_format(&dead, &bytes);
    assert_int_equal(bytes.len, sizeof known - 1 + 8);
    assert_memory_equal(bytes.data, known, sizeof known - 1);
    pm_buf_release(&bytes);
    pm_dead_release(&dead);
}

static void make_bytes(struct pm_buf *bytes)
{
    struct pm_dead dead = {0};
    for (uint32_t number = 5; number < 4000; number *= 7)
        add(&dead, number);
    assert_int_equal(dead.len, 4);
    pm_dead_format(&dead, bytes);
    pm_dead_release(&dead);
    assert_false(bytes->failed);
}

static void refuses_a_file_with_any_byte_changed(void **state)
{
    (void)state;
    struct pm_buf bytes = PM_BUF_INIT;
    make_bytes(&bytes);
    assert_int_equal(read_bytes(bytes.data, bytes.len), PM_OK);
    for (size_t at = 0; at < bytes.len; at++)
        for (int change = 1; change < 256; change++) {
            bytes.data[at] = (char)(bytes.data[at] ^ change);
            if (read_bytes(bytes.data, bytes.len) != PM_ERR_CORRUPT)
                fail_msg("byte %zu changed by %02x was taken", at, (unsigned)change);
            bytes.data[at] = (char)(bytes.data[at] ^ change);
        }
    pm_buf_release(&bytes);
}

static void refuses_a_file_of_any_other_length(void **state)
{
    (void)state;
    struct pm_buf bytes = PM_BUF_INIT;
    make_bytes(&bytes);
    for (size_t len = 0; len < bytes.len; len++)
        assert_int_equal(read_bytes(bytes.data, len), PM_ERR_CORRUPT);
    for (int more = 0; more < 12; more++) {
        pm_buf_addc(&bytes, '\0');
        assert_int_equal(read_bytes(bytes.data, bytes.len), PM_ERR_CORRUPT);
    }
    pm_buf_release(&bytes);
}

/* The code for a file of these numbers whose checksum is right. */
static enum pm_code read_numbers(uint32_t count, const uint32_t *numbers, size_t n)
{
    struct pm_buf bytes = PM_BUF_INIT;
    uint32_t little = htole32(count);
    pm_buf_adds(&bytes, "pmdead1\n");
    pm_buf_add(&bytes, &little, sizeof little);
    for (size_t i = 0; i < n; i++) {
        little = htole32(numbers[i]);
        pm_buf_add(&bytes, &little, sizeof little);
    }
    uint64_t sum = htole64(pm_hash64(bytes.data, bytes.len));
    pm_buf_add(&bytes, &sum, sizeof sum);
    enum pm_code code = read_bytes(bytes.data, bytes.len);
    pm_buf_release(&bytes);
    return code;
}

static void refuses_numbers_that_do_not_rise(void **state)
{
    (void)state;
    assert_int_equal(read_numbers(3, (const uint32_t[]){1, 2, 3}, 3), PM_OK);
    assert_int_equal(read_numbers(3, (const uint32_t[]){1, 2, 2}, 3), PM_ERR_CORRUPT);
    assert_int_equal(read_numbers(3, (const uint32_t[]){1, 3, 2}, 3), PM_ERR_CORRUPT);
    assert_int_equal(read_numbers(3, (const uint32_t[]){2, 1, 3}, 3), PM_ERR_CORRUPT);
}

static void refuses_a_count_that_is_not_that_of_the_numbers(void **state)
{
    (void)state;
    static const uint32_t numbers[] = {1, 2, 3};
    static const uint32_t counts[] = {0, 2, 4, 0x40000003, UINT32_MAX};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        assert_int_equal(read_numbers(counts[i], numbers, 3), PM_ERR_CORRUPT);
}

static void tells_a_file_that_is_not_there(void **state)
{
    (void)state;
    struct pm_dead dead = {0};
    struct pm_error err = {0};
    assert_int_equal(pm_dead_read(path, &dead, &err), -1);
    assert_int_equal(err.code, PM_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, path));
    assert_null(dead.number);
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_nothing_at_first),
        cmocka_unit_test(keeps_numbers_in_order_however_they_come),
        cmocka_unit_test(gives_a_number_back),
        cmocka_unit_test(takes_a_number_once),
        cmocka_unit_test(has_what_was_added_and_nothing_else),
        cmocka_unit_test(appends_to_what_the_buffer_holds),
        cmocka_unit_test(is_little_endian_on_every_machine),
        IN_FOLDER(reads_back_what_it_writes),
        IN_FOLDER(refuses_a_file_with_any_byte_changed),
        IN_FOLDER(refuses_a_file_of_any_other_length),
        IN_FOLDER(refuses_numbers_that_do_not_rise),
        IN_FOLDER(refuses_a_count_that_is_not_that_of_the_numbers),
        IN_FOLDER(tells_a_file_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
