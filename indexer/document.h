/*
 * An article as a document of the database: its terms, values and data.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "analyzers.h"
#include "article.h"
#include "db.h"
#include "error.h"
#include "fold.h"
#include "names.h"
#include "record.h"
#include "schema.h"
#include "vocabulary.h"

struct document {
    struct pm_boosts boosts;
    struct pm_analyzers analyzers;
    struct pm_fold *fold;
    struct pm_buf term, data;
    char content[PM_RECORD_CONTENT]; /* of the article read last; once it is made, sealed */
    struct pm_db_doc *doc;           /* the document made last */
    uint32_t made;                   /* documents made so far */
    struct name_finder
        *finder; /* of entities; NULL: only those that articles come with are known */
    struct names names;
    /* Where the words of headlines and bodies are counted: borrowed, or NULL. */
    struct pm_word_counts *words;
};

/* With `entities`, those of articles that come without are found. */
int document_init(struct document *document, const struct pm_boosts *boosts, bool entities,
                  struct pm_error *err);
void document_release(struct document *document);

/*
 * Reads `article`, which has an id and a language, into document->content: enough to tell whether
 * it has changed.
 */
int document_read(struct document *document, const struct pm_article *article,
                  struct pm_error *err);

/*
 * Makes document->doc and document->data of the article read last, whose entities are found
 * unless they were given.  Headline and body share
 * one space of stems and of positions; each field stands 100 positions from the next, so
 * that no phrase crosses from one into another.
 */
int document_make(struct document *document, struct pm_article *article, struct pm_error *err);

#endif
