/*
 * XML as a stream of records: finds the articles of a feed, <item> by <item>, without a tree of
 * the whole, so that a feed may be of any size and a malformed record costs no other.
 */
#ifndef XML_SPLIT_H
#define XML_SPLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "xml_scan.h"

#define XML_DEPTH 16 /* elements around a record whose start tags are kept */

/* What is a record: constant. */
struct xml_kind {
    const char *const *names; /* local names, NULL at the end */
    const char *space;        /* what their namespace begins with, if they have a prefix ... */
    const char *prefix;       /* ... which is this one where no attribute declares it */
};

/* Starts as {0} with `scan.input` and `kind`; released by xml_split_release(). */
struct xml_split {
    const struct xml_kind *kind;
    struct xml_scan scan;

    uint64_t documents; /* so far: there may be one behind the other */

    /* The document that was met last. */
    char root[XML_NAME]; /* name of its root, or "" */
    bool closed;         /* the root's end tag was met */
    uint64_t records;    /* so far */
    struct pm_buf head;  /* from its root up to the first record, as it stands */
    struct pm_buf open;  /* the start tags of the elements around the record, on one line */
    struct {
        size_t at;
        size_t name; /* its length */
    } around[XML_DEPTH];
    size_t depth;    /* of `around` */
    size_t too_deep; /* elements that are open beyond it */

    /* The record that was met last. */
    char name[XML_NAME]; /* its name, with the prefix */
    bool inside;         /* it has not ended yet */
    bool is_root;        /* it is itself the root */
    size_t len;          /* if it is handed out, and not taken yet */
    size_t tags;         /* in it, and attributes of them */
    size_t widest;       /* the most attributes of one of its tags */
    size_t spaces;       /* namespaces that it declares */
};

void xml_split_release(struct xml_split *split);

struct xml_record {
    const char *text; /* from its start tag to its end tag, valid until the next call */
    size_t len;
    uint64_t line, byte; /* where it begins: from 1, and from 0 */
};

/*
 * The next record: 1, 0 at the end, or -1.  One without an end is PM_ERR_SYNTAX, one with more
 * bytes, tags or attributes than can be parsed in the time and room they deserve
 * PM_ERR_TOO_LARGE; one may go on, and record->line and ->byte say where.  A document that ends
 * before its root does is PM_ERR_SYNTAX once, at the end.
 */
int xml_split_next(struct xml_split *split, struct xml_record *record, struct pm_error *err);

/* Adds the end tags of the elements around the record. */
void xml_split_close(const struct xml_split *split, struct pm_buf *out);

#endif
