/*
 * Names in files that hold a token a line, as data for training and scoring taggers do.
 */
#ifndef CONLL_H
#define CONLL_H

#include "entities.h"

/*
 * Prints the tag of a token: O outside names, else B- or I- and the type as PER, ORG, LOC, MISC.
 */
void conll_print_tag(const struct entity_token *token);

/*
 * Prints the lines of a file, each with a space and the tag of its token behind it.  The token is
 * what stands before the first space or tab; an empty line ends a sentence.  A line that begins
 * with -DOCSTART- begins a document; without such, every 20 sentences are one.  PM_ERR_NO_INPUT if
 * the file cannot be read; "-" is standard input.
 */
int conll_run(struct entity_finder *finder, enum entity_method method, const char *path,
              struct pm_error *err);

#endif
