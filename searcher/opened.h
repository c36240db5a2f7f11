/*
 * What is open while searches run.
 */
#ifndef PM_OPENED_H
#define PM_OPENED_H

#include "analyzers.h"
#include "db.h"
#include "index.h"
#include "plan.h"
#include "ranking.h"
#include "record_line.h"
#include "results.h"

#define PM_QUERY_LANGUAGES 8 /* of an index, that a query is read in */

struct pm_search {
    struct pm_index index;
    struct pm_db_stats stats;
    struct pm_fold *fold;
    struct pm_analyzers analyzers;                 /* of hits' languages too */
    struct pm_analyzer *query[PM_QUERY_LANGUAGES]; /* those that queries are read in */
    size_t query_len;
    struct pm_buf room; /* for the data of a document */
};

/* The ranking that a request asks for, with a plan that has a query. */
struct pm_ranking_request pm_opened_ranking(const struct pm_search *search,
                                            const struct pm_request *request,
                                            const struct pm_plan *plan);

/* The article of a document, to be released. */
int pm_opened_article(struct pm_search *search, uint32_t docid, struct pm_article *article,
                      struct pm_error *err);

/* The same with what is wished for, or more, in much less time. */
int pm_opened_brief(struct pm_search *search, uint32_t docid, const struct pm_record_wish *wish,
                    struct pm_article *article, struct pm_error *err);

#endif
