/*
 * The values of a slot, document by document.
 */
#ifndef PM_VALUE_LIST_H
#define PM_VALUE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "table_cursor.h"
#include "varint.h"

struct pm_value_list {
    uint32_t docid; /* 0 before the first; after the last it stays */
    struct pm_bytes value;

    /* inside */
    struct pm_table_cursor cursor;
    struct pm_buf key;      /* of chunks, but for their first document */
    struct pm_unread chunk; /* what is left of it */
    bool ended;
};

/* A list before its first document, to be closed in any case. */
int pm_value_list_open(struct pm_value_list *list, struct pm_table *table, uint32_t slot,
                       struct pm_error *err);
void pm_value_list_close(struct pm_value_list *list);

/* Goes on to the first document from `docid` on that has a value: 1, 0 if there is none, or -1. */
int pm_value_list_seek(struct pm_value_list *list, uint32_t docid, struct pm_error *err);

#endif
