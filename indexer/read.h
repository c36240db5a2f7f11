/*
 * The command `read`: what the indexer makes of files, as NDJSON, without an index.
 */
#ifndef READ_H
#define READ_H

#include "options.h"

int read_run(const struct options *options);

/*
 * Reads the articles of the command's files, hands each to `take` and `with` to that, tells what
 * could not be read, and returns the exit code.  `take` fails to end it.
 */
int read_articles(const struct options *options,
                  int (*take)(const struct pm_article *article, void *with, struct pm_error *err),
                  void *with);

#endif
