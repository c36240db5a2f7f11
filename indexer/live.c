#include "live.h"

#include <stdlib.h>

/* All live articles, parted by shard. */
struct gathering {
    const struct pm_index *index;
    uint32_t **docid;
    size_t *len, *cap;
    struct pm_error *err;
};

static int gather(uint32_t docid, void *arg)
{
    struct gathering *gathering = arg;
    uint32_t number;
    size_t shard = pm_db_shard(gathering->index->db, docid, &number);
    if (pm_dead_has(&gathering->index->dead[shard], number))
        return 0;
    if (gathering->len[shard] == gathering->cap[shard]) {
        size_t cap = gathering->cap[shard] ? gathering->cap[shard] * 2 : 256;
        uint32_t *grown = realloc(gathering->docid[shard], cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(gathering->err);
        gathering->docid[shard] = grown;
        gathering->cap[shard] = cap;
    }
    gathering->docid[shard][gathering->len[shard]++] = docid;
    return 0;
}

int live_each(const struct pm_index *index, int (*each)(uint32_t docid, void *arg), void *arg,
              struct pm_error *err)
{
    size_t shards = pm_db_shards(index->db);
    struct gathering gathering = {
        .index = index,
        .docid = calloc(shards + 1, sizeof *gathering.docid),
        .len = calloc(shards + 1, sizeof *gathering.len),
        .cap = calloc(shards + 1, sizeof *gathering.cap),
        .err = err,
    };
    int rc = 0;
    if (!gathering.docid || !gathering.len || !gathering.cap)
        rc = pm_fail_nomem(err);
    else /* the empty term stands for every document */
        rc = pm_db_each_document(index->db, "", 0, gather, &gathering, err);
    for (size_t i = 0; !rc && i < shards; i++)
        for (size_t j = 0; !rc && j < gathering.len[i]; j++)
            rc = each(gathering.docid[i][j], arg);
    for (size_t i = 0; gathering.docid && i < shards; i++)
        free(gathering.docid[i]);
    free(gathering.docid);
    free(gathering.len);
    free(gathering.cap);
    return rc;
}
