/*
 * The index folder as its one writer sees it: the lock, what lies there, and the commit.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>

#include "dead.h"
#include "error.h"
#include "stub.h"

struct folder {
    const char *path;
    int lock;            /* file descriptor, or -1 */
    bool fresh;          /* there was no index yet */
    bool made;           /* the folder itself is ours */
    bool known;          /* what is published has been read, so what is not is nobody's */
    bool published;      /* at least once since it was opened */
    struct pm_stub stub; /* what is published */
};

/* How a folder is opened. */
struct folder_options {
    const struct pm_boosts *boosts; /* of a fresh index, which is made; NULL: it must be there */
    double wait;                    /* seconds to wait for the lock; HUGE_VAL: for ever */
};

/*
 * Takes the lock of the index in the folder `path` and reads its state.  What a writer that
 * died left behind is swept away.  PM_ERR_BUSY names the process that holds the lock.  A
 * folder with anything in it but an index is refused.  `path` must outlive the folder.
 */
int folder_open(struct folder *folder, const char *path, const struct folder_options *options,
                struct pm_error *err);

/* Gives up the lock and, where the state was read, sweeps; a fresh index that was never published
 * leaves no trace. */
void folder_close(struct folder *folder);

/*
 * Writes, down to the disk, the list of a segment's dead for the next publish, and names it
 * in `segment`.
 */
int folder_write_dead(struct folder *folder, struct pm_segment *segment, const struct pm_dead *dead,
                      struct pm_error *err);

/* The same for the list of the files that were read (manifest.h), and names it in `stub`. */
int folder_write_files(struct folder *folder, struct pm_stub *stub, const struct pm_buf *bytes,
                       struct pm_error *err);

/*
 * Publishes: gives each new segment (those `stub` has and folder->stub has not) its manifest
 * (sealing.h) and syncs its folder with all files, then replaces the stub by one rename.  On
 * success folder->stub is a copy of `stub` with its publish number raised, and what nobody owns any
 * more is swept away.  After -1 the old state is still the published one, unless only the last sync
 * failed: then the new one is, but may not outlive a power failure.
 */
int folder_publish(struct folder *folder, const struct pm_stub *stub, struct pm_error *err);

/* True if a file of that name in the folder belongs to the index as `stub` has it. */
bool folder_owns(const struct pm_stub *stub, const char *name);

#endif
