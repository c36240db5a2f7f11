/*
 * A search, from the words typed to the hits with their snippets.
 *
 * The door to the library for who embeds it: open, search as often as wanted, close.
 */
#ifndef PM_SEARCH_H
#define PM_SEARCH_H

#include <stddef.h>

#include "article.h"
#include "error.h"
#include "results.h"

struct pm_search;

/*
 * Opens the indexes in the `n` folders to be searched as one, as they are now; what is
 * published later is not seen.  `language` is that of the queries, or NULL for all that the
 * indexes hold.  pm_search_close() accepts NULL.
 */
struct pm_search *pm_search_open(const char *const *folders, size_t n, const char *language,
                                 struct pm_error *err);
void pm_search_close(struct pm_search *search);

/*
 * Answers a request.  Hits come by (score rounded to 1e-9, newest date, id): the order does
 * not depend on how an index is split into segments.  A broken query is PM_ERR_QUERY, with
 * the byte of the query in err->offset.  Release the results (results.h) in any case.
 */
int pm_search_run(struct pm_search *search, const struct pm_request *request,
                  struct pm_results *results, struct pm_error *err);

/* The article with that id, to be released: 1, 0 when there is none, -1. */
int pm_search_article(struct pm_search *search, const char *id, struct pm_article *article,
                      struct pm_error *err);

#endif
