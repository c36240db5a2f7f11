/*
 * What the user typed, as a tree.  Knows nothing of Xapian, of stems or of the index.
 *
 *   query  = and { OR and }                        OR may be written ||
 *   and    = not { [AND] NOT list | AND not }      AND may be written &&; a NOT b is a AND NOT b
 *   not    = [NOT] list
 *   list   = clause...
 *   clause = [+ or - or !] near                    !a is -a
 *   near   = atom { NEAR[/N] atom }                N words apart at most; 10 if not said
 *   atom   = [field:] plain [^N]
 *   plain  = word | word* | word~[N] | =word | "words"[~N] | ="words" | ( query )
 *            behind date: a day, month or year, A..B, A.., ..B, or a word such as today
 *
 * In a list any of the clauses may match, those with + must, those with - must not; what names
 * a field or is exact narrows: it must match too.  Operators are in capitals.  Quotation marks
 * may be straight, curly, German or French.
 */
#ifndef PM_QUERY_H
#define PM_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "date.h"
#include "error.h"
#include "schema.h"

#define PM_QUERY_MAX   (64u << 10) /* bytes; Xapian's own trees must not grow without bound */
#define PM_QUERY_DEPTH 64          /* brackets in brackets; Xapian crashes some 40,000 deep */

enum pm_occur {
    PM_SHOULD,
    PM_MUST,
    PM_MUST_NOT,
};

enum pm_node_kind {
    PM_NODE_LIST,   /* its children, each as its `occur` says */
    PM_NODE_AND,    /* all of its children; those that are a PM_NODE_NOT take away */
    PM_NODE_OR,     /* any of its children */
    PM_NODE_NOT,    /* all articles without its only child */
    PM_NODE_NEAR,   /* its children at most `distance` words apart, in any order */
    PM_NODE_WORD,   /* a word as typed; it may turn out to be several */
    PM_NODE_PHRASE, /* words in a row, or in order with `distance` more words among them */
    PM_NODE_EXACT,  /* words in a row as they are written here, case aside */
    PM_NODE_PREFIX, /* what begins with the text: `word*`, without the asterisk */
    PM_NODE_FUZZY,  /* what differs from the word in at most `distance` letters, 1 or 2 */
    PM_NODE_NAME,   /* who is called by the words there: entities (name_term.h), a line each */
    PM_NODE_DATE,   /* of that time: `since` and `until`, inclusive; an empty one is no bound */
};

struct pm_node {
    enum pm_node_kind kind;
    enum pm_occur occur; /* in a list */
    enum pm_field field; /* of a leaf; PM_FIELD_TEXT unless one was named, for it or around it */
    bool named;          /* a field was named */
    double boost;        /* its score is multiplied by it; 1 unless said */
    uint32_t distance;
    const char *text; /* of a leaf: of the query as given, or of `own`; not terminated */
    size_t len;
    char *own;      /* text that does not stand in the query (a synonym), or NULL */
    size_t at, end; /* bytes of the query that the clause takes, for messages */
    struct pm_date since, until;
    struct pm_node *child, *next;
};

struct pm_query_options {
    bool literal; /* all of it is words */
    int64_t now;  /* seconds since 1970, for `today` and its like */
};

/*
 * Parses `text` (valid UTF-8, which must outlive the tree) into a tree, to be freed; its root
 * is a list, an AND, an OR or a NOT.  NULL with PM_ERR_QUERY, `err->offset` telling where,
 * when it is broken.
 */
struct pm_node *pm_query_parse(const char *text, size_t len, const struct pm_query_options *options,
                               struct pm_error *err);
void pm_query_free(struct pm_node *node);

/* A new leaf or branch, its boost 1, to be freed with pm_query_free(); for who builds trees. */
struct pm_node *pm_node_new(enum pm_node_kind kind, struct pm_error *err);

/*
 * Adds the tree to `out` as one line that people can read, an s-expression:
 * (list (word "grain") (must (field title (phrase "export ban"))) (boost 2 (prefix "nav"))).
 */
void pm_query_print(const struct pm_node *node, struct pm_buf *out);

#endif
