#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "deflate.h"

/* Inflates what `deflated` has, which must be `len` bytes. */
static void check_inflated(const struct pm_buf *deflated, const char *bytes, size_t len)
{
    z_stream stream = {0};
    unsigned char *out = malloc(len + 1);
    assert_non_null(out);
    assert_int_equal(inflateInit2(&stream, -15), Z_OK);
    stream.next_in = (unsigned char *)deflated->data;
    stream.avail_in = (unsigned)deflated->len;
    stream.next_out = out;
    stream.avail_out = (unsigned)len + 1;
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, len);
    assert_int_equal(stream.avail_in, 0);
    assert_memory_equal(out, bytes, len);
    inflateEnd(&stream);
    free(out);
}

/* Deflates the text again and again up to `len` bytes; how long it becomes, 0 if it stays. */
static size_t deflated_len(struct deflater *deflater, const char *text, size_t len)
{
    struct pm_error err = {0};
    struct pm_buf bytes = PM_BUF_INIT, out = PM_BUF_INIT;
    while (bytes.len < len)
        pm_buf_adds(&bytes, text);
    int rc = deflater_add(deflater, bytes.data, len, &out, &err);
    assert_true(rc >= 0);
    if (rc > 0)
        check_inflated(&out, bytes.data, len);
    else
        assert_int_equal(out.len, 0);
    size_t n = out.len;
    pm_buf_release(&bytes);
    pm_buf_release(&out);
    return n;
}

static const char english[] =
    "The minister said on Tuesday that the bridge over the river would be open again in spring. ";
static const char khmer[] = "រដ្ឋមន្ត្រីក្រសួងការពារជាតិបាននិយាយថានៅក្នុងខេត្តព្រំដែនមានទាហានជាច្រើន ";
static const char digits[] = "81.4099217350662 7718.23 99013-4471 ";

static void deflates_each_kind_of_text(void **state)
{
    static const char *const texts[] = {english, khmer, digits};
    static const size_t lens[] = {30, 200, 1000, 8191, 8192, 8193, 40000, 300000};
    struct pm_error err = {0};
    struct deflater *deflater = deflater_new(&err);
    (void)state;
    assert_non_null(deflater);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof lens / sizeof *lens; k++)
            assert_true(deflated_len(deflater, texts[i], lens[k]) || lens[k] < 200);
    deflater_free(deflater);
}

static void deflates_the_same_whatever_came_before(void **state)
{
    struct pm_error err = {0};
    struct deflater *deflater = deflater_new(&err), *other = deflater_new(&err);
    struct pm_buf first = PM_BUF_INIT, again = PM_BUF_INIT;
    (void)state;
    assert_true(deflater && other);
    deflated_len(other, khmer, 70000);
    deflated_len(other, english, 70000);
    assert_int_equal(deflater_add(deflater, english, sizeof english - 1, &first, &err), 1);
    assert_int_equal(deflater_add(other, english, sizeof english - 1, &again, &err), 1);
    assert_int_equal(first.len, again.len);
    assert_memory_equal(first.data, again.data, first.len);
    pm_buf_release(&first);
    pm_buf_release(&again);
    deflater_free(deflater);
    deflater_free(other);
}

static void leaves_what_would_not_be_shorter(void **state)
{
    struct pm_error err = {0};
    struct deflater *deflater = deflater_new(&err);
    struct pm_buf out = PM_BUF_INIT;
    char noise[3000];
    uint32_t seed = 7;
    (void)state;
    assert_non_null(deflater);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
    assert_int_equal(deflater_add(deflater, noise, sizeof noise, &out, &err), 0);
    assert_int_equal(deflater_add(deflater, noise, 1, &out, &err), 0);
    assert_int_equal(deflater_add(deflater, noise, 0, &out, &err), 0);
    assert_int_equal(out.len, 0);
    pm_buf_release(&out);
    deflater_free(deflater);
}

/* With codes made for English this is more than a sixth of its length. */
static void makes_codes_for_another_alphabet(void **state)
{
    static const char *const words[] = {"កម្ពុជា ", "ក្រសួង ",  "បាន ", "និយាយ ", "នៅ ",    "ខេត្ត ",
                                        "ព្រំដែន ", "ទាហាន ", "ថា ",  "លោក ",  "ប្រទេស ", "ក្នុង "};
    struct pm_error err = {0};
    struct deflater *deflater = deflater_new(&err);
    struct pm_buf text = PM_BUF_INIT;
    uint32_t seed = 7;
    (void)state;
    assert_non_null(deflater);
    while (text.len < 6000) {
        seed = seed * 1664525 + 1013904223;
        pm_buf_adds(&text, words[(seed >> 24) % (sizeof words / sizeof *words)]);
    }
    assert_true(deflated_len(deflater, text.data, text.len) < text.len / 7);
    pm_buf_release(&text);
    deflater_free(deflater);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deflates_each_kind_of_text),
        cmocka_unit_test(deflates_the_same_whatever_came_before),
        cmocka_unit_test(leaves_what_would_not_be_shorter),
        cmocka_unit_test(makes_codes_for_another_alphabet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
