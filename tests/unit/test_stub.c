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
#include "folder.h"
#include "stub.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-stub-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

static void write_stub(const char *text, size_t len)
{
    char path[100];
    snprintf(path, sizeof path, "%s/" PM_STUB_FILE, folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

#define UUID     "01234567-89ab-4cde-8f01-23456789abcd"
#define FORMAT   "# pressmark 5\n"
#define ANALYZER "# analyzer 1\n"
#define NAME     "# uuid " UUID "\n"
#define PUBLISH  "# publish 7\n# next 13\n"
#define BOOSTS   "# boosts title=3,lede=1.5,entity=1\n"
#define HEAD     FORMAT ANALYZER NAME PUBLISH BOOSTS

/* The code that reading `text` gives, with the number of segments in *segments. */
static enum pm_code read_text(const char *text, size_t len, size_t *segments)
{
    struct pm_stub stub;
    struct pm_error err = {0};
    write_stub(text, len);
    int rc = pm_stub_read(folder, &stub, &err);
    assert_int_equal(!rc, err.code == PM_OK);
    assert_true(!rc || *err.message);
    *segments = stub.segments;
    pm_stub_release(&stub);
    return err.code;
}

struct row {
    const char *text;
    enum pm_code code;
};

static void check(const struct row *rows, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        size_t segments;
        enum pm_code code = read_text(rows[i].text, strlen(rows[i].text), &segments);
        if (code != rows[i].code) {
            print_error("code %d, not %d, for\n%s\n", code, rows[i].code, rows[i].text);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(rows, sizeof rows / sizeof *rows);                                                   \
    } while (0)

static void check_round_trip(struct pm_segment *segments, size_t count)
{
    for (size_t n = 0; n <= count; n++) {
        struct pm_stub stub = {UUID,
                               UINT64_MAX - n,
                               n ? 5 : 0,
                               UINT32_MAX - (uint32_t)n,
                               {n ? 7 : 0, 3, 100},
                               segments,
                               n};
        struct pm_stub again;
        struct pm_error err = {0};
        struct pm_buf text = PM_BUF_INIT;
        pm_stub_format(&stub, &text);
        write_stub(text.data, text.len);
        pm_buf_release(&text);
        if (pm_stub_read(folder, &again, &err))
            fail_msg("%zu segments: %s", n, err.message);
        assert_string_equal(again.uuid, stub.uuid);
        assert_true(again.publish == stub.publish);
        assert_true(pm_boosts_equal(&again.boosts, &stub.boosts));
        assert_int_equal(again.segments, n);
        assert_int_equal(again.next_segment, stub.next_segment);
        assert_true(again.files == stub.files);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(again.segment[i].number, segments[i].number);
            assert_true(again.segment[i].dead == segments[i].dead);
        }
        pm_stub_release(&again);
        pm_stub_release(&again);
    }
}

static void reads_back_what_it_writes(void **state)
{
    (void)state;
    struct pm_segment segments[] = {{1, 0}, {2, 7}, {40, 0}, {999999, UINT64_MAX}};
    check_round_trip(segments, sizeof segments / sizeof *segments);
}

static void reads_back_segments_of_more_than_six_digits(void **state)
{
    (void)state;
    struct pm_segment segments[] = {{1000000, 1000000}, {UINT32_MAX, 0}};
    check_round_trip(segments, sizeof segments / sizeof *segments);
}

static void writes_what_xapian_reads(void **state)
{
    (void)state;
    struct pm_segment segments[] = {{3, 0}, {12, 6}};
    struct pm_stub stub = {UUID, 7, 0, 13, {6, 3, 2}, segments, 2};
    struct pm_buf text = PM_BUF_INIT;
    pm_stub_format(&stub, &text);
    assert_string_equal(text.data,
                        HEAD "auto segment-000003\nauto segment-000012\n# dead dead-000012-6\n");
    pm_buf_clear(&text);
    pm_stub_segment_path("/some/index", 12, &text);
    assert_string_equal(text.data, "/some/index/segment-000012");
    pm_buf_clear(&text);
    pm_stub_dead_path("/some/index", &segments[1], &text);
    assert_string_equal(text.data, "/some/index/dead-000012-6");
    pm_buf_release(&text);
}

static void takes_comments_and_empty_lines_as_nothing(void **state)
{
    CHECK({HEAD, PM_OK}, {HEAD "\n# a word from a later version\n#\n", PM_OK},
          {FORMAT PUBLISH BOOSTS NAME ANALYZER, PM_OK}, {HEAD "auto segment-000001", PM_OK});
}

static void tells_another_version(void **state)
{
    CHECK({"# pressmark 1\n", PM_ERR_VERSION},
          {"# pressmark 1\n" ANALYZER NAME PUBLISH BOOSTS "unheard of\n", PM_ERR_VERSION},
          {"# pressmark 0\n" ANALYZER NAME PUBLISH BOOSTS, PM_ERR_VERSION},
          {FORMAT "# analyzer 9999\n" NAME PUBLISH BOOSTS, PM_ERR_VERSION});
}

static void finds_no_index_in_the_stub_of_somebody_else(void **state)
{
    CHECK({"", PM_ERR_CORRUPT}, /* no writer makes such a one */
          {"# a comment\n", PM_ERR_NOT_FOUND}, {"auto db\n", PM_ERR_NOT_FOUND},
          {"glass /var/lib/db\nauto other\n", PM_ERR_NOT_FOUND},
          {"remote :7000\n", PM_ERR_NOT_FOUND});
}

static void misses_each_line_that_must_be_there(void **state)
{
    CHECK({ANALYZER NAME PUBLISH BOOSTS, PM_ERR_NOT_FOUND},
          {FORMAT NAME PUBLISH BOOSTS, PM_ERR_CORRUPT},
          {FORMAT ANALYZER PUBLISH BOOSTS, PM_ERR_CORRUPT},
          {FORMAT ANALYZER NAME BOOSTS, PM_ERR_CORRUPT},
          {FORMAT ANALYZER NAME PUBLISH, PM_ERR_CORRUPT},
          {FORMAT ANALYZER NAME PUBLISH "# boosts title=x\n", PM_ERR_CORRUPT},
          {FORMAT ANALYZER "# uuid g\n" PUBLISH BOOSTS, PM_ERR_CORRUPT},
          {FORMAT ANALYZER NAME "# publish x\n# next 1\n" BOOSTS, PM_ERR_CORRUPT},
          {FORMAT ANALYZER NAME "# publish 7\n" BOOSTS, PM_ERR_CORRUPT});
}

static void refuses_lines_that_make_no_sense(void **state)
{
    CHECK({HEAD "junk\n", PM_ERR_CORRUPT}, {HEAD "# dead dead-000001-6\n", PM_ERR_CORRUPT},
          {HEAD "auto segment-000001\n# dead dead-000002-6\n", PM_ERR_CORRUPT},
          {HEAD "auto segment-x\n", PM_ERR_CORRUPT},
          {HEAD "auto ../segment-000001\n", PM_ERR_CORRUPT},
          {HEAD "auto segment-000001 \n", PM_ERR_CORRUPT},
          {HEAD "auto segment-000001/x\n", PM_ERR_CORRUPT},
          {HEAD "auto segment-\n", PM_ERR_CORRUPT},
          {HEAD "glass segment-000001\n", PM_ERR_CORRUPT});
}

static void refuses_line_ends_that_xapian_cannot_read(void **state)
{
    (void)state;
    static const char text[] = "# pressmark 5\r\n# analyzer 1\r\n# uuid " UUID "\r\n# publish 7\r\n"
                               "# boosts title=3\r\nauto segment-000001\r\n";
    size_t segments;
    assert_int_not_equal(read_text(text, sizeof text - 1, &segments), PM_OK);
    static const char mixed[] = HEAD "auto segment-000001\r\n";
    assert_int_equal(read_text(mixed, sizeof mixed - 1, &segments), PM_ERR_CORRUPT);
}

static void loses_no_segment_behind_a_nul(void **state)
{
    (void)state;
    static const char text[] = HEAD "auto segment-000001\n\0\nauto segment-000002\n";
    size_t segments;
    assert_int_equal(read_text(text, sizeof text - 1, &segments), PM_ERR_CORRUPT);
}

static void survives_any_bytes(void **state)
{
    (void)state;
    static const char good[] = HEAD "auto segment-000001\nauto segment-000002\n";
    char text[sizeof good];
    uint32_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        size_t segments, len = sizeof good - 1;
        memcpy(text, good, sizeof good);
        for (int n = round % 4; n >= 0; n--) {
            seed = seed * 1664525u + 1013904223u;
            text[(seed >> 8) % len] = (char)(seed >> 24);
        }
        enum pm_code code = read_text(text, round % 2 ? len : seed % len, &segments);
        assert_true(code == PM_OK || code == PM_ERR_CORRUPT || code == PM_ERR_VERSION ||
                    code == PM_ERR_NOT_FOUND);
    }
}

static void tells_a_folder_without_an_index(void **state)
{
    (void)state;
    struct pm_stub stub;
    char path[100];
    static const char *const rows[] = {"", "/nothing", "/file", "/nothing/deeper"};
    snprintf(path, sizeof path, "%s/file", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        snprintf(path, sizeof path, "%s%s", folder, rows[i]);
        assert_int_equal(pm_stub_read(path, &stub, &err), -1);
        assert_int_equal(err.code, PM_ERR_NOT_FOUND);
        assert_non_null(strstr(err.message, path));
        assert_null(stub.segment);
    }
}

static void tells_a_stub_that_cannot_be_read(void **state)
{
    (void)state;
    struct pm_stub stub;
    struct pm_error err = {0};
    char path[100];
    snprintf(path, sizeof path, "%s/" PM_STUB_FILE, folder);
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(pm_stub_read(folder, &stub, &err), -1);
    assert_int_equal(err.code, PM_ERR_IO);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_back_what_it_writes),
        TEST(reads_back_segments_of_more_than_six_digits),
        TEST(writes_what_xapian_reads),
        TEST(takes_comments_and_empty_lines_as_nothing),
        TEST(tells_another_version),
        TEST(finds_no_index_in_the_stub_of_somebody_else),
        TEST(misses_each_line_that_must_be_there),
        TEST(refuses_lines_that_make_no_sense),
        TEST(refuses_line_ends_that_xapian_cannot_read),
        TEST(loses_no_segment_behind_a_nul),
        TEST(survives_any_bytes),
        TEST(tells_a_folder_without_an_index),
        TEST(tells_a_stub_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
