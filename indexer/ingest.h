/*
 * The command `add`: articles in, one publish.
 */
#ifndef INGEST_H
#define INGEST_H

#include "options.h"

int ingest_run(const struct options *options);

#endif
