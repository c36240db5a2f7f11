/*
 * The ids that were met since the last publish, and what became of their articles.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

#define SEEN_NOT_ADDED UINT32_MAX

struct seen {
    const char *id;   /* = text */
    uint32_t number;  /* of its document in the segment; SEEN_NOT_ADDED if it is unchanged */
    bool updates;     /* another article with the id was published before, and died */
    const char *file; /* that had it */
    char text[];
};

/*
 * The entry of `id` in the set, which begins as NULL; made, as one that is not added, if need be:
 * *known tells whether it was there.  NULL when memory is short.
 */
struct seen *seen_find(void **set, const char *id, bool *known, struct pm_error *err);
bool seen_has(void *const *set, const char *id);
void seen_clear(void **set);

#endif
