#include <stdlib.h>

#include "deflate.h"
#include "glass.h"
#include "pack.h"
#include "table.h"
#include "termlist.h"
#include "value_lists.h"

#define DOCID_BYTES_MAX 5  /* in a key */
#define DEFLATE_ABOVE   18 /* bytes; shorter tags are left as they are, as Xapian does */

struct glass_packer {
    struct deflater *deflater; /* NULL if nothing is deflated */
};

struct glass_packer *glass_packer_new(bool stored, struct pm_error *err)
{
    struct glass_packer *packer = calloc(1, sizeof *packer);
    if (!packer) {
        pm_fail_nomem(err);
        return NULL;
    }
    if (!stored && !(packer->deflater = deflater_new(err))) {
        free(packer);
        return NULL;
    }
    return packer;
}

void glass_packer_free(struct glass_packer *packer)
{
    if (!packer)
        return;
    deflater_free(packer->deflater);
    free(packer);
}

void glass_packed_release(struct glass_packed *packed)
{
    pm_buf_release(&packed->data.bytes);
    pm_buf_release(&packed->terms.bytes);
    pm_buf_release(&packed->slots.bytes);
    pm_buf_release(&packed->values);
    *packed = (struct glass_packed){0};
}

/* A term has to fit into a key, with the number of a document behind it. */
static int check_terms(const struct pm_db_term *term, size_t n, uint32_t *length,
                       struct pm_error *err)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (pm_pack_term_len(term[i].text, term[i].len) + DOCID_BYTES_MAX > TABLE_KEY_MAX)
            return pm_fail(err, PM_ERR_TOO_LARGE, "a term of %zu bytes is too long", term[i].len);
        sum += term[i].wdf;
    }
    if (sum > UINT32_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "a document is too long");
    *length = (uint32_t)sum;
    return 0;
}

/*
 * Sets the data, deflated if that is worth it.  The other tags are not: terms say of the ones
 * before what they share with them, and to deflate that takes as long as to deflate the text, and
 * saves a tenth as much.
 */
static int pack_data(struct glass_packer *packer, struct glass_tag *tag, const struct pm_buf *data,
                     struct pm_error *err)
{
    int rc = 0;
    pm_buf_clear(&tag->bytes);
    if (packer->deflater && data->len > DEFLATE_ABOVE)
        rc = deflater_add(packer->deflater, data->data, data->len, &tag->bytes, err);
    tag->deflated = rc > 0;
    if (!rc)
        pm_buf_add(&tag->bytes, data->data, data->len);
    return rc < 0 ? -1 : 0;
}

int glass_pack(struct glass_packer *packer, struct pm_db_doc *doc, struct glass_packed *packed,
               struct pm_error *err)
{
    size_t terms, values;
    const struct pm_db_doc_value *value = pm_db_doc_values(doc, &values);
    const struct pm_db_term *term = pm_db_doc_terms(doc, &terms, err);
    if (!term || check_terms(term, terms, &packed->length, err) ||
        pack_data(packer, &packed->data, pm_db_doc_data(doc), err))
        return -1;
    pm_buf_clear(&packed->terms.bytes);
    pm_buf_clear(&packed->slots.bytes);
    pm_buf_clear(&packed->values);
    termlist_pack(&packed->terms.bytes, packed->length, term, terms);
    termlist_pack_slots(&packed->slots.bytes, value, values);
    for (size_t i = 0; i < values; i++)
        value_lists_pack(&packed->values, value[i].slot, pm_db_doc_value_bytes(doc, &value[i]),
                         value[i].len);
    return packed->data.bytes.failed || packed->terms.bytes.failed || packed->slots.bytes.failed ||
                   packed->values.failed
               ? pm_fail_nomem(err)
               : 0;
}
