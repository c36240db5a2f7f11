/*
 * What has to be done so that an index has the articles of some folders as they are now.
 *
 * Three things are laid side by side, path by path: the files that an earlier sync has read, the
 * files that lie in the folders, and the files that articles of the index say they are from.
 */
#ifndef SYNC_PLAN_H
#define SYNC_PLAN_H

#include "error.h"
#include "index.h"
#include "manifest.h"
#include "walk.h"

enum sync_what {
    SYNC_NEW,     /* not read yet, or not without a fault */
    SYNC_CHANGED, /* its bytes are others than those read */
    SYNC_AGAIN,   /* as it was, but articles of it were replaced by those of a file that changes now
                   */
    SYNC_GONE,    /* it lay in one of the folders */
    SYNC_SAME,
    SYNC_WHATS,
};

struct sync_item {
    enum sync_what what;
    struct manifest_file file; /* as it is now; when gone, as it was */
    bool known, found;         /* to an earlier sync, in the folders */
    bool named;                /* by articles of the index */
    bool touched;              /* only its times are others than those known */
};

struct sync_plan {
    struct sync_item *item; /* by path, each once */
    size_t len;
    size_t count[SYNC_WHATS];
    uint64_t bytes; /* to read */
};

/* The folders, as absolute real paths, and what in them could not be looked at. */
struct sync_folders {
    char *const *root;
    size_t roots;
    char *const *closed;
    size_t closed_len;
};

/*
 * Makes the plan.  `manifest` gives its files up to it; `index` is NULL where there is none.
 * What lies in a folder that could not be looked at is taken to be there still.
 */
int sync_plan_make(const struct sync_folders *folders, const struct walk *walk,
                   struct manifest *manifest, const struct pm_index *index, struct sync_plan *plan,
                   struct pm_error *err);
void sync_plan_release(struct sync_plan *plan);

/* The item of that path, or NULL. */
struct sync_item *sync_plan_find(const struct sync_plan *plan, const char *path);

/* Sets file->hash to that of the file's bytes; PM_ERR_NO_INPUT if they cannot be read. */
int sync_hash(struct manifest_file *file, struct pm_error *err);

#endif
