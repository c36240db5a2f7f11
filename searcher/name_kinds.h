/*
 * What a name stands for over all articles of an index, where some take it for a person's.
 *
 * Whoever finds names in one article can be wrong in it: "Merrill Lynch" has a given name.  The
 * articles that spell a name out are seldom wrong: "Merrill Lynch and Co" is nobody.  So a name of
 * people is an organisation's if
 *
 *   - articles call an organisation of a longer name so, and more than twice as many as call a
 *     person of a longer name so ("James Baker" beside "Baker Hughes Inc");
 *   - two articles at least say that it is an organisation, with a longer name or without, and one
 *     for each five that say it is a person.
 *
 * In Reuters-21578 that is so of 200 names in 750 articles, and of hardly a person; a name that
 * the firm shares with people stays theirs ("Brown").  The terms of name_term.h tell all of it.
 */
#ifndef PM_NAME_KINDS_H
#define PM_NAME_KINDS_H

#include <stddef.h>

#include "db.h"
#include "error.h"
#include "fold.h"

struct pm_name_kinds;

/*
 * Of the names of a database; it and `fold` must outlive what is returned.  To be asked for many
 * names: from some number on it reads the names of the whole index once, and remembers.
 */
struct pm_name_kinds *pm_name_kinds_new(const struct pm_db *db, struct pm_fold *fold,
                                        struct pm_error *err);
void pm_name_kinds_free(struct pm_name_kinds *kinds);

/*
 * What is called so in an article that takes it for a person: PM_VALUE_PERSON or
 * PM_VALUE_ORGANISATION (schema.h), or -1.
 */
int pm_name_kinds_person(struct pm_name_kinds *kinds, const char *name, size_t len,
                         struct pm_error *err);

/* The same for one name by its key (name_term.h). */
int pm_name_kind_person(const struct pm_db *db, const char *key, struct pm_error *err);

#endif
