#include "glass_tables.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "pack.h"
#include "positions.h"
#include "postings.h"
#include "table.h"

/* ---- the table of postings ---- */

/* The table while it is written, and what has to be known of a term for that. */
struct writing {
    const struct glass_content *content;
    struct iamglass *version;
    struct table *table;
    struct postings postings;
    struct pm_buf key, more; /* of a list of postings, and of its chunks but the first */
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct glass_metadata *)a)->key, ((const struct glass_metadata *)b)->key);
}

static int write_metadata(struct writing *writing, struct glass_content *content,
                          struct pm_error *err)
{
    int rc = 0;
    if (content->metadata_len)
        qsort(content->metadata, content->metadata_len, sizeof *content->metadata, by_key);
    for (size_t i = 0; !rc && i < content->metadata_len; i++) {
        const struct glass_metadata *metadata = &content->metadata[i];
        pm_buf_clear(&writing->key);
        pm_buf_add(&writing->key, "\0\xc0", 2);
        pm_buf_adds(&writing->key, metadata->key);
        rc = table_add(writing->table, &writing->key, metadata->value, metadata->len, false, err);
    }
    return rc;
}

static void count_length(struct iamglass *version, uint32_t length)
{
    version->documents++;
    version->length_total += length;
    if (length > version->length_max)
        version->length_max = length;
    if (length && (!version->length_min || length < version->length_min))
        version->length_min = length;
}

/* The list of all documents, with their lengths as wdf. */
static int write_lengths(struct writing *writing, struct glass_content *content,
                         struct pm_error *err)
{
    struct spool_reader reader;
    uint32_t docid = 0;
    int rc = spool_flush(&content->lengths, err);
    postings_clear(&writing->postings);
    spool_read(&reader, &content->lengths, 0, content->lengths.len);
    while (!rc && spool_more(&reader)) {
        uint64_t gap, length;
        if (spool_varint(&reader, &gap, err) || spool_varint(&reader, &length, err)) {
            rc = -1;
            break;
        }
        docid += (uint32_t)gap;
        if (pm_dead_has(&content->dropped, docid))
            continue;
        count_length(writing->version, (uint32_t)length);
        rc = postings_add(&writing->postings, docid, (uint32_t)length, err);
    }
    spool_reader_release(&reader);
    pm_buf_clear(&writing->key);
    pm_buf_add(&writing->key, "\0\xe0", 2);
    return rc ? rc
              : postings_write(&writing->postings, writing->table, &writing->key, &writing->key,
                               false, err);
}

static int begin_term(const char *term, size_t len, void *arg, struct pm_error *err)
{
    struct writing *writing = arg;
    postings_clear(&writing->postings);
    pm_buf_clear(&writing->key);
    pm_buf_clear(&writing->more);
    pm_pack_term(&writing->key, term, len, false);
    pm_pack_term(&writing->more, term, len, true);
    return writing->more.failed ? pm_fail_nomem(err) : 0;
}

static int add_posting(const struct posting *posting, void *arg, struct pm_error *err)
{
    struct writing *writing = arg;
    if (pm_dead_has(&writing->content->dropped, posting->docid))
        return 0;
    if (posting->wdf > writing->version->wdf_max)
        writing->version->wdf_max = posting->wdf;
    return postings_add(&writing->postings, posting->docid, posting->wdf, err);
}

static int end_term(void *arg, struct pm_error *err)
{
    struct writing *writing = arg;
    return postings_write(&writing->postings, writing->table, &writing->key, &writing->more, true,
                          err);
}

static int write_terms(struct writing *writing, const struct glass_content *content,
                       struct pm_error *err)
{
    struct inverters_reader reader = {begin_term, add_posting, end_term, writing};
    return inverters_read(&content->inverters, &reader, err);
}

static struct table *open_table(const char *path, const char *name, const struct iamglass *version,
                                struct pm_error *err)
{
    return table_new(path, name, version->block_size, version->revision, err);
}

static int write_postlist(struct glass_content *content, const char *path, struct iamglass *version,
                          struct pm_error *err)
{
    struct writing writing = {.content = content, .version = version};
    writing.table = open_table(path, "postlist.glass", version, err);
    int rc = !writing.table || write_metadata(&writing, content, err) ||
                     value_lists_write(&content->values, writing.table, &content->dropped, err) ||
                     write_lengths(&writing, content, err) || write_terms(&writing, content, err) ||
                     table_end(writing.table, &version->root[TABLE_POSTLIST], err)
                 ? -1
                 : 0;
    table_free(writing.table);
    postings_release(&writing.postings);
    pm_buf_release(&writing.key);
    pm_buf_release(&writing.more);
    return rc;
}

/* ---- the others ---- */

static int write_tags(struct tag_list *tags, const char *path, const char *name,
                      const struct iamglass *version, const struct pm_dead *dropped,
                      struct table_root *root, struct pm_error *err)
{
    struct table *table = open_table(path, name, version, err);
    int rc =
        !table || tag_list_write(tags, table, dropped, err) || table_end(table, root, err) ? -1 : 0;
    table_free(table);
    return rc;
}

struct placing {
    const struct glass_content *content;
    struct positions_writer *writer;
    struct pm_buf key; /* of a term */
};

static int begin_places(const char *term, size_t len, void *arg, struct pm_error *err)
{
    struct placing *placing = arg;
    pm_buf_clear(&placing->key);
    pm_pack_term(&placing->key, term, len, true);
    return placing->key.failed
               ? pm_fail_nomem(err)
               : positions_writer_begin(placing->writer, placing->key.data, placing->key.len, err);
}

static int add_places(const struct posting *posting, void *arg, struct pm_error *err)
{
    const struct placing *placing = arg;
    if (!posting->len || pm_dead_has(&placing->content->dropped, posting->docid))
        return 0;
    return positions_writer_add(placing->writer, posting->docid, posting->positions, posting->len,
                                err);
}

static int end_places(void *arg, struct pm_error *err)
{
    (void)arg;
    (void)err;
    return 0;
}

static int write_positions(const struct glass_content *content, const char *path,
                           struct pm_error *err)
{
    struct placing placing = {.content = content};
    const struct inverters_reader reader = {begin_places, add_places, end_places, &placing};
    placing.writer = positions_writer_new(path, err);
    int rc = !placing.writer || inverters_read(&content->inverters, &reader, err) ||
                     positions_writer_end(placing.writer, err)
                 ? -1
                 : 0;
    positions_writer_free(placing.writer);
    pm_buf_release(&placing.key);
    return rc;
}

/* Tables that take together about as long as that of postings, and how they went. */
struct others {
    struct glass_content *content;
    const char *path;
    struct iamglass *version;
    struct pm_error err;
    int rc;
};

static void *write_others(void *arg)
{
    struct others *others = arg;
    struct glass_content *content = others->content;
    struct iamglass *version = others->version;
    others->rc =
        write_tags(&content->data, others->path, "docdata.glass", version, &content->dropped,
                   &version->root[TABLE_DOCDATA], &others->err) ||
                write_tags(&content->termlists, others->path, "termlist.glass", version,
                           &content->dropped, &version->root[TABLE_TERMLIST], &others->err) ||
                write_positions(content, others->path, &others->err)
            ? -1
            : 0;
    return NULL;
}

int glass_tables_write(struct glass_content *content, const char *path, struct iamglass *version,
                       struct pm_error *err)
{
    struct others others = {.content = content, .path = path, .version = version};
    pthread_t thread;
    if (inverters_end(&content->inverters, err))
        return -1;
    bool apart = content->threads > 1 && !pthread_create(&thread, NULL, write_others, &others);
    int rc = write_postlist(content, path, version, err);
    if (apart)
        pthread_join(thread, NULL);
    else if (!rc)
        write_others(&others);
    if (!rc && others.rc) {
        *err = others.err;
        rc = -1;
    }
    return rc;
}
