#include "merge.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "buf.h"
#include "db.h"
#include "disk.h"
#include "stop.h"

/* Makes a copy of a segment in the folder `to` and deletes its dead from it. */
static int copy_live(const struct merge_part *part, const char *to, struct pm_error *err)
{
    if (disk_copy(part->path, to, err))
        return -1;
    struct pm_db_writer *writer = pm_db_writer_open(to, true, err);
    int rc = writer ? 0 : -1;
    for (size_t i = 0; !rc && i < part->dead->len; i++)
        if (!(rc = stop_check(err)))
            rc = pm_db_writer_delete(writer, part->dead->number[i], err);
    if (!rc)
        rc = pm_db_writer_commit(writer, err);
    pm_db_writer_close(writer);
    return rc;
}

int merge_segments(const struct merge_part *part, size_t n, const char *work, const char *to,
                   struct pm_error *err)
{
    char **path = calloc(n, sizeof *path);
    int rc = path ? 0 : pm_fail_nomem(err);
    if (!rc && mkdir(work, 0777))
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", work);
    for (size_t i = 0; !rc && i < n; i++) {
        struct pm_buf copy = PM_BUF_INIT;
        bool any = part[i].dead && part[i].dead->len;
        if (any)
            pm_buf_addf(&copy, "%s/%zu", work, i);
        else
            pm_buf_adds(&copy, part[i].path);
        path[i] = pm_buf_detach(&copy);
        if (!path[i])
            rc = pm_fail_nomem(err);
        else if (any)
            rc = copy_live(&part[i], path[i], err);
    }
    if (!rc)
        rc = pm_db_compact((const char *const *)path, n, to, err);
    for (size_t i = 0; path && i < n; i++)
        free(path[i]);
    free(path);
    struct pm_error ignored = {0};
    disk_remove(work, rc ? &ignored : err);
    return rc;
}
