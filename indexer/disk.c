#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stop.h"

#define WALK_FDS   16
#define COPY_BYTES (64u << 20) /* at once; between them a signal is heard */

char *disk_join(const char *folder, const char *name, struct pm_error *err)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, name) < 0) {
        pm_fail_nomem(err);
        return NULL;
    }
    return path;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

int disk_remove(const char *path, struct pm_error *err)
{
    if (nftw(path, remove_entry, WALK_FDS, FTW_DEPTH | FTW_PHYS) && errno != ENOENT)
        return pm_fail_errno(err, PM_ERR_IO, "cannot remove '%s'", path);
    return 0;
}

int disk_sync(const char *path, struct pm_error *err)
{
    int rc = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd))
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot sync '%s'", path);
    if (fd >= 0)
        close(fd);
    return rc;
}

int disk_sync_all(const char *path, struct pm_error *err)
{
    int rc = 0;
    DIR *dir = opendir(path);
    if (!dir)
        return pm_fail_errno(err, PM_ERR_IO, "cannot read the folder '%s'", path);
    const struct dirent *entry;
    while (!rc && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        char *file = disk_join(path, entry->d_name, err);
        rc = file ? disk_sync(file, err) : -1;
        free(file);
    }
    closedir(dir);
    return rc ? rc : disk_sync(path, err);
}

int disk_write(const char *path, const struct pm_buf *bytes, struct pm_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", path);
    int rc = 0;
    for (size_t done = 0; !rc && done < bytes->len;) {
        ssize_t wrote = write(fd, bytes->data + done, bytes->len - done);
        if (wrote >= 0)
            done += (size_t)wrote;
        else if (errno != EINTR)
            rc = pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", path);
    }
    if (!rc && fsync(fd))
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot sync '%s'", path);
    if (close(fd) && !rc)
        rc = pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", path);
    return rc;
}

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

int disk_copy(const char *from, const char *to, struct pm_error *err)
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
