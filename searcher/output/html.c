/*
 * For pages: an ordered list, and tables after it.  Pieces of a page, without its head.
 */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "format.h"
#include "marks.h"
#include "utf8.h"
#include "values.h"

static const struct output_marks html_marks = {"<mark>", 6, "</mark>"};

/* Adds text without control characters, and without a meaning to HTML: in quotation marks too. */
static void escape(struct pm_buf *out, const char *text, size_t len)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    struct pm_buf shown = PM_BUF_INIT;
    pm_utf8_printable(&shown, text, len);
    for (size_t i = 0; i < shown.len; i++) {
        size_t j = 0, rows = sizeof entities / sizeof *entities;
        while (j < rows && entities[j].c != shown.data[i])
            j++;
        if (j < rows)
            pm_buf_adds(out, entities[j].entity);
        else
            pm_buf_addc(out, shown.data[i]);
    }
    out->failed = out->failed || shown.failed;
    pm_buf_release(&shown);
}

static void add_escaped(struct pm_buf *out, const char *text)
{
    escape(out, text, strlen(text));
}

/* Only what leads to a page: an article must not bring a script along. */
static bool is_link(const char *url)
{
    return url && (!strncasecmp(url, "http://", 7) || !strncasecmp(url, "https://", 8));
}

static void add_title(struct pm_buf *to, const struct pm_article *article,
                      const struct pm_snippet *title, const struct output_marks *marks)
{
    bool link = is_link(article->url);
    if (link) {
        pm_buf_adds(to, "<a href=\"");
        add_escaped(to, article->url);
        pm_buf_adds(to, "\">");
    }
    if (article->title && title)
        marks_add(to, article->title, title, marks, escape);
    else
        add_escaped(to, article->title ? article->title : "(no title)");
    pm_buf_adds(to, link ? "</a>" : "");
}

static void add_meta(struct pm_buf *to, const struct pm_article *article)
{
    struct pm_buf when = PM_BUF_INIT;
    values_add_when(&when, article);
    const char *values[] = {pm_buf_str(&when), article->source, article->author};
    const char *between = "";
    pm_buf_adds(to, "<p class=\"meta\">");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (!values[i] || !*values[i])
            continue;
        pm_buf_adds(to, between);
        add_escaped(to, values[i]);
        between = " | ";
    }
    pm_buf_adds(to, "</p>\n");
    to->failed |= when.failed;
    pm_buf_release(&when);
}

static void add_query(struct output *output, const char *query)
{
    if (!output->qid)
        return;
    pm_buf_adds(&output->to, "<h2>");
    add_escaped(&output->to, output->qid);
    pm_buf_adds(&output->to, ": ");
    add_escaped(&output->to, query);
    pm_buf_adds(&output->to, "</h2>\n");
}

void html_begin(struct output *output, const struct pm_results *results)
{
    add_query(output, results->query ? results->query : "");
    pm_buf_adds(&output->to, "<ol>\n");
}

static void add_copies(struct pm_buf *to, const struct pm_hit *hit)
{
    if (!hit->copies)
        return;
    pm_buf_adds(to, "<ul class=\"copies\">\n");
    for (size_t i = 0; i < hit->copies; i++) {
        const struct pm_copy *copy = &hit->copy[i];
        pm_buf_adds(to, "<li>");
        if (copy->source && *copy->source) {
            add_escaped(to, copy->source);
            pm_buf_addc(to, ' ');
        }
        pm_buf_addf(to, "%s%s", copy->date.text, copy->date.text[0] ? " " : "");
        add_escaped(to, copy->title ? copy->title : copy->id);
        pm_buf_adds(to, "</li>\n");
    }
    pm_buf_adds(to, "</ul>\n");
}

void html_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const struct output_marks marks = marks_of(output->style, html_marks);
    struct pm_buf *to = &output->to;
    (void)first;
    pm_buf_addf(to, "<li value=\"%" PRIu32 "\" data-id=\"", hit->rank);
    add_escaped(to, hit->article.id);
    pm_buf_adds(to, "\">\n<h3>");
    add_title(to, &hit->article, &hit->title, &marks);
    pm_buf_adds(to, "</h3>\n");
    add_meta(to, &hit->article);
    for (size_t i = 0; i < hit->snippets; i++) {
        pm_buf_adds(to, "<p>");
        marks_add_cut(to, hit->article.body, &hit->snippet[i], &marks, escape);
        pm_buf_adds(to, "</p>\n");
    }
    add_copies(to, hit);
    pm_buf_adds(to, "</li>\n");
}

/* The tables as the text format has them. */
void html_end(struct output *output, const struct pm_results *results)
{
    struct pm_buf *to = &output->to, tables = PM_BUF_INIT;
    pm_buf_adds(to, "</ol>\n<p class=\"total\">");
    tables_add_total(to, results, output->request);
    pm_buf_adds(to, "</p>\n");
    tables_add(&tables, results);
    if (tables.len) {
        pm_buf_adds(to, "<pre>");
        for (const char *line = tables.data; *line;) {
            size_t len = strcspn(line, "\n");
            escape(to, line, len);
            pm_buf_addc(to, '\n');
            line += len + 1;
        }
        pm_buf_adds(to, "</pre>\n");
    }
    to->failed = to->failed || tables.failed;
    pm_buf_release(&tables);
}

void html_failure(struct output *output, const char *query, const struct pm_error *why)
{
    if (!output->qid)
        return;
    add_query(output, query);
    pm_buf_adds(&output->to, "<p class=\"failed\">");
    add_escaped(&output->to, why->message);
    pm_buf_adds(&output->to, "</p>\n");
}

void html_article(struct output *output, const struct pm_article *article)
{
    struct pm_buf *to = &output->to;
    pm_buf_adds(to, "<article>\n<h1>");
    add_title(to, article, NULL, &html_marks);
    pm_buf_adds(to, "</h1>\n");
    add_meta(to, article);
    for (const char *line = article->body ? article->body : ""; *line;) {
        size_t len = strcspn(line, "\n");
        if (line[strspn(line, " \t\n")] && len) {
            pm_buf_adds(to, "<p>");
            escape(to, line, len);
            pm_buf_adds(to, "</p>\n");
        }
        line += len + (line[len] == '\n');
    }
    pm_buf_adds(to, "</article>\n");
}
