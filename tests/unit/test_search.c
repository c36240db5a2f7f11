#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "article_json.h"
#include "disk.h"
#include "document.h"
#include "folder.h"
#include "search.h"
#include "segment.h"

/* ---- indexes ---- */

static const char *const archive[] = {
    "{\"id\":\"a1\",\"title\":\"Rice prices rise\",\"body\":\"Farmers sold rice at the market.\","
    "\"date\":\"2024-05-19T10:30Z\",\"source\":\"Daily Post\"}",
    "{\"id\":\"a2\",\"title\":\"Boat sinks\",\"body\":\"The boat carried rice and fish.\","
    "\"date\":\"2024-05-19\",\"source\":\"Evening Star\"}",
    "{\"id\":\"a3\",\"title\":\"Election held\",\"body\":\"Voters told us that the election was "
    "fair.\",\"date\":\"2024-05\"}",
    "{\"id\":\"a4\",\"title\":\"US sends aid\",\"body\":\"The U.S. sent rice to the island.\","
    "\"date\":\"2024\",\"source\":\"The Daily Post\"}",
    "{\"id\":\"a5\",\"title\":\"Café opens\",\"body\":\"A café opened in the harbour.\","
    "\"date\":\"2023-12-31T23:30Z\"}",
    "{\"id\":\"a6\",\"title\":\"Fish market\",\"body\":\"The market sells fish. Rice is sold "
    "elsewhere.\"}",
    "{\"id\":\"a9\",\"title\":\"WHO warns\",\"body\":\"The WHO warned of fever.\","
    "\"date\":\"2024-05-20T00:00Z\"}",
    "{\"id\":\"a10\",\"title\":\"Who knows\",\"body\":\"Nobody knows who told them to be there or "
    "not to be.\",\"date\":\"2022\"}",
};
#define ARCHIVE (sizeof archive / sizeof *archive)

/* Of other languages too. */
static const char *const other[] = {
    "{\"id\":\"b1\",\"title\":\"Rice\",\"body\":\"More rice.\",\"date\":\"2024-05-19T11:00Z\"}",
    "{\"id\":\"b2\",\"title\":\"Ferry\",\"body\":\"A ferry.\",\"date\":\"2021\"}",
    "{\"id\":\"a7\",\"title\":\"L’armée\",\"body\":\"La liste publiée hier par l’armée.\","
    "\"language\":\"fr\",\"date\":\"2025-01-01\"}",
    "{\"id\":\"a8\",\"title\":\"ត្រី\",\"body\":\"គាត់ទិញត្រីបានច្រើន។\",\"language\":\"km\","
    "\"date\":\"2024-06-01\"}",
    "{\"id\":\"b3\",\"body\":\"ន ច្រើ\",\"language\":\"km\"}",
};
#define OTHER (sizeof other / sizeof *other)

static char folder[64];
static char archive_path[100], other_path[100], whole_path[100], split_path[100];

static void open_article(const char *json, struct pm_article *article)
{
    struct pm_error err = {0};
    cJSON *object = cJSON_Parse(json);
    assert_non_null(object);
    *article = (struct pm_article){0};
    assert_int_equal(pm_article_from_json(object, article, &err), 0);
    cJSON_Delete(object);
    if (!article->language)
        article->language = strdup("en");
}

/* Writes every `step`th of the articles, from `first` on, as the segment `number`. */
static void write_segment(const char *path, uint32_t number, const char *const *json, size_t count,
                          size_t first, size_t step)
{
    struct pm_error err = {0};
    struct document_maker maker;
    struct document document;
    struct pm_buf name = PM_BUF_INIT, words = PM_BUF_INIT;
    pm_buf_addf(&name, "%s/building", path);
    const struct segment_options options = {.memory = 1 << 20};
    struct segment *segment = segment_new(pm_buf_str(&name), &options, &err);
    assert_non_null(segment);
    assert_int_equal(document_maker_init(&maker, &pm_boosts_default, false, &err), 0);
    assert_int_equal(document_init(&document, true, &err), 0);
    for (size_t i = first; i < count; i += step) {
        struct pm_article article;
        open_article(json[i], &article);
        assert_int_equal(document_make(&maker, &article, &document, &err), 0);
        assert_int_equal(segment_invert(segment, 0, document_doc(&maker, &document),
                                        (uint32_t)((i - first) / step), &err),
                         0);
        assert_int_equal(segment_add(segment, &document, &err), 0);
        pm_article_release(&article);
    }
    pm_buf_clear(&name);
    pm_stub_segment_path(path, number, &name);
    if (segment_finish(segment, &words, pm_buf_str(&name), &err))
        fail_msg("%s", err.message);
    segment_free(segment);
    document_release(&document);
    document_maker_release(&maker);
    pm_buf_release(&name);
}

static void write_index(const char *path, const char *const *json, size_t count, size_t segments)
{
    struct pm_error err = {0};
    struct folder index;
    const struct folder_options how = {.boosts = &pm_boosts_default};
    struct pm_stub next = {0};
    if (folder_open(&index, path, &how, &err))
        fail_msg("%s", err.message);
    for (size_t i = 0; i < segments; i++) {
        write_segment(path, (uint32_t)i + 1, json, count, i, segments);
        assert_int_equal(pm_stub_add_segment(&next, (uint32_t)i + 1, &err), 0);
    }
    struct pm_segment *segment = next.segment;
    next = index.stub;
    next.segment = segment;
    next.segments = segments;
    next.next_segment = (uint32_t)segments + 1;
    if (folder_publish(&index, &next, &err))
        fail_msg("%s", err.message);
    free(segment);
    folder_close(&index);
}

#define SYNTHETIC 60

/* Articles with few different texts and dates, so that many tie; ids in no order. */
static void write_synthetic(const char *path, size_t segments)
{
    static const char *const bodies[] = {
        "Rice prices rose in the harbour today.",
        "Today the boat left our harbour with rice.",
        "Elections were held in the harbour today.",
        "Today the price of fuel rose once more.",
    };
    static const char *const dates[] = {"", "2024", "2024-05", "2024-05-19", "2024-05-19T10:30Z"};
    char *json[SYNTHETIC];
    for (int i = 0; i < SYNTHETIC; i++)
        if (asprintf(&json[i], "{\"id\":\"s%d\",\"title\":\"%s\",\"body\":\"%s\",\"date\":\"%s\"}",
                     i * 37 % SYNTHETIC, i % 5 ? "Market report" : "Rice report", bodies[i % 4],
                     dates[i % 7 % 5]) < 0)
            fail();
    write_index(path, (const char *const *)json, SYNTHETIC, segments);
    for (int i = 0; i < SYNTHETIC; i++)
        free(json[i]);
}

static int write_indexes(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/pressmark-search-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(archive_path, sizeof archive_path, "%s/archive", folder);
    snprintf(other_path, sizeof other_path, "%s/other", folder);
    snprintf(whole_path, sizeof whole_path, "%s/whole", folder);
    snprintf(split_path, sizeof split_path, "%s/split", folder);
    write_index(archive_path, archive, ARCHIVE, 3);
    write_index(other_path, other, OTHER, 2);
    write_synthetic(whole_path, 1);
    write_synthetic(split_path, 8);
    return 0;
}

static int remove_indexes(void **state)
{
    (void)state;
    return disk_remove(folder, NULL);
}

/* ---- questions ---- */

static struct pm_search *open_search(const char *path)
{
    struct pm_error err = {0};
    struct pm_search *search = pm_search_open(&path, 1, NULL, &err);
    if (!search)
        fail_msg("%s", err.message);
    return search;
}

static struct pm_request ask_for(const char *query)
{
    struct pm_request request = pm_request_default;
    request.query = query;
    request.query_len = strlen(query);
    request.limit = 100;
    return request;
}

static void run(struct pm_search *search, const struct pm_request *request,
                struct pm_results *results)
{
    struct pm_error err = {0};
    if (pm_search_run(search, request, results, &err))
        fail_msg("'%s': %s", request->query, err.message);
}

static int compare_ids(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The ids of the hits, in the order found or sorted. */
static void add_ids(struct pm_buf *out, const struct pm_results *results, bool sorted)
{
    const char *ids[100];
    assert_true(results->len <= 100);
    for (size_t i = 0; i < results->len; i++)
        ids[i] = results->hit[i].article.id;
    if (sorted)
        qsort(ids, results->len, sizeof *ids, compare_ids);
    for (size_t i = 0; i < results->len; i++)
        pm_buf_addf(out, "%s%s", out->len ? " " : "", ids[i]);
}

/* A question: the ids found, sorted, and the words left out. */
struct row {
    const char *query, *ids, *dropped;
};

/* The stop words that were left out. */
static const char *dropped_of(const struct pm_results *results)
{
    for (size_t i = 0; i < results->warnings; i++)
        if (!strcmp(results->warning[i].code, "stop-words"))
            return results->warning[i].word;
    return "";
}

static void check(size_t indexes, const struct row *rows, size_t count)
{
    int wrong = 0;
    const char *paths[] = {archive_path, other_path};
    struct pm_error err = {0};
    struct pm_search *search = pm_search_open(paths, indexes, NULL, &err);
    assert_non_null(search);
    for (size_t i = 0; i < count; i++) {
        struct pm_results results;
        struct pm_buf ids = PM_BUF_INIT;
        const struct pm_request request = ask_for(rows[i].query);
        run(search, &request, &results);
        add_ids(&ids, &results, true);
        const char *dropped = dropped_of(&results);
        if (strcmp(pm_buf_str(&ids), rows[i].ids) ||
            strcmp(dropped, rows[i].dropped ? rows[i].dropped : "")) {
            print_error("'%s' found '%s' (without '%s'), not '%s'\n", rows[i].query,
                        pm_buf_str(&ids), dropped, rows[i].ids);
            wrong++;
        }
        assert_int_equal(results.total, results.len);
        assert_true(results.total_exact);
        pm_buf_release(&ids);
        pm_results_release(&results);
    }
    pm_search_close(search);
    assert_int_equal(wrong, 0);
}

/* Asks the first so many of the archive and the other index. */
#define CHECK(indexes, ...)                                                                        \
    do {                                                                                           \
        (void)state;                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                            \
        check(indexes, rows, sizeof rows / sizeof *rows);                                          \
    } while (0)

static void finds_any_of_the_words(void **state)
{
    CHECK(1, {"rice", "a1 a2 a4 a6", NULL}, {"RICE", "a1 a2 a4 a6", NULL},
          {"boat election", "a2 a3", NULL}, {"elected", "a3", NULL}, {"harbor", "a5", NULL},
          {"cafe", "a5", NULL}, {"cafe\u0301s", "a5", NULL}, {"unheard-of", "", "of"},
          {"absent", "", NULL}, {"rice rice rice", "a1 a2 a4 a6", NULL});
}

static void requires_and_excludes(void **state)
{
    CHECK(1, {"+rice +fish", "a2 a6", NULL}, {"+rice fish", "a1 a2 a4 a6", NULL},
          {"rice -fish", "a1 a4", NULL}, {"+rice -fish -aid", "a1", NULL},
          {"+absent rice", "", NULL}, {"rice -absent", "a1 a2 a4 a6", NULL},
          {"-\"rice prices\" rice", "a2 a4 a6", NULL}, {"+\"carried rice\" fish", "a2", NULL},
          {"-rice", "a10 a3 a5 a9", NULL}, {"+boat-carried", "a2", NULL});
}

static void finds_phrases_of_stems(void **state)
{
    CHECK(1, {"\"rice prices\"", "a1", NULL}, {"\"price rises\"", "a1", NULL},
          {"\"prices rice\"", "", NULL}, {"“sold elsewhere”", "a6", NULL},
          {"\"rice at the market\"", "a1", NULL}, {"\"to be or not to be\"", "", NULL},
          {"\"not to be\"", "a10", NULL}, {"\"or not to be\"", "a10", NULL},
          {"\"be there\"", "a10", NULL}, {"\"rice\"", "a1 a2 a4 a6", NULL},
          {"\"prices rise farmers\"", "", NULL}, {"\"to be to be\"", "", NULL});
}

static void finds_words_in_a_field(void **state)
{
    CHECK(1, {"title:rice", "a1", NULL}, {"rice -title:rice", "a2 a4 a6", NULL},
          {"title:price", "a1", NULL}, {"headline:\"rice prices\"", "a1", NULL},
          {"title:\"farmers sold\"", "", NULL}, {"source:post", "a1 a4", NULL},
          {"source:\"daily post\"", "a1 a4", NULL}, {"source:\"post daily\"", "", NULL},
          {"rice source:star", "a2", NULL}, {"rice -source:post", "a2 a6", NULL},
          {"lang:en id:a5", "a5", NULL}, {"lang:fr", "", NULL}, {"id:a5", "a5", NULL},
          {"id:a", "", NULL}, {"title:us", "a4", NULL});
}

static void narrows_to_a_field_what_else_is_asked(void **state)
{
    CHECK(1, {"fish source:star", "a2", NULL}, {"boat source:post", "", NULL},
          {"rice title:absent", "", NULL}, {"boat fish title:market", "a6", NULL},
          {"+rice fish source:post", "a1 a4", NULL}, {"source:post title:aid", "a4", NULL},
          {"source:post -title:aid", "a1", NULL});
}

static void tells_acronyms_from_words(void **state)
{
    CHECK(1, {"US", "a4", NULL}, {"U.S.", "a4", NULL}, {"us", "a3 a4", NULL}, {"WHO", "a9", NULL},
          {"who", "a10 a9", NULL}, {"WHO US", "a4 a9", NULL}, {"title:WHO", "a9", NULL},
          {"+US rice", "a4", NULL});
}

static void takes_a_possessive_of_an_acronym_for_it(void **state)
{
    CHECK(1, {"US's", "a4", NULL}, {"U.S.’s", "a4", NULL}, {"WHO's", "a9", NULL});
}

static void drops_stop_words_only_beside_others(void **state)
{
    CHECK(1, {"the rice of the sea", "a1 a2 a4 a6", "the, of"},
          {"the", "a1 a2 a3 a4 a5 a6 a9", NULL}, {"to be or not to be", "a10 a4", NULL},
          {"+the rice", "a1 a2 a3 a4 a5 a6 a9", NULL}, {"the title:rice", "a1", "the"},
          {"the -rice", "a3 a5 a9", NULL}, {"who \"sold rice\"", "a1", "who"});
}

static void finds_nothing_where_nothing_is_asked(void **state)
{
    CHECK(1, {"", "", NULL}, {"  ", "", NULL}, {"!!! - + ...", "", NULL});
}

static void refuses_a_clause_without_a_word(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        size_t offset;
    } rows[] = {{"rice +—", 5}, {"-…", 0},     {"rice \"\"", 5},
                {"title:?", 0}, {"\"rice", 0}, {"x:y", 0}};
    int wrong = 0;
    struct pm_search *search = open_search(archive_path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        struct pm_results results;
        const struct pm_request request = ask_for(rows[i].query);
        int rc = pm_search_run(search, &request, &results, &err);
        if (rc != -1 || err.code != PM_ERR_QUERY || err.offset != rows[i].offset) {
            print_error("'%s' gave %d at %zu: %s\n", rows[i].query, rc, err.offset, err.message);
            wrong++;
        }
        pm_results_release(&results);
    }
    pm_search_close(search);
    assert_int_equal(wrong, 0);
}

static void takes_all_for_words_when_literal(void **state)
{
    (void)state;
    struct pm_search *search = open_search(archive_path);
    struct pm_results results;
    struct pm_buf ids = PM_BUF_INIT;
    struct pm_request request = ask_for("\"+boat -election title:absent");
    request.literal = true;
    run(search, &request, &results);
    add_ids(&ids, &results, true);
    assert_string_equal(pm_buf_str(&ids), "a2 a3");
    pm_buf_release(&ids);
    pm_results_release(&results);
    pm_search_close(search);
}

static void bounds_dates_at_every_precision(void **state)
{
    (void)state;
    static const struct {
        const char *since, *until, *ids;
    } rows[] = {
        {"2024-05-19", "2024-05-19", "a1 a2"},
        {"2024-05", "2024-05", "a9 a1 a2 a3"},
        {"2024", "2024", "a9 a1 a2 a3 a4"},
        {"", "2023", "a5 a10"},
        {"", "2024-05", "a9 a1 a2 a3 a5 a10"}, /* the year 2024 goes on */
        {"", "2024-12", "a9 a1 a2 a3 a4 a5 a10"},
        {"", "2024-12-30", "a9 a1 a2 a3 a5 a10"},
        {"", "2024-12-31T23:59:59Z", "a9 a1 a2 a3 a4 a5 a10"},
        {"2024-05-01", "2024-05-31", "a9 a1 a2 a3"},
        {"2024-05-01", "2024-05-30", "a9 a1 a2"},
        {"2024-05-02", "2024-05-31", "a9 a1 a2"},
        {"2024-05-01T00:00:00Z", "", "a9 a1 a2 a3"},
        {"2024-01-01", "", "a9 a1 a2 a3 a4"},
        {"2024-01", "2024-06", "a9 a1 a2 a3"},
        {"2024-05-19T00:00:00Z", "2024-05-19T23:59:59Z", "a1 a2"},
        {"2024-05-19T00:00:00Z", "2024-05-19T23:59:58Z", "a1"},
        {"2024-05-20", "", "a9"},
        {"2024-05-19T10:30:00Z", "", "a9 a1"},
        {"2024-05-19T10:30:01Z", "", "a9"},
        {"", "2024-05-19T10:29:59Z", "a5 a10"},
        {"2024-05-19T10:30:00Z", "2024-05-19T10:30:00Z", "a1"},
        {"1000", "", "a9 a1 a2 a3 a4 a5 a10"},
        {"", "9999", "a9 a1 a2 a3 a4 a5 a10"},
        {"2026", "", ""},
        {"2024", "2023", ""},
    };
    int wrong = 0;
    struct pm_search *search = open_search(archive_path);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_results results;
        struct pm_buf ids = PM_BUF_INIT;
        struct pm_request request = ask_for("");
        strcpy(request.since.text, rows[i].since);
        strcpy(request.until.text, rows[i].until);
        run(search, &request, &results);
        add_ids(&ids, &results, false);
        if (strcmp(pm_buf_str(&ids), rows[i].ids)) {
            print_error("%s to %s found '%s', not '%s'\n", rows[i].since, rows[i].until,
                        pm_buf_str(&ids), rows[i].ids);
            wrong++;
        }
        pm_buf_release(&ids);
        pm_results_release(&results);
    }
    pm_search_close(search);
    assert_int_equal(wrong, 0);
}

static void bounds_the_dates_of_what_else_is_asked(void **state)
{
    (void)state;
    struct pm_search *search = open_search(archive_path);
    struct pm_results free_results, results;
    struct pm_request request = ask_for("rice");
    run(search, &request, &free_results);
    strcpy(request.since.text, "2024-05-19");
    strcpy(request.until.text, "2024-05-19");
    run(search, &request, &results);
    assert_int_equal(results.len, 2);
    for (size_t i = 0; i < results.len; i++)
        for (size_t j = 0; j < free_results.len; j++)
            if (!strcmp(results.hit[i].article.id, free_results.hit[j].article.id))
                assert_true(results.hit[i].score == free_results.hit[j].score);
    pm_results_release(&results);
    pm_results_release(&free_results);
    pm_search_close(search);
}

/* ---- order ---- */

static const char *const ordered[] = {
    "rice",
    "harbour",
    "price rice",
    "\"the harbour\"",
    "-elections",
    "title:rice",
    "today",
    "+harbour rice elections",
    "the",
    "report -boat",
    "rose today harbour market",
};

static void check_order(const struct pm_results *results)
{
    for (size_t i = 1; i < results->len; i++) {
        const struct pm_hit *a = &results->hit[i - 1], *b = &results->hit[i];
        int by_date = strcmp(b->article.date.text, a->article.date.text);
        assert_int_equal(b->rank, i + 1);
        assert_true(a->score >= b->score);
        if (a->score == b->score)
            assert_true(by_date < 0 || (by_date == 0 && strcmp(a->article.id, b->article.id) < 0));
    }
}

static void gives_one_order_however_the_index_is_split(void **state)
{
    (void)state;
    struct pm_search *whole = open_search(whole_path), *split = open_search(split_path);
    for (size_t i = 0; i < sizeof ordered / sizeof *ordered; i++)
        for (uint32_t limit = 0; limit <= SYNTHETIC; limit += limit < 8 ? 1 : 13) {
            struct pm_results a, b;
            struct pm_request request = ask_for(ordered[i]);
            request.limit = limit;
            request.exact = true;
            run(whole, &request, &a);
            run(split, &request, &b);
            check_order(&a);
            assert_int_equal(a.len, b.len);
            assert_int_equal(a.len, limit < a.total ? limit : a.total);
            assert_int_equal(a.total, b.total);
            assert_true(a.total > 0 && a.total_exact && b.total_exact);
            for (size_t j = 0; j < a.len; j++) {
                assert_string_equal(a.hit[j].article.id, b.hit[j].article.id);
                assert_true(a.hit[j].score == b.hit[j].score);
            }
            pm_results_release(&a);
            pm_results_release(&b);
        }
    pm_search_close(whole);
    pm_search_close(split);
}

static void joins_pages_into_the_whole_list(void **state)
{
    (void)state;
    struct pm_search *search = open_search(split_path);
    for (size_t i = 0; i < sizeof ordered / sizeof *ordered; i++) {
        struct pm_results all, page;
        struct pm_request request = ask_for(ordered[i]);
        request.snippet_words = 0;
        run(search, &request, &all);
        for (request.limit = 1; request.limit <= 7; request.limit++) {
            size_t at = 0;
            for (request.offset = 0; request.offset < SYNTHETIC + 7;
                 request.offset += request.limit) {
                run(search, &request, &page);
                for (size_t j = 0; j < page.len; j++, at++) {
                    assert_true(at < all.len);
                    assert_string_equal(page.hit[j].article.id, all.hit[at].article.id);
                    assert_int_equal(page.hit[j].rank, at + 1);
                }
                pm_results_release(&page);
            }
            assert_int_equal(at, all.len);
        }
        pm_results_release(&all);
    }
    pm_search_close(search);
}

static void gives_a_hit_with_its_article_and_its_marks(void **state)
{
    (void)state;
    struct pm_search *search = open_search(archive_path);
    struct pm_results results;
    const struct pm_request request = ask_for("title:prices rice");
    run(search, &request, &results);
    assert_int_equal(results.len, 1);
    const struct pm_hit *hit = &results.hit[0];
    assert_string_equal(hit->article.body, "Farmers sold rice at the market.");
    assert_string_equal(hit->article.source, "Daily Post");
    assert_string_equal(hit->article.date.text, "2024-05-19T10:30:00Z");
    assert_int_equal(hit->title.marks, 2);
    assert_int_equal(hit->snippets, 1);
    assert_int_equal(hit->snippet[0].marks, 1);
    assert_int_equal(hit->snippet[0].mark[0].start, 13);
    assert_string_equal(results.query, "title:prices rice");
    pm_results_release(&results);
    pm_results_release(&results);
    pm_search_close(search);
}

/* ---- several indexes ---- */

static void searches_several_indexes_as_one(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_results results;
    struct pm_buf ids = PM_BUF_INIT;
    for (int swapped = 0; swapped < 2; swapped++) {
        const char *paths[] = {swapped ? other_path : archive_path,
                               swapped ? archive_path : other_path};
        struct pm_search *search = pm_search_open(paths, 2, NULL, &err);
        assert_non_null(search);
        struct pm_request request = ask_for("rice");
        run(search, &request, &results);
        pm_buf_clear(&ids);
        add_ids(&ids, &results, true);
        assert_string_equal(pm_buf_str(&ids), "a1 a2 a4 a6 b1");
        pm_results_release(&results);
        request = ask_for("-absent");
        run(search, &request, &results);
        pm_buf_clear(&ids);
        add_ids(&ids, &results, false);
        assert_string_equal(pm_buf_str(&ids), "a7 a8 a9 b1 a1 a2 a3 a4 a5 a10 b2 a6 b3");
        pm_results_release(&results);
        pm_search_close(search);
    }
    pm_buf_release(&ids);
}

static void reads_a_query_in_every_language_of_the_indexes(void **state)
{
    CHECK(2, {"armee", "a7", NULL}, {"l'armée", "a7", NULL}, {"publiee", "a7", NULL},
          {"ត្រី", "a8", NULL}, {"\"publiée hier\"", "a7", NULL}, {"\"publiee hier\"", "a7", NULL},
          {"lang:km", "a8 b3", NULL}, {"+ត្រី +ទិញ", "a8", NULL}, {"ferries", "b2", NULL},
          {"title:armée liste", "a7", NULL});
}

static void finds_a_word_of_a_script_without_spaces_as_a_whole(void **state)
{
    CHECK(2, {"ច្រើន", "a8", NULL}, {"+ច្រើន", "a8", NULL}, {"\"បានច្រើន\"", "a8", NULL},
          {"ន", "a8 b3", NULL}, {"ច្រើន -ត្រី", "", NULL}, {"title:ច្រើន", "", NULL});
}

static void lets_an_article_of_another_language_change_nothing_in_english(void **state)
{
    CHECK(2, {"US", "a4", NULL}, {"WHO", "a9", NULL},
          {"the rice of the sea", "a1 a2 a4 a6 b1", "the, of"}, {"who \"sold rice\"", "a1", "who"},
          {"the title:rice", "a1 b1", "the"});
}

static void tells_of_an_index_that_is_not_there(void **state)
{
    (void)state;
    struct pm_error err = {0};
    const char *paths[] = {archive_path, "/no/such/index"};
    assert_null(pm_search_open(paths, 2, NULL, &err));
    assert_int_equal(err.code, PM_ERR_NOT_FOUND);
    assert_non_null(strstr(err.message, "/no/such/index"));
    pm_search_close(NULL);
}

static void reads_a_query_in_the_language_given(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_results results;
    const char *path = other_path;
    struct pm_search *search = pm_search_open(&path, 1, "fr", &err);
    assert_non_null(search);
    struct pm_request request = ask_for("la publiées");
    run(search, &request, &results);
    assert_int_equal(results.len, 1);
    assert_string_equal(dropped_of(&results), "la");
    pm_results_release(&results);
    pm_search_close(search);
}

/* ---- any query ---- */

static uint32_t random_below(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)*seed * below) >> 32);
}

static void answers_or_refuses_any_bytes(void **state)
{
    (void)state;
    static const char *const bits[] = {"rice", "US",   "the",    " ",     " ",   " ",       "+",
                                       "-",    "\"",   "title:", "lang:", "id:", "source:", "é",
                                       "ត្រី",   "\xff", "\u00ad", ":",     "’",   "1,000"};
    struct pm_search *search = open_search(archive_path);
    struct pm_buf query = PM_BUF_INIT;
    uint32_t seed = 23;
    for (int round = 0; round < 1500; round++) {
        struct pm_error err = {0};
        struct pm_results results;
        pm_buf_clear(&query);
        for (uint32_t n = random_below(&seed, 16); n; n--) {
            if (round % 3)
                pm_buf_adds(&query, bits[random_below(&seed, sizeof bits / sizeof *bits)]);
            else
                pm_buf_addc(&query, (char)random_below(&seed, 256));
        }
        struct pm_request request = pm_request_default;
        request.query = pm_buf_str(&query);
        request.query_len = query.len;
        if (pm_search_run(search, &request, &results, &err)) {
            assert_int_equal(err.code, PM_ERR_QUERY);
            assert_true(err.offset < strlen(results.query));
        } else {
            assert_true(results.len <= results.total && results.total <= ARCHIVE);
        }
        pm_results_release(&results);
    }
    pm_buf_release(&query);
    pm_search_close(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_any_of_the_words),
        cmocka_unit_test(requires_and_excludes),
        cmocka_unit_test(finds_phrases_of_stems),
        cmocka_unit_test(finds_words_in_a_field),
        cmocka_unit_test(narrows_to_a_field_what_else_is_asked),
        cmocka_unit_test(tells_acronyms_from_words),
        cmocka_unit_test(takes_a_possessive_of_an_acronym_for_it),
        cmocka_unit_test(drops_stop_words_only_beside_others),
        cmocka_unit_test(finds_nothing_where_nothing_is_asked),
        cmocka_unit_test(refuses_a_clause_without_a_word),
        cmocka_unit_test(takes_all_for_words_when_literal),
        cmocka_unit_test(bounds_dates_at_every_precision),
        cmocka_unit_test(bounds_the_dates_of_what_else_is_asked),
        cmocka_unit_test(gives_one_order_however_the_index_is_split),
        cmocka_unit_test(joins_pages_into_the_whole_list),
        cmocka_unit_test(gives_a_hit_with_its_article_and_its_marks),
        cmocka_unit_test(searches_several_indexes_as_one),
        cmocka_unit_test(reads_a_query_in_every_language_of_the_indexes),
        cmocka_unit_test(finds_a_word_of_a_script_without_spaces_as_a_whole),
        cmocka_unit_test(lets_an_article_of_another_language_change_nothing_in_english),
        cmocka_unit_test(tells_of_an_index_that_is_not_there),
        cmocka_unit_test(reads_a_query_in_the_language_given),
        cmocka_unit_test(answers_or_refuses_any_bytes),
    };
    return cmocka_run_group_tests(tests, write_indexes, remove_indexes);
}
