#include "opened.h"

#include "record.h"
#include "schema.h"

struct pm_ranking_request pm_opened_ranking(const struct pm_search *search,
                                            const struct pm_request *request,
                                            const struct pm_plan *plan)
{
    return (struct pm_ranking_request){
        .db = search->index.db,
        .plan = plan,
        .bm25 = {.k1 = request->rank.k1 * PM_WDF_UNIT,
                 .k3 = request->rank.k3,
                 .b = request->rank.b},
        .sort = request->sort,
        .documents = search->stats.documents,
        .count = request->exact || !request->limit, /* who wants no hits wants to know */
    };
}

/* Reads the data of a document into search->room. */
static int read_data(struct pm_search *search, uint32_t docid, struct pm_error *err)
{
    pm_buf_clear(&search->room);
    return pm_db_found_data(search->index.db, docid, &search->room, err);
}

int pm_opened_article(struct pm_search *search, uint32_t docid, struct pm_article *article,
                      struct pm_error *err)
{
    *article = (struct pm_article){0};
    return read_data(search, docid, err) ||
                   pm_record_unpack(pm_buf_str(&search->room), search->room.len, article, err)
               ? -1
               : 0;
}

int pm_opened_brief(struct pm_search *search, uint32_t docid, const struct pm_record_wish *wish,
                    struct pm_article *article, struct pm_error *err)
{
    *article = (struct pm_article){0};
    return read_data(search, docid, err) ||
                   pm_record_unpack_brief(pm_buf_str(&search->room), search->room.len, wish,
                                          article, err)
               ? -1
               : 0;
}
