#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "markup_html.h"
#include "xml_mend.h"

#define COUNT(rows) (sizeof rows / sizeof *rows)
#define NBSP        "\xC2\xA0"

/* ---- HTML ---- */

static void makes_paragraphs_of_html(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
    } rows[] = {
        {"<p>One</p><p>two</p>", "One\n\ntwo"},
        {"<P>One\n  line<p>two", "One line\n\ntwo"},
        {"one<br>two<br/>three", "one\ntwo\nthree"},
        {"one<br><br />two", "one\n\ntwo"},
        {"o<b>n</b>e", "one"},
        {"<ul><li>a</li><li>b</ul>c", "a\nb\n\nc"},
        {"<tr><td>a<td>b<tr><td>c", "a b\nc"},
        {"<pre>a\nb\n\nc</pre>d\ne", "a\nb\n\nc\n\nd e"},
        {"plain\ntext\n\n\nof &lt;p&gt;", "plain\ntext\n\nof <p>"},
        {"a<script>if (a<b) '</p>'</script>b", "a b"},
        {"a<style>p{}</style >b<STYLE>x", "a b"},
        {"a<svg><text>x</text></svg>b<svg/>c", "a b c"},
        {"a<!-- <p> -->b<!-- c", "ab"},
        {"a<!DOCTYPE x>b<?php c ?>d", "abd"},
        {"1 < 2 and 3 > 2 <3 </ b", "1 < 2 and 3 > 2 <3 </ b"},
        {"<a title=\"a>b\" href='>'>c</a>", "c"},
        {"<a title=\"open>c</a><p>d", "c\n\nd"},
        {"<unknown>a</unknown><o:p>b</o:p>", "ab"},
        {"caf&eacute; &#233; &#xE9; &#151; &#x110000;",
         "caf\xC3\xA9 \xC3\xA9 \xC3\xA9 \xE2\x80\x94 \xEF\xBF\xBD"},
        {"a & b &nosuch; &amp;amp; &#; &#x; &", "a & b &nosuch; &amp; &#; &#x; &"},
        {"10&nbsp;000&nbsp; km<p>&nbsp;</p>", "10" NBSP "000 km"},
        {"<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"},
        {"<p", ""},
        {"a<", "a<"},
        {"", ""},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markup markup = {0};
        markup_html(&markup, rows[i].html, strlen(rows[i].html));
        if (strcmp(pm_buf_str(&markup.body.text), rows[i].text)) {
            print_error("'%s' is '%s'\n", rows[i].html, pm_buf_str(&markup.body.text));
            wrong++;
        }
        markup_release(&markup);
    }
    assert_int_equal(wrong, 0);
}

static void keeps_captions_apart(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text, *captions;
    } rows[] = {
        {"<p>a</p><figure><img><figcaption>b <i>c</i></figcaption></figure>d", "a\n\nd", "b c"},
        {"<p class='wp-caption-text'>b<p>a", "a", "b"},
        {"<div class=Caption>b<div>c</div>d</div>a", "a", "b\n\nc\n\nd"},
        {"a<media><media-caption>b</media-caption>c</media>d", "a\n\nd", "b"},
        {"<figcaption>b</figcaption><figcaption>c</figcaption>a", "a", "b\n\nc"},
        {"<script>class=caption</script><p class=x>a", "a", ""},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markup markup = {0};
        markup_html(&markup, rows[i].html, strlen(rows[i].html));
        if (strcmp(pm_buf_str(&markup.body.text), rows[i].text) ||
            strcmp(pm_buf_str(&markup.captions.text), rows[i].captions)) {
            print_error("'%s' is '%s' and '%s'\n", rows[i].html, pm_buf_str(&markup.body.text),
                        pm_buf_str(&markup.captions.text));
            wrong++;
        }
        markup_release(&markup);
    }
    assert_int_equal(wrong, 0);
}

/* A megabyte of what must not be gone over again and again. */
static void takes_linear_time(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "<",         "<b>",      "<!--",    "<a b=\"",
        "<a b='",    "<script>", "</i>",    "<div>",
        "&",         "&amp",     "&#1",     "<a ",
        "<p class=", "<pre>",    "<media>", "<p class='caption'>",
        "<b></i>",
    };
    struct pm_buf html = PM_BUF_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct markup markup = {0};
        pm_buf_clear(&html);
        while (html.len < 1 << 20)
            pm_buf_adds(&html, rows[i]);
        clock_t begin = clock();
        markup_html(&markup, html.data, html.len);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 10)
            print_error("'%s' takes %.1f s\n", rows[i], seconds);
        assert_true(seconds <= 10); /* a tenth of one where nothing is read twice; else minutes */
        markup_release(&markup);
    }
    pm_buf_release(&html);
}

/* ---- XML ---- */

static void mends_what_is_common_in_feeds(void **state)
{
    (void)state;
    static const struct {
        const char *text, *mended;
    } rows[] = {
        {"<a b=\"c\">d</a>", "<a b=\"c\">d</a>"},
        {"a & b &amp; &lt; &#233; &#xe9;", "a &amp; b &amp; &lt; &#233; &#xe9;"},
        {"&eacute;&nbsp;&lsquo", "\xC3\xA9" NBSP "&amp;lsquo"},
        {"&#147;&#0;&#xFFFF;&#xD800;&#10;",
         "\xE2\x80\x9C\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&#10;"},
        {"&#60;&#38;", "&#60;&#38;"},
        {"a < b <3 <c/> <", "a &lt; b &lt;3 <c/> &lt;"},
        {"a\x01\x1F\tb\r\nc", "a\tb\r\nc"},
        {"\xEF\xBF\xBF\xEF\xBF\xBE\xEF\xBF\xBD\xEF\xBB\xBF", "\xEF\xBF\xBD\xEF\xBB\xBF"},
        {"<![CDATA[<p>&nbsp;]]>x", "&lt;p>&amp;nbsp;x"},
        {"<![CDATA[a]]]]><![CDATA[>b]]>", "a]]&gt;b"},
        {"a]]>b", "a]]&gt;b"},
        {"a<!-- & \n -->b<? \n ?>c", "a\nb\nc"},
        {"a<!-- b", "a"},
        {"a<![CDATA[b", "ab"},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_buf out = PM_BUF_INIT;
        assert_int_equal(xml_mend(rows[i].text, strlen(rows[i].text), false, &out, NULL), 0);
        if (strcmp(pm_buf_str(&out), rows[i].mended)) {
            print_error("'%s' becomes '%s'\n", rows[i].text, pm_buf_str(&out));
            wrong++;
        }
        pm_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

static void refuses_the_entities_of_a_document(void **state)
{
    (void)state;
    struct pm_buf out = PM_BUF_INIT;
    struct pm_error err = {0};
    assert_int_equal(xml_mend("&eacute; & &b c", 15, true, &out, &err), 0);
    assert_int_equal(xml_mend("a &mine; b", 10, true, &out, &err), -1);
    assert_int_equal(err.code, PM_ERR_SYNTAX);
    pm_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_paragraphs_of_html),
        cmocka_unit_test(keeps_captions_apart),
        cmocka_unit_test(takes_linear_time),
        cmocka_unit_test(mends_what_is_common_in_feeds),
        cmocka_unit_test(refuses_the_entities_of_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
