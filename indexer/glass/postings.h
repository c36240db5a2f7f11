/*
 * A list of postings as the glass format has it: cut into chunks, each an entry of the table.
 */
#ifndef POSTINGS_H
#define POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "table.h"

/* A list in the making; a zeroed one is empty, with its memory kept from list to list. */
struct postings {
    struct pm_buf body;   /* of the chunk in the making */
    struct pm_buf chunks; /* the bodies of those before */
    struct chunk *chunk;  /* these */
    size_t len;           /* chunks before */
    uint32_t first, last; /* documents of the chunk in the making */
    uint32_t count;       /* documents in all */
    uint64_t occurrences; /* the sum of their wdf */
};

void postings_clear(struct postings *postings);
void postings_release(struct postings *postings);

/* Adds a document, whose number is higher than those before. */
int postings_add(struct postings *postings, uint32_t docid, uint32_t wdf, struct pm_error *err);

/*
 * Writes the list to the table, unless it is empty: the first chunk under `key`, the others under
 * `more` with their first document.  With `counted` the list tells how many there are.
 */
int postings_write(struct postings *postings, struct table *table, const struct pm_buf *key,
                   const struct pm_buf *more, bool counted, struct pm_error *err);

#endif
