/*
 * Words that mean the same, from a file, brought into a query.
 */
#ifndef PM_SYNONYMS_H
#define PM_SYNONYMS_H

#include "error.h"
#include "query.h"

struct pm_synonyms;

/*
 * Reads a file: a group a line, its members (words or several words) between commas; "#"
 * begins a comment line.  PM_ERR_NO_INPUT if it cannot be opened, PM_ERR_SYNTAX naming file and
 * line for a line that is no group (fewer than two members, or not UTF-8).
 */
struct pm_synonyms *pm_synonyms_open(const char *path, struct pm_error *err);
void pm_synonyms_close(struct pm_synonyms *synonyms);

/*
 * Replaces in the tree every word or phrase that is a member of groups, case aside, by an OR of
 * it and the other members (words, or phrases where they have several words), in its field and
 * with its sign and boost.  A run of bare words in a list that spells a member stays, and
 * the others are added to the list behind it.
 */
int pm_synonyms_apply(const struct pm_synonyms *synonyms, struct pm_node *tree,
                      struct pm_error *err);

#endif
