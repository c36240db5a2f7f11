/*
 * Segments sealed with the hashes of their files (seal.h), and compared with them.
 *
 * The hash is XXH3 of 128 bits: about as fast as the files can be read from the page cache.  It is
 * against chance, not against somebody who wants to be believed.
 */
#ifndef SEALING_H
#define SEALING_H

#include "error.h"
#include "seal.h"

/*
 * Writes the manifest of the complete segment in the folder `segment` down to the disk.  All its
 * files are read for that; a signal stops it (PM_ERR_STOPPED).
 */
int sealing_write(const char *segment, struct pm_error *err);

/*
 * Compares size and hash of one file with what the seal says: PM_ERR_CORRUPT where they differ;
 * PM_ERR_IO when it cannot be read, or PM_ERR_STOPPED.
 */
int sealing_check(const char *segment, const struct pm_sealed *file, struct pm_error *err);

/* The same for all files of a segment, by its manifest; without one it passes. */
int sealing_check_all(const char *segment, struct pm_error *err);

#endif
