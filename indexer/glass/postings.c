#include "postings.h"

#include <stdlib.h>

#include "array.h"
#include "pack.h"

#define CHUNK_BYTES 2000 /* a chunk that has so many is full; Xapian's own size */

struct chunk {
    uint32_t first, last; /* documents */
    size_t start, end;    /* of its body in `chunks` */
};

void postings_clear(struct postings *postings)
{
    pm_buf_clear(&postings->body);
    pm_buf_clear(&postings->chunks);
    postings->len = 0;
    postings->count = 0;
    postings->occurrences = 0;
}

void postings_release(struct postings *postings)
{
    pm_buf_release(&postings->body);
    pm_buf_release(&postings->chunks);
    free(postings->chunk);
    *postings = (struct postings){0};
}

static int end_chunk(struct postings *postings, struct pm_error *err)
{
    struct chunk *grown = pm_array_room(postings->chunk, postings->len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    postings->chunk = grown;
    size_t start = postings->chunks.len;
    pm_buf_add(&postings->chunks, postings->body.data, postings->body.len);
    if (postings->body.failed || postings->chunks.failed)
        return pm_fail_nomem(err);
    pm_buf_clear(&postings->body);
    postings->chunk[postings->len++] =
        (struct chunk){postings->first, postings->last, start, postings->chunks.len};
    return 0;
}

int postings_add(struct postings *postings, uint32_t docid, uint32_t wdf, struct pm_error *err)
{
    if (postings->body.len >= CHUNK_BYTES && end_chunk(postings, err))
        return -1;
    if (postings->body.len)
        pm_pack_varint(&postings->body, docid - postings->last - 1);
    else
        postings->first = docid;
    pm_pack_varint(&postings->body, wdf);
    postings->last = docid;
    postings->count++;
    postings->occurrences += wdf;
    return postings->body.failed ? pm_fail_nomem(err) : 0;
}

int postings_write(struct postings *postings, struct table *table, const struct pm_buf *key,
                   const struct pm_buf *more, bool counted, struct pm_error *err)
{
    struct pm_buf tag = PM_BUF_INIT, later = PM_BUF_INIT;
    int rc = postings->count ? end_chunk(postings, err) : 0;
    for (size_t i = 0; !rc && i < postings->len; i++) {
        const struct chunk *chunk = &postings->chunk[i];
        pm_buf_clear(&tag);
        pm_buf_clear(&later);
        if (!i) {
            pm_pack_varint(&tag, counted ? postings->count : 0);
            pm_pack_varint(&tag, counted ? postings->occurrences : 0);
            pm_pack_varint(&tag, chunk->first - 1);
        } else {
            pm_buf_add(&later, more->data, more->len);
            pm_pack_sorted(&later, chunk->first);
        }
        pm_buf_addc(&tag, i + 1 == postings->len ? '1' : '0');
        pm_pack_varint(&tag, chunk->last - chunk->first);
        pm_buf_add(&tag, postings->chunks.data + chunk->start, chunk->end - chunk->start);
        rc = tag.failed ? pm_fail_nomem(err)
                        : table_add(table, i ? &later : key, tag.data, tag.len, false, err);
    }
    pm_buf_release(&tag);
    pm_buf_release(&later);
    return rc;
}
