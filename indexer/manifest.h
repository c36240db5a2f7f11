/*
 * The files that `sync` has read into an index, as they were then.
 *
 * It is a file in the index folder that the stub names, a JSON object a line, so it is published
 * with what was read or not at all.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "buf.h"
#include "error.h"
#include "stub.h"

struct manifest_file {
    char *path; /* absolute */
    uint64_t size;
    struct timespec mtime;
    char hash[33];  /* of its bytes: 128 bits of FNV-1a, as hexadecimal digits */
    bool overtaken; /* an article of it was replaced by another file's with the same id */
    bool overtaker; /* an article of it took the place of another file's */
};

struct manifest {
    struct manifest_file *file;
    size_t len;
    char hash[33]; /* of its bytes, as manifest_hash() says */
};

/* Reads what `stub` of the index in the folder `index` names; empty where it names none. */
int manifest_read(const char *index, const struct pm_stub *stub, struct manifest *manifest,
                  struct pm_error *err);
void manifest_release(struct manifest *manifest);

/* The hash of the lines of all files. */
void manifest_hash(const struct pm_buf *lines, char hash[33]);

/* Adds the line of a file. */
int manifest_add_line(struct pm_buf *out, const struct manifest_file *file, struct pm_error *err);

#endif
