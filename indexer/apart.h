/*
 * Work in a process of its own, which may crash.
 */
#ifndef APART_H
#define APART_H

#include "buf.h"
#include "error.h"

/*
 * Runs `work`, whose result, from 0 to 100, is the exit code of a child: 0 or more, or -1 with
 * PM_ERR_STOPPED when a signal asked to stop, or another error.  What it writes to `out` is added
 * to `said`, without new lines at its end.  A child that has crashed is APART_CRASHED.
 */
#define APART_CRASHED 101
int apart_run(int (*work)(int out, void *arg), void *arg, struct pm_buf *said,
              struct pm_error *err);

#endif
