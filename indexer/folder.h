/*
 * The index folder as its one writer sees it: the lock, what lies there, and the commit.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>

#include "error.h"
#include "stub.h"

struct folder {
    const char *path;
    int lock;            /* file descriptor, or -1 */
    bool fresh;          /* there was no index yet */
    bool made;           /* the folder itself is ours */
    struct pm_stub stub; /* what is published */
};

/*
 * Takes the lock of the index in the folder `path` (made if need be, in a folder that is
 * there) and reads its state; a fresh index has `boosts` and a new uuid.  What a writer that
 * died left behind is swept away.  PM_ERR_BUSY names the process that holds the lock.  A
 * folder with anything in it but an index is refused.  `path` must outlive the folder.
 */
int folder_open(struct folder *folder, const char *path, const struct pm_boosts *boosts,
                struct pm_error *err);

/* Gives up the lock and sweeps; a fresh index that was never published leaves no trace. */
void folder_close(struct folder *folder);

/* A number for the next segment: higher than any that is published. */
uint32_t folder_next_segment(const struct folder *folder);

/*
 * Publishes: syncs the folder of each new segment (those `stub` has and folder->stub has not)
 * with its files, then replaces the stub by one rename.  On success folder->stub is a copy
 * of `stub` with its publish number raised.  After -1 the old state is still the published one.
 */
int folder_publish(struct folder *folder, const struct pm_stub *stub, struct pm_error *err);

/* Removes a folder and the files in it, recursively; what is not there is no error. */
int folder_remove(const char *path, struct pm_error *err);

#endif
