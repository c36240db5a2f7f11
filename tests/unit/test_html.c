#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "feed.h"
#include "html_charset.h"
#include "html_fill.h"
#include "html_phrases.h"
#include "html_tags.h"
#include "html_tame.h"
#include "html_text.h"
#include "json_ld.h"

#define COUNT(rows) (sizeof rows / sizeof *rows)

/* What a table of texts comes to: 1 and a message where `is` is not `wanted`. */
static int differs(const char *of, const char *is, const char *wanted)
{
    if (!strcmp(is ? is : "", wanted))
        return 0;
    print_error("'%s': '%s' and not '%s'\n", of, is ? is : "", wanted);
    return 1;
}

/* ---- titles ---- */

static void cuts_the_name_of_the_site_off_a_title(void **state)
{
    (void)state;
    static const char *const sites[] = {"The Courier", "courier", NULL};
    static const struct {
        const char *title, *headline, *cut;
    } rows[] = {
        {"Harbour opens | The Courier", NULL, "Harbour opens"},
        {"Harbour opens - the courier", NULL, "Harbour opens"},
        {"The Courier: Harbour opens", NULL, " Harbour opens"},
        {"Harbour opens \u2014 Courier", NULL, "Harbour opens"},
        {"Harbour opens | Sea | The Courier", "Harbour opens", "Harbour opens"},
        {"Sea \u00BB Harbour opens", "Harbour opens", " Harbour opens"},
        {"Harbour opens - and closes", NULL, "Harbour opens - and closes"},
        {"Harbour opens - and closes", "Harbour opens \u2013 and closes",
         "Harbour opens - and closes"},
        {"Harbour-The Courier", NULL, "Harbour-The Courier"},
        {"A courier | The Courier", NULL, "A courier"},
        {"The Courier", NULL, "The Courier"},
        {"12:30 - a train leaves", NULL, "12:30 - a train leaves"},
        {"", NULL, ""},
        {" | ", NULL, " | "},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t len = strlen(rows[i].title);
        const char *cut = html_title_cut(rows[i].title, &len, sites, rows[i].headline);
        char is[100];
        snprintf(is, sizeof is, "%.*s", (int)len, cut);
        /* White space around a cut is the caller's to take off. */
        for (size_t end = strlen(is); end && is[end - 1] == ' ' && strcmp(is, rows[i].cut);)
            is[--end] = '\0';
        wrong += differs(rows[i].title, is, rows[i].cut);
    }
    assert_int_equal(wrong, 0);
}

static void takes_texts_for_the_same_that_differ_in_marks(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"Pilots\u2019 deal", "pilots' DEAL!", true},
        {"One - two", "One \u2013 two", true},
        {"One\u00A0two", "One two", true},
        {"Caf\u00E9", "Cafe", false},
        {"One two", "One two three", false},
        {"\u1780\u1781", "\u1780\u1782", false},
        {"?", "!", false},
        {"", "", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            html_same_words(rows[i].a, strlen(rows[i].a), rows[i].b, strlen(rows[i].b)),
            rows[i].same);
}

/* ---- authors and tags ---- */

static void takes_the_names_out_of_a_byline(void **state)
{
    (void)state;
    static const struct {
        const char *text, *author;
    } rows[] = {
        {"By Ann Doe", "Ann Doe"},
        {"BY ANN DOE", "ANN DOE"},
        {"Written by: Ann Doe", "Ann Doe"},
        {"Ann Doe and Bo Lund", "Ann Doe, Bo Lund"},
        {"Ann Doe, Bo Lund & Cy Holt", "Ann Doe, Bo Lund, Cy Holt"},
        {"Ann Doe, Staff Writer", "Ann Doe"},
        {"Ann Doe; Bo Lund", "Ann Doe, Bo Lund"},
        {"Ann Doe | ann@paper.example", "Ann Doe"},
        {"Ministry of Health and Welfare of the Islands",
         "Ministry of Health and Welfare of the Islands"},
        {"Byron Doe", "Byron Doe"},
        {"Von Trapp", "Von Trapp"},
        {"https://social.example/ann", ""},
        {"paper.example", ""},
        {"The Courier", ""},
        {"By ", ""},
        {"", ""},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_error err = {0};
        struct pm_article article = {.source = strdup("The Courier")};
        assert_int_equal(html_author_fill(&article, rows[i].text, strlen(rows[i].text), &err), 0);
        wrong += differs(rows[i].text, article.author, rows[i].author);
        pm_article_release(&article);
    }
    assert_int_equal(wrong, 0);
}

static void knows_an_address_of_a_page(void **state)
{
    (void)state;
    assert_true(html_is_page_url("https://a.example/b"));
    assert_true(html_is_page_url("HTTP://a.example/?id=3"));
    assert_false(html_is_page_url("https://a.example/"));
    assert_false(html_is_page_url("https://a.example"));
    assert_false(html_is_page_url("/news/1"));
    assert_false(html_is_page_url("ftp://a.example/b"));
    assert_false(html_is_page_url(""));
}

/* ---- classes ---- */

static void tells_by_classes_what_a_box_is_for(void **state)
{
    (void)state;
    static const struct {
        const char *class;
        unsigned roles;
    } rows[] = {
        {"related", HTML_ROLE_ASIDE},
        {"article-share", HTML_ROLE_ASIDE},
        {"x articleRelated y", HTML_ROLE_ASIDE},
        {"c-readMore__box", HTML_ROLE_ASIDE},
        {"comments-area", HTML_ROLE_COMMENTS},
        {"td-post-content", HTML_ROLE_BODY},
        {"articleBody", HTML_ROLE_BODY},
        {"field field--name-body", HTML_ROLE_BODY},
        {"entry-content-ads", HTML_ROLE_ASIDE},
        {"wp-caption-text", HTML_ROLE_CAPTION},
        {"has-sidebar no-comments tag-social category-related", 0},
        {"header thread shared address downloads adrift", 0},
        {"", 0},
        {"  ", 0},
        {"\u1780\u1781", 0},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (html_class_roles(rows[i].class) != rows[i].roles) {
            print_error("'%s': %x\n", rows[i].class, html_class_roles(rows[i].class));
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void finds_each_element_in_its_table(void **state)
{
    (void)state;
    static const char *const blocks[] = {"address", "article", "body", "div",     "h6", "hr", "li",
                                         "main",    "nav",     "p",    "section", "td", "ul"};
    unsigned roles;
    for (size_t i = 0; i < COUNT(blocks); i++)
        assert_true(html_tag(blocks[i], &roles) & HTML_TAG_BLOCK);
    assert_true(html_tag("video", &roles) & HTML_TAG_SKIP);
    assert_int_equal(html_tag("span", &roles), 0);
    assert_int_equal(html_tag("aside", &roles), HTML_TAG_BLOCK);
    assert_int_equal(roles, HTML_ROLE_ASIDE);
}

static void knows_each_word_of_its_tables(void **state)
{
    (void)state;
    static const char *const asides[] = {
        "ad",    "banner",  "breadcrumbs", "cookie",     "donate",  "footer",
        "login", "modal",   "newsletter",  "pagination", "promo",   "recommended",
        "share", "sidebar", "sponsored",   "tags",       "toolbar", "trending"};
    for (size_t i = 0; i < COUNT(asides); i++)
        if (html_class_roles(asides[i]) != HTML_ROLE_ASIDE)
            fail_msg("%s", asides[i]);
    assert_int_equal(html_class_roles("writer"), HTML_ROLE_BYLINE);
    assert_int_equal(html_class_roles("updated"), HTML_ROLE_CHANGED);
}

/* ---- phrases ---- */

static void knows_the_end_of_a_sentence_in_any_script(void **state)
{
    (void)state;
    static const char *const rows[] = {"It is.",       "\u201CIs it?\u201D", "\u00ABOui !\u00BB",
                                       "\u1780\u17D4", "\u4E00\u3002",       "(It is.)",
                                       "Wait\u2026"};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_true(html_ends_sentence(rows[i], strlen(rows[i])));
    assert_false(html_ends_sentence("Share", 5));
    assert_false(html_ends_sentence("\"", 1));
    assert_false(html_ends_sentence("", 0));
}

static void knows_what_stands_above_links(void **state)
{
    (void)state;
    assert_true(html_heads_links("Related stories", 15));
    assert_true(html_heads_links("READ MORE:", 10));
    assert_false(html_heads_links("Relatedness", 11));
    assert_true(html_is_notice("Advertisement", 13));
    assert_true(html_is_notice("\u00A9 2024 The Courier", 19));
    assert_false(html_is_notice("Advertisement of posts", 22));
    assert_true(html_is_error_title("404 Not Found", 13));
    assert_true(html_is_error_title("Page not found | The Courier", 28));
    assert_true(html_is_error_title("Just a moment...", 16));
    assert_false(html_is_error_title("4040 ships", 10));
    assert_false(html_is_error_title("404 ships", 9));
    assert_false(html_is_error_title("Access denied to inspectors", 27));
}

/* ---- text ---- */

static void decodes_references_and_drops_tags(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } rows[] = {
        {"A &amp; B", "A & B"},
        {"Pilots&#039; &#x201C;deal&#8221;", "Pilots' \u201Cdeal\u201D"},
        {"caf&eacute; &apos;x&apos;", "caf\u00E9 'x'"},
        {"&nothing; &#0; &#xD800; &#1114112; & &;", "&nothing; \uFFFD \uFFFD \uFFFD & &;"},
        {"&#99999999999999999999;", "&#99999999999999999999;"},
        {"<b>A</b> < B > C", "A < B > C"},
        {"<p>A</p><p>B<br/>C", "\n\nA\n\n\n\nB\nC"},
        {"A <b", "A <b"},
        {"&amp", "&amp"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_buf out = PM_BUF_INIT;
        html_text_add(&out, rows[i].text, strlen(rows[i].text), true);
        wrong += differs(rows[i].text, pm_buf_str(&out), rows[i].plain);
        pm_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static void finds_the_character_set_that_is_declared(void **state)
{
    (void)state;
    static const struct {
        const char *page, *name;
    } rows[] = {
        {"<meta charset=\"windows-1252\">", "windows-1252"},
        {"<META CHARSET = koi8-r >", "koi8-r"},
        {"<meta name=a content=b><meta http-equiv='x' content='text/html; charset=gbk'>", "gbk"},
        {"<?xml version='1.0' encoding='big5'?><html>", "big5"},
        {"<p>charset=gbk</p>", ""},
        {"<meta charset=UTF-16LE>", ""},
        {"<meta charset=", ""},
        {"<meta", ""},
        {"", ""},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_error err = {0};
        char *name = html_charset(rows[i].page, strlen(rows[i].page), &err);
        wrong += differs(rows[i].page, name, rows[i].name);
        free(name);
    }
    assert_int_equal(wrong, 0);
}

static void tames_what_libxml2_takes_badly(void **state)
{
    (void)state;
    char nul[] = "<p>a\0b", quoted[] = "<a t=\"x > y\">z", script[] = "<script>a<b</script><p x>";
    html_tame(nul, sizeof nul - 1);
    assert_string_equal(nul, "<p>a b");
    html_tame(quoted, sizeof quoted - 1);
    assert_string_equal(quoted, "<a t=\"x > y\">z");
    html_tame(script, sizeof script - 1);
    assert_string_equal(script, "<script>a<b</script><p x>");
    struct pm_buf many = PM_BUF_INIT;
    pm_buf_adds(&many, "<p");
    for (int i = 0; i < HTML_ATTRIBUTES_MAX + 50; i++)
        pm_buf_adds(&many, " a=\"b c\"");
    pm_buf_adds(&many, ">text");
    html_tame(many.data, many.len);
    assert_string_equal(many.data + many.len - 14, "         >text");
    assert_memory_equal(many.data, "<p a=\"b c\" a=\"b c\"", 18);
    pm_buf_release(&many);
}

/* ---- JSON-LD ---- */

/* What a script says, as title, date, author, source and url with bars between them. */
static void describe(const char *script, const char *url, char *is, size_t size)
{
    struct pm_error err = {0};
    struct json_ld ld = {0};
    struct pm_article article = {0};
    struct pm_buf text = PM_BUF_INIT;
    pm_buf_add(&text, script, strlen(script) + 1);
    assert_int_equal(json_ld_read(&ld, text.data, text.len, url, &err), 0);
    assert_int_equal(json_ld_fill(&ld, &article, &err), 0);
    snprintf(is, size, "%s|%s|%s|%s|%s", article.title ? article.title : "", article.date.text,
             article.author ? article.author : "", article.source ? article.source : "",
             article.url ? article.url : "");
    pm_article_release(&article);
    json_ld_release(&ld);
    pm_buf_release(&text);
}

static void finds_the_article_in_json_ld(void **state)
{
    (void)state;
    static const struct {
        const char *script, *wanted;
    } rows[] = {
        {"{\"@type\":\"NewsArticle\",\"headline\":\"T\"}", "T||||"},
        {"{\"@type\":[\"Thing\",\"schema:Article\"],\"headline\":\"T\"}", "T||||"},
        {"{\"@type\":\"WebPage\",\"headline\":\"T\"}", "||||"},
        {"{\"@type\":\"WebPage\",\"mainEntity\":{\"@type\":\"Article\",\"headline\":\"T\"}}",
         "T||||"},
        {"{\"@graph\":[{\"@type\":\"BlogPosting\",\"headline\":\"T\",\"author\":{\"@id\":\"#1\"}},"
         "{\"@id\":\"#1\",\"name\":\"Ann Doe\"}]}",
         "T||Ann Doe||"},
        {"{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"Article\",\"headline\":\"T\"}]"
         "}",
         "||||"},
        {"[{\"@type\":\"Article\",\"headline\":\"T\"},{\"@type\":\"Article\",\"headline\":\"U\"}]",
         "||||"},
        {"[{\"@type\":\"Article\",\"headline\":\"T\",\"url\":\"http://b.example/2\"},{\"@type\":"
         "\"Article\",\"headline\":\"U\",\"@id\":\"https://www.b.example/1/#main\"}]",
         "U||||https://www.b.example/1/#main"},
        {"{\"@type\":\"Article\",\"headline\":\"T\",\"author\":[\"Ann Doe\",{\"name\":[\"Bo "
         "Lund\"]}],\"creator\":\"editor\"}",
         "T||Ann Doe, Bo Lund||"},
        {"{\"@type\":\"Article\",\"headline\":\"A &amp; <i>B</i>\",}", "A & B||||"},
        {"<!-- {\"@type\":\"Article\",\"headline\":\"T\",\"keywords\":[\"a\",],} -->", "T||||"},
        {"{\"@type\":\"Article\",\"headline\":\"a,}b\",}", "a,}b||||"},
        {"{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;T&quot;}", "T||||"},
        {"{\"@type\":\"Article\",\"headline\":\"T\"} {\"@type\":\"Organization\"};", "T||||"},
        {"{\"@type\":\"Article\",\"headline\":\"T\",\"datePublished\":\"2024-05-19T07:00:00+07:"
         "00\","
         "\"dateModified\":\"2024-06-01\",\"publisher\":{\"name\":\"P\"}}",
         "T|2024-05-19T00:00:00Z||P|"},
        {"{\"@type\":\"Article\",\"headline\":\"T\",\"dateModified\":\"2024-06-01\"}", "T||||"},
        {"{\"@type\":\"Article\"", "||||"},
        {"", "||||"},
        {"\"Article\"", "||||"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char is[400];
        describe(rows[i].script, "http://b.example/1", is, sizeof is);
        wrong += differs(rows[i].script, is, rows[i].wanted);
    }
    assert_int_equal(wrong, 0);
}

/* ---- whole pages ---- */

/* The date of a page with that headline, lines below it, and text. */
static void takes_no_date_of_something_else(void **state)
{
    (void)state;
    static const struct {
        const char *above, *below, *date;
    } rows[] = {
        {"", "<p>Published 19 May 2024</p>", "2024-05-19"},
        {"", "<div class=date>2024-05-19 10:30</div>", "2024-05-19T10:30:00Z"},
        {"", "<p>Updated 20 May 2024</p>", ""},
        {"", "<p>Published 19 May 2024, updated 20 May 2024</p>", "2024-05-19"},
        {"", "<p><time datetime=2024-05-19>two days ago</time></p>", "2024-05-19"},
        {"", "<p><time class=updated datetime=2024-05-20>today</time></p>", ""},
        {"", "<aside><time datetime=2024-05-20>today</time></aside>", ""},
        {"",
         "<p>The fort was built on <time datetime=1871-01-02>2 January 1871</time> and is still a "
         "fort today, its keeper said.</p>",
         ""},
        {"", "<ul><li>Treaty signed 2 January 1871</li></ul>", ""},
        {"<header><div><div><div>20 May 2024</div></div></div></header>", "", ""},
        {"<section><p>19 May 2024</p>", "", "2024-05-19"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char page[2000];
        const char *text = "<p>Otters came down to the harbour on Monday to look at the boats.</p>";
        int len =
            snprintf(page, sizeof page, "<html><title>Otters</title>%s<h1>Otters</h1>%s%s%s%s%s",
                     rows[i].above, rows[i].below, text, text, text, text);
        struct feed_options options = {.format = FEED_HTML, .now = 4000000000};
        struct pm_article article = {0};
        struct pm_error err = {0};
        struct feed *feed = feed_open_memory("page", page, (size_t)len, &options, &err);
        if (feed_next(feed, &article, &err) < 0)
            print_error("%s\n", err.message);
        wrong += differs(page, article.date.text, rows[i].date);
        pm_article_release(&article);
        feed_close(feed);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_the_name_of_the_site_off_a_title),
        cmocka_unit_test(takes_texts_for_the_same_that_differ_in_marks),
        cmocka_unit_test(takes_the_names_out_of_a_byline),
        cmocka_unit_test(knows_an_address_of_a_page),
        cmocka_unit_test(tells_by_classes_what_a_box_is_for),
        cmocka_unit_test(finds_each_element_in_its_table),
        cmocka_unit_test(knows_each_word_of_its_tables),
        cmocka_unit_test(knows_the_end_of_a_sentence_in_any_script),
        cmocka_unit_test(knows_what_stands_above_links),
        cmocka_unit_test(decodes_references_and_drops_tags),
        cmocka_unit_test(finds_the_character_set_that_is_declared),
        cmocka_unit_test(tames_what_libxml2_takes_badly),
        cmocka_unit_test(finds_the_article_in_json_ld),
        cmocka_unit_test(takes_no_date_of_something_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
