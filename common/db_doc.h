/*
 * A document on its way into a database: its terms, values and data, gathered.
 *
 * Terms, values and data are bytes with a length; a term may have any but none, and at most
 * PM_DB_TERM_MAX.  What is given stays the caller's.
 */
#ifndef PM_DB_DOC_H
#define PM_DB_DOC_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

#define PM_DB_TERM_MAX 245 /* bytes; glass keys hold no longer ones */

struct pm_db_doc;

/* A document being built; pm_db_doc_clear() empties it for the next. */
struct pm_db_doc *pm_db_doc_new(struct pm_error *err);
void pm_db_doc_free(struct pm_db_doc *doc);
int pm_db_doc_clear(struct pm_db_doc *doc, struct pm_error *err);

/* Adds `wdf` to a term of the document, and a position unless `position` is 0. */
int pm_db_doc_add_term(struct pm_db_doc *doc, const char *term, size_t len, uint32_t position,
                       uint32_t wdf, struct pm_error *err);

/* Sets, or with no bytes removes, the value in a slot. */
int pm_db_doc_set_value(struct pm_db_doc *doc, uint32_t slot, const char *value, size_t len,
                        struct pm_error *err);
int pm_db_doc_set_data(struct pm_db_doc *doc, const char *data, size_t len, struct pm_error *err);

/* ---- reading it; all lives until the document changes ---- */

struct pm_db_term {
    const char *text;
    size_t len;
    uint32_t hash; /* of the bytes */
    uint32_t wdf;
    const uint32_t *position; /* rising, each once */
    size_t positions;
};

/* The terms in the order of their bytes; or NULL without memory. */
const struct pm_db_term *pm_db_doc_terms(struct pm_db_doc *doc, size_t *n, struct pm_error *err);

struct pm_db_doc_value {
    uint32_t slot;
    size_t start, len;
};

/* The values in the order of their slots, none of them empty; NULL if there are none. */
const struct pm_db_doc_value *pm_db_doc_values(const struct pm_db_doc *doc, size_t *n);
const char *pm_db_doc_value_bytes(const struct pm_db_doc *doc, const struct pm_db_doc_value *value);

const struct pm_buf *pm_db_doc_data(const struct pm_db_doc *doc);

#endif
