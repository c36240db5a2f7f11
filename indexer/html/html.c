/*
 * Web pages: one article a file.
 *
 * What a page says of its article stands in it up to four times, and this is the order of trust:
 * JSON-LD, then <meta>, then what is seen on the page.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "fill.h"
#include "html_body.h"
#include "html_byline.h"
#include "html_charset.h"
#include "html_fill.h"
#include "html_page.h"
#include "html_phrases.h"
#include "html_text.h"
#include "json_ld.h"
#include "layout.h"
#include "reader.h"
#include "utf8.h"

#define SNIFF_LOOK (8 * 1024)

/* Characters of text that make an article: of a page that says it is one, and of one that does not.
 */
#define TEXT_MIN_SAID 50
#define TEXT_MIN      250
/* What is longer is no message of an error, whatever its title. */
#define ERROR_MAX 1500
/* A page that lists stories has headings that are links, and a summary or none below each. */
#define TEASERS_MIN 3

#define SITES_MAX 8

/* ---- what is ours ---- */

static const struct archive {
    const char *suffix, *what;
} archives[] = {
    {".mht", "a web archive (MHTML)"},
    {".mhtml", "a web archive (MHTML)"},
    {".webarchive", "a web archive of Safari"},
};

static const struct archive *archive_of(const struct input *input)
{
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++)
        if (input_has_suffix(input, archives[i].suffix))
            return &archives[i];
    return NULL;
}

/* Passes over white space, comments and processing instructions. */
static const char *skip_prolog(const char *at, const char *end)
{
    static const struct {
        const char *open, *close;
    } skips[] = {{"<!--", "-->"}, {"<?", ">"}};
    for (bool moved = true; moved;) {
        moved = false;
        while (at < end && (unsigned char)*at <= ' ')
            at++;
        for (size_t i = 0; i < sizeof skips / sizeof *skips; i++) {
            size_t open = strlen(skips[i].open), close = strlen(skips[i].close);
            if ((size_t)(end - at) < open || memcmp(at, skips[i].open, open))
                continue;
            const char *to = memmem(at, (size_t)(end - at), skips[i].close, close);
            at = to ? to + close : end;
            moved = true;
        }
    }
    return at;
}

static bool begins_page(const char *at, size_t len)
{
    static const char *const begins[] = {
        "<!doctype html", "<html",    "<head",   "<body",    "<meta", "<title",
        "<div",           "<article", "<main",   "<section", "<p>",   "<h1",
        "<table",         "<center",  "<script", "<link",    "<style"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t word = strlen(begins[i]);
        if (len > word && !strncasecmp(at, begins[i], word) &&
            (begins[i][word - 1] == '>' || strchr(" \t\r\n>/", at[word])))
            return true;
    }
    return false;
}

static int html_sniff(struct input *input, struct pm_error *err)
{
    static const char *const suffixes[] = {".html", ".htm", ".xhtml", ".shtml"};
    char *text;
    size_t len;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (input_has_suffix(input, suffixes[i]))
            return 1;
    if (archive_of(input))
        return 1;
    if (input_peek(input, SNIFF_LOOK, &text, &len, err))
        return -1;
    if (len > SNIFF_LOOK)
        len = SNIFF_LOOK;
    const char *end = text + len, *at = skip_prolog(text, end);
    return begins_page(at, (size_t)(end - at));
}

/* ---- filling ---- */

typedef int filler(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

static int meta_date(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_date_field(article, text, len, "meta", err);
}

static int section(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_line(&article->section, text, len, err);
}

static int source(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_line(&article->source, text, len, err);
}

static int url(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return html_is_page_url(text) ? fill_line(&article->url, text, len, err) : 0;
}

static int fill_facts(const struct html_page *page, enum html_subject subject, filler *fill,
                      struct pm_article *article, struct pm_error *err)
{
    const struct html_fact *fact = NULL;
    int rc = 0;
    while (!rc && (fact = html_said_next(&page->said, subject, fact))) {
        struct pm_buf text = PM_BUF_INIT;
        html_text_add(&text, page->values.data + fact->from, fact->len, false);
        rc = text.failed ? pm_fail_nomem(err) : fill(article, pm_buf_str(&text), text.len, err);
        pm_buf_release(&text);
    }
    return rc;
}

/* Authors of the first name alone that has any: those of others would be the same again. */
static int fill_authors(const struct html_page *page, struct pm_article *article,
                        struct pm_error *err)
{
    const struct html_fact *fact = NULL, *last = NULL;
    while ((fact = html_said_next(&page->said, HTML_AUTHOR, fact))) {
        if (article->author && last && fact->rank != last->rank)
            break;
        if (html_author_fill(article, page->values.data + fact->from, fact->len, err))
            return -1;
        last = fact;
    }
    return 0;
}

/* ---- titles ---- */

static const char *fact_text(const struct html_page *page, enum html_subject subject)
{
    const struct html_fact *fact = html_said_next(&page->said, subject, NULL);
    return fact ? page->values.data + fact->from : NULL;
}

/* The label of a host that names the site: "courier" of "www.courier.example"; to free(). */
static char *host_name(const char *address)
{
    const char *host = address ? strstr(address, "://") : NULL;
    if (!host)
        return strdup("");
    host += 3;
    if (!strncasecmp(host, "www.", 4))
        host += 4;
    return strndup(host, strcspn(host, "./:?#"));
}

/* The title without the name of the site.  `headline` is as the page shows it, or NULL. */
static int cut_title(struct pm_article *article, const char *const *sites, const char *headline,
                     struct pm_error *err)
{
    size_t len = strlen(article->title);
    const char *title = html_title_cut(article->title, &len, sites, headline);
    char *cut = len && len < strlen(article->title) ? strndup(title, len) : NULL;
    char *clean = NULL;
    int rc = 0;
    if (len && len < strlen(article->title) &&
        (!cut ? pm_fail_nomem(err) : fill_line(&clean, cut, len, err)))
        rc = -1;
    if (!rc && clean) {
        free(article->title);
        article->title = clean;
    }
    free(cut);
    return rc;
}

/* True if the title is a beginning of the headline: many pages cut it to some length. */
static bool is_cut_short(const char *title, const char *headline, size_t len)
{
    size_t most = strlen(title);
    bool dots = false;
    while (most && (title[most - 1] == '.' || title[most - 1] == ' '))
        dots = title[--most] == '.' || dots;
    if (most >= 3 && !memcmp(title + most - 3, "\u2026", 3)) {
        dots = true;
        most -= 3;
    }
    return dots && len > most && most > 10 && html_same_words(title, most, headline, most);
}

/* Takes the headline on the page where the head has none, or only its beginning. */
static int add_headline(const struct html_page *page, const struct html_body *body,
                        struct pm_article *article, const char *const *sites, struct pm_error *err)
{
    const struct html_block *block =
        body->headline < page->blocks ? &page->block[body->headline] : NULL;
    char *headline = block ? strndup(page->text.data + block->from, block->len) : NULL;
    int rc = 0;
    if (block && !headline)
        return pm_fail_nomem(err);
    if (article->title && headline && is_cut_short(article->title, headline, block->len)) {
        free(article->title);
        article->title = NULL;
    }
    if (headline)
        rc = fill_title(article, headline, block->len, "text", err);
    if (!rc && !article->title)
        rc = fill_title(article, pm_buf_str(&page->title), page->title.len, "meta", err);
    if (!rc && article->title)
        rc = cut_title(article, sites, headline, err);
    free(headline);
    return rc;
}

static int meta_title(struct pm_article *article, const char *text, size_t len,
                      struct pm_error *err)
{
    return fill_title(article, text, len, "meta", err);
}

/* ---- the text ---- */

static int add_body(const struct html_page *page, const struct html_body *body,
                    const struct json_ld *ld, struct pm_article *article, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT, said = PM_BUF_INIT;
    int rc = -1;
    html_body_write(page, body, &text);
    json_ld_body(ld, &said);
    if (text.failed || said.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    /* Where readers must pay, the page may show a beginning, and JSON-LD has all for engines. */
    const struct pm_buf *longer = said.len > text.len + text.len / 4 ? &said : &text;
    rc = fill_text(&article->body, pm_buf_str(longer), longer->len, err);
    for (size_t i = 0; !rc && i < page->blocks; i++)
        if (html_body_is_caption(page, body, i))
            rc = fill_extra(article, "captions", page->text.data + page->block[i].from,
                            page->block[i].len, err);
out:
    pm_buf_release(&text);
    pm_buf_release(&said);
    return rc;
}

/* What the text says of itself, such as a dateline, as in saved text. */
static int read_layout(struct pm_article *article, struct pm_error *err)
{
    char *text = article->body;
    if (!text || !*text)
        return 0;
    article->body = NULL;
    int rc = layout_read(article, text, strlen(text), err);
    free(text);
    return rc;
}

/* PM_ERR_SYNTAX unless the page holds an article: not if it lists many, or says an error. */
static int check_article(const struct html_page *page, const struct html_body *body,
                         const struct json_ld *ld, const struct pm_article *article,
                         struct pm_error *err)
{
    const char *type = fact_text(page, HTML_TYPE);
    bool dated = article->date.text[0];
    bool said = ld->article || (type && !strcasecmp(type, "article")) ||
                (dated && strcmp(article->date_from, "text"));
    size_t chars = article->body ? strlen(article->body) : 0;
    bool list = ld->many || body->teased > body->chars || chars < TEXT_MIN;
    list = (list && body->teasers >= TEASERS_MIN) ||
           (body->linked_headings >= TEASERS_MIN && body->linked_headings * 3 >= body->paragraphs);
    if (!said && chars < ERROR_MAX &&
        html_is_error_title(pm_buf_str(&page->title), page->title.len))
        return pm_fail(err, PM_ERR_SYNTAX, "no article found in this page: it shows an error");
    if (list && !said)
        return pm_fail(err, PM_ERR_SYNTAX, "no article found in this page: it lists several");
    if (chars < (said || dated ? TEXT_MIN_SAID : TEXT_MIN))
        return pm_fail(err, PM_ERR_SYNTAX, "no article found in this page: it has too little text");
    return 0;
}

/* ---- the page ---- */

static int add_facts(const struct html_page *page, const struct json_ld *ld,
                     struct pm_article *article, struct pm_error *err)
{
    static const struct {
        enum html_subject subject;
        filler *fill;
    } facts[] = {
        {HTML_TITLE, meta_title},       {HTML_DATE, meta_date},     {HTML_SITE, source},
        {HTML_SECTION, section},        {HTML_TAG, html_tags_fill}, {HTML_URL, url},
        {HTML_LANGUAGE, fill_language},
    };
    const char *lang = fact_text(page, HTML_LANGUAGE);
    /* Its own address and language a page knows best. */
    if (fill_facts(page, HTML_URL, url, article, err) ||
        (lang && fill_language(article, lang, strlen(lang), err)) || json_ld_fill(ld, article, err))
        return -1;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (fill_facts(page, facts[i].subject, facts[i].fill, article, err))
            return -1;
    return article->author ? 0 : fill_authors(page, article, err);
}

static int read_page(struct html_page *page, struct json_ld *ld, struct pm_article *article,
                     struct pm_error *err)
{
    struct html_body body;
    const char *address = fact_text(page, HTML_URL), *sites[SITES_MAX] = {NULL};
    char *host = host_name(address);
    struct pm_buf title = PM_BUF_INIT;
    size_t n = 0;
    int rc = -1;
    pm_utf8_one_line(&title, pm_buf_str(&page->title), page->title.len);
    if (!host || title.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    if (json_ld_read(ld, page->data.data, page->data.len, address, err) ||
        add_facts(page, ld, article, err))
        goto out;
    const char *const names[] = {article->source, fact_text(page, HTML_SITE), json_ld_site(ld),
                                 *host ? host : NULL};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i])
            sites[n++] = names[i];
    if (!article->source && json_ld_site(ld) &&
        fill_line(&article->source, json_ld_site(ld), strlen(json_ld_site(ld)), err))
        goto out;
    if (article->title && cut_title(article, sites, NULL, err))
        goto out;
    html_body_begin(page, article->title ? article->title : pm_buf_str(&title), sites, &body);
    html_byline_mark(page, &body);
    html_body_find(page, &body);
    if (add_headline(page, &body, article, sites, err) ||
        html_byline_date(page, &body, article, err) ||
        (!article->author && html_byline_author(page, &body, article, err)) ||
        add_body(page, &body, ld, article, err) || check_article(page, &body, ld, article, err) ||
        read_layout(article, err))
        goto out;
    rc = 0;
out:
    free(host);
    pm_buf_release(&title);
    return rc;
}

static int html_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    struct html_page page = {0};
    struct json_ld ld = {0};
    char *raw;
    size_t len;
    int rc = -1;
    if (reading->records++)
        return 0;
    reading->line = 1;
    reading->alone = true;
    const struct archive *archive = archive_of(&reading->input);
    if (archive)
        return pm_fail(err, PM_ERR_SYNTAX, "%s: open it in a browser and save it as a page (HTML)",
                       archive->what);
    if (input_all(&reading->input, INPUT_RECORD_MAX, &raw, &len, err))
        goto out;
    char *declared = reading->input.is_utf8 ? NULL : html_charset(raw, len, err);
    if (!reading->input.is_utf8 && !declared)
        goto out;
    rc = charset_to_utf8(raw, len, declared && *declared ? declared : NULL, &reading->utf8, err);
    free(declared);
    if (rc || (rc = html_page_read(&page, reading->utf8.data, reading->utf8.len, err)) ||
        (rc = read_page(&page, &ld, article, err)))
        goto out;
    rc = 1;
out:
    json_ld_release(&ld);
    html_page_release(&page);
    return rc;
}

const struct reader html_reader = {"html", html_sniff, html_next, NULL};
