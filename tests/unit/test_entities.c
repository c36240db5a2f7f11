/* Names by the door of the tagger: what is found, and that no text does harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "buf.h"
#include "entities.h"
#include "model.h"

static struct entity_finder *finder;
static struct entities found;

static int start(void **state)
{
    struct pm_error err = {0};
    (void)state;
    finder = entity_finder_new(&err);
    return finder ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    entity_finder_free(finder);
    entities_release(&found);
    return 0;
}

static void find(enum entity_method method, const char *text, size_t len)
{
    struct entity_part part = {text, len};
    struct pm_error err = {0};
    assert_int_equal(entities_find(finder, method, &part, 1, &found, &err), 0);
    size_t at = 0;
    for (size_t i = 0; i < found.len; i++) {
        const struct entity *entity = &found.entity[i];
        assert_true(entity->start >= at && entity->start < entity->end && entity->end <= len);
        assert_true(entity->type < ENTITY_TYPES && entity->margin >= 0);
        at = entity->end;
    }
}

/* The names of a text: "type:name" parted by bars. */
static const char *names(enum entity_method method, const char *text)
{
    static struct pm_buf shown;
    pm_buf_clear(&shown);
    find(method, text, strlen(text));
    for (size_t i = 0; i < found.len; i++)
        pm_buf_addf(&shown, "%s%s:%.*s", i ? "|" : "", entity_type_name(found.entity[i].type),
                    (int)(found.entity[i].end - found.entity[i].start),
                    text + found.entity[i].start);
    return pm_buf_str(&shown);
}

static void the_model_finds_names(void **state)
{
    static const struct {
        const char *text, *names;
    } cases[] = {
        {"An otter came to the river.", ""},
        {"Officials met in Phnom Penh on Monday.", "place:Phnom Penh"},
        {"Cambodian officials met in Thailand.", "place:Cambodian|place:Thailand"},
        {"Prime Minister Sok Vannak said he would go.", "person:Prime Minister Sok Vannak"},
        {"Farmers said the Ministry of Agriculture had paid.",
         "organisation:Ministry of Agriculture"},
        {"The bridge in Thailand’s north is new.", "place:Thailand"},
        {"It met General Tith Sophea, who left.", "person:General Tith Sophea"},
        {"On Monday General Lim Bopha said so.", "person:General Lim Bopha"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(names(ENTITY_MODEL, cases[i].text), cases[i].names);
}

static void rules_find_runs_of_capitals(void **state)
{
    static const struct {
        const char *text, *names;
    } cases[] = {
        {"Hier, la pluie tombait.", ""},
        {"Il est venu à Lunda.", "other:Lunda"},
        {"Le chef de la Banque de Lunda est venu.", "other:Banque de Lunda"},
        {"Dupont est venu. On a vu Dupont.", "other:Dupont|other:Dupont"},
        {"Paul Dupont est venu.", "other:Paul Dupont"},
        {"Otter sind da. Die otter und der Otter.", "other:Otter"},
        {"LE MINISTRE EST VENU", ""},
        {"ភ្នំពេញ ថ្ងៃនេះ", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(names(ENTITY_RULES, cases[i].text), cases[i].names);
}

static void names_know_their_part(void **state)
{
    const struct entity_part part[] = {{"In Thailand", 11}, {NULL, 0}, {"In Cambodia.", 12}};
    struct pm_error err = {0};
    (void)state;
    assert_int_equal(entities_find(finder, ENTITY_MODEL, part, 3, &found, &err), 0);
    assert_int_equal(found.len, 2);
    assert_int_equal(found.entity[0].part, 0);
    assert_int_equal(found.entity[1].part, 2);
    assert_int_equal(found.entity[1].start, 3);
    assert_int_equal(found.entity[1].end, 11);
}

static void languages_have_their_method(void **state)
{
    (void)state;
    assert_int_equal(entity_method_for("en"), ENTITY_MODEL);
    assert_int_equal(entity_method_for(NULL), ENTITY_MODEL);
    assert_int_equal(entity_method_for("km"), ENTITY_RULES);
}

/* `len` bytes of a pattern over and over. */
static char *repeat(const char *pattern, size_t pattern_len, size_t len)
{
    char *text = malloc(len);
    assert_non_null(text);
    for (size_t i = 0; i < len; i++)
        text[i] = pattern[i % pattern_len];
    return text;
}

/* Seconds of this thread that a text takes, the best of three. */
static double seconds(enum entity_method method, const char *text, size_t len)
{
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        find(method, text, len);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        best = took < best ? took : best;
    }
    return best;
}

static void no_text_costs_more_than_linear_time(void **state)
{
    static const struct {
        const char *pattern;
        size_t len;
    } cases[] = {
        {"a", 1},          {"A", 1},         {"A ", 2},           {"A.", 2},        {"'", 1},
        {"a'", 2},         {"a’", 4},        {"A-", 2},           {"1,", 2},        {".", 1},
        {"\n", 1},         {"\"", 1},        {"\0", 1},           {"\xff", 1},      {"\xe2\x80", 2},
        {"\xcc\x81", 2},   {"a\xcc\x81", 3}, {"of A ", 5},        {"A of the ", 9}, {"A&", 2},
        {"\x1b[31mA ", 7}, {"ក", 3},         {"Sok Vannak ", 11}, {"U.S. ", 5},     {"1 A ", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = repeat(cases[i].pattern, cases[i].len, 1 << 20);
        for (int method = 0; method < 2; method++) {
            double some = seconds((enum entity_method)method, text, 1 << 17);
            double more = seconds((enum entity_method)method, text, 1 << 20);
            if (more > 40 * some + 0.05)
                fail_msg("pattern %zu, method %d: %g s and %g s", i, method, some, more);
        }
        free(text);
    }
}

static void random_bytes_do_no_harm(void **state)
{
    static const char *const pieces[] = {
        "Sok",  "of",   " ",    "\n",  ".",   "'s",  "\xe2\x80\x99",
        "\xff", "\xc3", "PENH", "the", "12",  "-",   "\xe1\x9e\x80",
        "\0x",  "U.S",  "\"",   ",",   "Inc", "(al", "election"};
    char text[400];
    uint32_t random = 1;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        size_t len = 0;
        while (len < sizeof text - 12) {
            random = random * 1103515245u + 12345u;
            const char *piece = pieces[(random >> 16) % (sizeof pieces / sizeof *pieces)];
            size_t piece_len = *piece ? strlen(piece) : 2;
            memcpy(text + len, piece, piece_len);
            len += piece_len;
            if (random >> 30 == 0)
                text[len++] = (char)(random >> 8);
        }
        /* At the very end of its memory, so that a sanitizer sees who reads on. */
        char *exact = malloc(len);
        assert_non_null(exact);
        memcpy(exact, text, len);
        find((enum entity_method)(round & 1), exact, len);
        free(exact);
    }
}

static void a_model_that_is_none_is_refused(void **state)
{
    _Alignas(64) static unsigned char bytes[4096];
    struct model model;
    struct pm_error err = {0};
    (void)state;
    assert_int_equal(model_read(&model, bytes, 10, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
    err = (struct pm_error){0};
    assert_int_equal(model_read(&model, bytes, sizeof bytes, &err), -1);
    assert_int_equal(err.code, PM_ERR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_finds_names),
        cmocka_unit_test(rules_find_runs_of_capitals),
        cmocka_unit_test(names_know_their_part),
        cmocka_unit_test(languages_have_their_method),
        cmocka_unit_test(no_text_costs_more_than_linear_time),
        cmocka_unit_test(random_bytes_do_no_harm),
        cmocka_unit_test(a_model_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
