/*
 * The version file of a glass database: what its tables are, and the statistics of all documents.
 */
#ifndef IAMGLASS_H
#define IAMGLASS_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"
#include "table.h"

#define IAMGLASS_NAME "iamglass"
#define IAMGLASS_MAX  255 /* bytes; readers take no more */

/* In the order of the file; behind them are those that we do not write. */
enum { TABLE_POSTLIST, TABLE_DOCDATA, TABLE_TERMLIST, TABLES };

struct iamglass {
    uint32_t revision;
    size_t block_size;
    struct table_root root[TABLES];
    uint32_t documents, last_docid;
    uint32_t length_min; /* of documents that have a length; 0 if none has */
    uint32_t length_max, wdf_max;
    uint64_t length_total;
};

/* Adds the bytes of the file to `out`, with a new uuid. */
int iamglass_format(const struct iamglass *version, struct pm_buf *out, struct pm_error *err);

/*
 * 1 if `bytes`, the file of an empty database that the libxapian in use has made, say that it
 * would read and write what we write: the version of the format, the size of blocks, which tags are
 * deflated.  0 if not, -1 without memory.
 */
int iamglass_is_ours(const struct pm_buf *bytes, struct pm_error *err);

#endif
