#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int pm_file_read(const char *path, size_t max, struct pm_buf *out, struct pm_error *err)
{
    int rc = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pm_fail_errno(err,
                             errno == ENOENT || errno == ENOTDIR ? PM_ERR_NOT_FOUND : PM_ERR_IO,
                             "cannot open '%s'", path);
    for (;;) {
        char *to = pm_buf_reserve(out, 4096);
        ssize_t got = to ? read(fd, to, 4096) : 0;
        if (!to) {
            pm_fail_nomem(err);
            goto out;
        }
        if (got < 0) {
            pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", path);
            goto out;
        }
        if (got == 0)
            break;
        out->len += (size_t)got;
        if (out->len > max) {
            pm_fail(err, PM_ERR_CORRUPT, "'%s' is far too large", path);
            goto out;
        }
    }
    pm_buf_add(out, "", 0);
    rc = 0;
out:
    close(fd);
    return rc;
}
