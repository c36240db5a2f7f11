/*
 * From the tree of a record to an article, by rows: a format is a table of what stands where.
 */
#ifndef XML_FILL_H
#define XML_FILL_H

#include <libxml/tree.h>
#include <stddef.h>

#include "article.h"
#include "error.h"

/* How a text is to be read. */
enum xml_form {
    XML_PLAIN, /* as it is */
    XML_HTML,  /* text that is HTML, written with references or as CDATA */
    XML_TREE,  /* elements of XHTML or NITF */
};

/*
 * One place of a record, and what is done with each value that is there: one of the
 * three.  The place is a path of names (xml_tree.h) from the record, the last of which may be an
 * attribute: "docdata/date.issue/@norm".
 */
struct xml_row {
    const char *path;
    int (*text)(struct pm_article *article, const char *text, size_t len, struct pm_error *err);
    int (*node)(struct pm_article *article, const xmlNode *node, struct pm_error *err);
    const char *extra; /* kept under this key, on one line */
};

/* Fills the article from what is in `from`, row by row: so those to be trusted most come first. */
int xml_fill(struct pm_article *article, const xmlNode *from, const struct xml_row *rows,
             size_t count, struct pm_error *err);

/* ---- what rows do with a text ---- */

int xml_take_id(struct pm_article *article, const char *text, size_t len, struct pm_error *err);
int xml_take_source(struct pm_article *article, const char *text, size_t len, struct pm_error *err);
int xml_take_section(struct pm_article *article, const char *text, size_t len,
                     struct pm_error *err);

/* A date that cannot be read is kept under the key "date", and told. */
int xml_take_date(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/* A byline: "By" at its beginning goes. */
int xml_take_byline(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

int xml_take_person(struct pm_article *article, const char *text, size_t len, struct pm_error *err);
int xml_take_organisation(struct pm_article *article, const char *text, size_t len,
                          struct pm_error *err);
int xml_take_place(struct pm_article *article, const char *text, size_t len, struct pm_error *err);

/* ---- and with an element ---- */

int xml_take_plain_title(struct pm_article *article, const xmlNode *node, struct pm_error *err);

/* The text of the element or attribute, as an address: what is relative, as xml:base says. */
int xml_take_url(struct pm_article *article, const xmlNode *node, struct pm_error *err);

/* The innermost xml:lang, from the element outwards. */
int xml_take_language(struct pm_article *article, const xmlNode *node, struct pm_error *err);

/* ---- for rows that need more ---- */

/* The title, the body with its captions, of an element in that form. */
int xml_fill_title(struct pm_article *article, const xmlNode *node, enum xml_form form,
                   struct pm_error *err);
int xml_fill_body(struct pm_article *article, const xmlNode *node, enum xml_form form,
                  struct pm_error *err);

/* The same for a summary: the body if there is none, else among the extra keys. */
int xml_fill_summary(struct pm_article *article, const xmlNode *node, enum xml_form form,
                     struct pm_error *err);

/* An address that stands in `node`. */
int xml_fill_url(struct pm_article *article, const xmlNode *node, const char *url, size_t len,
                 struct pm_error *err);

/* Text that is perhaps HTML, as often in titles and names, on the way to one of fill.h. */
int xml_fill_html(struct pm_article *article, const char *text, size_t len,
                  int (*fill)(struct pm_article *article, const char *text, size_t len,
                              struct pm_error *err),
                  struct pm_error *err);

#endif
