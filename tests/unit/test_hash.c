#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "hash.h"

/* From the test vectors of the FNV draft (draft-eastlake-fnv) and of the authors' own page. */
static const struct row {
    const char *bytes;
    size_t len;
    uint64_t hash64;
    const char *hash128; /* NULL where no vector is published */
} rows[] = {
    {"", 0, 0xcbf29ce484222325u, "6c62272e07bb014262b821756295c58d"},
    {"a", 1, 0xaf63dc4c8601ec8cu, "d228cb696f1a8caf78912b704e4a8964"},
    {"b", 1, 0xaf63df4c8601f1a5u, NULL},
    {"\0", 1, 0xaf63bd4c8601b7dfu, NULL},
    {"foo", 3, 0xdcb27518fed9d577u, NULL},
    {"foobar", 6, 0x85944171f73967e8u, "343e1662793c64bf6f0d3597ba446f18"},
    {"foobar\0", 7, 0x34531ca7168b8f38u, NULL},
    {"chongo was here!\n", 17, 0x46810940eff5f915u, NULL},
};
#define ROWS (sizeof rows / sizeof *rows)

static void gives_the_known_64_bits(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        assert_true(pm_hash64(rows[i].bytes, rows[i].len) == rows[i].hash64);
}

static void gives_the_known_128_bits(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct pm_hash128 hash;
        char hex[33];
        if (!rows[i].hash128)
            continue;
        pm_hash128_init(&hash);
        pm_hash128_add(&hash, rows[i].bytes, rows[i].len);
        pm_hash128_hex(&hash, hex);
        assert_string_equal(hex, rows[i].hash128);
    }
}

/* As `xxhsum -H128` prints them. */
static void gives_the_known_digests(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *hex;
    } cases[] = {
        {"", "99aa06d3014798d86001c324468d497f"},
        {"a", "a96faf705af16834e6c632b61e964e1f"},
        {"foobar", "3c9e102628997f44ac87b0b131c6992d"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char digest[PM_DIGEST_BYTES];
        char hex[2 * PM_DIGEST_BYTES + 1];
        pm_digest(cases[i].bytes, strlen(cases[i].bytes), digest);
        for (size_t j = 0; j < PM_DIGEST_BYTES; j++)
            snprintf(hex + 2 * j, 3, "%02x", digest[j]);
        assert_string_equal(hex, cases[i].hex);
    }
}

static void gives_the_same_128_bits_in_however_many_runs(void **state)
{
    (void)state;
    static const char text[] = "The ferry\0 sank \xff at night.";
    char whole[33], parts[33];
    struct pm_hash128 hash;
    pm_hash128_init(&hash);
    pm_hash128_add(&hash, text, sizeof text);
    pm_hash128_hex(&hash, whole);
    for (size_t cut = 0; cut <= sizeof text; cut++) {
        pm_hash128_init(&hash);
        pm_hash128_add(&hash, text, cut);
        pm_hash128_add(&hash, "", 0);
        pm_hash128_add(&hash, text + cut, sizeof text - cut);
        pm_hash128_hex(&hash, parts);
        assert_string_equal(parts, whole);
    }
}

static void tells_every_single_byte_apart(void **state)
{
    (void)state;
    uint64_t seen64[256];
    char seen128[256][33];
    for (int c = 0; c < 256; c++) {
        unsigned char byte = (unsigned char)c;
        struct pm_hash128 hash;
        seen64[c] = pm_hash64(&byte, 1);
        pm_hash128_init(&hash);
        pm_hash128_add(&hash, &byte, 1);
        pm_hash128_hex(&hash, seen128[c]);
        assert_int_equal(strlen(seen128[c]), 32);
        for (int d = 0; d < c; d++) {
            assert_true(seen64[d] != seen64[c]);
            assert_string_not_equal(seen128[d], seen128[c]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_known_64_bits),
        cmocka_unit_test(gives_the_known_128_bits),
        cmocka_unit_test(gives_the_known_digests),
        cmocka_unit_test(gives_the_same_128_bits_in_however_many_runs),
        cmocka_unit_test(tells_every_single_byte_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
