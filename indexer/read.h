/*
 * The command `read`: what the indexer makes of files, as NDJSON, without an index.
 */
#ifndef READ_H
#define READ_H

#include "options.h"

int read_run(const struct options *options);

#endif
