#include "glass_reader.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "pack.h"
#include "table_cursor.h"
#include "varint.h"

/* Of the version file, which indexer/glass/iamglass.c writes. */
#define UUID_BYTES  16
#define VERSION_MAX 255 /* bytes of the file */

/* Lengths stand in an array: so many more, and eight times as many, numbers may have no document.
 */
#define GAPS_MAX (1u << 17)

/* In the order of the version file; what is behind them is not read here. */
enum { TABLE_POSTLIST, TABLE_DOCDATA, TABLES };
#define FILE_TABLES 6

static const char *const table_name[TABLES] = {
    [TABLE_POSTLIST] = "postlist.glass",
    [TABLE_DOCDATA] = "docdata.glass",
};

struct pm_glass {
    struct pm_table table[TABLES];
    struct pm_table_cursor cursor[TABLES]; /* of single look-ups */
    struct pm_buf key, more;
    uint32_t last_docid;
    uint32_t *length; /* of the document i, and one more, at i; 0 as long as it is not known */
    struct pm_posting_list lengths; /* where they were read to; closed when none is open */
};

/* ---- opening ---- */

struct root {
    uint64_t block, level, entries, blocks, compress, free_list;
};

/* 1, 0 if the table is not there, -1 if the root cannot be. */
static int read_root(struct pm_unread *from, struct root *root)
{
    if (!pm_varint(from, &root->block) || !pm_varint(from, &root->level) ||
        !pm_varint(from, &root->entries) || !pm_varint(from, &root->blocks) ||
        !pm_varint(from, &root->compress) || !pm_varint(from, &root->free_list) ||
        root->free_list > (uint64_t)(from->end - from->at))
        return -1;
    from->at += root->free_list;
    bool fake = root->level & 1;
    root->level >>= 2;
    if (root->block > UINT32_MAX || root->level >= PM_TABLE_LEVELS || !root->blocks ||
        root->blocks > 32)
        return -1;
    return !fake;
}

static int open_tables(struct pm_glass *glass, const char *folder, struct pm_unread from,
                       struct pm_error *err)
{
    uint32_t revision;
    bool sound = pm_varint32(&from, &revision);
    for (unsigned i = 0; sound && i < TABLES; i++) {
        struct root root;
        struct pm_table *table = &glass->table[i];
        int there = read_root(&from, &root);
        sound = there >= 0;
        if (there <= 0)
            continue;
        table->root = (uint32_t)root.block;
        table->level = (unsigned)root.level;
        if (pm_block_cache_open(&table->cache, folder, table_name[i], root.blocks << 11, revision,
                                err))
            return -1;
        if (root.entries && table->cache.fd < 0) /* libxapian finds out what is left */
            return 0;
    }
    for (unsigned i = TABLES; sound && i < FILE_TABLES; i++)
        sound = read_root(&from, &(struct root){0}) >= 0;
    uint32_t documents, behind;
    sound = sound && pm_varint32(&from, &documents) && pm_varint32(&from, &behind) &&
            behind <= UINT32_MAX - documents;
    if (!sound)
        return pm_fail(err, PM_ERR_CORRUPT, "the version file of '%s' is damaged", folder);
    glass->last_docid = documents + behind;
    return behind / 8 <= (uint64_t)documents + GAPS_MAX;
}

static int open_files(struct pm_glass *glass, const char *folder, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT, file = PM_BUF_INIT;
    const size_t magic = strlen(PM_GLASS_MAGIC);
    pm_buf_addf(&path, "%s/iamglass", folder);
    int rc = path.failed ? pm_fail_nomem(err) : pm_file_read(path.data, VERSION_MAX, &file, err);
    if (!rc && file.len > magic + UUID_BYTES && !memcmp(file.data, PM_GLASS_MAGIC, magic)) {
        const unsigned char *bytes = (const unsigned char *)file.data;
        rc = open_tables(glass, folder,
                         (struct pm_unread){bytes + magic + UUID_BYTES, bytes + file.len}, err);
    }
    pm_buf_release(&path);
    pm_buf_release(&file);
    return rc;
}

int pm_glass_open(const char *folder, struct pm_glass **opened, struct pm_error *err)
{
    struct pm_glass *glass = calloc(1, sizeof *glass);
    *opened = NULL;
    if (!glass)
        return pm_fail_nomem(err);
    for (unsigned i = 0; i < TABLES; i++) {
        glass->table[i].cache.fd = -1;
        glass->cursor[i].table = &glass->table[i];
    }
    int rc = open_files(glass, folder, err);
    if (rc == 1 && !(glass->length = calloc(glass->last_docid + (size_t)1, sizeof *glass->length)))
        rc = pm_fail_nomem(err);
    if (rc == 1)
        *opened = glass;
    else
        pm_glass_close(glass);
    return rc;
}

void pm_glass_close(struct pm_glass *glass)
{
    if (!glass)
        return;
    for (unsigned i = 0; i < TABLES; i++) {
        pm_table_cursor_release(&glass->cursor[i]);
        pm_table_close(&glass->table[i]);
    }
    pm_posting_list_close(&glass->lengths);
    pm_buf_release(&glass->key);
    pm_buf_release(&glass->more);
    free(glass->length);
    free(glass);
}

void pm_glass_keep(struct pm_glass *glass, size_t bytes)
{
    for (unsigned i = 0; i < TABLES; i++)
        glass->table[i].cache.keep = bytes;
}

static void trim_table(struct pm_glass *glass, unsigned table)
{
    if (pm_block_cache_trim(&glass->table[table].cache))
        pm_table_forget(&glass->cursor[table]);
}

void pm_glass_trim(struct pm_glass *glass)
{
    for (unsigned i = 0; i < TABLES; i++)
        trim_table(glass, i);
    if (!glass->table[TABLE_POSTLIST].cache.held)
        pm_posting_list_close(&glass->lengths);
}

/* ---- documents ---- */

/*
 * Goes to glass->key in a table, as pm_table_seek().  Only in the one of postings do others have
 * places, so that a search that reads all documents does not keep them.
 */
static int look_up(struct pm_glass *glass, unsigned table, struct pm_error *err)
{
    if (table != TABLE_POSTLIST)
        trim_table(glass, table);
    return glass->key.failed
               ? pm_fail_nomem(err)
               : pm_table_seek(&glass->cursor[table], glass->key.data, glass->key.len, err);
}

static int add_bytes(struct pm_buf *out, const unsigned char *bytes, size_t len,
                     struct pm_error *err)
{
    pm_buf_add(out, bytes, len);
    return out->failed ? pm_fail_nomem(err) : 0;
}

int pm_glass_data(struct pm_glass *glass, uint32_t docid, struct pm_buf *out, struct pm_error *err)
{
    struct pm_bytes tag;
    pm_buf_clear(&glass->key);
    pm_pack_sorted(&glass->key, docid);
    int rc = look_up(glass, TABLE_DOCDATA, err);
    if (rc <= 0)
        return rc;
    return pm_table_tag(&glass->cursor[TABLE_DOCDATA], &tag, err) ||
                   add_bytes(out, tag.data, tag.len, err)
               ? -1
               : 0;
}

int pm_glass_values(struct pm_glass *glass, uint32_t slot, struct pm_value_list *list,
                    struct pm_error *err)
{
    return pm_value_list_open(list, &glass->table[TABLE_POSTLIST], slot, err);
}

int pm_glass_value(struct pm_glass *glass, uint32_t docid, uint32_t slot, struct pm_buf *out,
                   struct pm_error *err)
{
    struct pm_value_list list;
    int rc = pm_glass_values(glass, slot, &list, err);
    if (!rc)
        rc = pm_value_list_seek(&list, docid, err);
    if (rc == 1 && list.docid == docid)
        rc = add_bytes(out, list.value.data, list.value.len, err);
    pm_value_list_close(&list);
    return rc < 0 ? -1 : 0;
}

/* ---- terms ---- */

int pm_glass_term_freq(struct pm_glass *glass, const char *term, size_t len, uint32_t *freq,
                       struct pm_error *err)
{
    struct pm_bytes tag;
    *freq = 0;
    if (!len)
        return 0;
    pm_buf_clear(&glass->key);
    pm_pack_term(&glass->key, term, len, false);
    int rc = look_up(glass, TABLE_POSTLIST, err);
    if (rc <= 0)
        return rc;
    if (pm_table_tag(&glass->cursor[TABLE_POSTLIST], &tag, err))
        return -1;
    struct pm_unread from = {tag.data, tag.data + tag.len};
    return pm_varint32(&from, freq) ? 0
                                    : pm_block_damaged(&glass->table[TABLE_POSTLIST].cache, err);
}

int pm_glass_postings(struct pm_glass *glass, const char *term, size_t len,
                      struct pm_posting_list *list, struct pm_error *err)
{
    pm_buf_clear(&glass->key);
    pm_buf_clear(&glass->more);
    if (len) {
        pm_pack_term(&glass->key, term, len, false);
        pm_pack_term(&glass->more, term, len, true);
    } else {
        pm_buf_add(&glass->key, "\0\xe0", 2);
        pm_buf_add(&glass->more, "\0\xe0", 2);
    }
    return pm_posting_list_open(list, &glass->table[TABLE_POSTLIST], &glass->key, &glass->more,
                                err);
}

/* Reads the lengths of the chunk that the document is in, going on where that can be. */
static int read_lengths(struct pm_glass *glass, uint32_t docid, struct pm_error *err)
{
    struct pm_posting_list *list = &glass->lengths;
    int rc = 1;
    if (!list->len || docid < list->docid[0]) {
        pm_posting_list_close(list);
        rc = pm_glass_postings(glass, "", 0, list, err);
    }
    if (rc == 1)
        rc = pm_posting_list_seek(list, docid, err);
    if (rc != 1)
        pm_posting_list_close(list);
    for (size_t i = 0; rc == 1 && i < list->len; i++)
        if (list->docid[i] <= glass->last_docid && list->wdf[i] < UINT32_MAX)
            glass->length[list->docid[i]] = list->wdf[i] + 1;
    return rc < 0 ? -1 : 0;
}

const uint32_t *pm_glass_lengths(const struct pm_glass *glass)
{
    return glass->length;
}

int pm_glass_length(struct pm_glass *glass, uint32_t docid, uint32_t *length, struct pm_error *err)
{
    if (docid <= glass->last_docid && !glass->length[docid] && read_lengths(glass, docid, err))
        return -1;
    if (docid > glass->last_docid || !glass->length[docid])
        return pm_fail(err, PM_ERR_CORRUPT, "a document of a term that is none");
    *length = glass->length[docid] - 1;
    return 0;
}

uint32_t pm_glass_last(const struct pm_glass *glass)
{
    return glass->last_docid;
}
