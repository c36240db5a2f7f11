#include "arena.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

#define BLOCK_BYTES (1u << 20)
#define PIECE_FIRST 16 /* bytes, with LINK */
#define PIECE_LAST  4096
#define LINK        4 /* bytes at the end of a piece: the place of the next */

void arena_release(struct arena *arena)
{
    for (size_t i = 0; i < arena->blocks; i++)
        free(arena->block[i]);
    free(arena->block);
    *arena = (struct arena){0};
}

size_t arena_bytes(const struct arena *arena)
{
    return arena->blocks ? (arena->blocks - 1) * BLOCK_BYTES + arena->used : 0;
}

static unsigned char *byte_at(const struct arena *arena, uint32_t place)
{
    return arena->block[place / BLOCK_BYTES] + place % BLOCK_BYTES;
}

/* A new piece of `len` bytes, in one block. */
static int new_piece(struct arena *arena, size_t len, uint32_t *place, struct pm_error *err)
{
    if (!arena->blocks || arena->used + len > BLOCK_BYTES) {
        if ((arena->blocks + 1) * BLOCK_BYTES > UINT32_MAX)
            return pm_fail_nomem(err);
        unsigned char **grown = pm_array_room(arena->block, arena->blocks, sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        arena->block = grown;
        if (!(arena->block[arena->blocks] = malloc(BLOCK_BYTES)))
            return pm_fail_nomem(err);
        arena->blocks++;
        arena->used = 0;
    }
    *place = (uint32_t)((arena->blocks - 1) * BLOCK_BYTES + arena->used);
    arena->used += len;
    return 0;
}

static int grow(struct arena *arena, struct arena_string *string, struct pm_error *err)
{
    uint32_t place = 0, piece = string->piece ? string->piece * 2 : PIECE_FIRST;
    if (piece > PIECE_LAST)
        piece = PIECE_LAST;
    if (new_piece(arena, piece, &place, err))
        return -1;
    if (string->piece)
        memcpy(byte_at(arena, string->end), &place, LINK);
    else
        string->first = place;
    string->at = place;
    string->end = place + piece - LINK;
    string->piece = piece;
    return 0;
}

int arena_add(struct arena *arena, struct arena_string *string, const void *bytes, size_t len,
              struct pm_error *err)
{
    const unsigned char *from = bytes;
    string->len += (uint32_t)len;
    while (len) {
        if (string->at == string->end && grow(arena, string, err))
            return -1;
        size_t now = string->end - string->at;
        if (now > len)
            now = len;
        memcpy(byte_at(arena, string->at), from, now);
        string->at += (uint32_t)now;
        from += now;
        len -= now;
    }
    return 0;
}

void arena_prefetch(const struct arena *arena, const struct arena_string *string)
{
    if (string->at < string->end)
        __builtin_prefetch(byte_at(arena, string->at), 1);
}

void arena_prefetch_first(const struct arena *arena, const struct arena_string *string)
{
    if (string->len)
        __builtin_prefetch(byte_at(arena, string->first));
}

int arena_each(const struct arena *arena, const struct arena_string *string,
               int (*each)(const void *bytes, size_t len, void *arg), void *arg)
{
    uint32_t place = string->first, left = string->len, piece = PIECE_FIRST;
    int rc = 0;
    while (!rc && left) {
        uint32_t now = left < piece - LINK ? left : piece - LINK;
        rc = each(byte_at(arena, place), now, arg);
        left -= now;
        if (left)
            memcpy(&place, byte_at(arena, place + piece - LINK), LINK);
        if (piece < PIECE_LAST)
            piece *= 2;
    }
    return rc;
}
