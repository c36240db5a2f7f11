/*
 * The command `check`: whether an index is what its writer meant.
 */
#ifndef CHECK_H
#define CHECK_H

#include "options.h"

int check_run(const struct options *options);

#endif
