/*
 * A block of a glass B-tree: a header, a directory that grows upwards, items from the end down.
 */
#ifndef BLOCK_H
#define BLOCK_H

#include <stddef.h>
#include <stdint.h>

#define BLOCK_HEAD 11 /* bytes before the directory */
#define BLOCK_ITEM 2  /* bytes of an item's place in the directory */

struct block {
    unsigned char *bytes;
    size_t size;
    size_t directory; /* where it ends */
    size_t items;     /* where the lowest begins */
};

/* Empties it.  `bytes` has `size` of them: a power of two, 2048 to 65536. */
void block_start(struct block *block, unsigned char *bytes, size_t size);

/* Bytes that the next item may have; may be 0. */
size_t block_room(const struct block *block);

/* Where the next item of `len` bytes, behind all others in order, is to be written. */
unsigned char *block_item(struct block *block, size_t len);

/* Writes the header, when all items are there.  Leaves have level 0. */
void block_end(struct block *block, uint32_t revision, unsigned level);

/* The numbers of blocks, big-endian. */
void block_put16(unsigned char *at, size_t n);
void block_put32(unsigned char *at, uint32_t n);

#endif
