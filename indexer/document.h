/*
 * An article as a document of the database: its terms, values and data.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "analyzers.h"
#include "article.h"
#include "db.h"
#include "error.h"
#include "fold.h"
#include "glass.h"
#include "names.h"
#include "record.h"
#include "schema.h"
#include "vocabulary.h"

/* What makes documents; each thread has its own. */
struct document_maker {
    struct pm_boosts boosts;
    struct pm_analyzers analyzers;
    struct pm_fold *fold;
    struct pm_db_doc *doc;
    struct pm_buf term;
    struct name_finder
        *finder; /* of entities; NULL: only those that articles come with are known */
    struct names names;
    struct pm_word_counts *words; /* of headlines and bodies, since they were taken last */
    uint32_t made;                /* documents so far */
    struct glass_packer *packer;  /* for the bulk writer */
};

/* With `entities`, those of articles that come without are found. */
int document_maker_init(struct document_maker *maker, const struct pm_boosts *boosts, bool entities,
                        struct pm_error *err);
void document_maker_release(struct document_maker *maker);

/*
 * A document, which can be made again and again of other articles.  What it is worked out in is the
 * maker's, unless it is wanted: other threads would wait for memory that is in another's cache.
 */
struct document {
    struct pm_db_doc *doc;     /* or NULL */
    struct pm_buf data;        /* of it */
    struct pm_content content; /* of the article; once the document is made, sealed */
    bool read;                 /* `content` is that of the article at hand */
    struct glass_packed packed;
};

int document_init(struct document *document, bool with_doc, struct pm_error *err);
void document_release(struct document *document);

/* What that maker made last, if it was this one; valid until it makes another. */
struct pm_db_doc *document_doc(const struct document_maker *maker, const struct document *document);

/*
 * Reads `article`, which has an id and a language, into document->content: enough to tell whether
 * it has changed.
 */
int document_read(struct document *document, const struct pm_article *article,
                  struct pm_error *err);

/*
 * Makes the document of an article, which is read unless it was, and packs it for the bulk
 * writer.  Its entities are found unless they were given.  Headline and body share one space
 * of stems and of positions; each field stands 100 positions from the next, so that no phrase
 * crosses from one into another.
 */
int document_make(struct document_maker *maker, struct pm_article *article,
                  struct document *document, struct pm_error *err);

#endif
