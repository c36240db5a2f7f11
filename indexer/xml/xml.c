#include "xml.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "value.h"
#include "xml_mend.h"
#include "xml_scan.h"
#include "xml_tree.h"

#define WANTED "RSS, Atom, NITF or NewsML-G2"

static const struct xml_family *const families[] = {
    &rss_family,
    &atom_family,
    &nitf_family,
    &newsml_family,
};

/* What a reading keeps. */
struct xml {
    const struct xml_family *family;
    struct xml_split split;
    uint64_t document; /* whose head was read, counted from 1 */
    xmlDoc *head;
    struct pm_buf raw, utf8, mended; /* of the record */
};

/* ---- whose document it is ---- */

static bool has_root(const struct xml_family *family, const char *root)
{
    for (const char *const *name = family->roots; *name; name++)
        if (!strcmp(*name, root))
            return true;
    return false;
}

static const struct xml_family *find_family(const char *root)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (has_root(families[i], root))
            return families[i];
    return NULL;
}

/* XML of others too, so that nobody takes their tags for words; but pages are left to who can. */
static int xml_sniff(struct input *input, struct pm_error *err)
{
    struct xml_look look;
    int rc = xml_look(input, &look, err);
    if (rc <= 0)
        return rc;
    if (find_family(look.root))
        return 1;
    return (look.declared || look.has_space) && strcasecmp(look.root, "html");
}

int xml_leaves_it(struct input *input, struct pm_error *err)
{
    (void)input, (void)err;
    return 0;
}

static int fail_root(const char *root, struct pm_error *err)
{
    if (!*root)
        return pm_fail(err, PM_ERR_SYNTAX, "not XML: it has no element");
    return pm_fail(err, PM_ERR_SYNTAX, "XML, but not " WANTED " (root <%s>)", root);
}

static struct xml *begin(struct reading *reading, const struct xml_family *family,
                         struct pm_error *err)
{
    struct xml_look look;
    if (!family) {
        if (xml_look(&reading->input, &look, err) < 0)
            return NULL;
        if (!(family = find_family(look.root))) {
            /* Nothing of it is wanted, so that its end comes next. */
            reading->own = calloc(1, sizeof(struct xml));
            reading->line = 1;
            if (!reading->own)
                pm_fail_nomem(err);
            else
                fail_root(look.root, err);
            return NULL;
        }
    }
    struct xml *xml = calloc(1, sizeof *xml);
    if (!xml) {
        pm_fail_nomem(err);
        return NULL;
    }
    xml->family = family;
    xml->split.kind = &family->kind;
    xml->split.scan.input = &reading->input;
    reading->own = xml;
    return xml;
}

void xml_close(struct reading *reading)
{
    struct xml *xml = reading->own;
    if (!xml)
        return;
    xml_split_release(&xml->split);
    xmlFreeDoc(xml->head);
    pm_buf_release(&xml->raw);
    pm_buf_release(&xml->utf8);
    pm_buf_release(&xml->mended);
    free(xml);
    reading->own = NULL;
}

/* ---- records ---- */

/* The tree of a piece of the document and of what stands around it. */
static xmlDoc *parse(struct xml *xml, const char *text, size_t len, uint64_t *line,
                     struct pm_error *err)
{
    const struct xml_scan *scan = &xml->split.scan;
    const char *declared = scan->encoding[0] && !scan->input->is_utf8 ? scan->encoding : NULL;
    pm_buf_clear(&xml->utf8);
    pm_buf_clear(&xml->mended);
    if (charset_to_utf8(text, len, declared, &xml->utf8, err) ||
        xml_mend(pm_buf_str(&xml->utf8), xml->utf8.len, scan->entities, &xml->mended, err))
        return NULL;
    return xml_parse(xml->mended.data, xml->mended.len, line, err);
}

/*
 * What stands before the first record of a document.  If it is malformed the records are
 * read without: it has little that they do not say themselves.
 */
static int read_head(struct xml *xml, struct pm_error *err)
{
    struct pm_error why = {0};
    struct pm_buf *head = &xml->split.head;
    uint64_t line = 0;
    if (xml->document == xml->split.documents)
        return 0;
    xml->document = xml->split.documents;
    xmlFreeDoc(xml->head);
    xml->head = NULL;
    if (!head->len)
        return 0;
    xml_split_close(&xml->split, head);
    if (head->failed)
        return pm_fail_nomem(err);
    xml->head = parse(xml, head->data, head->len, &line, &why);
    return why.code == PM_ERR_NOMEM ? pm_fail_nomem(err) : 0;
}

/* True if nothing comes behind the record, which is the only one. */
static bool is_alone(struct reading *reading, const struct xml *xml)
{
    return xml->split.is_root && reading->records == 1 && reading->input.is_file &&
           input_is_blank(&reading->input, xml->split.len);
}

static int read_record(struct reading *reading, struct xml *xml, const struct xml_record *record,
                       struct pm_article *article, struct pm_error *err)
{
    int rc = -1;
    xmlDoc *doc = NULL;
    struct pm_buf *raw = &xml->raw;
    pm_buf_clear(raw);
    pm_buf_add(raw, xml->split.open.data, xml->split.open.len);
    pm_buf_add(raw, record->text, record->len);
    xml_split_close(&xml->split, raw);
    if (raw->failed) {
        pm_fail_nomem(err);
        goto out;
    }
    if (!(doc = parse(xml, raw->data, raw->len, &reading->line, err)))
        goto out;
    const xmlNode *node = xmlDocGetRootElement(doc);
    for (size_t i = 0; node && i < xml->split.depth; i++)
        node = xmlFirstElementChild((xmlNode *)(uintptr_t)node);
    if (!node) {
        pm_fail(err, PM_ERR_SYNTAX, "no element in <%s>", xml->split.root);
        goto out;
    }
    if (xml->family->fill(article, node, xml->head ? xmlDocGetRootElement(xml->head) : NULL, err))
        goto out;
    rc = 1;
out:
    xmlFreeDoc(doc);
    return rc;
}

int xml_next(struct reading *reading, const struct xml_family *family, struct pm_article *article,
             struct pm_error *err)
{
    struct xml *xml = reading->own ? reading->own : begin(reading, family, err);
    struct xml_record record = {0};
    if (!xml)
        return -1;
    if (!xml->family)
        return 0;
    int rc = xml_split_next(&xml->split, &record, err);
    if (rc || record.line) {
        reading->line = record.line;
        reading->byte = record.byte;
    }
    if (!rc && !reading->records++ && !has_root(xml->family, xml_local(xml->split.root))) {
        reading->line = 1;
        if (!xml->split.root[0])
            return fail_root("", err);
        return pm_fail(err, PM_ERR_SYNTAX, "XML without any <%s> (root <%s>)",
                       xml->family->kind.names[0], xml->split.root);
    }
    if (rc <= 0)
        return rc;
    reading->records++;
    if (read_head(xml, err))
        return -1;
    rc = read_record(reading, xml, &record, article, err);
    reading->alone = is_alone(reading, xml);
    return rc;
}

static int next(struct reading *reading, struct pm_article *article, struct pm_error *err)
{
    return xml_next(reading, NULL, article, err);
}

const struct reader xml_reader = {"xml", xml_sniff, next, xml_close};
