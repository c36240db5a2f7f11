/*
 * The entries of a table that belong to a document each, which wait in a file until the end, since
 * documents may be taken out again.
 */
#ifndef TAG_LIST_H
#define TAG_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "dead.h"
#include "error.h"
#include "spool.h"
#include "table.h"

struct tag_list {
    struct spool file;
    uint32_t last; /* document */
};

int tag_list_init(struct tag_list *list, const char *folder, const char *name,
                  struct pm_error *err);
void tag_list_release(struct tag_list *list);

/*
 * Adds a tag of a document, whose number is not lower than those before; with `second` its second
 * one, after the first.
 */
int tag_list_add(struct tag_list *list, uint32_t docid, bool second, const struct pm_buf *tag,
                 bool deflated, struct pm_error *err);

/* Writes all entries to the table, without the documents of `dropped`. */
int tag_list_write(struct tag_list *list, struct table *table, const struct pm_dead *dropped,
                   struct pm_error *err);

#endif
