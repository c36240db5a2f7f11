/*
 * The values of documents: a list for each slot, which waits in a file until the end.
 */
#ifndef VALUE_LISTS_H
#define VALUE_LISTS_H

#include <stddef.h>
#include <stdint.h>

#include "dead.h"
#include "error.h"
#include "table.h"

struct value_lists {
    struct value_list *list;
    size_t len;
};

void value_lists_release(struct value_lists *lists);

/* Adds a value, not empty, of a document whose number is higher than those before; the file of its
 * slot lies in `folder`. */
int value_lists_add(struct value_lists *lists, const char *folder, uint32_t docid, uint32_t slot,
                    const char *value, size_t len, struct pm_error *err);

/* Writes all lists to the table, without the documents of `dropped`: first of each slot how many
 * values it has and their bounds, then the values. */
int value_lists_write(struct value_lists *lists, struct table *table, const struct pm_dead *dropped,
                      struct pm_error *err);

#endif
