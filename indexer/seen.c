#include "seen.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->id, ((const struct seen *)b)->id);
}

struct seen *seen_find(void **set, const char *id, bool *known, struct pm_error *err)
{
    size_t size = strlen(id) + 1;
    struct seen *fresh = malloc(sizeof *fresh + size);
    struct seen **found = NULL;
    if (fresh) {
        *fresh = (struct seen){.id = fresh->text, .number = SEEN_NOT_ADDED};
        memcpy(fresh->text, id, size);
        found = tsearch(fresh, set, compare);
    }
    *known = found && *found != fresh;
    if (!found || *known)
        free(fresh);
    if (!found)
        pm_fail_nomem(err);
    return found ? *found : NULL;
}

bool seen_has(void *const *set, const char *id)
{
    const struct seen key = {.id = id};
    return tfind(&key, set, compare);
}

void seen_clear(void **set)
{
    tdestroy(*set, free);
    *set = NULL;
}
