/*
 * Lets libxapian seem to have another version of the glass format: to be loaded by LD_PRELOAD.
 *
 * The version file of a database in a folder named "empty" gets another number.
 */
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VERSION 15 /* the byte that is its day */

ssize_t write(int fd, const void *bytes, size_t len)
{
    static const char magic[] = "\x0f\x0dXapian Glass";
    char link[40], path[4096] = "", changed[256];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (len > VERSION && len < sizeof changed && !memcmp(bytes, magic, sizeof magic - 1) &&
        readlink(link, path, sizeof path - 1) > 0 && strstr(path, "/empty/")) {
        memcpy(changed, bytes, len);
        changed[VERSION]++;
        bytes = changed;
    }
    return syscall(SYS_write, fd, bytes, len);
}
