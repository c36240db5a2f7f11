/*
 * Where in an article those are mentioned whom a query wants.
 */
#ifndef PM_NAME_MARKS_H
#define PM_NAME_MARKS_H

#include "article.h"
#include "buf.h"
#include "error.h"
#include "fold.h"
#include "wanted.h"

/* The mentions in a title and in a body, as struct pm_wanted takes them. */
struct pm_name_marks {
    struct pm_wanted_span *title, *body;
    size_t titles, bodies;
};

/* Whom a query wants, to be looked for. */
struct pm_name_look {
    const struct pm_wanted *wanted;
    struct pm_fold *fold;
    struct pm_buf *room; /* memory to work in */
};

/* Whether an entity is one of the wanted names of `look`, a struct pm_name_look: 1, 0 or -1. */
int pm_name_marks_want(const char *type, const char *name, void *look, struct pm_error *err);

/* Finds in *marks, to be released in any case, all mentions in `article` of the wanted names. */
int pm_name_marks_find(const struct pm_name_look *look, const struct pm_article *article,
                       struct pm_name_marks *marks, struct pm_error *err);
void pm_name_marks_release(struct pm_name_marks *marks);

#endif
