#include "position_lists.h"

#include <stdlib.h>
#include <string.h>

#include "chunk.h"
#include "pack.h"
#include "table_cursor.h"

#define OPEN 16 /* lists that are kept open; a power of two */

/* The list of a term. */
struct list {
    struct pm_buf term, key; /* no term where a list could not be read; the key but for documents */
    struct pm_table_cursor cursor;
    struct pm_position_chunk chunk; /* at hand */
    struct pm_unread packed;        /* of the document at hand */
};

struct pm_position_lists {
    struct pm_table table;
    struct list list[OPEN];
    unsigned opened;               /* so far, each in the place of the oldest */
    struct pm_table_cursor cursor; /* of reading all */
    struct pm_buf last;            /* the key that was read last there */
    bool started;
};

/* ---- opening ---- */

struct pm_position_lists *pm_position_lists_open(const char *folder, struct pm_error *err)
{
    struct pm_position_lists *lists = calloc(1, sizeof *lists);
    if (!lists) {
        pm_fail_nomem(err);
        return NULL;
    }
    struct pm_block_cache *cache = &lists->table.cache;
    lists->cursor.table = &lists->table;
    int rc = pm_block_cache_open(cache, folder, PM_POSITIONS_FILE, PM_POSITIONS_BLOCK,
                                 PM_POSITIONS_REVISION, err);
    if (!rc && cache->fd >= 0) {
        int level = cache->count ? pm_block_level(cache, cache->count - 1, err)
                                 : pm_block_damaged(cache, err);
        lists->table.root = cache->count - 1;
        lists->table.level = level < 0 ? 0 : (unsigned)level;
        rc = level < 0 ? -1 : level >= PM_TABLE_LEVELS ? pm_block_damaged(cache, err) : 0;
    }
    if (rc) {
        pm_position_lists_close(lists);
        return NULL;
    }
    return lists;
}

static void release(struct list *list)
{
    pm_buf_release(&list->term);
    pm_buf_release(&list->key);
    pm_table_cursor_release(&list->cursor);
    *list = (struct list){0};
}

void pm_position_lists_close(struct pm_position_lists *lists)
{
    if (!lists)
        return;
    for (size_t i = 0; i < OPEN; i++)
        release(&lists->list[i]);
    pm_table_cursor_release(&lists->cursor);
    pm_buf_release(&lists->last);
    pm_table_close(&lists->table);
    free(lists);
}

void pm_position_lists_keep(struct pm_position_lists *lists, size_t bytes)
{
    lists->table.cache.keep = bytes;
}

static int damaged(const struct pm_position_lists *lists, struct pm_error *err)
{
    return pm_block_damaged(&lists->table.cache, err);
}

/* ---- chunks ---- */

bool pm_position_chunk_next(struct pm_position_chunk *chunk, struct pm_unread *packed, bool *sound)
{
    struct pm_unread *from = &chunk->entries;
    uint32_t gap, bytes;
    uint64_t first, docid = chunk->first;
    *sound = true;
    if (from->at == from->end)
        return false;
    *sound = false;
    if (chunk->docid) {
        if (!pm_varint32(from, &gap))
            return false;
        docid = (uint64_t)chunk->docid + gap + 1;
    }
    packed->at = from->at;
    if (docid > UINT32_MAX || !pm_varint(from, &first))
        return false;
    if (first & 1) {
        if (!pm_varint32(from, &bytes) || bytes > (uint64_t)(from->end - from->at))
            return false;
        from->at += bytes;
    }
    packed->end = from->at;
    chunk->docid = (uint32_t)docid;
    *sound = true;
    return true;
}

static bool unpack(struct pm_unread packed, struct pm_buf *out)
{
    uint64_t first;
    uint32_t bytes, gap;
    if (!pm_varint(&packed, &first) || first >> 1 > UINT32_MAX)
        return false;
    uint32_t position = (uint32_t)(first >> 1);
    pm_buf_add(out, &position, sizeof position);
    if (!(first & 1))
        return true;
    if (!pm_varint32(&packed, &bytes)) /* so many are left */
        return false;
    while (packed.at < packed.end) {
        if (!pm_varint32(&packed, &gap) || gap >= UINT32_MAX - position)
            return false;
        position += gap + 1;
        pm_buf_add(out, &position, sizeof position);
    }
    return true;
}

/* ---- the list of a term ---- */

/* The list, opened if it was not; or NULL. */
static struct list *list_of(struct pm_position_lists *lists, const char *term, size_t len,
                            struct pm_error *err)
{
    /* Those opened last first: who asks for several goes round and round. */
    for (unsigned i = 0; i < OPEN; i++) {
        struct list *list = &lists->list[(lists->opened - 1 - i) % OPEN];
        if (list->term.data && list->term.len == len && !memcmp(list->term.data, term, len))
            return list;
    }
    struct list *list = &lists->list[lists->opened++ % OPEN];
    release(list);
    list->cursor.table = &lists->table;
    pm_buf_add(&list->term, term, len);
    pm_pack_term(&list->key, term, len, true);
    if (!list->term.failed && !list->key.failed)
        return list;
    release(list);
    pm_fail_nomem(err);
    return NULL;
}

/* Goes to the chunk that may have the document: 1, 0 if that is the one at hand or none, or -1. */
static int find_chunk(struct list *list, uint32_t docid, struct pm_error *err)
{
    struct pm_bytes tag;
    if (pm_chunk_seek(&list->cursor, &list->key, docid, err) < 0)
        return -1;
    uint32_t first = pm_chunk_first(&list->cursor, &list->key);
    if (!first || first == list->chunk.first)
        return 0;
    if (pm_table_tag(&list->cursor, &tag, err))
        return -1;
    list->chunk =
        (struct pm_position_chunk){.entries = {tag.data, tag.data + tag.len}, .first = first};
    return 1;
}

/* Goes to the first entry from the document on, in the chunk that may have it: 1, 0, or -1. */
static int seek(struct pm_position_lists *lists, struct list *list, uint32_t docid,
                struct pm_error *err)
{
    bool sound = true;
    if (list->chunk.docid > docid)
        list->chunk = (struct pm_position_chunk){0};
    while (list->chunk.docid < docid) {
        if (pm_position_chunk_next(&list->chunk, &list->packed, &sound))
            continue;
        int rc = sound ? find_chunk(list, docid, err) : damaged(lists, err);
        if (rc <= 0)
            return rc;
    }
    return list->chunk.docid == docid;
}

int pm_position_lists_find(struct pm_position_lists *lists, uint32_t docid, const char *term,
                           size_t len, struct pm_buf *out, struct pm_error *err)
{
    if (lists->table.cache.fd < 0)
        return 0;
    if (pm_block_cache_trim(&lists->table.cache))
        for (size_t i = 0; i < OPEN; i++)
            release(&lists->list[i]);
    struct list *list = list_of(lists, term, len, err);
    int rc = list ? seek(lists, list, docid, err) : -1;
    if (rc == 1 && !unpack(list->packed, out))
        rc = damaged(lists, err);
    if (rc < 0 && list)
        release(list);
    return rc < 0 ? -1 : out->failed ? pm_fail_nomem(err) : 0;
}

/* ---- all of it ---- */

/* Gives blocks back, if they are many, and goes to where the cursor was. */
static int trim(struct pm_position_lists *lists, struct pm_error *err)
{
    if (!pm_block_cache_trim(&lists->table.cache))
        return 0;
    pm_table_forget(&lists->cursor);
    return pm_table_seek(&lists->cursor, pm_buf_str(&lists->last), lists->last.len, err) < 0 ? -1
                                                                                             : 0;
}

/* Keeps the key at hand, which is to come behind the last: a table that goes round has no end. */
static int keep_key(struct pm_position_lists *lists, struct pm_bytes key, struct pm_error *err)
{
    struct pm_buf *last = &lists->last;
    size_t len = key.len < last->len ? key.len : last->len;
    int order = len ? memcmp(key.data, last->data, len) : 0;
    if (order < 0 || (!order && key.len <= last->len))
        return damaged(lists, err);
    pm_buf_clear(last);
    pm_buf_add(last, key.data, key.len);
    return last->failed ? pm_fail_nomem(err) : 0;
}

/* The term ends with a NUL that no 0xff follows, and the document is behind it. */
static bool split_key(struct pm_bytes key, struct pm_position_chunk *chunk)
{
    size_t end = 0;
    while (end < key.len && (key.data[end] || (end + 1 < key.len && key.data[end + 1] == 0xff)))
        end += key.data[end] ? 1 : 2;
    if (end >= key.len)
        return false;
    chunk->term = (struct pm_unread){key.data, key.data + end + 1};
    return pm_sorted_number(key.data + end + 1, key.len - end - 1, &chunk->first) && chunk->first;
}

int pm_position_lists_next(struct pm_position_lists *lists, struct pm_position_chunk *chunk,
                           struct pm_error *err)
{
    struct pm_bytes tag;
    if (lists->table.cache.fd < 0)
        return 0;
    /* The first key of every table is an empty one. */
    int rc = lists->started ? trim(lists, err) : pm_table_seek(&lists->cursor, "", 0, err);
    if (rc < 0)
        return -1;
    lists->started = true;
    rc = pm_table_next(&lists->cursor, err);
    if (rc <= 0)
        return rc;
    *chunk = (struct pm_position_chunk){0};
    if (keep_key(lists, pm_table_key(&lists->cursor), err))
        return -1;
    if (!split_key(pm_table_key(&lists->cursor), chunk))
        return damaged(lists, err);
    if (pm_table_tag(&lists->cursor, &tag, err))
        return -1;
    chunk->entries = (struct pm_unread){tag.data, tag.data + tag.len};
    return 1;
}

int pm_position_lists_check(struct pm_position_lists *lists, struct pm_error *err)
{
    struct pm_buf term = PM_BUF_INIT, positions = PM_BUF_INIT;
    struct pm_position_chunk chunk;
    struct pm_unread packed;
    uint32_t last = 0; /* document of the term */
    int rc;
    while ((rc = pm_position_lists_next(lists, &chunk, err)) == 1) {
        size_t len = (size_t)(chunk.term.end - chunk.term.at);
        bool sound, same = term.len == len && !memcmp(term.data, chunk.term.at, len);
        bool rises = !same || chunk.first > last;
        pm_buf_clear(&term);
        pm_buf_add(&term, chunk.term.at, len);
        pm_buf_clear(&positions);
        bool unpacked = true;
        while (pm_position_chunk_next(&chunk, &packed, &sound))
            unpacked &= unpack(packed, &positions);
        last = chunk.docid;
        if (term.failed || positions.failed)
            rc = pm_fail_nomem(err);
        else if (!sound || !unpacked || !rises || !positions.len)
            rc = damaged(lists, err);
        if (rc < 0)
            break;
    }
    pm_buf_release(&term);
    pm_buf_release(&positions);
    return rc;
}
