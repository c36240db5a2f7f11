#include "glass_tables.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "pack.h"
#include "positions.h"
#include "postings.h"
#include "table.h"

/* The tables while they are written, and what has to be known of a term for that. */
struct writing {
    const struct glass_content *content;
    struct iamglass *version;
    struct table *table[TABLES];
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
        rc = table_add(writing->table[TABLE_POSTLIST], &writing->key, metadata->value,
                       metadata->len, false, err);
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
              : postings_write(&writing->postings, writing->table[TABLE_POSTLIST], &writing->key,
                               &writing->key, false, err);
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

static int add_posting(const struct inverter_posting *posting, void *arg, struct pm_error *err)
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
    return postings_write(&writing->postings, writing->table[TABLE_POSTLIST], &writing->key,
                          &writing->more, true, err);
}

static int write_terms(struct writing *writing, const struct glass_content *content,
                       struct pm_error *err)
{
    struct inverter_reader reader = {begin_term, add_posting, end_term, writing};
    return inverter_read(content->inverter, &reader, err);
}

static int open_tables(struct writing *writing, const char *path, struct pm_error *err)
{
    static const char *const name[TABLES] = {
        [TABLE_POSTLIST] = "postlist.glass",
        [TABLE_DOCDATA] = "docdata.glass",
        [TABLE_TERMLIST] = "termlist.glass",
    };
    for (size_t i = 0; i < TABLES; i++) {
        writing->table[i] =
            table_new(path, name[i], writing->version->block_size, writing->version->revision, err);
        if (!writing->table[i])
            return -1;
    }
    return 0;
}

/* The tables of Xapian. */
static int write_tables(struct glass_content *content, const char *path, struct iamglass *version,
                        struct pm_error *err)
{
    struct writing writing = {.content = content, .version = version};
    struct table **table = writing.table;
    int rc = open_tables(&writing, path, err) ||
                     tag_list_write(&content->data, table[TABLE_DOCDATA], &content->dropped, err) ||
                     tag_list_write(&content->termlists, table[TABLE_TERMLIST], &content->dropped,
                                    err) ||
                     write_metadata(&writing, content, err) ||
                     value_lists_write(&content->values, table[TABLE_POSTLIST], &content->dropped,
                                       err) ||
                     write_lengths(&writing, content, err) || write_terms(&writing, content, err)
                 ? -1
                 : 0;
    for (size_t i = 0; !rc && i < TABLES; i++)
        rc = table_end(table[i], &version->root[i], err);
    for (size_t i = 0; i < TABLES; i++)
        table_free(table[i]);
    postings_release(&writing.postings);
    pm_buf_release(&writing.key);
    pm_buf_release(&writing.more);
    return rc;
}

/* ---- ours ---- */

struct placing {
    const struct glass_content *content;
    const char *path;
    struct positions_writer *writer;
    struct pm_buf key;
    struct pm_error err;
    int rc;
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

static int add_places(const struct inverter_posting *posting, void *arg, struct pm_error *err)
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

/* The table of positions, by the one thread or another. */
static void *write_positions(void *arg)
{
    struct placing *placing = arg;
    struct pm_error *err = &placing->err;
    const struct inverter_reader reader = {begin_places, add_places, end_places, placing};
    placing->writer = positions_writer_new(placing->path, err);
    placing->rc = !placing->writer || inverter_read(placing->content->inverter, &reader, err) ||
                          positions_writer_end(placing->writer, err)
                      ? -1
                      : 0;
    positions_writer_free(placing->writer);
    pm_buf_release(&placing->key);
    return NULL;
}

int glass_tables_write(struct glass_content *content, const char *path, struct iamglass *version,
                       struct pm_error *err)
{
    struct placing placing = {.content = content, .path = path};
    pthread_t thread;
    if (inverter_end(content->inverter, err))
        return -1;
    bool apart = content->threads && !pthread_create(&thread, NULL, write_positions, &placing);
    int rc = write_tables(content, path, version, err);
    if (apart)
        pthread_join(thread, NULL);
    else if (!rc)
        write_positions(&placing);
    if (!rc && placing.rc) {
        *err = placing.err;
        rc = -1;
    }
    return rc;
}
