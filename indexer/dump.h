/*
 * The command `dump`: all articles of an index as NDJSON, which `add` reads again.
 */
#ifndef DUMP_H
#define DUMP_H

#include "options.h"

int dump_run(const struct options *options);

#endif
