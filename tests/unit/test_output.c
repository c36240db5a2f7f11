#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "output.h"

/* ---- results made by hand ---- */

#define C (char *)(uintptr_t) /* the tests only read */

static struct pm_span title_marks[] = {{0, 5}}, body_marks[] = {{4, 9}, {10, 14}};
static struct pm_snippet snippets[] = {{0, 21, body_marks, 2}, {22, 34, NULL, 0}};
static struct pm_copy copies[] = {{C "c1", C "One <b>", C "Wire", {"2024-05-01"}},
                                  {C "c2", NULL, NULL, {""}},
                                  {C "c3", C "Three", C "Post", {"2024"}},
                                  {C "c4", C "Four", NULL, {"2024"}},
                                  {C "c5", C "Five", C "Post", {""}},
                                  {C "c6", C "Six", C "Post", {"2024"}},
                                  {C "c7", C "Seven", C "Post", {"2024"}}};

static struct pm_hit full_hit(void)
{
    return (struct pm_hit){
        .rank = 1,
        .score = 2.5,
        .article = {.id = C "a&b",
                    .title = C "Grain\tban <now>",
                    .body = C "The grain ship is in. Then it sank fast, they say.",
                    .author = C "Nop \033[31m",
                    .source = C "Halden \"Wire\"",
                    .url = C "https://x.example/?a=1&b='2'",
                    .path = C "/news/a\nb.txt",
                    .date = {"2024-05-19"}},
        .title = {0, 15, title_marks, 1},
        .snippet = snippets,
        .snippets = 2,
    };
}

static struct pm_hit bare_hit(void)
{
    return (struct pm_hit){.rank = 2, .article = {.id = C "bare one"}};
}

static struct pm_warning warnings[] = {{"stop-words", C "the, of", NULL, C "left out: the, of"}};

static struct pm_facet_count sources[] = {{C "Halden Wire", 12}, {C "Post", 3}};
static struct pm_facet_counts facets[] = {
    {.facet = PM_FACET_SOURCE, .item = sources, .len = 2, .missing = 1}};
static enum pm_facet asked[] = {PM_FACET_SOURCE};
static struct pm_bin bins[] = {{"2024-05", 12, 340}, {"2024-06", 0, 0}, {"2024-07", 3, 6}};
static struct pm_clause_score clauses[] = {{0, "any", C "grain OR navy", true, 2.5},
                                           {1, "may", C "grain", true, 2.5},
                                           {1, "may", C "na\033vy", false, 0}};
static struct pm_explanation explained = {C "a&b", true, 2.5, clauses, 3, NULL};
static struct pm_explanation missed = {C "x", false, 0, NULL, 0, C "+navy"};

/* How a test asks, and for what; the style's format is found by `format`. */
struct ask {
    const char *format, *qid;
    struct output_style style;
    struct pm_request request;
    struct pm_results results;
};

static struct ask ask_for(const char *format, struct pm_hit *hit, size_t len)
{
    return (struct ask){
        .format = format,
        .request = {.limit = 10, .timeline = -1},
        .results = {.query = C "grain", .hit = hit, .len = len, .total = 7, .total_exact = true}};
}

enum what { RESULTS, FAILURE, ARTICLE };

/* What is written, with "%0" for a NUL, to be freed. */
static char *written(struct ask *ask, enum what what)
{
    struct pm_error err = {0}, why = {PM_ERR_QUERY, 6, "no partner"};
    struct pm_buf shown = PM_BUF_INIT;
    char *text = NULL;
    size_t len = 0;
    struct output output = {&ask->style, &ask->request, open_memstream(&text, &len), ask->qid,
                            PM_BUF_INIT};
    assert_non_null(output.file);
    ask->style.format = output_format_find(ask->format, &err);
    assert_non_null(ask->style.format);
    if (what == RESULTS)
        assert_int_equal(output_results(&output, &ask->results, &err), 0);
    else if (what == FAILURE)
        assert_int_equal(output_failure(&output, "ferry \"s\xff", &why, &err), 0);
    else
        assert_int_equal(output_article(&output, &ask->results.hit->article, &err), 0);
    output_release(&output);
    assert_int_equal(fclose(output.file), 0);
    for (size_t i = 0; i < len; i++)
        if (text[i])
            pm_buf_addc(&shown, text[i]);
        else
            pm_buf_adds(&shown, "%0");
    free(text);
    pm_buf_adds(&shown, "");
    char *end = pm_buf_detach(&shown);
    return end ? end : calloc(1, 1);
}

static void check(struct ask *ask, enum what what, const char *expected)
{
    char *text = written(ask, what);
    assert_string_equal(text, expected);
    free(text);
}

/* ---- text ---- */

static void text_shows_a_hit_with_marks_and_no_control_characters(void **state)
{
    struct pm_hit hits[] = {full_hit(), bare_hit()};
    struct ask ask = ask_for("text", hits, 2);
    (void)state;
    check(&ask, RESULTS,
          "1. Grain ban <now>\n"
          "   2024-05-19 | Halden \"Wire\" | Nop [31m | score 2.500\n"
          "   The *grain ship* is in. …\n"
          "   … Then it sank …\n"
          "   a&b\n"
          "\n"
          "2. (no title)\n"
          "   no date\n"
          "   bare one\n"
          "\n"
          "2 of 7 articles\n");
}

static void text_is_coloured_unless_marks_are_given(void **state)
{
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("text", &hit, 1);
    (void)state;
    ask.style.color = true;
    char *text = written(&ask, RESULTS);
    assert_non_null(strstr(text, "1. \033[1mGrain ban <now>\033[0m\n"));
    assert_non_null(strstr(text, "The \033[1;31mgrain ship\033[0m is in."));
    free(text);
    assert_int_equal(output_marks_parse("[[ ]", &ask.style.marks, NULL), 0);
    text = written(&ask, RESULTS);
    assert_non_null(strstr(text, "The [[grain ship] is in."));
    free(text);
}

static void text_names_five_copies_and_counts_the_others(void **state)
{
    struct pm_hit hit = bare_hit();
    struct ask ask = ask_for("text", &hit, 1);
    (void)state;
    hit.copy = copies;
    hit.copies = 7;
    ask.request.group = true;
    ask.results.stories = 4;
    ask.results.total_exact = false;
    check(&ask, RESULTS,
          "2. (no title)\n   no date\n   bare one\n"
          "   also: Wire 2024-05-01 One <b>\n"
          "   also: c2\n"
          "   also: Post 2024 Three\n"
          "   also: 2024 Four\n"
          "   also: Post Five\n"
          "   and 2 more\n"
          "\n1 of about 4 stories, 7 articles\n");
    hit.copies = 5;
    char *text = written(&ask, RESULTS);
    assert_null(strstr(text, " more\n"));
    free(text);
}

static void text_shows_facets_timeline_and_explanation_as_tables(void **state)
{
    struct ask ask = ask_for("text", NULL, 0);
    (void)state;
    ask.results.facet = facets;
    ask.results.facets = 1;
    ask.results.timeline = (struct pm_timeline){bins, 3, 2};
    ask.results.explanation = &explained;
    check(&ask, RESULTS,
          "0 of 7 articles\n"
          "\nsource\n  12  Halden Wire\n   3  Post\n   1  (no source)\n"
          "\n2024-05  ############  12  of 340    3.5%\n"
          "2024-06                 0  of   0\n"
          "2024-07  ###            3  of   6   50.0%\n"
          "2 without such a date\n"
          "\na&b matches: score 2.500000000\n"
          "     2.500000000  any     grain OR navy\n"
          "     2.500000000    may     grain\n"
          "               -    may     navy\n");
    ask.results.explanation = &missed;
    char *text = written(&ask, RESULTS);
    assert_non_null(strstr(text, "\nx does not match: +navy\n"));
    free(text);
}

static void a_long_bar_is_forty_wide_and_a_short_one_is_seen(void **state)
{
    struct pm_bin row[] = {{"2020", 4000000000u, 4000000000u}, {"2021", 1, 2}};
    struct ask ask = ask_for("text", NULL, 0);
    (void)state;
    ask.results.timeline = (struct pm_timeline){row, 2, 0};
    check(&ask, RESULTS,
          "0 of 7 articles\n\n"
          "2020  ########################################  4000000000  of 4000000000  100.0%\n"
          "2021  #                                                  1  of          2   50.0%\n");
}

static void text_names_the_query_in_a_batch_and_a_failure_too(void **state)
{
    struct ask ask = ask_for("text", NULL, 0);
    (void)state;
    ask.qid = "Q1";
    check(&ask, RESULTS, "# Q1: grain\n0 of 7 articles\n");
    check(&ask, FAILURE, "# Q1: ferry \"s\xef\xbf\xbd\nfailed: no partner\n");
    ask.qid = NULL;
    check(&ask, FAILURE, "");
}

static void text_shows_an_article_with_its_meta_lines_and_its_body(void **state)
{
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("text", &hit, 1);
    (void)state;
    hit.article.body = C "First\033[2J.\n\nSecond.";
    hit.article.tags = cJSON_Parse("[\"sea\",\"gr\\nain\"]");
    check(&ask, ARTICLE,
          "Grain ban <now>\n"
          "id: a&b\ndate: 2024-05-19\nsource: Halden \"Wire\"\nauthor: Nop [31m\n"
          "tags: sea, gr ain\nurl: https://x.example/?a=1&b='2'\npath: /news/a b.txt\n"
          "\nFirst[2J.\n\nSecond.\n");
    cJSON_Delete(hit.article.tags);
}

/* ---- lines ---- */

static void lines_are_what_they_were(void **state)
{
    struct pm_hit hits[] = {full_hit(), bare_hit()};
    static const struct {
        const char *format, *qid, *text;
    } rows[] = {
        {"tsv", NULL,
         "1\t2.500000000\t2024-05-19\tHalden \"Wire\"\tGrain ban <now>\ta&b\n"
         "2\t0.000000000\t\t\t\tbare one\n"},
        {"trec", NULL,
         "1 Q0 a&b 1 2.500000000 pressmark\n1 Q0 bare%20one 2 0.000000000 pressmark\n"},
        {"trec", "Q7",
         "Q7 Q0 a&b 1 2.500000000 pressmark\nQ7 Q0 bare%20one 2 0.000000000 pressmark\n"},
        {"paths", "Q7", "/news/a b.txt\nbare one\n"},
        {"paths0", NULL, "/news/a\nb.txt%0bare one%0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ask ask = ask_for(rows[i].format, hits, 2);
        ask.qid = rows[i].qid;
        check(&ask, RESULTS, rows[i].text);
    }
}

static void a_count_is_a_number_in_formats_without_an_object(void **state)
{
    static const char *const formats[] = {"text", "html", "tsv", "trec", "paths", "template"};
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct ask ask = ask_for(formats[i], NULL, 0);
        ask.style.count = true;
        check(&ask, RESULTS, "7\n");
        ask.qid = "Q";
        check(&ask, RESULTS, "Q\t7\n");
        check(&ask, FAILURE, "");
    }
}

/* ---- templates ---- */

static void a_template_gives_what_its_braces_name(void **state)
{
    struct pm_hit hit = full_hit();
    static const struct {
        const char *template, *text;
    } rows[] = {
        {"{rank}\\t{date}\\t{title}\\n", "1\t2024-05-19\tGrain ban <now>\n"},
        {"{score} {id} {source} {author}", "2.500000000 a&b Halden \"Wire\" Nop [31m"},
        {"[{section}{language}{qid}{tags}]", "[sea, gull]"},
        {"{url} {path}", "https://x.example/?a=1&b='2' /news/a b.txt"},
        {"{snippet}", "The *grain ship* is in. … Then it sank …"},
        {"{copies}", "c1, c2"},
        {"\\{\\}\\\\\\0}x", "{}\\%0}x"},
        {"", ""},
        {"a\nb\tc", "a\nb\tc"},
    };
    (void)state;
    hit.article.tags = cJSON_Parse("[\"sea\", 7, \"gull\"]");
    hit.copy = copies;
    hit.copies = 2;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ask ask = ask_for("template", &hit, 1);
        ask.style.template = rows[i].template;
        assert_int_equal(output_template_check(rows[i].template, NULL), 0);
        check(&ask, RESULTS, rows[i].text);
    }
    cJSON_Delete(hit.article.tags);
}

static void a_wrong_template_is_told_with_what_there_is(void **state)
{
    static const struct {
        const char *template, *message;
    } rows[] = {
        {"{title} {frob}", "unknown value '{frob}' in the template: there are rank, score, qid, "
                           "id, title, date, date_from, date_text, "
                           "source, author, section, tags, language, url, path, snippet, copies"},
        {"{}", "unknown value '{}' in the template: there are rank, score, qid, id, title, date, "
               "date_from, date_text, "
               "source, author, section, tags, language, url, path, snippet, copies"},
        {"\\q", "unknown escape '\\q' in the template: there are \\t, \\n, \\0, \\\\, \\{ and \\}"},
        {"x\\", "unknown escape '\\' in the template: there are \\t, \\n, \\0, \\\\, \\{ and \\}"},
        {"{title", "'{' without '}' in the template: a brace of its own is '\\{'"},
        {"{ti{tle}", "'{' without '}' in the template: a brace of its own is '\\{'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pm_error err = {0};
        assert_int_equal(output_template_check(rows[i].template, &err), -1);
        assert_int_equal(err.code, PM_ERR_USAGE);
        assert_string_equal(err.message, rows[i].message);
    }
}

static void fields_without_snippets_need_no_passages(void **state)
{
    struct output_style style = {.format = output_format_find("json", NULL)};
    (void)state;
    assert_int_not_equal(output_shows(&style) & OUTPUT_PASSAGES, 0);
    assert_int_equal(output_fields_parse("id,title", &style.fields, NULL), 0);
    assert_int_equal(output_shows(&style) & OUTPUT_PASSAGES, 0);
    assert_int_equal(output_fields_parse("id,snippets", &style.fields, NULL), 0);
    assert_int_not_equal(output_shows(&style) & OUTPUT_PASSAGES, 0);
}

static void only_a_template_with_a_snippet_needs_passages(void **state)
{
    struct output_style style = {.format = output_format_find("template", NULL)};
    (void)state;
    style.template = "{title}\\{snippet}";
    assert_int_equal(output_shows(&style) & OUTPUT_PASSAGES, 0);
    style.template = "{title}{snippet}";
    assert_int_not_equal(output_shows(&style) & OUTPUT_PASSAGES, 0);
}

/* ---- HTML ---- */

static void html_escapes_all_that_articles_say(void **state)
{
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("html", &hit, 1);
    (void)state;
    hit.copy = copies;
    hit.copies = 2;
    check(&ask, RESULTS,
          "<ol>\n<li value=\"1\" data-id=\"a&amp;b\">\n"
          "<h3><a href=\"https://x.example/?a=1&amp;b=&#39;2&#39;\">"
          "<mark>Grain</mark> ban &lt;now&gt;</a></h3>\n"
          "<p class=\"meta\">2024-05-19 | Halden &quot;Wire&quot; | Nop [31m</p>\n"
          "<p>The <mark>grain ship</mark> is in. …</p>\n"
          "<p>… Then it sank …</p>\n"
          "<ul class=\"copies\">\n<li>Wire 2024-05-01 One &lt;b&gt;</li>\n<li>c2</li>\n</ul>\n"
          "</li>\n</ol>\n<p class=\"total\">1 of 7 articles</p>\n");
}

static void html_links_to_pages_only(void **state)
{
    static const char *const urls[] = {"javascript:alert(1)", "data:text/html,x", "//x", "", NULL};
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("html", &hit, 1);
    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        hit.article.url = C urls[i];
        char *text = written(&ask, RESULTS);
        assert_null(strstr(text, "href"));
        free(text);
    }
}

static void html_shows_tables_queries_failures_and_articles(void **state)
{
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("html", &hit, 0);
    (void)state;
    ask.qid = "<Q>";
    ask.results.explanation = &explained;
    char *text = written(&ask, RESULTS);
    assert_non_null(strstr(text, "<h2>&lt;Q&gt;: grain</h2>\n<ol>\n</ol>\n"));
    assert_non_null(strstr(text, "<pre>\na&amp;b matches"));
    free(text);
    check(&ask, FAILURE,
          "<h2>&lt;Q&gt;: ferry &quot;s\xef\xbf\xbd</h2>\n<p class=\"failed\">no partner</p>\n");
    hit.article.body = C "A <b>.\n\nC.";
    hit.article.url = NULL;
    check(&ask, ARTICLE,
          "<article>\n<h1>Grain ban &lt;now&gt;</h1>\n"
          "<p class=\"meta\">2024-05-19 | Halden &quot;Wire&quot; | Nop [31m</p>\n"
          "<p>A &lt;b&gt;.</p>\n<p>C.</p>\n</article>\n");
}

/* ---- JSON ---- */

#define HEAD "{\"version\":2,\"query\":\"grain\",\"total\":7,\"total_exact\":true,\"warnings\":[],"
#define NONE "\"suggestion\":null,\"next\":null"
#define BARE                                                                                       \
    "{\"rank\":2,\"score\":0,\"id\":\"bare one\",\"title\":null,\"title_from\":null,"              \
    "\"date\":null,\"date_from\":null,\"date_text\":null,\"source\":null,\"author\":null,"         \
    "\"section\":null,"                                                                            \
    "\"language\":null,\"url\":null,\"path\":null,\"tags\":[],\"entities\":[],\"snippets\":[],"    \
    "\"copies\":[]}"

static void json_is_an_object_on_a_line_with_every_key(void **state)
{
    struct pm_hit hits[] = {bare_hit(), bare_hit()};
    struct ask ask = ask_for("json", hits, 0);
    (void)state;
    check(&ask, RESULTS, HEAD NONE ",\"hits\":[]}\n");
    ask.results.len = 2;
    check(&ask, RESULTS, HEAD NONE ",\"hits\":[" BARE "," BARE "]}\n");
    ask.style.count = true;
    check(&ask, RESULTS, HEAD NONE "}\n");
}

static void json_tells_passages_by_bytes_and_copies(void **state)
{
    struct pm_hit hit = full_hit();
    struct ask ask = ask_for("json", &hit, 1);
    (void)state;
    hit.copy = copies;
    hit.copies = 2;
    assert_int_equal(output_fields_parse("copies,rank,snippets,title", &ask.style.fields, NULL), 0);
    check(&ask, RESULTS,
          HEAD NONE ",\"hits\":[{\"rank\":1,\"title\":\"Grain\\tban <now>\",\"snippets\":["
                    "{\"text\":\"The grain ship is in.\",\"start\":0,\"end\":21,"
                    "\"marks\":[[4,9],[10,14]]},"
                    "{\"text\":\"Then it sank\",\"start\":22,\"end\":34,\"marks\":[]}],"
                    "\"copies\":[{\"id\":\"c1\",\"title\":\"One <b>\",\"source\":\"Wire\","
                    "\"date\":\"2024-05-01\"},"
                    "{\"id\":\"c2\",\"title\":null,\"source\":null,\"date\":null}]}]}\n");
}

#define TABLES                                                                                     \
    "\"facets\":{\"source\":[{\"value\":\"Halden Wire\",\"count\":12},"                            \
    "{\"value\":\"Post\",\"count\":3}]},\"missing\":{\"source\":1},\"more\":{\"source\":0},"       \
    "\"timeline\":[{\"time\":\"2024-05\",\"articles\":12,\"indexed\":340,\"share\":0.035294},"     \
    "{\"time\":\"2024-06\",\"articles\":0,\"indexed\":0,\"share\":null},"                          \
    "{\"time\":\"2024-07\",\"articles\":3,\"indexed\":6,\"share\":0.5}],\"undated\":2,"            \
    "\"explanation\":{\"id\":\"x\",\"matches\":false,\"score\":0,\"failed\":\"+navy\","            \
    "\"clauses\":[]}"

/* Asks for all that is shown only to who asks. */
static void ask_for_all(struct ask *ask)
{
    ask->request = (struct pm_request){
        .facet = asked, .facets = 1, .timeline = PM_FACET_MONTH, .explain = "x", .group = true};
    ask->results.facet = facets;
    ask->results.facets = 1;
    ask->results.timeline = (struct pm_timeline){bins, 3, 2};
    ask->results.explanation = &missed;
    ask->results.stories = 4;
    ask->results.warning = warnings;
    ask->results.warnings = 1;
    ask->results.suggestion = C "grains";
    ask->results.next = C "c-9";
    ask->qid = "Q";
}

#define NOTICES                                                                                    \
    "\"warnings\":[{\"code\":\"stop-words\",\"word\":\"the, of\",\"instead\":null,"                \
    "\"text\":\"left out: the, of\"}],\"suggestion\":\"grains\""

static void json_has_tables_only_for_who_asks(void **state)
{
    struct ask ask = ask_for("json", NULL, 0);
    (void)state;
    ask_for_all(&ask);
    check(&ask, RESULTS,
          "{\"version\":2,\"qid\":\"Q\",\"query\":\"grain\",\"total\":7,\"total_exact\":true,"
          "\"stories\":4," NOTICES ",\"next\":\"c-9\",\"hits\":[]," TABLES "}\n");
}

static void ndjson_is_a_record_before_each_hit_and_after(void **state)
{
    struct pm_hit hits[] = {bare_hit(), bare_hit()};
    struct ask ask = ask_for("ndjson", hits, 2);
    (void)state;
    ask.style.fields = 1;
    ask_for_all(&ask);
    check(
        &ask, RESULTS,
        "{\"type\":\"begin\",\"version\":2,\"qid\":\"Q\",\"query\":\"grain\"," NOTICES "}\n"
        "{\"type\":\"hit\",\"qid\":\"Q\",\"rank\":2}\n{\"type\":\"hit\",\"qid\":\"Q\",\"rank\":2}\n"
        "{\"type\":\"end\",\"qid\":\"Q\",\"total\":7,\"total_exact\":true,\"stories\":4,"
        "\"next\":\"c-9\"," TABLES "}\n");
}

static void json_tells_failures_trees_and_articles(void **state)
{
    struct pm_hit hit = bare_hit();
    struct ask ask = ask_for("json", &hit, 1);
    (void)state;
    ask.results.tree = C "(list (word \"grain\"))";
    check(&ask, FAILURE,
          "{\"version\":2,\"query\":\"ferry \\\"s\xef\xbf\xbd\",\"error\":"
          "{\"message\":\"no partner\",\"offset\":6}}\n");
    hit.article.body = C "All of it.";
    check(&ask, ARTICLE, "{\"id\":\"bare one\",\"body\":\"All of it.\"}\n");
    ask.request.parse_only = true;
    check(&ask, RESULTS,
          "{\"version\":2,\"query\":\"grain\",\"tree\":\"(list (word \\\"grain\\\"))\","
          "\"warnings\":[],\"suggestion\":null}\n");
    ask.format = "ndjson";
    check(&ask, FAILURE,
          "{\"type\":\"error\",\"version\":2,\"query\":\"ferry \\\"s\xef\xbf\xbd\",\"error\":"
          "{\"message\":\"no partner\",\"offset\":6}}\n");
    ask.format = "tsv";
    check(&ask, RESULTS, "(list (word \"grain\"))\n");
    check(&ask, FAILURE, "");
}

static void an_unknown_field_is_told_with_what_there_is(void **state)
{
    static const char *const lists[] = {"title,frob", "frob"};
    (void)state;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct pm_error err = {0};
        uint32_t fields;
        assert_int_equal(output_fields_parse(lists[i], &fields, &err), -1);
        assert_int_equal(err.code, PM_ERR_USAGE);
        assert_non_null(strstr(err.message, "unknown field 'frob': there are rank, score, id, "));
        assert_non_null(strstr(err.message, ", snippets, copies"));
    }
    uint32_t fields;
    assert_int_equal(output_fields_parse("title,", &fields, NULL), -1);
    assert_int_equal(output_fields_parse("", &fields, NULL), -1);
}

/* ---- the style ---- */

static void marks_are_two_words_or_none(void **state)
{
    static const struct {
        const char *text;
        int rc;
        const char *open, *close;
    } rows[] = {
        {"[ ]", 0, "[", "]"}, {"<b> </b>", 0, "<b>", "</b>"},
        {"none", 0, "", ""},  {"*", -1, "", ""},
        {"", -1, "", ""},     {" x", -1, "", ""},
        {"x ", -1, "", ""},   {"a b c", -1, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct output_marks marks = {"", 0, ""};
        assert_int_equal(output_marks_parse(rows[i].text, &marks, NULL), rows[i].rc);
        assert_int_equal(marks.open_len, strlen(rows[i].open));
        assert_memory_equal(marks.open, rows[i].open, marks.open_len);
        assert_string_equal(marks.close, rows[i].close);
    }
}

static void a_style_that_cannot_be_is_told(void **state)
{
    static const struct {
        const char *format, *template;
        uint32_t fields;
        unsigned needs;
        const char *message; /* "": fine */
    } rows[] = {
        {"text", NULL, 0, OUTPUT_TABLES | OUTPUT_ARTICLE, ""},
        {"json", NULL, 1, OUTPUT_TABLES, ""},
        {"ndjson", NULL, 1, OUTPUT_ARTICLE, ""},
        {"template", "x", 0, 0, ""},
        {"template", NULL, 0, 0, "--format template needs a template"},
        {"tsv", "x", 0, 0, "--template beside --format tsv"},
        {"text", NULL, 1, 0, "--fields needs --format json or ndjson"},
        {"paths", NULL, 0, OUTPUT_TABLES,
         "--format paths does not show --facet, --timeline or --explain"},
        {"trec", NULL, 0, OUTPUT_ARTICLE, "--format trec does not go with --show"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct output_style style = {.format = output_format_find(rows[i].format, NULL),
                                     .template = rows[i].template,
                                     .fields = rows[i].fields};
        struct pm_error err = {0};
        assert_int_equal(output_check(&style, rows[i].needs, &err), *rows[i].message ? -1 : 0);
        assert_string_equal(err.message, rows[i].message);
    }
}

static void an_unknown_format_is_told_with_what_there_is(void **state)
{
    struct pm_error err = {0};
    (void)state;
    assert_null(output_format_find("xml", &err));
    assert_string_equal(err.message, "unknown format 'xml': there are text, json, ndjson, html, "
                                     "template, tsv, trec, paths, paths0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_shows_a_hit_with_marks_and_no_control_characters),
        cmocka_unit_test(text_is_coloured_unless_marks_are_given),
        cmocka_unit_test(text_names_five_copies_and_counts_the_others),
        cmocka_unit_test(text_shows_facets_timeline_and_explanation_as_tables),
        cmocka_unit_test(a_long_bar_is_forty_wide_and_a_short_one_is_seen),
        cmocka_unit_test(text_names_the_query_in_a_batch_and_a_failure_too),
        cmocka_unit_test(text_shows_an_article_with_its_meta_lines_and_its_body),
        cmocka_unit_test(lines_are_what_they_were),
        cmocka_unit_test(a_count_is_a_number_in_formats_without_an_object),
        cmocka_unit_test(a_template_gives_what_its_braces_name),
        cmocka_unit_test(a_wrong_template_is_told_with_what_there_is),
        cmocka_unit_test(fields_without_snippets_need_no_passages),
        cmocka_unit_test(only_a_template_with_a_snippet_needs_passages),
        cmocka_unit_test(html_escapes_all_that_articles_say),
        cmocka_unit_test(html_links_to_pages_only),
        cmocka_unit_test(html_shows_tables_queries_failures_and_articles),
        cmocka_unit_test(json_is_an_object_on_a_line_with_every_key),
        cmocka_unit_test(json_tells_passages_by_bytes_and_copies),
        cmocka_unit_test(json_has_tables_only_for_who_asks),
        cmocka_unit_test(ndjson_is_a_record_before_each_hit_and_after),
        cmocka_unit_test(json_tells_failures_trees_and_articles),
        cmocka_unit_test(an_unknown_field_is_told_with_what_there_is),
        cmocka_unit_test(marks_are_two_words_or_none),
        cmocka_unit_test(a_style_that_cannot_be_is_told),
        cmocka_unit_test(an_unknown_format_is_told_with_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
