/*
 * The command `entities`: the names in articles, or in files of tokens, without an index.
 */
#ifndef ENTITIES_COMMAND_H
#define ENTITIES_COMMAND_H

#include "options.h"

int entities_run(const struct options *options);

#endif
