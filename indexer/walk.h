/*
 * The files that the paths of a command line stand for.
 */
#ifndef WALK_H
#define WALK_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "error.h"

struct walk_file {
    char *path;    /* as reached from the command line; "-" is standard input */
    uint64_t size; /* bytes; 0 where that cannot be known */
    struct timespec mtime;
};

struct walk {
    struct walk_file *file;
    size_t len;
    uint64_t bytes; /* of all files together */
    size_t
        passed_over; /* in folders: pictures, scripts and the like; a folder of them counts once */
    size_t missing;  /* paths and folders that could not be read: each was told to `complain` */
};

/*
 * Finds all regular files under the `n` paths: files in the order given, folders with their
 * files in byte order of name, recursively.  Symbolic links to files are followed, links to
 * folders only when named on the command line, so no loop is possible.  In folders, names
 * that start with a dot are passed over, and so is what is no text by its name (".jpg", ".css")
 * the folder that a browser saved beside a web page, and an index; empty files are not.  What
 * cannot be read is told to `complain` (what went wrong, with the path), and the rest goes on; so
 * is an index that was named, with PM_ERR_USAGE, which is passed over too.  -1 only when memory ran
 * out.
 */
int walk_find(const char *const *paths, size_t n,
              void (*complain)(const char *path, const struct pm_error *what, void *arg), void *arg,
              struct walk *walk, struct pm_error *err);
void walk_release(struct walk *walk);

/* Leaves out the file that `path` names, if it is among those found; NULL names none. */
void walk_leave_out(struct walk *walk, const char *path);

#endif
