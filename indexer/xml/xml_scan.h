/*
 * The markup of XML in a stream: one tag or comment after the other, without asking whether
 * they fit together.
 *
 * It knows of XML what it takes not to be deceived: quoted attributes, comments, CDATA, processing
 * instructions and DOCTYPEs.  Places count from the first byte of the input that is not taken.
 */
#ifndef XML_SCAN_H
#define XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "input.h"

#define XML_NAME 64 /* room for a name and a NUL; longer ones are cut */

enum xml_markup {
    XML_OTHER = 1, /* a comment, CDATA, a processing instruction, a DOCTYPE */
    XML_OPEN,
    XML_CLOSE,
    XML_EMPTY, /* <name/> */
};

struct xml_tag {
    size_t from, to;
    size_t name, name_len; /* as it is written, with its prefix */
    size_t attributes;
    size_t spaces; /* attributes that begin with "xmlns" */
    bool broken;   /* it has no '>' before the next '<' */
};

/* Starts as {0} with `input`. */
struct xml_scan {
    struct input *input;
    size_t at;               /* what has been looked at */
    uint64_t line;           /* of the first byte that is not taken, from 0 */
    bool lost;               /* more than INPUT_RECORD_MAX bytes were looked at, and taken */
    bool looks_only;         /* nothing is ever taken: more than that is the end */
    bool entities;           /* the DOCTYPE declares entities */
    char encoding[XML_NAME]; /* that the XML declaration names, or "" */
};

/*
 * The next piece of markup, which then has been looked at: its kind (for a tag with *tag), 0
 * where the input ends before the piece does, or -1.
 */
int xml_scan_next(struct xml_scan *scan, struct xml_tag *tag, struct pm_error *err);

/* What is not taken, until the next call that reads. */
const char *xml_scan_text(const struct xml_scan *scan);

/* Takes the first `n` bytes and counts their lines. */
void xml_scan_pass(struct xml_scan *scan, size_t n);

/* How a document begins. */
struct xml_look {
    bool declared;       /* with "<?xml" */
    bool has_space;      /* its root has an attribute xmlns */
    char root[XML_NAME]; /* the root's local name; "" if there is none before the end */
};

/*
 * Looks at the beginning of the input, and takes nothing: 1 if there stands what XML may begin
 * with, and nothing else, before its first tag or the end; 0 if not, or -1.
 */
int xml_look(struct input *input, struct xml_look *look, struct pm_error *err);

/* A name without its prefix; and a name, cut if it is long. */
const char *xml_local(const char *name);
void xml_name_copy(char name[XML_NAME], const char *text, size_t len);

#endif
