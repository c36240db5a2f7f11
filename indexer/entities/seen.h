/*
 * What the rest of a document says of a word with a capital: whether it stands there in small
 * letters, and whether it has its capital in the middle of a sentence too.
 */
#ifndef ENTITIES_SEEN_H
#define ENTITIES_SEEN_H

#include "tokens.h"

enum seen {
    SEEN_SMALL = 1,
    SEEN_CAPITAL = 2, /* elsewhere, inside a sentence of plain mode */
    SEEN_OFTEN = 4,   /* so, three times or more */
};

struct seen_slot {
    uint64_t lower; /* 0: empty */
    uint32_t capitals;
    uint32_t small;
};

/* Memory of it, kept from document to document.  Starts as {0}. */
struct seen_table {
    struct seen_slot *slot;
    size_t cap;
};

/* Sets `seen` of all tokens of a document, whose modes are set.  -1 when memory ran out. */
int seen_look(struct seen_table *table, struct token *token, size_t len, struct pm_error *err);

void seen_release(struct seen_table *table);

#endif
