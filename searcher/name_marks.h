/*
 * Where in an article those are mentioned whom a query wants.
 */
#ifndef PM_NAME_MARKS_H
#define PM_NAME_MARKS_H

#include "article.h"
#include "error.h"
#include "fold.h"
#include "wanted.h"

/* The mentions in a title and in a body, as struct pm_wanted takes them. */
struct pm_name_marks {
    struct pm_wanted_span *title, *body;
    size_t titles, bodies;
};

/* Finds in *marks, to be released in any case, all mentions in `article` of the wanted names. */
int pm_name_marks_find(const struct pm_wanted *wanted, struct pm_fold *fold,
                       const struct pm_article *article, struct pm_name_marks *marks,
                       struct pm_error *err);
void pm_name_marks_release(struct pm_name_marks *marks);

#endif
