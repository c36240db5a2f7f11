/*
 * The seal of a segment: its manifest, by which damage to a file of it is seen.
 *
 * Xapian's format has no checksums.  So the folder of a segment has a file `manifest`, which names
 * each file of the database with its size and its hash, for the segment as it was published.  It
 * is a list as `xxhsum -c` reads it; comment lines carry what is ours, and the last of them is a
 * checksum of the lines before it.
 */
#ifndef PM_SEAL_H
#define PM_SEAL_H

#include <stdint.h>

#include "buf.h"
#include "error.h"

#define PM_SEAL_FILE "manifest"
#define PM_SEAL_MAX  16 /* files; a glass database has at most seven */

struct pm_sealed {
    char name[32]; /* in the segment's folder; of letters a-z and dots, the first is a letter */
    uint64_t size; /* bytes */
    char hash[33]; /* XXH3 of 128 bits, in hexadecimal digits */
};

struct pm_seal {
    struct pm_sealed file[PM_SEAL_MAX];
    size_t len;
};

/* Adds the text of the manifest. */
void pm_seal_format(const struct pm_seal *seal, struct pm_buf *out);

/*
 * Reads the manifest of the segment in the folder `segment`: 1, 0 when it has none, or -1; any
 * doubt about it is PM_ERR_CORRUPT.
 */
int pm_seal_read(const char *segment, struct pm_seal *seal, struct pm_error *err);

/* PM_ERR_CORRUPT unless the file is there, with the size that it should have. */
int pm_seal_check_size(const char *segment, const struct pm_sealed *file, struct pm_error *err);

/*
 * The same for all files of a segment, by its manifest, in some microseconds: no table is read, but
 * what is no table is to have its hash too, since libxapian may crash over a version file.  A
 * segment without a manifest passes.
 */
int pm_seal_check_quickly(const char *segment, struct pm_error *err);

#endif
