/*
 * More like this: a query made of the words that tell an article from others.
 */
#ifndef PM_SIMILAR_H
#define PM_SIMILAR_H

#include "error.h"
#include "opened.h"
#include "query.h"

/*
 * A tree of the most telling words of the article `id`, without the article itself; to be
 * freed.  PM_ERR_NO_INPUT when there is no such article.
 */
struct pm_node *pm_similar_tree(struct pm_search *search, const char *id, struct pm_error *err);

#endif
