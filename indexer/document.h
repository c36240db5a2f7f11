/*
 * An article as a document of the database: its terms, values and data.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "analyzers.h"
#include "article.h"
#include "db.h"
#include "error.h"
#include "schema.h"

struct document {
    struct pm_boosts boosts;
    struct pm_analyzers analyzers;
    struct pm_buf term, data;
    struct pm_db_doc *doc; /* the document made last */
};

int document_init(struct document *document, const struct pm_boosts *boosts, struct pm_error *err);
void document_release(struct document *document);

/*
 * Makes document->doc of `article`, which has an id and a language.  Headline and body share
 * one space of stems and of positions; each field stands 100 positions from the next, so
 * that no phrase crosses from one into another.
 */
int document_make(struct document *document, const struct pm_article *article,
                  struct pm_error *err);

#endif
