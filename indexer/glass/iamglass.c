#include "iamglass.h"

#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

#include "glass_reader.h"
#include "pack.h"

static const char magic[] = PM_GLASS_MAGIC;
#define MAGIC_BYTES   (sizeof magic - 1)
#define UUID_BYTES    16
#define FILE_POSITION 3    /* the table behind ours, then */
#define FILE_TABLES   6    /* spelling and synonyms */
#define DEFAULT_BLOCK 8192 /* Xapian's own size */

static void add_root(struct pm_buf *out, const struct iamglass *version, unsigned number)
{
    static const struct table_root none = {0};
    const struct table_root *root = number < TABLES ? &version->root[number] : &none;
    struct pm_buf free_list = PM_BUF_INIT;
    bool there = root->blocks > 0;
    /* Leaves are in order; a table that is not there is marked as such. */
    unsigned sequential = 2, fake = there ? 0 : 1;
    pm_pack_varint(out, root->block);
    pm_pack_varint(out, root->level << 2 | sequential | fake);
    pm_pack_varint(out, root->entries);
    pm_pack_varint(out, version->block_size >> 11);
    /* Tags of terms are never deflated, others where they are longer than this. */
    pm_pack_varint(out, number == TABLE_POSTLIST || number == FILE_POSITION ? 0 : 18);
    if (there) {
        pm_pack_varint(&free_list, version->revision);
        pm_pack_varint(&free_list, root->blocks); /* the first that is free */
        pm_buf_add(&free_list, "\0\0\0\0", 4);
    }
    pm_pack_string(out, pm_buf_str(&free_list), free_list.len);
    out->failed |= free_list.failed;
    pm_buf_release(&free_list);
}

int iamglass_format(const struct iamglass *version, struct pm_buf *out, struct pm_error *err)
{
    unsigned char uuid[UUID_BYTES];
    if (getrandom(uuid, sizeof uuid, 0) != sizeof uuid)
        return pm_fail_errno(err, PM_ERR_IO, "cannot make a uuid");
    uuid[6] = (unsigned char)((uuid[6] & 0x0f) | 0x40); /* RFC 9562, version 4 */
    uuid[8] = (unsigned char)((uuid[8] & 0x3f) | 0x80);
    pm_buf_add(out, magic, MAGIC_BYTES);
    pm_buf_add(out, uuid, sizeof uuid);
    pm_pack_varint(out, version->revision);
    for (unsigned i = 0; i < FILE_TABLES; i++)
        add_root(out, version, i);
    pm_pack_varint(out, version->documents);
    pm_pack_varint(out, version->last_docid - version->documents);
    pm_pack_varint(out, version->length_min);
    pm_pack_varint(out, version->wdf_max);
    pm_pack_varint(out, version->length_max - version->wdf_max);
    pm_pack_varint(out, 0); /* the oldest changeset */
    pm_pack_varint(out, version->length_total);
    pm_pack_varint(out, 0); /* the highest frequency of a spelling */
    return out->failed ? pm_fail_nomem(err) : 0;
}

int iamglass_is_ours(const struct pm_buf *bytes, struct pm_error *err)
{
    struct iamglass empty = {.block_size = DEFAULT_BLOCK};
    struct pm_buf roots = PM_BUF_INIT;
    size_t at = MAGIC_BYTES + UUID_BYTES;
    for (unsigned i = 0; i < FILE_TABLES; i++)
        add_root(&roots, &empty, i);
    /* The revision is a number of one byte in a database that is new. */
    int rc = roots.failed ? pm_fail_nomem(err) : 0;
    bool same = !rc && bytes->len > at + 1 + roots.len &&
                !memcmp(bytes->data, magic, MAGIC_BYTES) && !(bytes->data[at] & 0x80) &&
                !memcmp(bytes->data + at + 1, roots.data, roots.len);
    pm_buf_release(&roots);
    return rc ? rc : same;
}
