#include "apart.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stop.h"

/* Reads all that comes, unless a signal asks to stop. */
static void read_all(int in, struct pm_buf *said)
{
    char *to;
    ssize_t got = 1;
    while ((got > 0 || (got < 0 && errno == EINTR && !stop_signal())) &&
           (to = pm_buf_reserve(said, 4096))) {
        got = read(in, to, 4096);
        said->len += got > 0 ? (size_t)got : 0;
    }
    while (said->len && said->data[said->len - 1] == '\n')
        said->len--;
    pm_buf_add(said, "", 0);
}

static int end(pid_t child)
{
    int status = 0;
    if (stop_signal())
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        if (stop_signal())
            kill(child, SIGKILL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : APART_CRASHED;
}

int apart_run(int (*work)(int out, void *arg), void *arg, struct pm_buf *said, struct pm_error *err)
{
    int ends[2];
    fflush(stdout);
    if (pipe(ends))
        return pm_fail_errno(err, PM_ERR_INTERNAL, "cannot make a pipe");
    pid_t child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return pm_fail_errno(err, PM_ERR_INTERNAL, "cannot start a process");
    }
    if (child == 0) {
        /* It must not outlive us: it has our lock. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        signal(SIGINT, SIG_DFL);
        signal(SIGTERM, SIG_DFL);
        int rc = work(ends[1], arg);
        fflush(stdout);
        _exit(rc);
    }
    close(ends[1]);
    read_all(ends[0], said);
    close(ends[0]);
    int rc = end(child);
    return stop_check(err) ? -1 : rc;
}
