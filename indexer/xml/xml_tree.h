/*
 * A record of XML as libxml2's tree: parsing it safely, and finding what stands in it.
 *
 * Names are looked for as feeds write them.  A bare name ("title") is that of an element in the
 * namespace of its parent, or in none; one with a prefix ("dc:date") that of an element in the
 * namespace that the table of xml_tree.c has for the prefix, whatever the document calls it, or
 * else with that very prefix, undeclared.
 */
#ifndef XML_TREE_H
#define XML_TREE_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

/*
 * Parses one document, whose text begins in line `line` of its file: to xmlFreeDoc(), or NULL.
 * Nothing outside of it is read, no entity is expanded; what is not well-formed, nested more
 * than 256 deep, or has an attribute of more than 10 MB is PM_ERR_SYNTAX, with the line in *line;
 * more text than that between two tags, in pieces, is PM_ERR_TOO_LARGE.
 */
xmlDoc *xml_parse(const char *text, size_t len, uint64_t *line, struct pm_error *err);

/* True if the element bears this name. */
bool xml_is(const xmlNode *element, const char *name);

/* The first element of that name in `parent` (NULL: there is none), and the next behind one. */
const xmlNode *xml_first(const xmlNode *parent, const char *name);
const xmlNode *xml_next_of(const xmlNode *element, const char *name);

/* Adds all text in the element, which may be NULL. */
void xml_add_text(const xmlNode *element, struct pm_buf *out);

/*
 * Adds the value of an attribute ("isPermaLink", "xml:lang") of the element, which may be NULL.
 * False if it has none.
 */
bool xml_add_attribute(const xmlNode *element, const char *name, struct pm_buf *out);

/* The same for the innermost element that has it, from this one outwards. */
bool xml_add_inherited(const xmlNode *element, const char *name, struct pm_buf *out);

/* True if the element has the attribute with one of the values, parted by spaces; in any case. */
bool xml_has(const xmlNode *element, const char *name, const char *values);

#endif
