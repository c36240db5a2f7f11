/*
 * One writer at a time: the lock on an index folder.
 *
 * It is an OFD lock on a file beside Xapian's own, so a writer that dies leaves it free; the
 * text of the file names the holder, for the message that others show.
 */
#ifndef LOCK_H
#define LOCK_H

#include "error.h"

#define LOCK_FILE "lock"

/*
 * Takes the lock of the index `folder`, waiting for at most `seconds` (HUGE_VAL: for ever):
 * its file descriptor, whose close() gives it up, or -1.  PM_ERR_BUSY names the holder.
 */
int lock_take(const char *folder, double seconds, struct pm_error *err);

#endif
