/*
 * An article as the data of a document.
 */
#ifndef PM_RECORD_H
#define PM_RECORD_H

#include "article.h"
#include "buf.h"
#include "error.h"
#include "hash.h"
#include "record_line.h"

/*
 * Adds the article as document data to `out`: a line of JSON (all but title and body), a line with
 * the title, then the body to the end.  Stock Xapian tools show it readably.
 */
int pm_record_pack(const struct pm_article *article, struct pm_buf *out, struct pm_error *err);

/* Fills *article (empty before) from document data; what is no such data is PM_ERR_CORRUPT. */
int pm_record_unpack(const char *data, size_t len, struct pm_article *article,
                     struct pm_error *err);

/* The same with what is wished for, or more, in much less time. */
int pm_record_unpack_brief(const char *data, size_t len, const struct pm_record_wish *wish,
                           struct pm_article *article, struct pm_error *err);

/* What the value of PM_FIELD_CONTENT is: one or two hashes. */
struct pm_content {
    unsigned char bytes[2 * PM_DIGEST_BYTES];
    size_t len;
};

/*
 * Sets `content` to a hash of the article as it came: entities that were found do not count, nor
 * where those that were given stand.  `room` is memory to work in.
 */
int pm_record_content(const struct pm_article *article, struct pm_buf *room,
                      struct pm_content *content, struct pm_error *err);

/*
 * Adds to such a hash one of the document data of the article, if it has entities, of which not all
 * counts: then damage to them shows too.
 */
void pm_record_seal(const struct pm_article *article, const struct pm_buf *data,
                    struct pm_content *content);

#endif
