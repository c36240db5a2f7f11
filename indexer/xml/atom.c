/*
 * Atom 1.0 (RFC 4287) and 0.3: an <entry> is an article.
 */
#include <string.h>

#include "fill.h"
#include "xml.h"
#include "xml_fill.h"
#include "xml_tree.h"

/* How a text construct is written: by its type or, in Atom 0.3, by its mode. */
static enum xml_form form_of(const xmlNode *node)
{
    if (xml_has(node, "type", "xhtml application/xhtml+xml") || xml_has(node, "mode", "xml"))
        return XML_TREE;
    return xml_has(node, "type", "html text/html") || xml_has(node, "mode", "escaped") ? XML_HTML
                                                                                       : XML_PLAIN;
}

static int take_title(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_title(article, node, form_of(node), err);
}

/* Content that is elsewhere, or of another kind than text (a picture in base64), is none. */
static int take_content(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf type = PM_BUF_INIT;
    bool elsewhere = xml_add_attribute(node, "src", &type);
    pm_buf_clear(&type);
    xml_add_attribute(node, "type", &type);
    bool other = strchr(pm_buf_str(&type), '/') && strncmp(pm_buf_str(&type), "text/", 5) &&
                 form_of(node) != XML_TREE;
    bool failed = type.failed;
    pm_buf_release(&type);
    if (failed)
        return pm_fail_nomem(err);
    if (elsewhere || other || xml_has(node, "mode", "base64"))
        return 0;
    return xml_take_language(article, node, err) || xml_fill_body(article, node, form_of(node), err)
               ? -1
               : 0;
}

static int take_summary(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_summary(article, node, form_of(node), err);
}

static int take_link(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf value = PM_BUF_INIT;
    bool alternate = !xml_add_attribute(node, "rel", &value) || xml_has(node, "rel", "alternate");
    pm_buf_clear(&value);
    int rc = 0;
    if (alternate && xml_add_attribute(node, "href", &value))
        rc = xml_fill_url(article, node, pm_buf_str(&value), value.len, err);
    if (value.failed)
        rc = pm_fail_nomem(err);
    pm_buf_release(&value);
    return rc;
}

/* A category is named by its label or, failing that, its term. */
static int take_category(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf name = PM_BUF_INIT;
    if (!xml_add_attribute(node, "label", &name))
        xml_add_attribute(node, "term", &name);
    int rc = name.failed ? pm_fail_nomem(err) : fill_tag(article, pm_buf_str(&name), name.len, err);
    pm_buf_release(&name);
    return rc;
}

static int take_source(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_article title = {0};
    int rc = xml_fill_title(&title, node, form_of(node), err);
    if (!rc && title.title)
        rc = xml_take_source(article, title.title, strlen(title.title), err);
    pm_article_release(&title);
    return rc;
}

static const struct xml_row entry_rows[] = {
    {"id", .text = xml_take_id},         {"link", .node = take_link},
    {"title", .node = take_title},       {"content", .node = take_content},
    {"summary", .node = take_summary},   {"published", .text = xml_take_date},
    {"issued", .text = xml_take_date},   {"dc:date", .text = xml_take_date},
    {"updated", .text = xml_take_date},  {"modified", .text = xml_take_date},
    {"created", .text = xml_take_date},  {"author/name", .text = fill_author},
    {"dc:creator", .text = fill_author}, {"category", .node = take_category},
    {"dc:subject", .text = fill_tag},    {"source/title", .node = take_source},
};

/* An entry without an author has that of its source, and then of the feed (RFC 4287, 4.2.1). */
static const struct xml_row author_rows[] = {
    {"source/author/name", .text = fill_author},
    {"author/name", .text = fill_author},
};

static const struct xml_row feed_rows[] = {
    {"title", .node = take_source},
};

static int fill(struct pm_article *article, const xmlNode *entry, const xmlNode *head,
                struct pm_error *err)
{
    if (xml_fill(article, entry, entry_rows, sizeof entry_rows / sizeof *entry_rows, err))
        return -1;
    if (!article->author && xml_fill(article, entry, author_rows, 1, err))
        return -1;
    if (!article->author && xml_fill(article, head, author_rows + 1, 1, err))
        return -1;
    if (xml_fill(article, head, feed_rows, sizeof feed_rows / sizeof *feed_rows, err))
        return -1;
    return xml_take_language(article, entry, err);
}

const struct xml_family atom_family = {
    .roots = (const char *const[]){"feed", "entry", NULL},
    .kind = {.names = (const char *const[]){"entry", NULL},
             .space = "http://www.w3.org/2005/Atom",
             .prefix = "atom"},
    .fill = fill,
};

static int atom_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    return xml_next(reading, &atom_family, article, err);
}

const struct reader atom_reader = {"atom", xml_leaves_it, atom_next, xml_close};
