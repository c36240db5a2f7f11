/*
 * What was left out of a query, changed in it, or could be.
 */
#ifndef PM_WARNINGS_H
#define PM_WARNINGS_H

#include <stddef.h>

#include "error.h"

struct pm_warning {
    const char *code; /* a constant: "stop-words", "spelling", "corrected", "wildcard-cut", ... */
    char *word;       /* of the query, or words with ", " between them */
    char *instead;    /* what is meant or was taken, or NULL */
    char *text;       /* a sentence for people */
};

struct pm_warnings {
    struct pm_warning *item;
    size_t len, cap;
};

/*
 * Adds a warning; its sentence is `format` with the word (and what is `instead`, where not NULL)
 * put in, each a %s.  `code` must outlive the list.
 */
int pm_warnings_add(struct pm_warnings *warnings, const char *code, const char *word,
                    const char *instead, const char *format, struct pm_error *err);

/* Moves a warning here from another list, where an empty one stays. */
int pm_warnings_move(struct pm_warnings *warnings, struct pm_warning *from, struct pm_error *err);
void pm_warnings_release(struct pm_warnings *warnings);

#endif
