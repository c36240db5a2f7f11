/*
 * The documents of a term, a chunk at a time.
 */
#ifndef PM_POSTING_LIST_H
#define PM_POSTING_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "table_cursor.h"

struct pm_posting_list {
    uint32_t documents;    /* in all */
    uint64_t occurrences;  /* the sum of their wdf */
    uint32_t *docid, *wdf; /* of the chunk at hand, `len` of both, documents rising */
    size_t len;

    /* inside */
    struct pm_table_cursor cursor;
    struct pm_buf key; /* of later chunks, but for the document */
    size_t cap;
    uint32_t last; /* document of the chunk at hand */
    bool ends;     /* that chunk is the last */
};

/*
 * Opens the list, at its first chunk, which has the key `key`; the keys of the others are `more`
 * and the number of their first document.  1, 0 if there is none, or -1.  To be closed in any case.
 */
int pm_posting_list_open(struct pm_posting_list *list, struct pm_table *table,
                         const struct pm_buf *key, const struct pm_buf *more, struct pm_error *err);
void pm_posting_list_close(struct pm_posting_list *list);

/* Goes to the next chunk: 1, 0 when there is none, or -1. */
int pm_posting_list_next(struct pm_posting_list *list, struct pm_error *err);

/*
 * Goes on to the chunk in which the document stands, or the first one behind it: 1, 0 when there is
 * none, or -1.
 */
int pm_posting_list_seek(struct pm_posting_list *list, uint32_t docid, struct pm_error *err);

#endif
