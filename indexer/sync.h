/*
 * The command `sync`: an index gets the articles of some folders as they are now.
 */
#ifndef SYNC_H
#define SYNC_H

#include "options.h"

int sync_run(const struct options *options);

#endif
