#include "stop.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t asked;

static void note(int signal_number)
{
    asked = signal_number;
}

void stop_watch(void)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int stop_signal(void)
{
    return asked;
}

static int fail(struct pm_error *err, bool more)
{
    return pm_fail(err, PM_ERR_STOPPED, "stopped by %s, nothing %swas published",
                   asked == SIGINT ? "an interrupt" : "a signal", more ? "more " : "");
}

int stop_check(struct pm_error *err)
{
    return asked ? fail(err, false) : 0;
}

void stop_mend(struct pm_error *err, bool more)
{
    if (err->code != PM_ERR_STOPPED)
        return;
    *err = (struct pm_error){0};
    fail(err, more);
}
