/*
 * The blocks of a table, read when they are first asked for and then kept.
 *
 * They are read, not mapped: a file that somebody cuts short while it is open is an error then,
 * where a map would end the process.  A block is looked through once, as it comes, so that whoever
 * has it need not doubt what it says of itself.
 */
#ifndef PM_BLOCK_CACHE_H
#define PM_BLOCK_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct pm_block_cache {
    char name[32]; /* of the file, for messages */
    int fd;        /* -1: there is no such table */
    size_t size;   /* bytes of a block */
    uint32_t count, revision;
    unsigned char **block; /* `count`; NULL as long as it was not read */
    struct pm_slab *slab;  /* the memory they are in */
    size_t held;           /* blocks in memory */
    size_t keep;           /* bytes of them that pm_block_cache_trim() leaves */
};

/* ---- what stands in a block ---- */

#define PM_BLOCK_LEVEL 4  /* 0 for leaves */
#define PM_BLOCK_HEAD  11 /* bytes before the directory */

static inline unsigned pm_be16(const unsigned char *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static inline uint32_t pm_be32(const unsigned char *at)
{
    return (uint32_t)pm_be16(at) << 16 | pm_be16(at + 2);
}

static inline unsigned pm_block_items(const unsigned char *block)
{
    return (pm_be16(block + 9) - PM_BLOCK_HEAD) / 2;
}

static inline const unsigned char *pm_block_item(const unsigned char *block, unsigned item)
{
    return block + pm_be16(block + PM_BLOCK_HEAD + 2 * item);
}

/* An item of a leaf: which part of its tag it has, and where. */
enum { PM_ITEM_DEFLATED = 0x80, PM_ITEM_LAST = 0x40, PM_ITEM_FIRST = 0x20 };

static inline size_t pm_item_size(const unsigned char *item)
{
    return (pm_be16(item) & 0x1fff) + 3;
}

/* ---- the cache ---- */

/*
 * Opens `name` in `folder`; a file that is not there is a table without blocks.  To be closed in
 * any case.
 */
int pm_block_cache_open(struct pm_block_cache *cache, const char *folder, const char *name,
                        size_t size, uint32_t revision, struct pm_error *err);
void pm_block_cache_close(struct pm_block_cache *cache);

/* The block `number`, of `level`, until pm_block_cache_trim(); NULL with `err` set. */
const unsigned char *pm_block_read(struct pm_block_cache *cache, uint32_t number, unsigned level,
                                   struct pm_error *err);

/* The level of the block `number`, which is not kept; or -1. */
int pm_block_level(const struct pm_block_cache *cache, uint32_t number, struct pm_error *err);

/* Gives all blocks back if they are many, and tells; then nobody may have one. */
bool pm_block_cache_trim(struct pm_block_cache *cache);

/* PM_ERR_CORRUPT: the table is not what was written. */
int pm_block_damaged(const struct pm_block_cache *cache, struct pm_error *err);

#endif
