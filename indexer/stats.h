/*
 * The command `stats`: what an index holds.
 */
#ifndef STATS_H
#define STATS_H

#include "options.h"

int stats_run(const struct options *options);

#endif
