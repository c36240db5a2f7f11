/*
 * The command `delete`: articles out of an index, by id or by query.
 */
#ifndef REMOVE_H
#define REMOVE_H

#include "options.h"

int remove_run(const struct options *options);

#endif
