/*
 * How failure is reported: a code that programs act on and a sentence that people read.
 *
 * A function that can fail takes a `struct pm_error *err` as its last parameter and returns
 * -1 or NULL.  The message is written where the cause is known; the first failure wins, so
 * that cleaning up cannot hide what went wrong.  Start with `struct pm_error err = {0}`.
 */
#ifndef PM_ERROR_H
#define PM_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum pm_code {
    PM_OK = 0,
    PM_ERR_USAGE,     /* the caller asked for something that cannot be */
    PM_ERR_QUERY,     /* the query is broken; `offset` is the byte where */
    PM_ERR_SYNTAX,    /* a record of the input is malformed; the next one may be fine */
    PM_ERR_TOO_LARGE, /* a record, or a file, beyond what is read; the next one may be fine */
    PM_ERR_CHANGED,   /* a file was written to while it was read */
    PM_ERR_NO_INPUT,  /* a file to read is not there or cannot be read */
    PM_ERR_NOT_FOUND, /* no such index */
    PM_ERR_VERSION,   /* an index of another format or analyzer version */
    PM_ERR_BUSY,      /* somebody else holds it, or it changed under us: try again */
    PM_ERR_STOPPED,   /* a signal asked us to stop */
    PM_ERR_IO,        /* reading or writing failed */
    PM_ERR_CORRUPT,   /* an index that cannot be what we wrote */
    PM_ERR_NOMEM,
    PM_ERR_INTERNAL, /* an error that no caller could have caused or can mend */
};

struct pm_error {
    enum pm_code code;
    size_t offset;
    char message[500];
};

/* A short name for programs: "syntax", "too-large"; a constant. */
const char *pm_code_name(enum pm_code code);

/* True if what failed is some of the input: it is told, and the rest goes on. */
bool pm_code_is_of_input(enum pm_code code);

/* Records the first failure in `err` (which may be NULL) and returns -1. */
int pm_fail(struct pm_error *err, enum pm_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a failed system call: appends ": " and the text of the current errno. */
int pm_fail_errno(struct pm_error *err, enum pm_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* pm_fail() for lack of memory. */
int pm_fail_nomem(struct pm_error *err);

#endif
