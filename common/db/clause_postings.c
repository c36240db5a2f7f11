#include "clause_inside.h"

uint64_t pm_postings_next(const struct pm_postings *postings, uint64_t from)
{
    const struct pm_posting_list *list = &postings->list;
    if (postings->ended)
        return UINT64_MAX;
    if (from > list->docid[list->len - 1])
        return from;
    size_t at = postings->at;
    while (list->docid[at] < from)
        at++;
    return list->docid[at];
}

int pm_postings_seek(struct pm_postings *postings, uint64_t from, struct pm_error *err)
{
    struct pm_posting_list *list = &postings->list;
    if (postings->ended)
        return 0;
    if (from > list->docid[list->len - 1]) {
        int rc = from > UINT32_MAX ? 0 : pm_posting_list_seek(list, (uint32_t)from, err);
        postings->at = 0;
        postings->ended = rc != 1;
        if (rc != 1)
            return rc;
    }
    while (list->docid[postings->at] < from)
        postings->at++;
    return 1;
}

int pm_postings_next_chunk(struct pm_postings *postings, struct pm_error *err)
{
    int rc = pm_posting_list_next(&postings->list, err);
    postings->at = 0;
    postings->ended = rc != 1;
    return rc;
}

int pm_postings_match(struct pm_postings *postings, uint64_t from, const uint64_t *within,
                      uint64_t *bit, struct pm_error *err)
{
    int rc = pm_postings_seek(postings, from, err);
    while (rc == 1) {
        const uint32_t *docids = postings->list.docid;
        size_t at = postings->at, len = postings->list.len;
        for (; at < len && docids[at] - from < PM_WINDOW; at++)
            if (!within || pm_bits_have(within, docids[at] - from))
                pm_bits_set(bit, docids[at] - from);
        postings->at = at;
        if (at < len)
            return 0;
        rc = pm_postings_next_chunk(postings, err);
    }
    return rc < 0 ? -1 : 0;
}
