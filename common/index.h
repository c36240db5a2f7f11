/*
 * One or more indexes, opened for reading as one and at one moment of each.
 */
#ifndef PM_INDEX_H
#define PM_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "db.h"
#include "dead.h"
#include "error.h"
#include "stub.h"

struct pm_index {
    struct pm_db *db;     /* all live segments of all indexes, dead articles included */
    struct pm_stub *stub; /* one for each folder, in the order given */
    size_t len;
    struct pm_dead *dead;               /* one for each segment of `db`, in its order */
    struct pm_db_numbers *dead_numbers; /* the same, as the database takes it */
    uint32_t articles;                  /* that are not dead */
    uint32_t dead_count;
};

/*
 * Opens the indexes in the `n` folders.  Each is read as its stub says at one moment; when a
 * file that it names is gone because a writer published, the stub is read again.  A segment
 * with a file of another size than its manifest (seal.h) tells is PM_ERR_CORRUPT.
 */
int pm_index_open(const char *const *folders, size_t n, struct pm_index *index,
                  struct pm_error *err);

/* The same whatever the manifests tell, for who looks closer. */
int pm_index_open_unsealed(const char *const *folders, size_t n, struct pm_index *index,
                           struct pm_error *err);

void pm_index_close(struct pm_index *index);

bool pm_index_is_live(const struct pm_index *index, uint32_t docid);

/* The live article with that id, in *docid: 1 found, 0 none, -1 failed. */
int pm_index_find(const struct pm_index *index, const char *id, uint32_t *docid,
                  struct pm_error *err);

#endif
