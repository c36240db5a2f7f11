/*
 * What the user typed, as a tree.  Knows nothing of Xapian, of stems or of the index.
 *
 *   query  = clause...
 *   clause = [+ or -] [field:] ("words" or word)
 *
 * Any of the clauses may match, those with + must, those with - must not.  What names a field
 * narrows: it must match, and of the others still one (or those with +).  Quotation marks may
 * be straight, curly, German or French.
 */
#ifndef PM_QUERY_H
#define PM_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "schema.h"

#define PM_QUERY_MAX (64u << 10) /* bytes; Xapian's own trees must not grow without bound */

enum pm_occur {
    PM_SHOULD,
    PM_MUST,
    PM_MUST_NOT,
};

enum pm_node_kind {
    PM_NODE_GROUP,  /* its children, each as its `occur` says */
    PM_NODE_WORD,   /* a word as typed; it may turn out to be several */
    PM_NODE_PHRASE, /* words in a row */
};

struct pm_node {
    enum pm_node_kind kind;
    enum pm_occur occur;
    enum pm_field field; /* PM_FIELD_TEXT unless one was named */
    const char *text;    /* of the query as given; not terminated */
    size_t len;
    size_t at; /* where the clause begins in the query, for messages */
    struct pm_node *child, *next;
};

/*
 * Parses `text` (valid UTF-8, which must outlive the tree) into a group, to be freed.  With
 * `literal` all of it is words.  NULL with PM_ERR_QUERY, `err->offset` telling where, when
 * it is broken.
 */
struct pm_node *pm_query_parse(const char *text, size_t len, bool literal, struct pm_error *err);
void pm_query_free(struct pm_node *node);

#endif
