/*
 * Whole files in memory.
 */
#ifndef PM_FILE_H
#define PM_FILE_H

#include <stddef.h>

#include "buf.h"
#include "error.h"

/*
 * Adds the bytes of the file `path` to `out`.  PM_ERR_NOT_FOUND when there is none,
 * PM_ERR_CORRUPT when it has more than `max` bytes, PM_ERR_IO when it cannot be read.
 */
int pm_file_read(const char *path, size_t max, struct pm_buf *out, struct pm_error *err);

#endif
