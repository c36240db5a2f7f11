/*
 * The lines of a small file that people write, such as a list of words.
 */
#ifndef PM_LINES_H
#define PM_LINES_H

#include <stddef.h>

#include "buf.h"
#include "error.h"

struct pm_lines {
    const char *path;
    struct pm_buf data, line;
    size_t at, number;
};

/*
 * Reads the file into *lines, to be released in any case.  PM_ERR_NO_INPUT if it cannot be read
 * or has more than 16 MB.
 */
int pm_lines_open(struct pm_lines *lines, const char *path, struct pm_error *err);
void pm_lines_release(struct pm_lines *lines);

/*
 * The next line that is neither empty nor a comment (it begins with "#"), its white space
 * single spaces and none at its ends, in *line until the next call: 1, 0 at the end, or -1,
 * PM_ERR_SYNTAX for what is not UTF-8 or has NUL bytes.
 */
int pm_lines_next(struct pm_lines *lines, const char **line, struct pm_error *err);

/* pm_fail() for the line read last, named as "FILE:LINE: ". */
int pm_lines_fail(const struct pm_lines *lines, struct pm_error *err, const char *what);

#endif
