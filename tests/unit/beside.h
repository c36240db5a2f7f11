/*
 * The positions of documents, beside a database that libxapian writes: what the bulk writer makes
 * of them.
 */
#ifndef BESIDE_H
#define BESIDE_H

#include <stdio.h>
#include <sys/stat.h>

#include "disk.h"
#include "glass.h"

struct beside {
    char work[150], bulk[150];
    struct glass *glass;
    struct glass_packer *packer;
    struct glass_packed packed;
};

/* For the database in the folder `path`, which need not be there yet. */
static inline void beside_open(struct beside *beside, const char *path)
{
    struct pm_error err = {0};
    const struct glass_options options = {.memory = 1u << 24};
    *beside = (struct beside){0};
    snprintf(beside->work, sizeof beside->work, "%s-work", path);
    snprintf(beside->bulk, sizeof beside->bulk, "%s-bulk", path);
    assert_int_equal(mkdir(beside->work, 0777), 0);
    assert_non_null(beside->glass = glass_new(beside->work, &options, &err));
    assert_non_null(beside->packer = glass_packer_new(true, &err));
}

static inline void beside_add(struct beside *beside, struct pm_db_doc *doc, uint32_t docid)
{
    struct pm_error err = {0};
    assert_int_equal(glass_pack(beside->packer, doc, &beside->packed, &err), 0);
    assert_int_equal(glass_invert(beside->glass, 0, doc, docid, &err), 0);
    assert_int_equal(glass_add(beside->glass, &beside->packed, docid, &err), 0);
}

static inline void beside_close(struct beside *beside, const char *path)
{
    struct pm_error err = {0};
    char from[200], to[200];
    assert_int_equal(glass_finish(beside->glass, beside->bulk, &err), 0);
    snprintf(from, sizeof from, "%s/positions.glass", beside->bulk);
    snprintf(to, sizeof to, "%s/positions.glass", path);
    assert_int_equal(rename(from, to), 0);
    glass_free(beside->glass);
    glass_packer_free(beside->packer);
    glass_packed_release(&beside->packed);
    assert_int_equal(disk_remove(beside->work, &err), 0);
    assert_int_equal(disk_remove(beside->bulk, &err), 0);
}

#endif
