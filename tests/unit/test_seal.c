#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "disk.h"
#include "seal.h"
#include "sealing.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-seal-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static void write_file(const char *name, const char *bytes, size_t len)
{
    char path[120];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    remove(path); /* some file systems flush a file that is truncated: a fresh one is faster */
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static const struct pm_seal two = {
    {{"docdata.glass", UINT64_MAX, "000102030405060708090a0b0c0d0e0f"},
     {"a", 0, "ffffffffffffffffffffffffffffffff"}},
    2,
};

/* The code that reading these bytes gives. */
static enum pm_code read_bytes(const char *bytes, size_t len, struct pm_seal *seal)
{
    struct pm_error err = {0};
    write_file(PM_SEAL_FILE, bytes, len);
    int rc = pm_seal_read(folder, seal, &err);
    assert_int_equal(rc, err.code ? -1 : 1);
    assert_true(!err.code || strstr(err.message, folder));
    return err.code;
}

static void reads_back_what_it_writes(void **state)
{
    (void)state;
    struct pm_seal seal;
    struct pm_buf text = PM_BUF_INIT;
    pm_seal_format(&two, &text);
    assert_int_equal(read_bytes(text.data, text.len, &seal), PM_OK);
    assert_int_equal(seal.len, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(seal.file[i].name, two.file[i].name);
        assert_string_equal(seal.file[i].hash, two.file[i].hash);
        assert_true(seal.file[i].size == two.file[i].size);
    }
    pm_buf_release(&text);
}

static void refuses_any_byte_changed_and_any_other_length(void **state)
{
    (void)state;
    struct pm_seal seal;
    struct pm_buf text = PM_BUF_INIT;
    pm_seal_format(&two, &text);
    for (size_t at = 0; at < text.len; at++)
        for (int change = 1; change < 256; change++) {
            text.data[at] = (char)(text.data[at] ^ change);
            if (read_bytes(text.data, text.len, &seal) != PM_ERR_CORRUPT)
                fail_msg("byte %zu changed by %02x was taken", at, (unsigned)change);
            text.data[at] = (char)(text.data[at] ^ change);
        }
    for (size_t len = 0; len < text.len; len++)
        assert_int_equal(read_bytes(text.data, len, &seal), PM_ERR_CORRUPT);
    pm_buf_addc(&text, '\n');
    assert_int_equal(read_bytes(text.data, text.len, &seal), PM_ERR_CORRUPT);
    pm_buf_release(&text);
}

static void takes_no_name_that_leaves_the_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"", ".", "..", "../x", "/x", "x/y", ".x", "X", "x y", "x1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pm_seal seal = two;
        struct pm_buf text = PM_BUF_INIT;
        strcpy(seal.file[1].name, names[i]);
        pm_seal_format(&seal, &text);
        if (read_bytes(text.data, text.len, &seal) != PM_ERR_CORRUPT)
            fail_msg("'%s' was taken", names[i]);
        pm_buf_release(&text);
    }
}

/* What it is of the empty string stands in the specification of XXH3. */
static void seals_the_files_of_a_database(void **state)
{
    (void)state;
    static char table[2048];
    struct pm_seal seal;
    struct pm_error err = {0};
    write_file("postlist.glass", "", 0);
    write_file("iamglass", "walrus", 6);
    write_file("docdata.glass", table, sizeof table);
    write_file("flintlock", "", 0);
    write_file(".glass", "", 0);
    assert_int_equal(pm_seal_read(folder, &seal, &err), 0);
    assert_int_equal(pm_seal_check_quickly(folder, &err), 0);
    assert_int_equal(sealing_write(folder, &err), 0);
    assert_int_equal(pm_seal_read(folder, &seal, &err), 1);
    assert_int_equal(seal.len, 3);
    assert_string_equal(seal.file[1].name, "iamglass");
    assert_int_equal(seal.file[1].size, 6);
    assert_string_equal(seal.file[2].name, "postlist.glass");
    assert_string_equal(seal.file[2].hash, "99aa06d3014798d86001c324468d497f");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(sealing_check(folder, &seal.file[i], &err), 0);
    /* A table is not read to be opened, what is none is. */
    table[7] = 1;
    write_file("docdata.glass", table, sizeof table);
    assert_int_equal(pm_seal_check_quickly(folder, &err), 0);
    assert_int_equal(sealing_check(folder, &seal.file[0], &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    static const char *const others[] = {"walrUs", "walruses"};
    for (size_t i = 0; i < 2; i++) {
        err = (struct pm_error){0};
        write_file("iamglass", others[i], strlen(others[i]));
        assert_int_equal(pm_seal_check_quickly(folder, &err), -1);
        assert_int_equal(err.code, PM_ERR_CORRUPT);
    }
}

#define IN_FOLDER(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(reads_back_what_it_writes),
        IN_FOLDER(refuses_any_byte_changed_and_any_other_length),
        IN_FOLDER(takes_no_name_that_leaves_the_folder),
        IN_FOLDER(seals_the_files_of_a_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
