/*
 * The command `compact`: one segment, and nothing dead in it.
 */
#ifndef COMPACT_H
#define COMPACT_H

#include "options.h"

int compact_run(const struct options *options);

#endif
