#include "merge.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "db.h"
#include "folder.h"
#include "stop.h"

#define COPY_BYTES (64u << 20) /* at once; between them a signal is heard */

static int copy_file(int from, int to, const char *name, struct pm_error *err)
{
    int in = openat(from, name, O_RDONLY | O_CLOEXEC);
    int out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    ssize_t sent = 1;
    int rc = 0;
    if (in < 0 || out < 0)
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot copy '%s'", name);
    while (!rc && sent > 0) {
        sent = sendfile(out, in, NULL, COPY_BYTES);
        if (sent < 0)
            rc = pm_fail_errno(err, PM_ERR_IO, "cannot copy '%s'", name);
        else
            rc = stop_check(err);
    }
    if (in >= 0)
        close(in);
    if (out >= 0 && close(out) && !rc)
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot copy '%s'", name);
    return rc;
}

/* Copies the files of the folder `from` into the new folder `to`. */
static int copy_folder(const char *from, const char *to, struct pm_error *err)
{
    int rc = 0, target = -1;
    DIR *dir = opendir(from);
    if (!dir || mkdir(to, 0777) || (target = open(to, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot copy '%s'", from);
    const struct dirent *entry;
    while (!rc && (entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            rc = copy_file(dirfd(dir), target, entry->d_name, err);
    if (dir)
        closedir(dir);
    if (target >= 0)
        close(target);
    return rc;
}

/* Makes a copy of a segment in the folder `to` and deletes its dead from it. */
static int copy_live(const struct merge_part *part, const char *to, struct pm_error *err)
{
    if (copy_folder(part->path, to, err))
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
    folder_remove(work, rc ? &ignored : err);
    return rc;
}
