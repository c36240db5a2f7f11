#include "glass.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "dead.h"
#include "disk.h"
#include "file.h"
#include "glass_tables.h"
#include "iamglass.h"

#define BLOCK_SIZE 8192

struct glass {
    char *work;
    struct glass_content content;
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
    content->threads = options->threads ? options->threads : 1;
    if (inverters_init(&content->inverters, work, content->threads, options->memory, err) ||
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
    inverters_release(&content->inverters);
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
    free(glass->work);
    free(glass);
}

/* The length of a document waits as the gap before it, and the length. */
static int add_length(struct glass_content *content, uint32_t docid, uint32_t length,
                      struct pm_error *err)
{
    if (spool_add_varint(&content->lengths, docid - content->last_docid, err) ||
        spool_add_varint(&content->lengths, length, err))
        return -1;
    content->last_docid = docid;
    content->documents++;
    return 0;
}

/* Adds the tags of a document; only the list of its terms may be empty. */
static int add_tags(struct glass_content *content, const struct glass_packed *packed,
                    uint32_t docid, struct pm_error *err)
{
    const struct glass_tag *terms = &packed->terms, *slots = &packed->slots, *data = &packed->data;
    return tag_list_add(&content->termlists, docid, false, &terms->bytes, terms->deflated, err) ||
                   (slots->bytes.len && tag_list_add(&content->termlists, docid, true,
                                                     &slots->bytes, slots->deflated, err)) ||
                   (data->bytes.len &&
                    tag_list_add(&content->data, docid, false, &data->bytes, data->deflated, err))
               ? -1
               : 0;
}

int glass_invert(struct glass *glass, size_t thread, struct pm_db_doc *doc, uint32_t docid,
                 struct pm_error *err)
{
    size_t n;
    const struct pm_db_term *term = pm_db_doc_terms(doc, &n, err);
    return term ? inverter_add(glass->content.inverters.inverter[thread], docid, term, n, err) : -1;
}

int glass_add(struct glass *glass, const struct glass_packed *packed, uint32_t docid,
              struct pm_error *err)
{
    struct glass_content *content = &glass->content;
    if (docid <= content->last_docid)
        return pm_fail(err, PM_ERR_INTERNAL, "document %u is out of order", docid);
    return add_length(content, docid, packed->length, err) ||
                   add_tags(content, packed, docid, err) ||
                   value_lists_add(&content->values, glass->work, docid, &packed->values, err)
               ? -1
               : 0;
}

int glass_drop(struct glass *glass, uint32_t docid, struct pm_error *err)
{
    return pm_dead_add(&glass->content.dropped, docid, err);
}

size_t glass_runs(const struct glass *glass)
{
    return inverters_written(&glass->content.inverters);
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
    const struct glass_content *content = &glass->content;
    uint32_t inverted = inverters_documents(&content->inverters);
    struct iamglass version = {
        .revision = 1, .block_size = content->block_size, .last_docid = content->last_docid};
    struct pm_buf bytes = PM_BUF_INIT;
    struct spool file = {.fd = -1};
    if (inverted != content->documents)
        return pm_fail(err, PM_ERR_INTERNAL, "%u documents were added, %u inverted",
                       content->documents, inverted);
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
