/*
 * Names that stand alone on a line: whose they are shows in the lines around them.
 */
#ifndef LAYOUT_PEOPLE_H
#define LAYOUT_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "layout_kinds.h"

/*
 * True if the line is the name of the author: it stands there twice in a row, or above what
 * somebody is, or somewhere else in the text with that.
 */
bool people_is_name(const struct layout *layout, size_t i);

/*
 * True if the line says what the author is: "A is a lecturer at ...  The views expressed are his
 * own.", "The author is ...", "PhD candidate at ..." under a name.
 */
bool people_is_affiliation(const struct layout *layout, size_t i);

/* Whose affiliation it is; empty if it names nobody. */
struct slice people_named(struct slice affiliation);

/* True if the line is the name of the paper, such as "-The Some Post-" at the end. */
bool people_is_source(const struct layout *layout, size_t i);

/* That name without its dashes. */
struct slice people_source(struct slice line);

#endif
