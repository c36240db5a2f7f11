/*
 * The command `add`: articles in, one publish.
 */
#ifndef ADD_H
#define ADD_H

#include "options.h"

int add_run(const struct options *options);

#endif
