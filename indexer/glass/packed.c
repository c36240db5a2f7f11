#include <stdlib.h>

#include "array.h"
#include "deflate.h"
#include "glass.h"
#include "inverter.h"
#include "pack.h"
#include "table.h"
#include "termlist.h"

#define DOCID_BYTES_MAX 5  /* in a key */
#define DEFLATE_ABOVE   18 /* bytes; shorter tags are left as they are, as Xapian does */

struct glass_packer {
    struct deflater *deflater; /* NULL if nothing is deflated */
    struct pm_buf room;
    struct inverter_room positions;
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
    pm_buf_release(&packer->room);
    inverter_room_release(&packer->positions);
    free(packer);
}

void glass_packed_release(struct glass_packed *packed)
{
    pm_buf_release(&packed->data.bytes);
    pm_buf_release(&packed->terms.bytes);
    pm_buf_release(&packed->slots.bytes);
    pm_buf_release(&packed->postings);
    free(packed->end);
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

/* Deflates the bytes of a tag if that is worth it. */
static int deflate_tag(struct glass_packer *packer, struct glass_tag *tag, struct pm_error *err)
{
    tag->deflated = false;
    if (!packer->deflater || tag->bytes.len <= DEFLATE_ABOVE)
        return 0;
    pm_buf_clear(&packer->room);
    int rc = deflater_add(packer->deflater, tag->bytes.data, tag->bytes.len, &packer->room, err);
    if (rc > 0) {
        struct pm_buf plain = tag->bytes;
        tag->bytes = packer->room;
        packer->room = plain;
        tag->deflated = true;
    }
    return rc < 0 ? -1 : 0;
}

static int pack_postings(struct glass_packer *packer, struct glass_packed *packed,
                         const struct pm_db_term *term, size_t n, struct pm_error *err)
{
    uint32_t *end = pm_array_fit(packed->end, &packed->end_cap, n + 1, sizeof *end);
    if (!end)
        return pm_fail_nomem(err);
    packed->end = end;
    pm_buf_clear(&packed->postings);
    for (size_t i = 0; i < n; i++) {
        inverter_pack(&packed->postings, &packer->positions, &term[i]);
        end[i] = (uint32_t)packed->postings.len;
    }
    return packed->postings.failed ? pm_fail_nomem(err) : 0;
}

int glass_pack(struct glass_packer *packer, struct pm_db_doc *doc, struct glass_packed *packed,
               struct pm_error *err)
{
    size_t terms, values;
    const struct pm_buf *data = pm_db_doc_data(doc);
    const struct pm_db_doc_value *value = pm_db_doc_values(doc, &values);
    const struct pm_db_term *term = pm_db_doc_terms(doc, &terms, err);
    if (!term || check_terms(term, terms, &packed->length, err) ||
        pack_postings(packer, packed, term, terms, err))
        return -1;
    pm_buf_clear(&packed->data.bytes);
    pm_buf_clear(&packed->terms.bytes);
    pm_buf_clear(&packed->slots.bytes);
    pm_buf_add(&packed->data.bytes, data->data, data->len);
    termlist_pack(&packed->terms.bytes, packed->length, term, terms);
    termlist_pack_slots(&packed->slots.bytes, value, values);
    if (packed->data.bytes.failed || packed->terms.bytes.failed || packed->slots.bytes.failed)
        return pm_fail_nomem(err);
    /* Terms say of the ones before what they share with them: to deflate that takes as long as to
     * deflate the text, and saves a tenth as much. */
    return deflate_tag(packer, &packed->data, err);
}
