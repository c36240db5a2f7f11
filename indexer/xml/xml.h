/*
 * What the formats of XML have in common: records of a feed, each parsed alone and told to
 * its format's file, which fills an article from it.
 */
#ifndef XML_H
#define XML_H

#include <libxml/tree.h>

#include "article.h"
#include "error.h"
#include "reader.h"
#include "xml_split.h"

/* A format: constant. */
struct xml_family {
    const char *const *roots; /* local names of its documents' roots, NULL at the end */
    struct xml_kind kind;     /* what its records are */

    /*
     * Fills *article from the tree of a record, whose ancestors are there without their other
     * children.  `head` is the root with all that came before the first record; NULL if
     * that is not well-formed or the record is the root.
     */
    int (*fill)(struct pm_article *article, const xmlNode *record, const xmlNode *head,
                struct pm_error *err);
};

extern const struct xml_family rss_family, atom_family, nitf_family, newsml_family;

/* The `next` and `close` of readers; `family` NULL: that of the root. */
int xml_next(struct reading *reading, const struct xml_family *family, struct pm_article *article,
             struct pm_error *err);
void xml_close(struct reading *reading);

/* The `sniff` of readers whose documents xml_reader takes already. */
int xml_leaves_it(struct input *input, struct pm_error *err);

#endif
