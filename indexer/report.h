/*
 * What could not be read: told on standard error as it happens, counted, and kept in a file.
 *
 * The file (--errors) has a JSON object a line: "file" as it was given, "line" and "byte" where
 * they are known, "code" (pm_code_name()) and "message".  It takes its name when it is whole, so
 * the list of an earlier run can be read meanwhile.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>
#include <stdio.h>

#include "cli.h"
#include "error.h"
#include "feed.h"
#include "progress.h"

struct report {
    const struct pm_cli *cli;
    const struct progress *progress; /* to be cleared before something is told */
    uint64_t failed;
    const char *path; /* of the file, or NULL for none */
    char *fresh;      /* where it is written until it is whole; NULL: in place */
    FILE *file;
    int failure; /* the errno of a write that failed */
};

/*
 * Starts a report, with a file at `path` unless that is NULL.  PM_ERR_IO if it cannot be made,
 * PM_ERR_USAGE if there is one with something else in it.
 * The strings must live as long as the report.
 */
int report_open(struct report *report, const struct pm_cli *cli, const struct progress *progress,
                const char *path, struct pm_error *err);

/* Tells of the record that `feed` failed to read, or warns of what is doubtful about it. */
void report_record(struct report *report, const struct feed *feed, const struct pm_error *what);
void report_warning(struct report *report, const struct feed *feed);

/* Tells of what concerns the run, and is no failure. */
void report_say(const struct report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Tells of a file or folder that could not be read at all. */
void report_file(struct report *report, const char *path, const struct pm_error *what);

/* Tells of what is passed over, which is no failure. */
void report_passed_over(const struct report *report, const struct pm_error *what);

/*
 * Ends a run: gives the file its name, tells of `err`, which ended the run before its time or is
 * empty, and returns the exit code.  If not all of the file could be written, that becomes `err`.
 * `found` is false if there was nothing to read.
 */
int report_end(struct report *report, bool found, struct pm_error *err);

#endif
