/*
 * SIGINT and SIGTERM as a wish to stop, honoured where nothing is half done.
 */
#ifndef STOP_H
#define STOP_H

#include <stdbool.h>

#include "error.h"

/* From here on the first signal asks to stop; a second one ends the program at once. */
void stop_watch(void);

/* The signal that asked, or 0. */
int stop_signal(void);

/* -1 with PM_ERR_STOPPED once a signal has asked, else 0. */
int stop_check(struct pm_error *err);

/* Says in *err, if that is PM_ERR_STOPPED, that nothing was published, or nothing more. */
void stop_mend(struct pm_error *err, bool more);

#endif
