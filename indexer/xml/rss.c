/*
 * RSS 0.9x, 1.0 (RDF) and 2.0: an <item> is an article.
 */
#include <string.h>
#include <strings.h>

#include "fill.h"
#include "xml.h"
#include "xml_fill.h"
#include "xml_tree.h"

static int take_title(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_title(article, node, XML_HTML, err);
}

static int take_body(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_body(article, node, XML_HTML, err);
}

static int take_summary(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_summary(article, node, XML_HTML, err);
}

/* It is an address too, unless it says that it is none (RSS 2.0, "isPermaLink"), or is not. */
static int take_guid_url(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf guid = PM_BUF_INIT;
    xml_add_text(node, &guid);
    bool address = strstr(pm_buf_str(&guid), "://") && !xml_has(node, "isPermaLink", "false");
    int rc = guid.failed ? pm_fail_nomem(err) : address ? xml_take_url(article, node, err) : 0;
    pm_buf_release(&guid);
    return rc;
}

static int take_about(struct pm_article *article, const char *text, size_t len,
                      struct pm_error *err)
{
    return fill_line(&article->url, text, len, err);
}

static int take_tag(struct pm_article *article, const char *text, size_t len, struct pm_error *err)
{
    return xml_fill_html(article, text, len, fill_tag, err);
}

static int take_creator(struct pm_article *article, const char *text, size_t len,
                        struct pm_error *err)
{
    return xml_fill_html(article, text, len, xml_take_byline, err);
}

static int take_source(struct pm_article *article, const char *text, size_t len,
                       struct pm_error *err)
{
    return xml_fill_html(article, text, len, xml_take_source, err);
}

/* "mail@halden.example (Name)" or "Name <mail@halden.example>": the name, if there is one. */
static int take_author(struct pm_article *article, const char *text, size_t len,
                       struct pm_error *err)
{
    const char *open = memchr(text, '(', len), *angle = memchr(text, '<', len);
    const char *close = open ? memchr(open, ')', len - (size_t)(open - text)) : NULL;
    if (close && memchr(text, '@', (size_t)(open - text)))
        return take_creator(article, open + 1, (size_t)(close - open - 1), err);
    if (angle > text && memchr(angle, '@', len - (size_t)(angle - text)))
        return take_creator(article, text, (size_t)(angle - text), err);
    return take_creator(article, text, len, err);
}

static const struct xml_row item_rows[] = {
    {"guid", .text = xml_take_id},
    {"dc:identifier", .text = xml_take_id},
    {"feedburner:origLink", .node = xml_take_url},
    {"link", .node = xml_take_url},
    {"guid", .node = take_guid_url},
    {"@rdf:about", .text = take_about},
    {"title", .node = take_title},
    {"dc:title", .node = take_title},
    {"content:encoded", .node = take_body},
    {"description", .node = take_summary},
    {"dc:description", .node = take_summary},
    {"pubDate", .text = xml_take_date},
    {"dc:date", .text = xml_take_date},
    {"dcterms:issued", .text = xml_take_date},
    {"dcterms:created", .text = xml_take_date},
    {"atom:published", .text = xml_take_date},
    {"atom:updated", .text = xml_take_date},
    {"dc:creator", .text = take_creator},
    {"author", .text = take_author},
    {"atom:author/name", .text = take_creator},
    {"category", .text = take_tag},
    {"dc:subject", .text = take_tag},
    {"source", .text = take_source},
    {"dc:publisher", .text = take_source},
    {"dc:language", .text = fill_language},
};

static const struct xml_row channel_rows[] = {
    {"title", .text = take_source},
    {"dc:publisher", .text = take_source},
    {"language", .text = fill_language},
    {"dc:language", .text = fill_language},
};

static int fill(struct pm_article *article, const xmlNode *item, const xmlNode *head,
                struct pm_error *err)
{
    const xmlNode *channel = xml_first(head, "channel");
    if (!channel)
        channel = xml_first(head, "rss:channel");
    if (xml_fill(article, item, item_rows, sizeof item_rows / sizeof *item_rows, err))
        return -1;
    if (channel &&
        xml_fill(article, channel, channel_rows, sizeof channel_rows / sizeof *channel_rows, err))
        return -1;
    return xml_take_language(article, item, err);
}

const struct xml_family rss_family = {
    .roots = (const char *const[]){"rss", "RDF", NULL},
    .kind = {.names = (const char *const[]){"item", NULL},
             .space = "http://purl.org/rss/",
             .prefix = "rss"},
    .fill = fill,
};

static int rss_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    return xml_next(reading, &rss_family, article, err);
}

const struct reader rss_reader = {"rss", xml_leaves_it, rss_next, xml_close};
