#include "index.h"

#include <stdlib.h>
#include <string.h>

#define TRIES 10 /* each needs a publish in the few milliseconds of an opening */

/* Opens the segments of all stubs as one database. */
static struct pm_db *open_segments(const char *const *folders, const struct pm_index *index,
                                   struct pm_error *err)
{
    struct pm_db *db = NULL;
    struct pm_buf paths = PM_BUF_INIT;
    const char **path = NULL;
    size_t n = 0;
    for (size_t i = 0; i < index->len; i++)
        for (size_t j = 0; j < index->stub[i].segments; j++, n++) {
            pm_stub_segment_path(folders[i], index->stub[i].segment[j], &paths);
            pm_buf_addc(&paths, '\0');
        }
    path = calloc(n + 1, sizeof *path);
    if (!path || paths.failed) {
        pm_fail_nomem(err);
        goto out;
    }
    const char *at = paths.data;
    for (size_t i = 0; i < n; i++, at += strlen(at) + 1)
        path[i] = at;
    db = pm_db_open(path, n, err);
out:
    pm_buf_release(&paths);
    free(path);
    return db;
}

/* Reads all stubs; *latest becomes the sum of their publish numbers. */
static int read_stubs(const char *const *folders, size_t n, struct pm_index *index,
                      uint64_t *latest, struct pm_error *err)
{
    *latest = 0;
    index->stub = calloc(n, sizeof *index->stub);
    if (!index->stub)
        return pm_fail_nomem(err);
    for (; index->len < n; index->len++) {
        if (pm_stub_read(folders[index->len], &index->stub[index->len], err))
            return -1;
        *latest += index->stub[index->len].publish;
    }
    return 0;
}

int pm_index_open(const char *const *folders, size_t n, struct pm_index *index,
                  struct pm_error *err)
{
    uint64_t before = 0, latest;
    for (int tries = 0; tries < TRIES; tries++) {
        struct pm_error why = {0};
        *index = (struct pm_index){0};
        if (read_stubs(folders, n, index, &latest, err))
            break;
        index->db = open_segments(folders, index, &why);
        if (index->db)
            return 0;
        if (tries > 0 && latest == before) { /* nobody published: it is not a race */
            bool broken = why.code == PM_ERR_NOT_FOUND || why.code == PM_ERR_CORRUPT;
            pm_fail(err, broken ? PM_ERR_CORRUPT : why.code, "cannot open a segment of '%s': %s",
                    folders[0], why.message);
            break;
        }
        before = latest;
        pm_index_close(index);
    }
    pm_index_close(index);
    return pm_fail(err, PM_ERR_BUSY, "the index '%s' changes faster than it can be opened",
                   folders[0]);
}

void pm_index_close(struct pm_index *index)
{
    pm_db_close(index->db);
    for (size_t i = 0; index->stub && i < index->len; i++)
        pm_stub_release(&index->stub[i]);
    free(index->stub);
    *index = (struct pm_index){0};
}
