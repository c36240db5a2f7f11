/*
 * NITF (IPTC, News Industry Text Format 3): an <nitf> is an article.
 */
#include "nitf.h"

#include <string.h>

#include "fill.h"
#include "xml.h"
#include "xml_fill.h"
#include "xml_tree.h"

static int take_body(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_take_language(article, node, err) || xml_fill_body(article, node, XML_TREE, err) ? -1
                                                                                                : 0;
}

static int take_abstract(struct pm_article *article, const xmlNode *node, struct pm_error *err)
{
    return xml_fill_summary(article, node, XML_TREE, err);
}

/* The persons that it marks, or else its own text without the title that follows the name. */
static int take_byline(struct pm_article *article, const xmlNode *byline, struct pm_error *err)
{
    static const struct xml_row persons[] = {{"person", .text = fill_author}};
    struct pm_buf text = PM_BUF_INIT;
    if (xml_first(byline, "person"))
        return xml_fill(article, byline, persons, 1, err);
    for (const xmlNode *node = byline->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            pm_buf_adds(&text, node->content ? (const char *)node->content : "");
        else if (!xml_is(node, "byttl"))
            xml_add_text(node, &text);
    }
    int rc = text.failed ? pm_fail_nomem(err)
                         : xml_take_byline(article, pm_buf_str(&text), text.len, err);
    pm_buf_release(&text);
    return rc;
}

/* In the order of trust; a date that is marked "norm" is ISO 8601, mostly without hyphens. */
static const struct xml_row rows[] = {
    {"head/docdata/doc-id/@id-string", .text = xml_take_id},
    {"body/body.head/hedline/hl1", .node = xml_take_plain_title},
    {"body/body.head/hl1", .node = xml_take_plain_title},
    {"head/title", .node = xml_take_plain_title},
    {"body/body.head/hedline/hl2", .extra = "subtitle"},
    {"body/body.content", .node = take_body},
    {"body/body.head/abstract", .node = take_abstract},
    {"body/body.head/byline", .node = take_byline},
    {"body/body.head/dateline", .extra = "dateline"},
    {"head/docdata/date.issue/@norm", .text = xml_take_date},
    {"head/docdata/date.release/@norm", .text = xml_take_date},
    {"head/pubdata/@date.publication", .text = xml_take_date},
    {"body/body.head/dateline/story.date/@norm", .text = xml_take_date},
    {"head/pubdata/@name", .text = xml_take_source},
    {"body/body.head/distributor", .text = xml_take_source},
    {"head/docdata/doc.copyright/@holder", .text = xml_take_source},
    {"head/pubdata/@position.section", .text = xml_take_section},
    {"head/docdata/key-list/keyword/@key", .text = fill_tag},
    {"head/docdata/identified-content/classifier/@value", .text = fill_tag},
    {"head/tobject/tobject.subject/@tobject.subject.type", .text = fill_tag},
    {"head/tobject/tobject.subject/@tobject.subject.matter", .text = fill_tag},
    {"head/docdata/identified-content/person", .text = xml_take_person},
    {"head/docdata/identified-content/org", .text = xml_take_organisation},
    {"head/docdata/identified-content/location", .text = xml_take_place},
    {"head/docdata/urgency/@ed-urg", .extra = "urgency"},
};

int nitf_fill(struct pm_article *article, const xmlNode *nitf, struct pm_error *err)
{
    if (xml_fill(article, nitf, rows, sizeof rows / sizeof *rows, err))
        return -1;
    return xml_take_language(article, nitf, err);
}

static int fill(struct pm_article *article, const xmlNode *nitf, const xmlNode *head,
                struct pm_error *err)
{
    (void)head;
    return nitf_fill(article, nitf, err);
}

const struct xml_family nitf_family = {
    .roots = (const char *const[]){"nitf", NULL},
    .kind = {.names = (const char *const[]){"nitf", NULL},
             .space = "http://iptc.org/std/NITF/",
             .prefix = "nitf"},
    .fill = fill,
};

static int nitf_next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    return xml_next(reading, &nitf_family, article, err);
}

const struct reader nitf_reader = {"nitf", xml_leaves_it, nitf_next, xml_close};
