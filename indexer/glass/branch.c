#include "branch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "block.h"

#define LEVELS_MAX 10 /* readers refuse more */
#define HEAD       7  /* number of the block, length of the key, component */

/* In a list as in a block: number (4), length (1), key, component (2). */
static size_t note_len(const char *note)
{
    return HEAD + (unsigned char)note[4];
}

void branch_note(struct pm_buf *list, uint32_t block, const char *key, size_t len, unsigned part)
{
    unsigned char number[4], component[2];
    block_put32(number, block);
    block_put16(component, part);
    pm_buf_add(list, number, sizeof number);
    pm_buf_addc(list, (char)len);
    pm_buf_add(list, key, len);
    pm_buf_add(list, component, sizeof component);
}

/* Where the notes of each block of a level begin in the list. */
struct level {
    size_t *start;
    size_t blocks;
};

/*
 * Deals the notes out to blocks, as many as go into each.  Xapian makes no branch of a single
 * block, so the last one gets a second from its neighbour.
 */
static int deal(const struct pm_buf *list, size_t size, struct level *level, struct pm_error *err)
{
    size_t room = 0, previous = 0, in_block = 0;
    for (size_t at = 0; at < list->len; at += note_len(list->data + at)) {
        size_t need = note_len(list->data + at) + BLOCK_ITEM;
        if (!at || need > room) {
            size_t *grown = pm_array_room(level->start, level->blocks, sizeof *grown);
            if (!grown)
                return pm_fail_nomem(err);
            level->start = grown;
            level->start[level->blocks++] = at;
            room = size - BLOCK_HEAD;
            need = HEAD + BLOCK_ITEM; /* the first key of a block is left out */
            in_block = 0;
        }
        room -= need;
        in_block++;
        if (at + note_len(list->data + at) < list->len)
            previous = at;
    }
    if (in_block == 1 && level->blocks > 1)
        level->start[level->blocks - 1] = previous;
    return 0;
}

/* Writes one block of the notes from `from` to before `end`. */
static int write_block(const struct pm_buf *list, size_t from, size_t end, struct spool *file,
                       size_t size, uint32_t revision, unsigned level, struct pm_error *err)
{
    struct block block;
    unsigned char *bytes = malloc(size);
    if (!bytes)
        return pm_fail_nomem(err);
    block_start(&block, bytes, size);
    for (size_t at = from; at < end; at += note_len(list->data + at)) {
        const char *note = list->data + at;
        if (at == from) {
            unsigned char *item = block_item(&block, HEAD);
            memcpy(item, note, 4);
            memset(item + 4, 0, HEAD - 4);
        } else {
            memcpy(block_item(&block, note_len(note)), note, note_len(note));
        }
    }
    block_end(&block, revision, level);
    int rc = spool_add(file, bytes, size, err);
    free(bytes);
    return rc;
}

/* Writes a level, and makes the list of its blocks. */
static int write_level(const struct pm_buf *list, struct spool *file, size_t size,
                       uint32_t revision, unsigned number, uint32_t *blocks, struct pm_buf *above,
                       struct pm_error *err)
{
    struct level level = {0};
    int rc = deal(list, size, &level, err);
    for (size_t i = 0; !rc && i < level.blocks; i++) {
        size_t from = level.start[i];
        size_t end = i + 1 < level.blocks ? level.start[i + 1] : list->len;
        const char *note = list->data + from;
        size_t len = note_len(note);
        rc = write_block(list, from, end, file, size, revision, number, err);
        unsigned part = (unsigned)(unsigned char)note[len - 2] << 8 | (unsigned char)note[len - 1];
        branch_note(above, (*blocks)++, note + 5, len - HEAD, part);
    }
    free(level.start);
    return rc || !above->failed ? rc : pm_fail_nomem(err);
}

int branch_write(const struct pm_buf *list, struct spool *file, size_t size, uint32_t revision,
                 uint32_t *blocks, struct pm_error *err)
{
    struct pm_buf below = PM_BUF_INIT, above = PM_BUF_INIT;
    int level = 0;
    pm_buf_add(&below, list->data, list->len);
    if (list->failed || below.failed)
        level = pm_fail_nomem(err);
    assert(level < 0 || below.len);
    while (level >= 0 && below.data && note_len(below.data) < below.len) {
        if (++level == LEVELS_MAX) {
            level = pm_fail(err, PM_ERR_TOO_LARGE, "'%s' would have too many levels", file->path);
        } else if (write_level(&below, file, size, revision, (unsigned)level, blocks, &above,
                               err)) {
            level = -1;
        } else {
            struct pm_buf swap = below;
            below = above;
            above = swap;
            pm_buf_clear(&above);
        }
    }
    pm_buf_release(&below);
    pm_buf_release(&above);
    return level;
}
