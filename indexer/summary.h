/*
 * What a run has done, told at its end.
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include "ingest.h"

/* A JSON object on standard output: 0, or -1 when memory ran out, which is told. */
int summary_print_json(const struct ingest *ingest);

/* A line on standard error. */
void summary_print(const struct ingest *ingest);

#endif
