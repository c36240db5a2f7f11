#include "xml_tree.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

/* No entity is expanded, no DTD loaded, nothing fetched, and libxml2's bounds stay. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT)

/* What the namespaces of prefixes begin with. */
static const struct space {
    const char *prefix, *uri;
} spaces[] = {
    {"xml", "http://www.w3.org/XML/1998/namespace"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns"},
    {"atom", "http://www.w3.org/2005/Atom"},
    {"atom", "http://purl.org/atom/"},
    {"rss", "http://purl.org/rss/1.0/"},
    {"rss", "http://my.netscape.com/rdf/"},
    {"content", "http://purl.org/rss/1.0/modules/content/"},
    {"dc", "http://purl.org/dc/elements/"},
    {"dcterms", "http://purl.org/dc/terms/"},
    {"feedburner", "http://rssnamespace.org/feedburner/"},
    {"nitf", "http://iptc.org/std/NITF/"},
    {"xhtml", "http://www.w3.org/1999/xhtml"},
};

/* ---- parsing ---- */

struct parsing {
    struct pm_error *err;
    int line; /* of the first error, from 1; 0 without one */
};

/*
 * Told of every error: the first one counts.  What concerns namespaces alone is none, and a lack of
 * memory is more than all others, which it may have caused, since libxml2 goes on without.
 */
static void note_error(void *data, xmlErrorPtr why)
{
    struct parsing *parsing = data;
    struct pm_error *err = parsing->err;
    const char *message = why->message ? why->message : "unknown error";
    /* By this name too libxml2 goes when a text is beyond its bounds. */
    if (why->code == XML_ERR_NO_MEMORY && strstr(message, "huge")) {
        pm_fail(err, PM_ERR_TOO_LARGE, "a piece of text is larger than is read");
    } else if (why->code == XML_ERR_NO_MEMORY) {
        *err = (struct pm_error){0};
        pm_fail_nomem(err);
    }
    if (err->code || why->level != XML_ERR_FATAL)
        return;
    parsing->line = why->line;
    if (why->code == XML_ERR_TAG_NAME_MISMATCH && why->str1 && why->str2)
        pm_fail(err, PM_ERR_SYNTAX, "not well-formed: <%.60s> ends with </%.60s>", why->str1,
                why->str2);
    else
        pm_fail(err, PM_ERR_SYNTAX, "not well-formed: %.*s", (int)strcspn(message, "\n"), message);
}

xmlDoc *xml_parse(const char *text, size_t len, uint64_t *line, struct pm_error *err)
{
    struct pm_error why = {0};
    struct parsing parsing = {.err = &why};
    xmlDoc *doc = NULL;
    xmlParserCtxt *parser = NULL;
    xmlSetStructuredErrorFunc(&parsing, note_error);
    /* Without a name of the encoding it is UTF-8, and is not copied. */
    if (len <= INT_MAX && (parser = xmlNewParserCtxt()))
        doc = xmlCtxtReadMemory(parser, text, (int)len, NULL, NULL, OPTIONS);
    if (!doc && !why.code)
        pm_fail_nomem(&why);
    xmlFreeParserCtxt(parser);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (why.code) {
        xmlFreeDoc(doc);
        doc = NULL;
        pm_fail(err, why.code, "%s", why.message);
        *line += parsing.line > 1 ? (uint64_t)parsing.line - 1 : 0;
    }
    return doc;
}

/* ---- names ---- */

static bool in_space(const xmlNs *space, const char *prefix, size_t len)
{
    for (size_t i = 0; space && i < sizeof spaces / sizeof *spaces; i++)
        if (!strncmp(spaces[i].prefix, prefix, len) && !spaces[i].prefix[len] &&
            !strncmp((const char *)space->href, spaces[i].uri, strlen(spaces[i].uri)))
            return true;
    return false;
}

/* A name that is looked for among the children of one parent, or among attributes. */
struct wanted {
    const char *name, *local; /* the same where there is no prefix */
    const xmlNs *around;      /* the namespace of the parent, or NULL */
    const char *prefix;       /* with its ':', of a parent that has one nobody declared; or "" */
    size_t prefix_len;
};

static struct wanted want(const char *name, const xmlNode *parent)
{
    const char *colon = strchr(name, ':');
    struct wanted wanted = {.name = name, .local = colon ? colon + 1 : name, .prefix = ""};
    if (parent && parent->type == XML_ELEMENT_NODE) {
        const char *its_colon = parent->ns ? NULL : strchr((const char *)parent->name, ':');
        wanted.around = parent->ns;
        wanted.prefix = (const char *)parent->name;
        wanted.prefix_len = its_colon ? (size_t)(its_colon + 1 - wanted.prefix) : 0;
    }
    return wanted;
}

static bool is_wanted(const struct wanted *wanted, const xmlChar *given, const xmlNs *space)
{
    const char *name = (const char *)given;
    size_t prefix = (size_t)(wanted->local - wanted->name);
    if (*name == *wanted->local && !strcmp(name, wanted->local))
        return prefix
                   ? in_space(space, wanted->name, prefix - 1)
                   : !space || (wanted->around && xmlStrEqual(space->href, wanted->around->href));
    if (space)
        return false;
    if (prefix)
        return !strcmp(name, wanted->name);
    return wanted->prefix_len && !strncmp(name, wanted->prefix, wanted->prefix_len) &&
           !strcmp(name + wanted->prefix_len, wanted->local);
}

bool xml_is(const xmlNode *element, const char *name)
{
    struct wanted wanted = want(name, element->parent);
    return element->type == XML_ELEMENT_NODE && is_wanted(&wanted, element->name, element->ns);
}

static const xmlNode *find(const xmlNode *node, const char *name, const xmlNode *parent)
{
    struct wanted wanted = want(name, parent);
    while (node && (node->type != XML_ELEMENT_NODE || !is_wanted(&wanted, node->name, node->ns)))
        node = node->next;
    return node;
}

const xmlNode *xml_first(const xmlNode *parent, const char *name)
{
    return parent ? find(parent->children, name, parent) : NULL;
}

const xmlNode *xml_next_of(const xmlNode *element, const char *name)
{
    return find(element->next, name, element->parent);
}

/* ---- text ---- */

static bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static void add_content(const xmlNode *node, struct pm_buf *out)
{
    if (node->content)
        pm_buf_adds(out, (const char *)node->content);
}

void xml_add_text(const xmlNode *element, struct pm_buf *out)
{
    const xmlNode *node = element ? element->children : NULL;
    while (node) {
        if (is_text(node))
            add_content(node, out);
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        while (!node->next && node->parent != element)
            node = node->parent;
        node = node->next;
    }
}

/* ---- attributes ---- */

static const xmlAttr *find_attribute(const xmlNode *element, const char *name)
{
    const xmlAttr *attribute = NULL;
    struct wanted wanted = want(name, NULL);
    if (element && element->type == XML_ELEMENT_NODE)
        attribute = element->properties;
    while (attribute && !is_wanted(&wanted, attribute->name, attribute->ns))
        attribute = attribute->next;
    return attribute;
}

static void add_value(const xmlAttr *attribute, struct pm_buf *out)
{
    for (const xmlNode *node = attribute->children; node; node = node->next)
        if (is_text(node))
            add_content(node, out);
}

bool xml_add_attribute(const xmlNode *element, const char *name, struct pm_buf *out)
{
    const xmlAttr *attribute = find_attribute(element, name);
    if (attribute)
        add_value(attribute, out);
    return attribute;
}

bool xml_add_inherited(const xmlNode *element, const char *name, struct pm_buf *out)
{
    while (element && !find_attribute(element, name))
        element = element->parent;
    return element && xml_add_attribute(element, name, out);
}

bool xml_has(const xmlNode *element, const char *name, const char *values)
{
    const xmlAttr *attribute = find_attribute(element, name);
    const xmlNode *text = attribute ? attribute->children : NULL;
    if (!text || !text->content)
        return false;
    const char *value = (const char *)text->content;
    for (size_t len; *values; values += len + (values[len] == ' ')) {
        len = strcspn(values, " ");
        if (!strncasecmp(value, values, len) && !value[len])
            return true;
    }
    return false;
}
