#include "db_doc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "hash_quick.h"
#include "sort.h"

#define SLOTS_FIRST 512
#define SLOTS_KEPT  64 /* slots an entry that are not cleared again and again */

/* A term as it is gathered.  Its positions are a list, the last one first. */
struct entry {
    uint64_t head; /* its first bytes as a number that sorts as they do */
    uint32_t text, len, hash;
    uint32_t wdf;
    uint32_t last, count; /* positions */
};

struct place {
    uint32_t position;
    uint32_t before; /* number of the place + 1 of the term before this one, or 0 */
};

struct pm_db_doc {
    struct pm_buf text; /* of all terms */
    struct entry *entry;
    size_t entries;
    uint32_t *slot; /* hash table: number of an entry + 1, or 0 */
    size_t slots;
    struct place *place;
    size_t places, places_cap;
    struct pm_db_doc_value *value; /* by slot */
    size_t values, values_cap;
    struct pm_buf value_bytes, data;
    struct pm_sort_key *key; /* in the order of the entries, and as many to work with */
    struct pm_db_term *term; /* made of the entries */
    uint32_t *position;
    size_t keys_cap, terms_cap, positions_cap;
    bool listed; /* `term` is of what the document has now */
};

struct pm_db_doc *pm_db_doc_new(struct pm_error *err)
{
    struct pm_db_doc *doc = calloc(1, sizeof *doc);
    if (!doc)
        pm_fail_nomem(err);
    return doc;
}

void pm_db_doc_free(struct pm_db_doc *doc)
{
    if (!doc)
        return;
    pm_buf_release(&doc->text);
    pm_buf_release(&doc->value_bytes);
    pm_buf_release(&doc->data);
    free(doc->entry);
    free(doc->slot);
    free(doc->place);
    free(doc->value);
    free(doc->key);
    free(doc->term);
    free(doc->position);
    free(doc);
}

int pm_db_doc_clear(struct pm_db_doc *doc, struct pm_error *err)
{
    (void)err;
    pm_buf_clear(&doc->text);
    pm_buf_clear(&doc->value_bytes);
    pm_buf_clear(&doc->data);
    doc->text.failed = doc->value_bytes.failed = doc->data.failed = false;
    if (doc->entries * SLOTS_KEPT < doc->slots) { /* there was a very long document before */
        free(doc->slot);
        doc->slot = NULL;
        doc->slots = 0;
    }
    if (doc->slots)
        memset(doc->slot, 0, doc->slots * sizeof *doc->slot);
    doc->entries = doc->places = doc->values = 0;
    doc->listed = false;
    return 0;
}

/* Room for one entry more: half of the slots stay empty. */
static int make_room(struct pm_db_doc *doc, struct pm_error *err)
{
    if (doc->entries * 2 < doc->slots)
        return 0;
    size_t slots = doc->slots ? doc->slots * 2 : SLOTS_FIRST;
    struct entry *entry = reallocarray(doc->entry, slots / 2, sizeof *entry);
    if (!entry)
        return pm_fail_nomem(err);
    doc->entry = entry;
    uint32_t *slot = calloc(slots, sizeof *slot);
    if (!slot)
        return pm_fail_nomem(err);
    for (size_t i = 0; i < doc->entries; i++) {
        size_t at = doc->entry[i].hash & (slots - 1);
        while (slot[at])
            at = (at + 1) & (slots - 1);
        slot[at] = (uint32_t)i + 1;
    }
    free(doc->slot);
    doc->slot = slot;
    doc->slots = slots;
    return 0;
}

static bool is_term(const struct pm_db_doc *doc, const struct entry *entry, uint64_t head,
                    const char *term, size_t len)
{
    return entry->head == head && entry->len == len &&
           (len <= sizeof head || !memcmp(doc->text.data + entry->text + sizeof head,
                                          term + sizeof head, len - sizeof head));
}

/* The entry with these bytes, added if need be; or NULL. */
static struct entry *find(struct pm_db_doc *doc, const char *term, size_t len, struct pm_error *err)
{
    if (make_room(doc, err))
        return NULL;
    uint64_t head = pm_sort_head(term, len);
    uint32_t hash = pm_hash_quick(term, len);
    size_t at = hash & (doc->slots - 1);
    for (; doc->slot[at]; at = (at + 1) & (doc->slots - 1)) {
        struct entry *entry = &doc->entry[doc->slot[at] - 1];
        if (is_term(doc, entry, head, term, len))
            return entry;
    }
    struct entry *added = &doc->entry[doc->entries];
    *added = (struct entry){
        .head = head, .text = (uint32_t)doc->text.len, .len = (uint32_t)len, .hash = hash};
    pm_buf_add(&doc->text, term, len);
    if (doc->text.failed) {
        pm_fail_nomem(err);
        return NULL;
    }
    doc->slot[at] = (uint32_t)++doc->entries;
    return added;
}

int pm_db_doc_add_term(struct pm_db_doc *doc, const char *term, size_t len, uint32_t position,
                       uint32_t wdf, struct pm_error *err)
{
    if (!len || len > PM_DB_TERM_MAX)
        return pm_fail(err, PM_ERR_TOO_LARGE, "a term of %zu bytes cannot be indexed", len);
    struct entry *entry = find(doc, term, len, err);
    if (!entry)
        return -1;
    doc->listed = false;
    entry->wdf += wdf;
    if (!position)
        return 0;
    struct place *grown =
        pm_array_fit(doc->place, &doc->places_cap, doc->places + 1, sizeof *grown);
    if (!grown)
        return pm_fail_nomem(err);
    doc->place = grown;
    doc->place[doc->places++] = (struct place){position, entry->last};
    entry->last = (uint32_t)doc->places;
    entry->count++;
    return 0;
}

int pm_db_doc_set_value(struct pm_db_doc *doc, uint32_t slot, const char *value, size_t len,
                        struct pm_error *err)
{
    size_t at = doc->values;
    while (at && doc->value[at - 1].slot >= slot)
        at--;
    bool there = at < doc->values && doc->value[at].slot == slot;
    if (there && !len) {
        doc->values--;
        memmove(doc->value + at, doc->value + at + 1, (doc->values - at) * sizeof *doc->value);
    }
    if (!len)
        return 0;
    if (!there) {
        struct pm_db_doc_value *grown =
            pm_array_fit(doc->value, &doc->values_cap, doc->values + 1, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        doc->value = grown;
        memmove(grown + at + 1, grown + at, (doc->values - at) * sizeof *grown);
        doc->values++;
    }
    doc->value[at] = (struct pm_db_doc_value){slot, doc->value_bytes.len, len};
    pm_buf_add(&doc->value_bytes, value, len);
    return doc->value_bytes.failed ? pm_fail_nomem(err) : 0;
}

int pm_db_doc_set_data(struct pm_db_doc *doc, const char *data, size_t len, struct pm_error *err)
{
    pm_buf_clear(&doc->data);
    pm_buf_add(&doc->data, data, len);
    return doc->data.failed ? pm_fail_nomem(err) : 0;
}

/* ---- reading it ---- */

/* The entries in order. */
static const struct pm_sort_key *sort_entries(struct pm_db_doc *doc)
{
    for (size_t i = 0; i < doc->entries; i++) {
        const struct entry *entry = &doc->entry[i];
        doc->key[i] = (struct pm_sort_key){entry->head, doc->text.data + entry->text, entry->len,
                                           (uint32_t)i};
    }
    return pm_sort(doc->key, doc->entries);
}

static int compare_positions(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* Writes the positions of a term to `out`, rising, each once; how many there are. */
static size_t list_positions(const struct pm_db_doc *doc, const struct entry *entry, uint32_t *out)
{
    size_t n = entry->count, left = n, kept = 0;
    bool sorted = true;
    for (uint32_t at = entry->last; at; at = doc->place[at - 1].before) {
        out[--left] = doc->place[at - 1].position;
        sorted &= left + 1 == n || out[left] < out[left + 1];
    }
    if (sorted)
        return n;
    qsort(out, n, sizeof *out, compare_positions);
    for (size_t i = 0; i < n; i++)
        if (!kept || out[kept - 1] != out[i])
            out[kept++] = out[i];
    return kept;
}

/* Room for the list of the terms. */
static int make_list_room(struct pm_db_doc *doc, struct pm_error *err)
{
    size_t n = doc->entries + 1;
    struct pm_db_term *term = pm_array_fit(doc->term, &doc->terms_cap, n, sizeof *term);
    if (term)
        doc->term = term;
    struct pm_sort_key *key = pm_array_fit(doc->key, &doc->keys_cap, 2 * n, sizeof *key);
    if (key)
        doc->key = key;
    uint32_t *position =
        pm_array_fit(doc->position, &doc->positions_cap, doc->places + 1, sizeof *position);
    if (position)
        doc->position = position;
    return term && key && position ? 0 : pm_fail_nomem(err);
}

const struct pm_db_term *pm_db_doc_terms(struct pm_db_doc *doc, size_t *n, struct pm_error *err)
{
    *n = doc->entries;
    if (doc->listed)
        return doc->term;
    if (make_list_room(doc, err))
        return NULL;
    struct pm_db_term *term = doc->term;
    uint32_t *position = doc->position;
    const struct pm_sort_key *key = sort_entries(doc);
    for (size_t i = 0; i < doc->entries; i++) {
        const struct entry *entry = &doc->entry[key[i].number];
        size_t positions = list_positions(doc, entry, position);
        term[i] = (struct pm_db_term){
            doc->text.data + entry->text, entry->len, entry->hash, entry->wdf, position, positions};
        position += positions;
    }
    doc->listed = true;
    return doc->term;
}

const struct pm_db_doc_value *pm_db_doc_values(const struct pm_db_doc *doc, size_t *n)
{
    *n = doc->values;
    return doc->values ? doc->value : NULL;
}

const char *pm_db_doc_value_bytes(const struct pm_db_doc *doc, const struct pm_db_doc_value *value)
{
    return doc->value_bytes.data + value->start;
}

const struct pm_buf *pm_db_doc_data(const struct pm_db_doc *doc)
{
    return &doc->data;
}
