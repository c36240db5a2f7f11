/*
 * What a command is to read: the files its words stand for, and those of an earlier report.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "error.h"
#include "options.h"
#include "report.h"
#include "walk.h"

/* True if the command line names anything to read. */
bool inputs_named(const struct options *options);

/*
 * Finds the files: first those of the command's words (walk_find()), then those that the
 * list of --retry names, each once.  What cannot be read is told to `report`.  A list
 * that cannot be read is PM_ERR_NO_INPUT, one that is none PM_ERR_SYNTAX.
 */
int inputs_find(const struct options *options, struct report *report, struct walk *walk,
                struct pm_error *err);

#endif
