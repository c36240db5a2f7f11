#include "block_cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"

#define KEEP ((size_t)64 << 20) /* bytes of blocks of a table */

int pm_block_damaged(const struct pm_block_cache *cache, struct pm_error *err)
{
    return pm_fail(err, PM_ERR_CORRUPT, "the table %s is damaged", cache->name);
}

int pm_block_cache_open(struct pm_block_cache *cache, const char *folder, const char *name,
                        size_t size, uint32_t revision, struct pm_error *err)
{
    struct pm_buf path = PM_BUF_INIT;
    struct stat is;
    *cache = (struct pm_block_cache){.fd = -1, .size = size, .revision = revision, .keep = KEEP};
    snprintf(cache->name, sizeof cache->name, "%s", name);
    pm_buf_addf(&path, "%s/%s", folder, name);
    if (path.failed)
        return pm_fail_nomem(err);
    cache->fd = open(path.data, O_RDONLY | O_CLOEXEC);
    int rc = cache->fd < 0 && errno != ENOENT
                 ? pm_fail_errno(err, PM_ERR_IO, "cannot open '%s'", path.data)
             : cache->fd >= 0 && fstat(cache->fd, &is)
                 ? pm_fail_errno(err, PM_ERR_IO, "cannot look at '%s'", path.data)
                 : 0;
    pm_buf_release(&path);
    if (rc || cache->fd < 0)
        return rc;
    uint64_t count = (uint64_t)is.st_size / size;
    cache->count = count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
    cache->block = calloc(cache->count + (size_t)1, sizeof *cache->block);
    return cache->block ? 0 : pm_fail_nomem(err);
}

/* ---- memory ---- */

/*
 * Memory of several blocks, which the kernel gives in one go: to touch new pages one by one takes
 * longer than to read what comes into them, and on some virtual machines ten times as long.
 */
struct pm_slab {
    struct pm_slab *next;
    size_t used, blocks;
    unsigned char *memory;
};

#define SLAB_LEAST 4 /* blocks; each slab has twice as many as the one before */
#define SLAB_MOST  64

#ifdef __SANITIZE_ADDRESS__
static const bool alone = true; /* so that it is seen when somebody reads behind a block's end */
#else
static const bool alone = false;
#endif

static unsigned char *map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* Room for a block, or NULL. */
static unsigned char *make_room(struct pm_block_cache *cache)
{
    struct pm_slab *slab = cache->slab;
    if (!slab || slab->used == slab->blocks) {
        size_t blocks = alone ? 1 : !slab ? SLAB_LEAST : slab->blocks * 2;
        slab = calloc(1, sizeof *slab);
        if (!slab)
            return NULL;
        slab->blocks = blocks < SLAB_MOST ? blocks : SLAB_MOST;
        slab->memory = alone ? malloc(cache->size) : map(slab->blocks * cache->size);
        if (!slab->memory) {
            free(slab);
            return NULL;
        }
        slab->next = cache->slab;
        cache->slab = slab;
    }
    return slab->memory + slab->used++ * cache->size;
}

static void free_slabs(struct pm_block_cache *cache)
{
    for (struct pm_slab *slab = cache->slab, *next; slab; slab = next) {
        next = slab->next;
        if (alone)
            free(slab->memory);
        else
            munmap(slab->memory, slab->blocks * cache->size);
        free(slab);
    }
}

void pm_block_cache_close(struct pm_block_cache *cache)
{
    if (cache->fd >= 0)
        close(cache->fd);
    free_slabs(cache);
    free(cache->block);
    *cache = (struct pm_block_cache){.fd = -1};
}

bool pm_block_cache_trim(struct pm_block_cache *cache)
{
    bool many = cache->held * cache->size > cache->keep;
    if (many) {
        free_slabs(cache);
        memset(cache->block, 0, cache->count * sizeof *cache->block);
        cache->slab = NULL;
        cache->held = 0;
    }
    return many;
}

/* ---- looking through ---- */

static bool is_leaf_item(const unsigned char *item, size_t room)
{
    size_t size = pm_item_size(item);
    bool first = *item & PM_ITEM_FIRST;
    return size <= room && 3 + (size_t)item[2] + (first ? 0 : 2) <= size;
}

static bool is_branch_item(const unsigned char *item, size_t room)
{
    return room >= 7 && 7 + (size_t)item[4] <= room;
}

/* Whether each item lies within the block, and each key within its item. */
static bool is_sound(const struct pm_block_cache *cache, const unsigned char *block, unsigned level)
{
    size_t end = pm_be16(block + 9);
    if (pm_be32(block) > cache->revision || block[PM_BLOCK_LEVEL] != level ||
        end < PM_BLOCK_HEAD + 2 || (end - PM_BLOCK_HEAD) % 2 || end > cache->size)
        return false;
    unsigned items = pm_block_items(block);
    for (unsigned i = 0; i < items; i++) {
        size_t at = pm_be16(block + PM_BLOCK_HEAD + 2 * i);
        if (at < end || at + 3 > cache->size)
            return false;
        size_t room = cache->size - at;
        if (!(level ? is_branch_item(block + at, room) : is_leaf_item(block + at, room)))
            return false;
    }
    return true;
}

static int fill(const struct pm_block_cache *cache, uint32_t number, unsigned char *to,
                struct pm_error *err)
{
    for (size_t have = 0; have < cache->size;) {
        ssize_t got = pread(cache->fd, to + have, cache->size - have,
                            (off_t)number * (off_t)cache->size + (off_t)have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return pm_fail_errno(err, PM_ERR_IO, "cannot read %s", cache->name);
        if (!got)
            return pm_block_damaged(cache, err); /* it was longer when it was opened */
        have += (size_t)got;
    }
    return 0;
}

int pm_block_level(const struct pm_block_cache *cache, uint32_t number, struct pm_error *err)
{
    unsigned char head[PM_BLOCK_HEAD];
    ssize_t got = pread(cache->fd, head, sizeof head, (off_t)number * (off_t)cache->size);
    return got == sizeof head ? head[PM_BLOCK_LEVEL] : pm_block_damaged(cache, err);
}

const unsigned char *pm_block_read(struct pm_block_cache *cache, uint32_t number, unsigned level,
                                   struct pm_error *err)
{
    if (number >= cache->count) {
        pm_block_damaged(cache, err);
        return NULL;
    }
    unsigned char *block = cache->block[number];
    if (block) {
        if (block[PM_BLOCK_LEVEL] == level)
            return block;
        pm_block_damaged(cache, err);
        return NULL;
    }
    block = make_room(cache);
    if (!block) {
        pm_fail_nomem(err);
        return NULL;
    }
    if (fill(cache, number, block, err) ||
        (!is_sound(cache, block, level) && pm_block_damaged(cache, err))) {
        cache->slab->used--;
        return NULL;
    }
    cache->held++;
    return cache->block[number] = block;
}
