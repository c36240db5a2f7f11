/*
 * NewsML-G2 (IPTC): a <newsItem>, alone or in a <newsMessage>, is an article.
 */
#include <string.h>

#include "fill.h"
#include "nitf.h"
#include "xml.h"
#include "xml_fill.h"
#include "xml_tree.h"

/* ---- values that stand in several places ---- */

/*
 * The name of a concept: its first <name>, or what it says in place of one.  A qcode is the last
 * resort: it is a name for machines.
 */
static void add_name(const xmlNode *node, struct pm_buf *out)
{
    static const char *const places[] = {"literal", "qcode"};
    xml_add_text(xml_first(node, "name"), out);
    for (size_t i = 0; !out->len && i < sizeof places / sizeof *places; i++)
        xml_add_attribute(node, places[i], out);
}

static int take_name(struct pm_article *article, const xmlNode *node,
                     int (*take)(struct pm_article *article, const char *text, size_t len,
                                 struct pm_error *err),
                     struct pm_error *err)
{
    struct pm_buf name = PM_BUF_INIT;
    add_name(node, &name);
    int rc = name.failed ? pm_fail_nomem(err) : take(article, pm_buf_str(&name), name.len, err);
    pm_buf_release(&name);
    return rc;
}

static int take_source(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return take_name(article, node, xml_take_source, err);
}

/* A person that the text says of itself is by, and not a department by its code. */
static int take_creator(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    struct pm_buf name = PM_BUF_INIT;
    xml_add_text(xml_first(node, "name"), &name);
    int rc = name.failed ? pm_fail_nomem(err)
                         : xml_take_byline(article, pm_buf_str(&name), name.len, err);
    pm_buf_release(&name);
    return rc;
}

static int take_subject(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    static const struct {
        const char *types;
        int (*take)(struct pm_article *article, const char *text, size_t len, struct pm_error *err);
    } kinds[] = {
        {"cpnat:person", xml_take_person},
        {"cpnat:organisation cpnat:organization", xml_take_organisation},
        {"cpnat:geoArea cpnat:place cpnat:poi", xml_take_place},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (xml_has(node, "type", kinds[i].types))
            return take_name(article, node, kinds[i].take, err);
    return take_name(article, node, fill_tag, err);
}

/* The main headline is the title, of others the first is kept. */
static int take_headline(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    static const struct xml_row subtitle[] = {{"", .extra = "subtitle"}};
    if (article->title || xml_has(node, "role", "hld:sub hlr:sub drol:sub"))
        return xml_fill(article, node, subtitle, 1, err);
    return xml_take_plain_title(article, node, err);
}

/* ---- the text ---- */

static const xmlNode *find(const xmlNode *from, const char *name, const char *other)
{
    const xmlNode *node = xml_first(from, name);
    return node ? node : xml_first(from, other);
}

/* Text in the item itself: NITF, or a page. */
static int take_xml(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    const xmlNode *nitf = find(node, "nitf", "nitf:nitf");
    if (nitf)
        return nitf_fill(article, nitf, err);
    return xml_take_language(article, node, err) || xml_fill_body(article, node, XML_TREE, err) ? -1
                                                                                                : 0;
}

static int take_data(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    if (xml_has(node, "contenttype", "text/html"))
        return xml_fill_body(article, node, XML_HTML, err);
    return xml_has(node, "contenttype", "text/plain") ? xml_fill_body(article, node, XML_PLAIN, err)
                                                      : 0;
}

static int take_description(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_summary(article, node, XML_PLAIN, err);
}

/* The item's own word comes before that of the text in it, which may be older. */
static const struct xml_row rows[] = {
    {"@guid", .text = xml_take_id},
    {"contentMeta/headline", .node = take_headline},
    {"itemMeta/title", .node = xml_take_plain_title},
    {"itemMeta/versionCreated", .text = xml_take_date},
    {"contentMeta/contentModified", .text = xml_take_date},
    {"contentMeta/contentCreated", .text = xml_take_date},
    {"itemMeta/firstCreated", .text = xml_take_date},
    {"contentMeta/by", .text = xml_take_byline},
    {"contentMeta/creator", .node = take_creator},
    {"contentMeta/infoSource", .node = take_source},
    {"itemMeta/provider", .node = take_source},
    {"contentMeta/creditline", .text = xml_take_source},
    {"contentMeta/language/@tag", .text = fill_language},
    {"contentMeta/subject", .node = take_subject},
    {"contentMeta/keyword", .text = fill_tag},
    {"contentMeta/dateline", .extra = "dateline"},
    {"contentMeta/slugline", .extra = "slugline"},
    {"contentMeta/urgency", .extra = "urgency"},
    {"contentSet/inlineXML", .node = take_xml},
    {"contentSet/inlineData", .node = take_data},
    {"contentMeta/description", .node = take_description},
};

static int fill(struct pm_article *article, const xmlNode *item, const xmlNode *head,
                struct pm_error *err)
{
    (void)head;
    if (xml_fill(article, item, rows, sizeof rows / sizeof *rows, err))
        return -1;
    return xml_take_language(article, item, err);
}

const struct xml_family newsml_family = {
    .roots = (const char *const[]){"newsMessage", "newsItem", NULL},
    .kind = {.names = (const char *const[]){"newsItem", NULL},
             .space = "http://iptc.org/std/nar/",
             .prefix = "nar"},
    .fill = fill,
};

static int newsml_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    return xml_next(reading, &newsml_family, article, err);
}

const struct reader newsml_reader = {"newsml", xml_leaves_it, newsml_next, xml_close};
