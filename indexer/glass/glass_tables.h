/*
 * From what was gathered to the tables of a glass database.
 */
#ifndef GLASS_TABLES_H
#define GLASS_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dead.h"
#include "error.h"
#include "iamglass.h"
#include "inverters.h"
#include "spool.h"
#include "tag_list.h"
#include "value_lists.h"

struct glass_metadata {
    char *key, *value;
    size_t len;
};

/* All that was added. */
struct glass_content {
    size_t block_size;
    size_t threads;
    struct inverters inverters;
    struct tag_list data, termlists;
    struct spool lengths; /* of documents: the gap before each, its length */
    struct value_lists values;
    struct pm_dead dropped; /* documents that were taken out again */
    struct glass_metadata *metadata;
    size_t metadata_len;
    uint32_t documents, last_docid; /* of all added */
};

/* Writes the tables to the folder `path`; of *version the size of blocks, the revision and the last
 * docid are given, the rest is filled in. */
int glass_tables_write(struct glass_content *content, const char *path, struct iamglass *version,
                       struct pm_error *err);

#endif
