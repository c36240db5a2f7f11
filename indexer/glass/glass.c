#include "glass.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "dead.h"
#include "deflate.h"
#include "disk.h"
#include "file.h"
#include "glass_tables.h"
#include "iamglass.h"
#include "pack.h"
#include "termlist.h"

#define DOCID_BYTES_MAX 5 /* in a key */
#define BLOCK_SIZE      8192

struct glass {
    char *work;
    struct deflater *deflater; /* NULL if nothing is deflated */
    struct glass_content content;
    struct pm_buf tag;
};

struct glass *glass_new(const char *work, const struct glass_options *options, struct pm_error *err)
{
    struct glass *glass = calloc(1, sizeof *glass);
    if (!glass || !(glass->work = strdup(work))) {
        pm_fail_nomem(err);
        free(glass);
        return NULL;
    }
    struct glass_content *content = &glass->content;
    content->block_size = options->block_size ? options->block_size : BLOCK_SIZE;
    content->inverter = inverter_new(work, options->memory, err);
    if (!content->inverter || (!options->stored && !(glass->deflater = deflater_new(err))) ||
        tag_list_init(&content->data, work, "data", err) ||
        tag_list_init(&content->termlists, work, "termlists", err) ||
        spool_init(&content->lengths, work, "lengths", err)) {
        glass_free(glass);
        return NULL;
    }
    return glass;
}

void glass_free(struct glass *glass)
{
    if (!glass)
        return;
    struct glass_content *content = &glass->content;
    inverter_free(content->inverter);
    tag_list_release(&content->data);
    tag_list_release(&content->termlists);
    spool_release(&content->lengths);
    value_lists_release(&content->values);
    pm_dead_release(&content->dropped);
    for (size_t i = 0; i < content->metadata_len; i++) {
        free(content->metadata[i].key);
        free(content->metadata[i].value);
    }
    free(content->metadata);
    deflater_free(glass->deflater);
    pm_buf_release(&glass->tag);
    free(glass->work);
    free(glass);
}

/* A term has to fit into a key, with the number of a document behind it. */
static int check_terms(const struct pm_db_term *term, size_t n, uint64_t *length,
                       struct pm_error *err)
{
    *length = 0;
    for (size_t i = 0; i < n; i++) {
        if (pack_term_len(term[i].text, term[i].len) + DOCID_BYTES_MAX > TABLE_KEY_MAX)
            return pm_fail(err, PM_ERR_TOO_LARGE, "a term of %zu bytes is too long", term[i].len);
        *length += term[i].wdf;
    }
    return *length > UINT32_MAX ? pm_fail(err, PM_ERR_TOO_LARGE, "a document is too long") : 0;
}

/* The length of a document waits as the gap before it, and the length. */
static int add_length(struct glass_content *content, uint32_t docid, uint32_t length,
                      struct pm_error *err)
{
    if (spool_add_varint(&content->lengths, docid - content->last_docid, err) ||
        spool_add_varint(&content->lengths, length, err))
        return -1;
    content->last_docid = docid;
    return 0;
}

static int add_values(struct glass *glass, const struct pm_db_doc *doc, uint32_t docid,
                      struct pm_error *err)
{
    struct glass_content *content = &glass->content;
    size_t n;
    const struct pm_db_doc_value *value = pm_db_doc_values(doc, &n);
    for (size_t i = 0; i < n; i++)
        if (value_lists_add(&content->values, glass->work, docid, value[i].slot,
                            pm_db_doc_value_bytes(doc, &value[i]), value[i].len, err))
            return -1;
    if (!n)
        return 0;
    pm_buf_clear(&glass->tag);
    termlist_pack_slots(&glass->tag, value, n);
    return tag_list_add(&content->termlists, docid, true, &glass->tag, glass->deflater, err);
}

int glass_add(struct glass *glass, struct pm_db_doc *doc, uint32_t docid, struct pm_error *err)
{
    struct glass_content *content = &glass->content;
    const struct pm_buf *data = pm_db_doc_data(doc);
    uint64_t length;
    size_t n;
    const struct pm_db_term *term = pm_db_doc_terms(doc, &n, err);
    if (!term || check_terms(term, n, &length, err))
        return -1;
    if (docid <= content->last_docid)
        return pm_fail(err, PM_ERR_INTERNAL, "document %u is out of order", docid);
    pm_buf_clear(&glass->tag);
    termlist_pack(&glass->tag, (uint32_t)length, term, n);
    if (add_length(content, docid, (uint32_t)length, err) ||
        tag_list_add(&content->termlists, docid, false, &glass->tag, glass->deflater, err) ||
        add_values(glass, doc, docid, err) ||
        (data->len && tag_list_add(&content->data, docid, false, data, glass->deflater, err)))
        return -1;
    return inverter_add(content->inverter, docid, term, n, err);
}

int glass_drop(struct glass *glass, uint32_t docid, struct pm_error *err)
{
    return pm_dead_add(&glass->content.dropped, docid, err);
}

size_t glass_runs(const struct glass *glass)
{
    return inverter_runs(glass->content.inverter);
}

int glass_set_metadata(struct glass *glass, const char *key, const char *value, size_t len,
                       struct pm_error *err)
{
    struct glass_content *content = &glass->content;
    struct glass_metadata *grown =
        pm_array_room(content->metadata, content->metadata_len, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    content->metadata = grown;
    struct glass_metadata *added = &grown[content->metadata_len];
    *added = (struct glass_metadata){strdup(key), malloc(len), len};
    if (!added->key || !added->value) {
        free(added->key);
        free(added->value);
        return pm_fail_nomem(err);
    }
    memcpy(added->value, value, len);
    content->metadata_len++;
    return 0;
}

int glass_finish(struct glass *glass, const char *path, struct pm_error *err)
{
    struct iamglass version = {.revision = 1,
                               .block_size = glass->content.block_size,
                               .last_docid = glass->content.last_docid};
    struct pm_buf bytes = PM_BUF_INIT;
    struct spool file = {.fd = -1};
    if (mkdir(path, 0777))
        return pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", path);
    int rc = glass_tables_write(&glass->content, path, &version, err) ||
                     iamglass_format(&version, &bytes, err) ||
                     spool_init(&file, path, IAMGLASS_NAME, err) ||
                     spool_add(&file, bytes.data, bytes.len, err) || spool_flush(&file, err)
                 ? -1
                 : 0;
    spool_release(&file);
    pm_buf_release(&bytes);
    return rc;
}

int glass_is_format_of(const char *path, struct pm_error *err)
{
    struct pm_buf bytes = PM_BUF_INIT;
    char *file = disk_join(path, IAMGLASS_NAME, err);
    int rc = file ? pm_file_read(file, IAMGLASS_MAX, &bytes, err) : -1;
    if (rc && (err->code == PM_ERR_NOT_FOUND || err->code == PM_ERR_CORRUPT)) {
        *err = (struct pm_error){0};
        rc = 0;
    } else if (!rc) {
        rc = iamglass_is_ours(&bytes, err);
    }
    free(file);
    pm_buf_release(&bytes);
    return rc;
}
