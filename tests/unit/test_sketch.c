#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyzer.h"
#include "buf.h"
#include "hash.h"
#include "sketch.h"

static struct pm_analyzer *analyzer;

static int open_analyzer(void **state)
{
    (void)state;
    analyzer = pm_analyzer_new(pm_language_find("en"), NULL);
    return analyzer ? 0 : -1;
}

static int close_analyzer(void **state)
{
    (void)state;
    pm_analyzer_free(analyzer);
    return 0;
}

static int make(const char *text, unsigned char sketch[PM_SKETCH_BYTES])
{
    struct pm_error err = {0};
    int rc = pm_sketch_make(analyzer, text, strlen(text), sketch, &err);
    if (rc < 0)
        fail_msg("%s", err.message);
    return rc;
}

static double resemblance(const char *text, const char *other)
{
    unsigned char a[PM_SKETCH_BYTES], b[PM_SKETCH_BYTES];
    assert_int_equal(make(text, a), 1);
    assert_int_equal(make(other, b), 1);
    double share = pm_sketch_resemblance(a, b);
    assert_true(pm_sketch_resemblance(b, a) == share);
    return share;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Adds so many words that are nowhere else; none has a digit. */
static void add_new_words(struct pm_buf *text, size_t words, uint32_t *seed)
{
    for (size_t i = 0; i < words; i++) {
        pm_buf_addc(text, ' ');
        for (int letter = 0; letter < 9; letter++)
            pm_buf_addc(text, (char)('a' + next_random(seed) % 26));
    }
}

static const char wire[] =
    "The ferry sank at night in heavy seas off the island, and the coast guard said that it had "
    "picked up most of the passengers by the morning. Nobody could say why it had turned over.";

/* ---- what is the same to it ---- */

static void gives_the_known_sketch(void **state)
{
    (void)state;
    /* Sketches are kept in indexes: if this changes, old ones and new ones do not compare. */
    unsigned char sketch[PM_SKETCH_BYTES];
    assert_int_equal(make(wire, sketch), 1);
    assert_true(pm_hash64(sketch, sizeof sketch) == 0xc003b3578beb046fu);
}

static void gives_the_same_text_the_same_sketch(void **state)
{
    (void)state;
    unsigned char first[PM_SKETCH_BYTES], again[PM_SKETCH_BYTES];
    assert_int_equal(make(wire, first), 1);
    memset(again, 0xff, sizeof again);
    assert_int_equal(make(wire, again), 1);
    assert_memory_equal(first, again, sizeof first);
    assert_true(pm_sketch_resemblance(first, again) == 1);
}

static void does_not_mind_case_and_punctuation(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "THE FERRY SANK AT NIGHT IN HEAVY SEAS OFF THE ISLAND AND THE COAST GUARD SAID THAT IT "
        "HAD PICKED UP MOST OF THE PASSENGERS BY THE MORNING NOBODY COULD SAY WHY IT HAD TURNED "
        "OVER",
        "\"The ferry sank -- at night, in heavy seas -- off the island\"; and the Coast Guard "
        "said (that it had picked up) most of the passengers, by the morning:\n\nNobody could "
        "say\twhy it had turned over!",
    };
    unsigned char known[PM_SKETCH_BYTES], sketch[PM_SKETCH_BYTES];
    assert_int_equal(make(wire, known), 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(make(rows[i], sketch), 1);
        assert_memory_equal(sketch, known, sizeof known);
    }
}

static void is_none_for_a_text_of_less_than_24_words(void **state)
{
    (void)state;
    unsigned char sketch[PM_SKETCH_BYTES];
    for (size_t words = 0; words < 30; words++) {
        struct pm_buf text = PM_BUF_INIT;
        uint32_t seed = 1;
        add_new_words(&text, words, &seed);
        assert_int_equal(make(pm_buf_str(&text), sketch), words >= 24);
        pm_buf_release(&text);
    }
}

static void is_there_for_one_word_again_and_again(void **state)
{
    (void)state;
    struct pm_buf text = PM_BUF_INIT;
    for (int i = 0; i < 100; i++)
        pm_buf_adds(&text, "tick ");
    assert_true(resemblance(pm_buf_str(&text), pm_buf_str(&text)) == 1);
    assert_true(resemblance(pm_buf_str(&text), wire) < 0.1);
    pm_buf_release(&text);
}

static void believes_the_length(void **state)
{
    (void)state;
    unsigned char whole[PM_SKETCH_BYTES], part[PM_SKETCH_BYTES];
    struct pm_buf text = PM_BUF_INIT;
    pm_buf_adds(&text, wire);
    pm_buf_adds(&text, " but there was more to be told about it");
    assert_int_equal(make(wire, whole), 1);
    assert_int_equal(pm_sketch_make(analyzer, text.data, strlen(wire), part, NULL), 1);
    assert_memory_equal(whole, part, sizeof whole);
    pm_buf_release(&text);
}

/* ---- how alike ---- */

/* Two texts of so many words, of which they begin with so many in common. */
static double overlapping(size_t words, size_t common, uint32_t *seed)
{
    struct pm_buf text = PM_BUF_INIT, other = PM_BUF_INIT;
    add_new_words(&text, common, seed);
    pm_buf_add(&other, text.data, text.len);
    add_new_words(&text, words - common, seed);
    add_new_words(&other, words - common, seed);
    double share = resemblance(pm_buf_str(&text), pm_buf_str(&other));
    pm_buf_release(&text);
    pm_buf_release(&other);
    return share;
}

static void estimates_the_share_of_shingles_in_common(void **state)
{
    (void)state;
    static const struct {
        size_t words, common;
    } rows[] = {
        {1000, 0},   {1000, 200}, {1000, 500}, {1000, 700}, {1000, 900},
        {1000, 990}, {100, 50},   {100, 80},   {40, 20},    {40, 30},
    };
    enum { TRIALS = 50 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double both = rows[i].common ? (double)rows[i].common - 1 : 0, sum = 0;
        double known = both / (2 * ((double)rows[i].words - 1) - both);
        uint32_t seed = 1;
        for (int trial = 0; trial < TRIALS; trial++) {
            double share = overlapping(rows[i].words, rows[i].common, &seed);
            sum += share;
            /* Four standard deviations; few shingles share their places, which costs a little. */
            if (fabs(share - known) > 4 * sqrt(0.25 / PM_SKETCH_BYTES))
                fail_msg("row %zu: %.3f is too far from %.3f", i, share, known);
        }
        if (fabs(sum / TRIALS - known) > 0.04)
            fail_msg("row %zu: %.3f on average, not %.3f", i, sum / TRIALS, known);
    }
}

static void sees_nothing_in_common_where_there_is_nothing(void **state)
{
    (void)state;
    unsigned char a[PM_SKETCH_BYTES], b[PM_SKETCH_BYTES];
    for (size_t i = 0; i < sizeof a; i++) {
        a[i] = (unsigned char)i;
        b[i] = (unsigned char)(i + 1);
    }
    assert_true(pm_sketch_resemblance(a, b) == 0);
    b[0] = a[0]; /* 1 of 64 is more than the chance of 1 in 256, by 3 in 255 */
    assert_true(fabs(pm_sketch_resemblance(a, b) - 3.0 / 255) < 1e-9);
}

static void knows_an_edited_copy(void **state)
{
    (void)state;
    static const char copy[] =
        "The ferry sank at night in heavy seas off the island, and the coast guard said it had "
        "picked up most of the passengers by the morning. Nobody could say why it had overturned.";
    assert_true(resemblance(wire, copy) >= 0.6);
}

static void tells_reports_apart_that_differ_in_their_numbers(void **state)
{
    (void)state;
    static const char *const reports[] = {
        "Salt 34 bags against 30 Pepper 1,234 crates against 1,111 Rice 18.4 tons against 16.2 "
        "Nine "
        "weeks Salt 91 bags against 84 Pepper 3,702 crates against 3,250 Rice 55.0 tons against "
        "48.9",
        "Salt 12 bags against 19 Pepper 2,905 crates against 4,480 Rice 40.7 tons against 44.1 "
        "Nine "
        "weeks Salt 47 bags against 58 Pepper 8,817 crates against 9,961 Rice 121.3 tons against "
        "130.6",
    };
    static const char *const weeks[] = {
        "Ferries from Kep to the islands carried 618 guests fewer than in the week before, 2,788 "
        "in "
        "all up to February 25, by the count of the harbour master.",
        "Ferries from Kep to the islands carried 377 guests more than in the week before, 3,165 in "
        "all up to March 4, by the count of the harbour master.",
    };
    assert_true(resemblance(reports[0], reports[1]) < 0.4);
    assert_true(resemblance(weeks[0], weeks[1]) < 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_known_sketch),
        cmocka_unit_test(gives_the_same_text_the_same_sketch),
        cmocka_unit_test(does_not_mind_case_and_punctuation),
        cmocka_unit_test(is_none_for_a_text_of_less_than_24_words),
        cmocka_unit_test(is_there_for_one_word_again_and_again),
        cmocka_unit_test(believes_the_length),
        cmocka_unit_test(estimates_the_share_of_shingles_in_common),
        cmocka_unit_test(sees_nothing_in_common_where_there_is_nothing),
        cmocka_unit_test(knows_an_edited_copy),
        cmocka_unit_test(tells_reports_apart_that_differ_in_their_numbers),
    };
    return cmocka_run_group_tests(tests, open_analyzer, close_analyzer);
}
