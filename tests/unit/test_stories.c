#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sketch.h"
#include "stories.h"

enum { MOST = 4000 };

static unsigned char sketches[MOST][PM_SKETCH_BYTES];
static const unsigned char *sketch[MOST];
static uint32_t story[MOST];

/* The high half of a linear congruential generator: its low bits soon repeat. */
static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void make_random(size_t i, uint64_t *seed)
{
    for (size_t p = 0; p < PM_SKETCH_BYTES; p++)
        sketches[i][p] = (unsigned char)next_random(seed);
    sketch[i] = sketches[i];
}

/* Makes i a copy of j with `n` places changed, from place `first` on. */
static void make_copy(size_t i, size_t j, size_t first, size_t n)
{
    memcpy(sketches[i], sketches[j], PM_SKETCH_BYTES);
    for (size_t p = first; p < first + n; p++)
        sketches[i][p % PM_SKETCH_BYTES] += 85; /* not back to what it was, if changed again */
    sketch[i] = sketches[i];
}

static uint32_t find(size_t n)
{
    struct pm_error err = {0};
    uint32_t stories = UINT32_MAX;
    memset(story, 0xff, sizeof story);
    if (pm_stories_find(sketch, n, story, &stories, &err))
        fail_msg("%s", err.message);
    return stories;
}

static void finds_none_in_nothing(void **state)
{
    (void)state;
    assert_int_equal(find(0), 0);
}

static void leaves_articles_without_a_sketch_alone(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (size_t i = 0; i < 6; i++)
        sketch[i] = NULL;
    assert_int_equal(find(6), 6);
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(story[i], i);
    make_random(1, &seed);
    make_copy(4, 1, 0, 0);
    assert_int_equal(find(6), 5);
    static const uint32_t known[] = {0, 1, 2, 3, 1, 4};
    assert_memory_equal(story, known, sizeof known);
}

static void leaves_unlike_articles_apart(void **state)
{
    (void)state;
    uint64_t seed = 2;
    for (size_t i = 0; i < MOST; i++)
        make_random(i, &seed);
    assert_int_equal(find(MOST), MOST);
    for (uint32_t i = 0; i < MOST; i++)
        assert_int_equal(story[i], i);
}

static void numbers_stories_by_their_first_article(void **state)
{
    (void)state;
    static const uint32_t known[] = {0, 1, 2, 1, 0, 3, 2, 0};
    uint64_t seed = 3;
    for (size_t i = 0; i < 8; i++)
        if (i < 3 || i == 5)
            make_random(i, &seed);
    make_copy(3, 1, 10, 5);
    make_copy(4, 0, 0, 0);
    make_copy(6, 2, 60, 12);
    make_copy(7, 0, 20, 9);
    assert_int_equal(find(8), 4);
    assert_memory_equal(story, known, sizeof known);
}

static void asks_for_a_resemblance_of_six_tenths(void **state)
{
    (void)state;
    uint64_t seed = 4;
    make_random(0, &seed);
    make_copy(1, 0, 39, 25); /* 39 of 64 are .608, less what agrees by chance */
    assert_int_equal(find(2), 1);
    make_copy(1, 0, 38, 26);
    assert_int_equal(find(2), 2);
}

static void links_a_chain(void **state)
{
    (void)state;
    uint64_t seed = 5;
    make_random(0, &seed);
    for (size_t i = 1; i < 10; i++)
        make_copy(i, i - 1, 7 * i, 16);
    assert_true(pm_sketch_resemblance(sketch[0], sketch[9]) < 0.3);
    assert_int_equal(find(10), 1);
    sketch[4] = NULL; /* the chain breaks: its neighbours are not alike enough */
    make_copy(5, 3, 0, 40);
    for (size_t i = 6; i < 10; i++)
        make_copy(i, i - 1, 7 * i, 16);
    assert_int_equal(find(10), 3);
    assert_int_equal(story[3], 0);
    assert_int_equal(story[4], 1);
    assert_int_equal(story[9], 2);
}

static void finds_every_copy_whose_places_changed_at_random(void **state)
{
    (void)state;
    uint64_t seed = 6;
    for (size_t i = 0; i < MOST; i += 2) {
        make_random(i, &seed);
        make_copy(i + 1, i, 0, 0);
        for (size_t p = 0; p < 12; p++) /* at most 12 of 64 */
            sketches[i + 1][next_random(&seed) % PM_SKETCH_BYTES] = 7;
    }
    assert_int_equal(find(MOST), MOST / 2);
    for (uint32_t i = 0; i < MOST; i++)
        assert_int_equal(story[i], i / 2);
}

/* Makes i a copy of i - 1 that is a candidate by its first band alone. */
static void make_thin_copy(size_t i)
{
    make_copy(i, i - 1, 0, 0);
    for (size_t p = 5; p < PM_SKETCH_BYTES; p += 3)
        sketches[i][p] += 85;
}

/*
 * Stories of many forms: unlike ones, chains, stars, and thousands that have a band in common,
 * of which only some are compared.
 */
static void make_archive(void)
{
    uint64_t seed = 7;
    for (size_t i = 0; i < MOST; i++) {
        size_t back = 1 + next_random(&seed) % 40;
        if (i < 40 || next_random(&seed) % 3 == 0)
            make_random(i, &seed);
        else
            make_copy(i, i - back, next_random(&seed) % 64, next_random(&seed) % 30);
        if (i % 2)
            memset(sketches[i], 'b', 3);
        if (i % 100 == 42) {
            memset(sketches[i - 1], 'b', 3);
            make_thin_copy(i);
        }
        if (i % 50 == 0)
            sketch[i] = NULL;
    }
}

static void does_not_depend_on_the_order_of_the_articles(void **state)
{
    (void)state;
    static const unsigned char *known_sketch[MOST];
    static uint32_t known[MOST], at[MOST], other_of[MOST];
    uint64_t seed = 8;
    make_archive();
    uint32_t stories = find(MOST);
    assert_in_range(stories, MOST / 4, MOST - MOST / 4);
    memcpy(known, story, sizeof known);
    memcpy(known_sketch, sketch, sizeof sketch);
    for (int round = 0; round < 10; round++) {
        for (uint32_t i = 0; i < MOST; i++) {
            uint32_t j = next_random(&seed) % (i + 1);
            at[i] = at[j];
            at[j] = i;
        }
        for (size_t i = 0; i < MOST; i++)
            sketch[i] = known_sketch[at[i]];
        assert_int_equal(find(MOST), stories);
        memset(other_of, 0xff, sizeof other_of);
        for (size_t i = 0; i < MOST; i++) {
            uint32_t *other = &other_of[known[at[i]]];
            if (*other == UINT32_MAX)
                *other = story[i];
            assert_int_equal(*other, story[i]);
        }
    }
}

/* ---- many ---- */

enum { MANY = 200000 };

/* The stories of MANY sketches of which the first `equal` bytes are the same. */
static uint32_t find_many(size_t equal)
{
    unsigned char(*many)[PM_SKETCH_BYTES] = calloc(MANY, sizeof *many);
    const unsigned char **list = calloc(MANY, sizeof *list);
    uint32_t *numbers = calloc(MANY, sizeof *numbers), stories = 0;
    uint64_t seed = 9;
    assert_true(many && list && numbers);
    for (size_t i = 0; i < MANY; i++) {
        for (size_t p = 0; p < PM_SKETCH_BYTES; p++)
            many[i][p] = p < equal ? 'x' : (unsigned char)next_random(&seed);
        list[i] = many[i];
    }
    assert_int_equal(pm_stories_find(list, MANY, numbers, &stories, NULL), 0);
    free(many);
    free(list);
    free(numbers);
    return stories;
}

static void ends_with_many_that_are_equal(void **state)
{
    (void)state;
    assert_int_equal(find_many(PM_SKETCH_BYTES), 1);
}

static void ends_with_many_that_have_half_of_their_bands_in_common(void **state)
{
    (void)state;
    assert_int_equal(find_many(PM_SKETCH_BYTES / 2), MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_none_in_nothing),
        cmocka_unit_test(leaves_articles_without_a_sketch_alone),
        cmocka_unit_test(leaves_unlike_articles_apart),
        cmocka_unit_test(numbers_stories_by_their_first_article),
        cmocka_unit_test(asks_for_a_resemblance_of_six_tenths),
        cmocka_unit_test(links_a_chain),
        cmocka_unit_test(finds_every_copy_whose_places_changed_at_random),
        cmocka_unit_test(does_not_depend_on_the_order_of_the_articles),
        cmocka_unit_test(ends_with_many_that_are_equal),
        cmocka_unit_test(ends_with_many_that_have_half_of_their_bands_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
