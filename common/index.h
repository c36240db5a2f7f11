/*
 * One or more indexes, opened for reading as one and at one moment of each.
 */
#ifndef PM_INDEX_H
#define PM_INDEX_H

#include <stddef.h>

#include "db.h"
#include "error.h"
#include "stub.h"

struct pm_index {
    struct pm_db *db;     /* all live segments of all indexes */
    struct pm_stub *stub; /* one for each folder, in the order given */
    size_t len;
};

/*
 * Opens the indexes in the `n` folders.  Each is read as its stub says at one moment; when a
 * segment vanishes in between because a writer published, the stub is read again.
 */
int pm_index_open(const char *const *folders, size_t n, struct pm_index *index,
                  struct pm_error *err);
void pm_index_close(struct pm_index *index);

#endif
