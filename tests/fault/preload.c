/*
 * Lets one call of a program fail, or the program die there: to be loaded by LD_PRELOAD.
 *
 *   PM_FAULT=alloc:N              the N-th allocation returns NULL
 *   PM_FAULT=call:N:EIO           the N-th call that changes files fails
 *   PM_FAULT=call:N:ENOSPC        the same, and from there on every call that needs room
 *   PM_FAULT=call:N:kill-before   SIGKILL just before the N-th such call, or just after it
 *   PM_FAULT=call:N:kill-after
 *   PM_FAULT_LOG=FILE             lists the calls and, last, the number of allocations
 *   PM_FAULT_TRACE=FILE           tells in which functions the allocation was that failed
 *
 * Both are counted from 1, from the start of main().  Calls that change files are those below
 * and open() with O_CREAT.  What stdio writes does not come by here, since libc calls itself.
 */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * glibc's own allocator, also where the program has another: it needs no dlsym(), which would
 * itself allocate.
 */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t align, size_t size);
void __libc_free(void *memory);

static struct {
    bool on; /* main() runs */
    unsigned long alloc_at, call_at;
    atomic_ulong allocs, calls; /* threads count, too: then N is not the same place each time */
    int error;                  /* of the call, 0 where the process is to die */
    bool after;
    int log;           /* file descriptor, or -1 */
    const char *trace; /* file */
} fault = {.log = -1};

/* ---- allocations ---- */

/* The functions that are at work, innermost first, as far as they have a name. */
static void trace(const char *path)
{
    void *frame[64];
    Dl_info info;
    FILE *file = fopen(path, "w");
    int n = backtrace(frame, 64);
    for (int i = 0; file && i < n; i++)
        if (dladdr(frame[i], &info) && info.dli_sname)
            fprintf(file, "%s\n", info.dli_sname);
    if (file)
        fclose(file);
}

static bool alloc_fails(void)
{
    if (!fault.on || ++fault.allocs != fault.alloc_at)
        return false;
    if (fault.trace) {
        fault.on = false;
        trace(fault.trace);
        fault.on = true;
    }
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return alloc_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return alloc_fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return alloc_fails() ? NULL : __libc_realloc(old, size);
}

void *aligned_alloc(size_t align, size_t size)
{
    return alloc_fails() ? NULL : __libc_memalign(align, size);
}

int posix_memalign(void **out, size_t align, size_t size)
{
    void *got = alloc_fails() ? NULL : __libc_memalign(align, size);
    if (!got)
        return ENOMEM;
    *out = got;
    return 0;
}

void free(void *memory)
{
    __libc_free(memory);
}

/* ---- calls that change files ---- */

static void log_text(const char *text, size_t len)
{
    if (fault.log >= 0)
        syscall(SYS_write, fault.log, text, len);
}

static void log_call(const char *name, const char *path, int fd)
{
    char line[600], link[40], target[500];
    if (fault.log < 0)
        return;
    if (!path) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t len = readlink(link, target, sizeof target - 1);
        target[len > 0 ? len : 0] = '\0';
        path = target;
    }
    int len = snprintf(line, sizeof line, "%s %.500s\n", name, path);
    log_text(line, (size_t)len);
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
}

/* True if the call to be made now has to fail; errno says how.  Or dies. */
static bool call_fails(const char *name, const char *path, int fd, bool needs_room)
{
    int saved = errno;
    if (!fault.on)
        return false;
    fault.calls++;
    log_call(name, path, fd);
    errno = saved;
    bool here = fault.calls == fault.call_at;
    if (here && !fault.error && !fault.after)
        die();
    bool full = fault.call_at && fault.calls > fault.call_at && fault.error == ENOSPC && needs_room;
    if (!fault.error || !(here || full))
        return false;
    errno = fault.error;
    return true;
}

static void call_done(void)
{
    if (fault.on && fault.calls == fault.call_at && fault.after)
        die();
}

/* The function that this one stands before. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Defines a stand-in that returns -1 when it has to fail. */
#define STAND_IN(type, name, params, args, path, fd, room)                                         \
    type name params                                                                               \
    {                                                                                              \
        static __typeof__(&name) next;                                                             \
        if (!next)                                                                                 \
            next = NEXT(name);                                                                     \
        if (call_fails(#name, path, fd, room))                                                     \
            return -1;                                                                             \
        type result = next args;                                                                   \
        call_done();                                                                               \
        return result;                                                                             \
    }

STAND_IN(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len), NULL, fd, true)
STAND_IN(ssize_t, pwrite, (int fd, const void *from, size_t len, off_t at), (fd, from, len, at),
         NULL, fd, true)
STAND_IN(ssize_t, pwrite64, (int fd, const void *from, size_t len, off64_t at), (fd, from, len, at),
         NULL, fd, true)
STAND_IN(ssize_t, sendfile, (int to, int from, off_t *at, size_t len), (to, from, at, len), NULL,
         to, true)
STAND_IN(ssize_t, sendfile64, (int to, int from, off64_t *at, size_t len), (to, from, at, len),
         NULL, to, true)
STAND_IN(int, fsync, (int fd), (fd), NULL, fd, false)
STAND_IN(int, fdatasync, (int fd), (fd), NULL, fd, false)
STAND_IN(int, ftruncate, (int fd, off_t len), (fd, len), NULL, fd, false)
STAND_IN(int, ftruncate64, (int fd, off64_t len), (fd, len), NULL, fd, false)
STAND_IN(int, unlink, (const char *path), (path), path, -1, false)
STAND_IN(int, rmdir, (const char *path), (path), path, -1, false)
STAND_IN(int, remove, (const char *path), (path), path, -1, false)
STAND_IN(int, mkdir, (const char *path, mode_t mode), (path, mode), path, -1, true)

int rename(const char *from, const char *to)
{
    char both[500];
    snprintf(both, sizeof both, "%s %s", from, to);
    if (call_fails("rename", both, -1, false))
        return -1;
    int result = NEXT(rename)(from, to);
    call_done();
    return result;
}

/* The same for the family of open(), which matters only where it may make a file. */
#define STAND_IN_OPEN(name, params, path, args)                                                    \
    int name params                                                                                \
    {                                                                                              \
        static __typeof__(&name) next;                                                             \
        mode_t mode = 0;                                                                           \
        if (!next)                                                                                 \
            next = NEXT(name);                                                                     \
        if (flags & O_CREAT) {                                                                     \
            va_list more;                                                                          \
            va_start(more, flags);                                                                 \
            mode = va_arg(more, mode_t);                                                           \
            va_end(more);                                                                          \
            if (call_fails(#name, path, -1, true))                                                 \
                return -1;                                                                         \
        }                                                                                          \
        int result = next args;                                                                    \
        if (flags & O_CREAT)                                                                       \
            call_done();                                                                           \
        return result;                                                                             \
    }

STAND_IN_OPEN(open, (const char *path, int flags, ...), path, (path, flags, mode))
STAND_IN_OPEN(open64, (const char *path, int flags, ...), path, (path, flags, mode))
STAND_IN_OPEN(openat, (int at, const char *path, int flags, ...), path, (at, path, flags, mode))
STAND_IN_OPEN(openat64, (int at, const char *path, int flags, ...), path, (at, path, flags, mode))

/* ---- around main() ---- */

static int (*real_main)(int, char **, char **);

static void read_orders(void)
{
    const char *order = getenv("PM_FAULT"), *log = getenv("PM_FAULT_LOG");
    char how[20] = "";
    if (order && sscanf(order, "alloc:%lu", &fault.alloc_at) != 1 &&
        sscanf(order, "call:%lu:%19s", &fault.call_at, how) == 2) {
        fault.error = !strcmp(how, "EIO") ? EIO : !strcmp(how, "ENOSPC") ? ENOSPC : 0;
        fault.after = !strcmp(how, "kill-after");
    }
    fault.trace = getenv("PM_FAULT_TRACE");
    if (log)
        fault.log = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

static int main_between(int argc, char **argv, char **envp)
{
    read_orders();
    fault.on = true;
    int status = real_main(argc, argv, envp);
    fault.on = false;
    char line[60];
    int len = snprintf(line, sizeof line, "allocations %lu\n", fault.allocs);
    log_text(line, (size_t)len);
    return status;
}

int __libc_start_main(int (*program)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*ld_fini)(void), void *stack);

int __libc_start_main(int (*program)(int, char **, char **), int argc, char **argv,
                      void (*init)(void), void (*fini)(void), void (*ld_fini)(void), void *stack)
{
    real_main = program;
    return NEXT(__libc_start_main)(main_between, argc, argv, init, fini, ld_fini, stack);
}
