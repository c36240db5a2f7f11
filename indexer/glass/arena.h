/*
 * Many byte strings that grow at the same time, each in pieces of a common memory.
 *
 * The pieces of a string double in size, so that neither short nor long ones waste much (the
 * in-memory postings of Buettcher, Clarke and Cormack 2010, 4.5.1).
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#define ARENA_MAX ((size_t)3 << 30) /* bytes to be filled; places in it have 32 bits */

struct arena {
    unsigned char **block;
    size_t blocks;
    size_t used; /* bytes of the last block */
};

/* A string; a zeroed one is empty. */
struct arena_string {
    uint32_t first, at, end; /* places of its first piece, its next byte, the end of its last */
    uint32_t len;
    uint32_t piece; /* bytes of the last piece */
};

/* Gives all memory back, and all strings with it. */
void arena_release(struct arena *arena);

size_t arena_bytes(const struct arena *arena);

int arena_add(struct arena *arena, struct arena_string *string, const void *bytes, size_t len,
              struct pm_error *err);

/* Asks for the memory of the next byte. */
void arena_prefetch(const struct arena *arena, const struct arena_string *string);

/* The same of its first byte. */
void arena_prefetch_first(const struct arena *arena, const struct arena_string *string);

/* Calls `each` with every piece of a string, in order, until it returns non-zero; returns that. */
int arena_each(const struct arena *arena, const struct arena_string *string,
               int (*each)(const void *bytes, size_t len, void *arg), void *arg);

#endif
