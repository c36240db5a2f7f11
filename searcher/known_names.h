/*
 * Names that the articles of an index know somebody by.
 */
#ifndef PM_KNOWN_NAMES_H
#define PM_KNOWN_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "db.h"
#include "error.h"

#define PM_NAME_BEARERS 8 /* that are told of one name; what more are called by tells nothing */

/* Whom a name may stand for. */
struct pm_bearer {
    char *entity;      /* KEY=TYPE, as name_term.h has it */
    uint32_t articles; /* where it is called that */
    bool acronym;      /* the name is what it is short for */
};

struct pm_bearers {
    struct pm_bearer item[PM_NAME_BEARERS]; /* itself, and whom else it is said of */
    size_t len;
    uint32_t articles; /* where anybody is called that: an upper bound */
};

/*
 * Finds in *bearers, to be released in any case, who is called `key` (pm_name_key() has made it):
 * of one type (a letter as pm_schema_letter() has it), or of any (0).
 */
int pm_known_names_find(const struct pm_db *db, const char *key, char type,
                        struct pm_bearers *bearers, struct pm_error *err);
void pm_bearers_release(struct pm_bearers *bearers);

/* Whether there are names that begin with the words of `key` and go on: 1, 0, -1. */
int pm_known_names_go_on(const struct pm_db *db, const char *key, struct pm_error *err);

#endif
