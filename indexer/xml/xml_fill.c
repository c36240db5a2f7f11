#include "xml_fill.h"

#include <libxml/uri.h>
#include <string.h>
#include <strings.h>

#include "fill.h"
#include "markup_html.h"
#include "xml_scan.h"
#include "xml_tree.h"

/* Values of one place that are taken: each is compared with those before. */
#define VALUES_MAX 500

/* ---- rows ---- */

static int take_text(struct pm_article *article, const struct xml_row *row, const char *text,
                     size_t len, struct pm_error *err)
{
    char *line = NULL;
    if (row->text)
        return row->text(article, text, len, err);
    int rc = fill_line(&line, text, len, err);
    const char *there =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(article->extra, row->extra));
    if (!rc && line && !(there && !strcmp(there, line)))
        rc = fill_extra(article, row->extra, line, strlen(line), err);
    free(line);
    return rc;
}

/* What the row says is done with the element, or with its attribute of that name. */
static int take(struct pm_article *article, const struct xml_row *row, const xmlNode *node,
                const char *attribute, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    int rc = 0;
    if (row->node)
        return row->node(article, node, err);
    if (attribute)
        xml_add_attribute(node, attribute, &text);
    else
        xml_add_text(node, &text);
    if (text.failed)
        rc = pm_fail_nomem(err);
    else if (text.len)
        rc = take_text(article, row, text.data, text.len, err);
    pm_buf_release(&text);
    return rc;
}

/* As deep as the path is long. */
static int walk(struct pm_article *article, const struct xml_row *row, const char *path,
                const xmlNode *from, int *values, struct pm_error *err)
{
    char name[40];
    size_t len = strcspn(path, "/");
    int rc = 0;
    if (!*path || *path == '@')
        return ++*values > VALUES_MAX ? 0 : take(article, row, from, *path ? path + 1 : NULL, err);
    memcpy(name, path, len);
    name[len] = '\0';
    path += len + (path[len] == '/');
    for (const xmlNode *node = xml_first(from, name); node && !rc; node = xml_next_of(node, name))
        rc = walk(article, row, path, node, values, err);
    return rc;
}

int xml_fill(struct pm_article *article, const xmlNode *from, const struct xml_row *rows,
             size_t count, struct pm_error *err)
{
    int rc = 0;
    for (size_t i = 0; !rc && i < count; i++) {
        int values = 0;
        rc = walk(article, &rows[i], rows[i].path, from, &values, err);
    }
    return rc;
}

/* ---- texts ---- */

int xml_take_id(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_line(&article->id, text, len, err);
}

int xml_take_source(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_line(&article->source, text, len, err);
}

int xml_take_section(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_line(&article->section, text, len, err);
}

int xml_take_date(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_date_field(article, text, len, "feed", err);
}

int xml_take_byline(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    static const char spaces[] = " \t\r\n";
    while (len && strchr(spaces, *text))
        text++, len--;
    if (len > 3 && !strncasecmp(text, "by", 2) && strchr(" \t\r\n:", text[2]))
        text += 3, len -= 3;
    return fill_author(article, text, len, err);
}

int xml_take_person(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_entity(article, "person", text, len, err);
}

int xml_take_organisation(struct pm_article *article, const char *text, size_t len,
                          struct pm_error *err)
{
    return fill_entity(article, "organisation", text, len, err);
}

int xml_take_place(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return fill_entity(article, "place", text, len, err);
}

int xml_take_plain_title(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_title(article, node, XML_PLAIN, err);
}

/* ---- addresses and languages ---- */

static bool is_absolute(const char *url)
{
    size_t scheme = strcspn(url, ":/?#");
    return scheme && url[scheme] == ':';
}

int xml_fill_url(struct pm_article *article, const xmlNode *node, const char *url, size_t len,
                 struct pm_error *err)
{
    struct pm_buf base = PM_BUF_INIT;
    char *relative = NULL;
    xmlChar *whole = NULL;
    int rc = fill_line(&relative, url, len, err);
    if (!rc && relative && !is_absolute(relative) && xml_add_inherited(node, "xml:base", &base))
        whole = xmlBuildURI((const xmlChar *)relative, (const xmlChar *)pm_buf_str(&base));
    const char *best = whole ? (const char *)whole : relative;
    if (base.failed)
        rc = pm_fail_nomem(err);
    if (!rc && best)
        rc = fill_line(&article->url, best, strlen(best), err);
    xmlFree(whole);
    free(relative);
    pm_buf_release(&base);
    return rc;
}

int xml_take_url(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    xml_add_text(node, &text);
    int rc = text.failed ? pm_fail_nomem(err)
                         : xml_fill_url(article, node, pm_buf_str(&text), text.len, err);
    pm_buf_release(&text);
    return rc;
}

int xml_take_language(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    xml_add_inherited(node, "xml:lang", &text);
    int rc =
        text.failed ? pm_fail_nomem(err) : fill_language(article, pm_buf_str(&text), text.len, err);
    pm_buf_release(&text);
    return rc;
}

/* ---- markup ---- */

static void start(struct markup *markup, const xmlNode *node)
{
    struct pm_buf classes = PM_BUF_INIT;
    const char *name = xml_local((const char *)node->name);
    bool caption = xml_add_attribute(node, "class", &classes) &&
                   markup_is_caption(pm_buf_str(&classes), classes.len);
    markup->body.text.failed |= classes.failed;
    markup_start(markup, name, strlen(name), caption);
    pm_buf_release(&classes);
}

static void end(struct markup *markup, const xmlNode *node)
{
    const char *name = xml_local((const char *)node->name);
    if (node->type == XML_ELEMENT_NODE)
        markup_end(markup, name, strlen(name));
}

static void add_tree(struct markup *markup, const xmlNode *top)
{
    const xmlNode *node = top->children;
    while (node) {
        if (node->type == XML_ELEMENT_NODE)
            start(markup, node);
        else if (node->content &&
                 (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE))
            markup_add(markup, (const char *)node->content, strlen((const char *)node->content));
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        end(markup, node);
        while (!node->next && node->parent != top) {
            node = node->parent;
            end(markup, node);
        }
        node = node->next;
    }
}

static int read_markup(const xmlNode *node, enum xml_form form, struct markup *markup,
                       struct pm_error *err)
{
    struct pm_buf text = PM_BUF_INIT;
    if (form == XML_TREE)
        add_tree(markup, node);
    else
        xml_add_text(node, &text);
    if (form == XML_HTML)
        markup_html(markup, pm_buf_str(&text), text.len);
    else
        pm_buf_add(&markup->body.text, text.data, text.len);
    bool failed = text.failed || markup->body.text.failed || markup->captions.text.failed;
    pm_buf_release(&text);
    return failed ? pm_fail_nomem(err) : 0;
}

int xml_fill_title(struct pm_article *article, const xmlNode *node, enum xml_form form,
                   struct pm_error *err)
{
    struct markup markup = {0};
    int rc = read_markup(node, form, &markup, err);
    if (!rc)
        rc = fill_title(article, pm_buf_str(&markup.body.text), markup.body.text.len, "feed", err);
    markup_release(&markup);
    return rc;
}

/* Each caption by itself: they are paragraphs. */
static int keep_captions(struct pm_article *article, const struct pm_buf *captions,
                         struct pm_error *err)
{
    const char *at = pm_buf_str(captions);
    int rc = 0;
    while (!rc && *at) {
        const char *gap = strstr(at, "\n\n");
        size_t len = gap ? (size_t)(gap - at) : strlen(at);
        rc = fill_extra(article, "captions", at, len, err);
        at += len + (gap ? 2 : 0);
    }
    return rc;
}

int xml_fill_body(struct pm_article *article, const xmlNode *node, enum xml_form form,
                  struct pm_error *err)
{
    struct markup markup = {0};
    int rc = -1;
    if (article->body)
        return 0;
    if (!read_markup(node, form, &markup, err) &&
        !fill_text(&article->body, pm_buf_str(&markup.body.text), markup.body.text.len, err))
        rc = keep_captions(article, &markup.captions.text, err);
    markup_release(&markup);
    return rc;
}

int xml_fill_summary(struct pm_article *article, const xmlNode *node, enum xml_form form,
                     struct pm_error *err)
{
    struct markup markup = {0};
    if (!article->body)
        return xml_fill_body(article, node, form, err);
    int rc = read_markup(node, form, &markup, err);
    const struct pm_buf *text = &markup.body.text;
    if (!rc && strcmp(pm_buf_str(text), article->body))
        rc = fill_extra(article, "summary", pm_buf_str(text), text->len, err);
    markup_release(&markup);
    return rc;
}

int xml_fill_html(struct pm_article *article, const char *text, size_t len,
                  int (*fill)(struct pm_article *article, const char *text, size_t len,
                              struct pm_error *err),
                  struct pm_error *err)
{
    struct markup markup = {0};
    if (!memchr(text, '&', len) && !memchr(text, '<', len))
        return fill(article, text, len, err);
    markup_html(&markup, text, len);
    int rc = markup.body.text.failed
                 ? pm_fail_nomem(err)
                 : fill(article, pm_buf_str(&markup.body.text), markup.body.text.len, err);
    markup_release(&markup);
    return rc;
}
