#include "positions.h"

#include <stdlib.h>

#include "glass_reader.h"
#include "pack.h"
#include "table.h"

#define CHUNK_BYTES                                                                                \
    500 /* a chunk that has so many is full: few, since what is asked for lies apart */

void positions_pack(struct pm_buf *out, struct pm_buf *room, const uint32_t *position, size_t n)
{
    pm_pack_varint(out, (uint64_t)position[0] << 1 | (n > 1));
    if (n == 1)
        return;
    pm_buf_clear(room);
    for (size_t i = 1; i < n; i++)
        pm_pack_varint(room, position[i] - position[i - 1] - 1);
    pm_pack_string(out, pm_buf_str(room), room->len);
    out->failed |= room->failed;
}

struct positions_writer {
    struct table *table;
    struct pm_buf term;   /* as a key */
    struct pm_buf chunk;  /* in the making */
    uint32_t first, last; /* its documents */
};

struct positions_writer *positions_writer_new(const char *path, struct pm_error *err)
{
    struct positions_writer *writer = calloc(1, sizeof *writer);
    if (!writer) {
        pm_fail_nomem(err);
        return NULL;
    }
    writer->table =
        table_new(path, PM_POSITIONS_FILE, PM_POSITIONS_BLOCK, PM_POSITIONS_REVISION, err);
    if (!writer->table) {
        free(writer);
        return NULL;
    }
    return writer;
}

void positions_writer_free(struct positions_writer *writer)
{
    if (!writer)
        return;
    table_free(writer->table);
    pm_buf_release(&writer->term);
    pm_buf_release(&writer->chunk);
    free(writer);
}

static int end_chunk(struct positions_writer *writer, struct pm_error *err)
{
    struct pm_buf *key = &writer->term, *chunk = &writer->chunk;
    size_t len = key->len;
    if (chunk->failed)
        return pm_fail_nomem(err);
    if (!chunk->len)
        return 0;
    pm_pack_sorted(key, writer->first);
    int rc = key->failed ? pm_fail_nomem(err)
                         : table_add(writer->table, key, chunk->data, chunk->len, false, err);
    key->len = len;
    pm_buf_clear(chunk);
    return rc;
}

int positions_writer_begin(struct positions_writer *writer, const char *term, size_t len,
                           struct pm_error *err)
{
    if (end_chunk(writer, err))
        return -1;
    pm_buf_clear(&writer->term);
    pm_buf_add(&writer->term, term, len);
    return writer->term.failed ? pm_fail_nomem(err) : 0;
}

int positions_writer_add(struct positions_writer *writer, uint32_t docid, const char *packed,
                         size_t len, struct pm_error *err)
{
    if (writer->chunk.len >= CHUNK_BYTES && end_chunk(writer, err))
        return -1;
    if (writer->chunk.len)
        pm_pack_varint(&writer->chunk, docid - writer->last - 1);
    else
        writer->first = docid;
    pm_buf_add(&writer->chunk, packed, len);
    writer->last = docid;
    return writer->chunk.failed ? pm_fail_nomem(err) : 0;
}

int positions_writer_end(struct positions_writer *writer, struct pm_error *err)
{
    struct table_root root;
    return end_chunk(writer, err) || table_end(writer->table, &root, err) ? -1 : 0;
}
