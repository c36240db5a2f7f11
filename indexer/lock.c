#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "disk.h"
#include "stop.h"

/* "process 4711 since 2024-05-19 10:30:00", as the holder wrote it. */
static void say_holder(int fd, const char *path, struct pm_error *err)
{
    char holder[100];
    ssize_t len = pread(fd, holder, sizeof holder - 1, 0);
    holder[len > 0 ? len : 0] = '\0';
    holder[strcspn(holder, "\n")] = '\0';
    pm_fail(err, PM_ERR_BUSY, "the index '%s' is being written by %s", path,
            *holder ? holder : "another process");
}

/*
 * Takes the lock on the file that `path` names now: 1 taken, 0 try again (after a while where
 * *wait is set; unless it is the last try, when somebody holding it is a failure), -1 failed.
 */
static int try_lock(const char *folder, const char *path, bool last, bool *wait, int *taken,
                    struct pm_error *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat ours, there;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        if (errno == ENOENT) /* the folder went away with an index that was never published */
            return mkdir(folder, 0777) && errno != EEXIST
                       ? pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", folder)
                       : 0;
        if (errno == ENOTDIR && !stat(folder, &there) && !S_ISDIR(there.st_mode))
            return pm_fail(err, PM_ERR_USAGE, "'%s' is a file, where a folder should be", folder);
        return pm_fail_errno(err, PM_ERR_IO, "cannot open '%s'", path);
    }
    if (fcntl(fd, F_OFD_SETLK, &lock)) {
        bool held = errno == EAGAIN || errno == EACCES;
        if (held && !last)
            *wait = true;
        else if (held)
            say_holder(fd, folder, err);
        else
            pm_fail_errno(err, PM_ERR_IO, "cannot lock '%s'", path);
        close(fd);
        return held && !last ? 0 : -1;
    }
    if (fstat(fd, &ours) || stat(path, &there) || ours.st_ino != there.st_ino ||
        ours.st_dev != there.st_dev) { /* locked a file that its holder has removed */
        close(fd);
        return 0;
    }
    *taken = fd;
    return 1;
}

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

int lock_take(const char *folder, double seconds, struct pm_error *err)
{
    int rc = 0, fd = -1;
    char since[32];
    double end = now() + seconds;
    char *path = disk_join(folder, LOCK_FILE, err);
    if (!path)
        return -1;
    while (rc == 0) {
        bool wait = false;
        rc = stop_check(err) ? -1 : try_lock(folder, path, now() >= end, &wait, &fd, err);
        if (rc == 0 && wait)
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    free(path);
    if (rc != 1)
        return -1;
    time_t clock = time(NULL);
    struct tm tm;
    strftime(since, sizeof since, "%Y-%m-%d %H:%M:%S", localtime_r(&clock, &tm));
    /* Only for the message that another writer shows: failing to write it is no failure. */
    if (!ftruncate(fd, 0))
        dprintf(fd, "process %ld since %s\n", (long)getpid(), since);
    return fd;
}
