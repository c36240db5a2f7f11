/* Tags deflated, and read again by zlib as Xapian has it read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "buf.h"
#include "deflate.h"
#include "huffman.h"

#define STEP 8192 /* from here on all has to be there before the last byte is read */

static struct deflater *deflater;

static int open_deflater(void **state)
{
    (void)state;
    deflater = deflater_new(NULL);
    return deflater ? 0 : -1;
}

static int close_deflater(void **state)
{
    (void)state;
    deflater_free(deflater);
    return 0;
}

/* How many bytes of `text` come out of the first `n` deflated ones. */
static size_t inflated(const struct pm_buf *deflated, size_t n, const struct pm_buf *text)
{
    static unsigned char out[1 << 20];
    z_stream stream = {.next_in = (unsigned char *)deflated->data,
                       .avail_in = (unsigned)n,
                       .next_out = out,
                       .avail_out = sizeof out};
    assert_int_equal(inflateInit2(&stream, -15), Z_OK);
    int rc = inflate(&stream, Z_SYNC_FLUSH);
    assert_true(rc == (n < deflated->len ? Z_OK : Z_STREAM_END));
    assert_int_equal(stream.avail_in, 0);
    assert_true(stream.total_out <= text->len);
    assert_memory_equal(out, text->data, stream.total_out);
    inflateEnd(&stream);
    return stream.total_out;
}

/* The bytes that the text becomes, or 0 if it stays as it is; a failed read fails the test. */
static size_t deflate_and_read_how(const struct pm_buf *text, bool repeats)
{
    struct pm_error err = {0};
    struct pm_buf deflated = PM_BUF_INIT;
    pm_buf_adds(&deflated, "before");
    int rc = deflater_add(deflater, text->data, text->len, repeats, &deflated, &err);
    assert_true(rc == 0 || rc == 1);
    assert_memory_equal(deflated.data, "before", 6);
    size_t n = deflated.len - 6;
    assert_true(rc ? n > 0 && n < text->len : n == 0);
    memmove(deflated.data, deflated.data + 6, n);
    deflated.len = n;
    if (rc) {
        assert_int_equal(inflated(&deflated, n, text), text->len);
        if (text->len >= STEP)
            assert_int_equal(inflated(&deflated, n - 1, text), text->len);
    }
    pm_buf_release(&deflated);
    return n;
}

static size_t deflate_and_read(const struct pm_buf *text)
{
    deflate_and_read_how(text, false);
    return deflate_and_read_how(text, true);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void reads_what_it_wrote_of_texts_of_all_lengths(void **state)
{
    (void)state;
    static const char *const words[] = {"rice ",        "The ferry ", "of ",      "1,300 ",
                                        "Phnom Penh, ", "\n\n",       "élection "};
    for (uint32_t seed = 1; seed <= 300; seed++) {
        struct pm_buf text = PM_BUF_INIT;
        uint32_t random = seed;
        size_t len = seed < 250 ? seed : seed * seed;
        while (text.len < len)
            pm_buf_adds(&text, words[next_random(&random) % 7]);
        text.len = len;
        size_t n = deflate_and_read(&text);
        assert_true(len < 250 || (n > 0 && n < len * 2 / 3));
        pm_buf_release(&text);
    }
}

static void reads_what_it_wrote_of_bytes_of_chance(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 400; seed++) {
        struct pm_buf text = PM_BUF_INIT;
        uint32_t random = seed;
        /* Few values or many, and pieces of what was before, near or far. */
        uint32_t values = 1 + next_random(&random) % 256;
        size_t len = 2 + next_random(&random) % (seed % 8 ? 3000 : 70000);
        while (text.len < len) {
            size_t again = next_random(&random) % 300;
            if (next_random(&random) % 16 || text.len < again + 1) {
                pm_buf_addc(&text, (char)(next_random(&random) % values));
                continue;
            }
            size_t from = next_random(&random) % (text.len - again);
            for (size_t i = 0; i < again; i++)
                pm_buf_addc(&text, text.data[from + i]);
        }
        deflate_and_read(&text);
        pm_buf_release(&text);
    }
}

static void repeats_one_byte_and_no_byte(void **state)
{
    (void)state;
    struct pm_buf text = PM_BUF_INIT;
    for (size_t len = 2; len < 66000; len = len < 600 ? len + 1 : len * 9 / 8) {
        while (text.len < len)
            pm_buf_addc(&text, 'a');
        text.len = len;
        size_t n = deflate_and_read(&text);
        assert_true(len < 100 || (n > 0 && n < 30 + len / 100));
    }
    pm_buf_clear(&text);
    for (int i = 0; i < 256; i++)
        pm_buf_addc(&text, (char)i);
    assert_int_equal(deflate_and_read(&text), 0);
    pm_buf_release(&text);
}

/* ---- codes ---- */

/* Makes codes of the counts, and checks that they are whole; how many bits all take. */
static size_t make(struct huffman *huffman, size_t n, unsigned limit)
{
    huffman_make(huffman, n, limit);
    uint32_t taken = 0;
    size_t bits = 0, codes = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned len = huffman->code[i].bits;
        assert_true(len <= limit);
        assert_true(len || !huffman->count[i]);
        assert_true(!len || i < huffman->end);
        taken += len ? 1u << (limit - len) : 0;
        bits += (size_t)huffman->count[i] * len;
        codes += len > 0;
    }
    assert_true(codes >= 2);
    assert_int_equal(taken, 1u << limit);
    assert_int_equal(huffman->bits, bits);
    return bits;
}

static void gives_the_shortest_codes(void **state)
{
    (void)state;
    static const struct {
        uint32_t count[8];
        size_t bits;
    } rows[] = {
        {{0}, 0},
        {{5}, 5},
        {{0, 5}, 5},
        {{1, 1}, 2},
        {{5, 2, 1, 1, 0, 0, 0, 0}, 5 + 4 + 3 + 3},
        {{45, 13, 12, 16, 9, 5, 0, 0}, 224}, /* Cormen and others, "Introduction to Algorithms" */
        {{1, 1, 1, 1, 1, 1, 1, 1}, 24},
    };
    static struct huffman huffman;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        huffman_clear(&huffman);
        memcpy(huffman.count, rows[i].count, sizeof rows[i].count);
        assert_int_equal(make(&huffman, 8, 15), rows[i].bits);
    }
}

static void cuts_codes_to_the_limit(void **state)
{
    (void)state;
    static struct huffman huffman;
    for (size_t n = 2; n <= 30; n++) {
        huffman_clear(&huffman);
        uint32_t before = 1, count = 1; /* the numbers of Fibonacci make the longest codes */
        for (size_t i = 0; i < n; i++) {
            huffman.count[i * 9] = count;
            count += before;
            before = count - before;
        }
        for (unsigned limit = 7; limit <= 15; limit++)
            make(&huffman, HUFFMAN_SYMBOLS, limit);
    }
}

static void reads_codes_that_were_cut(void **state)
{
    (void)state;
    struct pm_buf text = PM_BUF_INIT;
    uint32_t before = 1, count = 1;
    for (char c = 'a'; c < 'a' + 21; c++) { /* 28,655 bytes, in no order in which they repeat */
        for (uint32_t i = 0; i < count; i++)
            pm_buf_addc(&text, c);
        count += before;
        before = count - before;
    }
    uint32_t random = 1;
    for (size_t i = text.len; i-- > 1;) {
        size_t other = next_random(&random) % (i + 1);
        char c = text.data[i];
        text.data[i] = text.data[other];
        text.data[other] = c;
    }
    assert_true(deflate_and_read(&text) > 0);
    pm_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_wrote_of_texts_of_all_lengths),
        cmocka_unit_test(reads_what_it_wrote_of_bytes_of_chance),
        cmocka_unit_test(repeats_one_byte_and_no_byte),
        cmocka_unit_test(gives_the_shortest_codes),
        cmocka_unit_test(cuts_codes_to_the_limit),
        cmocka_unit_test(reads_codes_that_were_cut),
    };
    return cmocka_run_group_tests(tests, open_deflater, close_deflater);
}
