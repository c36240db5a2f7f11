/*
 * The line of a record as lists of hits need it, read without a tree of JSON.
 */
#ifndef PM_RECORD_LINE_H
#define PM_RECORD_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "article.h"
#include "error.h"

#define PM_RECORD_ENTITIES 10 /* the first of an article, which are the most salient */

/* What is wanted beside the texts, the date and the tags; `{0}` is nothing. */
struct pm_record_wish {
    size_t entities; /* of the first, with type, name and salience */
    bool extra;      /* keys that we do not know */
    /*
     * Whether the mentions of an entity (its type NULL for none) are wanted, which is then kept
     * whatever its place: 1, 0 or -1.  NULL: of none.
     */
    int (*mentions)(const char *type, const char *name, void *arg, struct pm_error *err);
    void *arg;
};

/*
 * Fills *article (empty before) from a line as pm_record_pack() writes it: 1.  0, and the article
 * empty, where it is none, or has what is seldom there: pm_article_from_json() may still know it.
 * -1 for want of memory.  What is not wanted is passed over and not looked at.
 */
int pm_record_line(const char *line, size_t len, const struct pm_record_wish *wish,
                   struct pm_article *article, struct pm_error *err);

#endif
