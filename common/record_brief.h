/*
 * Of the line of a record only what lists of hits show: reading all its entities takes longest.
 */
#ifndef PM_RECORD_BRIEF_H
#define PM_RECORD_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

#define PM_RECORD_ENTITIES 10 /* the first of an article, which are the most salient */

/*
 * Adds the line of JSON to `out` with the names, types and salience of its first `entities`. False,
 * and anything added, where it has none, or where the line is not as pm_record_pack() writes it.
 */
bool pm_record_brief(const char *line, size_t len, size_t entities, struct pm_buf *out);

#endif
