/*
 * The values of documents: a list for each slot, which waits in a file until the end.
 */
#ifndef VALUE_LISTS_H
#define VALUE_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "dead.h"
#include "error.h"
#include "table.h"

struct value_lists {
    struct value_list *list;
    size_t len;
};

void value_lists_release(struct value_lists *lists);

/* Packs a value, not empty, of a document behind its others. */
void value_lists_pack(struct pm_buf *out, uint32_t slot, const char *value, size_t len);

/* Adds what was packed of a document whose number is higher than those before; there is a file for
 * each slot in `folder`. */
int value_lists_add(struct value_lists *lists, const char *folder, uint32_t docid,
                    const struct pm_buf *packed, struct pm_error *err);

/* Writes all lists to the table, without the documents of `dropped`: first of each slot how many
 * values it has and their bounds, then the values. */
int value_lists_write(struct value_lists *lists, struct table *table, const struct pm_dead *dropped,
                      struct pm_error *err);

#endif
