/*
 * Who wrote it and for whom: bylines, names of people and papers, what people are.
 */
#ifndef LAYOUT_NAMES_H
#define LAYOUT_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "layout_dates.h"
#include "layout_lines.h"

/*
 * True if it is written like a person's name: two to five words with capitals (or of a script
 * that has none), perhaps with particles between them, and nothing that companies and offices
 * are called.
 */
bool name_is_person(struct slice s);

/* True if it is written like a paper's name, with one of the words that papers are called. */
bool name_is_paper(struct slice s);

/* "Staff Writer", "health correspondent": what somebody is at a paper. */
bool name_is_role(struct slice s);

/*
 * Adds the name on one line.  All in capitals it gets natural ones: "SEAN O'NEIL-MCKAY" is
 * Sean O'Neil-McKay; particles ("VAN", "BIN") are small where they do not come first.
 */
void name_add(struct pm_buf *out, struct slice name);

#define BYLINE_NAMES 8

struct byline {
    struct slice name[BYLINE_NAMES];
    size_t names;        /* 0: "By our court reporter" */
    struct slice source; /* a paper; empty if it names none */
    struct dates dates;
    bool more; /* it says more than these */
};

/*
 * Reads a byline: "By A", "Story by A and B", "By A, B and C", "By A, health correspondent", "By
 * A | The Some Post | 3 March 2024", "Text: A / Photos: B", "(Reporting by A in P; Editing by B)";
 * "Edited by A", which names no author; "Posted on 3 March 2024 by A"; without "By" only if a role,
 * an e-mail address, or when it was published, follows the name of a person or of who else wrote
 * it: "A | Publication date 3 March 2024 | 10:30 ICT".  False for anything else.
 */
bool byline_read(struct slice line, struct byline *byline);

/* Bytes of the words that it begins with and only bylines do: "By ", "Story by "; 0 for none. */
size_t byline_label(struct slice line);

#endif
