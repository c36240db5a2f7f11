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

int pm_opened_article(const struct pm_search *search, uint32_t docid, struct pm_article *article,
                      struct pm_error *err)
{
    struct pm_buf data = PM_BUF_INIT;
    *article = (struct pm_article){0};
    int rc = pm_db_found_data(search->index.db, docid, &data, err)
                 ? -1
                 : pm_record_unpack(pm_buf_str(&data), data.len, article, err);
    pm_buf_release(&data);
    return rc;
}

int pm_opened_brief(const struct pm_search *search, uint32_t docid, size_t entities,
                    struct pm_article *article, struct pm_error *err)
{
    struct pm_buf data = PM_BUF_INIT;
    *article = (struct pm_article){0};
    int rc = pm_db_found_data(search->index.db, docid, &data, err)
                 ? -1
                 : pm_record_unpack_brief(pm_buf_str(&data), data.len, entities, article, err);
    pm_buf_release(&data);
    return rc;
}
