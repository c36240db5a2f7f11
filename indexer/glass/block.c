#include "block.h"

#include <assert.h>
#include <string.h>

void block_put16(unsigned char *at, size_t n)
{
    at[0] = (unsigned char)(n >> 8);
    at[1] = (unsigned char)n;
}

void block_put32(unsigned char *at, uint32_t n)
{
    block_put16(at, n >> 16);
    block_put16(at + 2, n & 0xffff);
}

void block_start(struct block *block, unsigned char *bytes, size_t size)
{
    memset(bytes, 0, size);
    *block = (struct block){bytes, size, BLOCK_HEAD, size};
}

size_t block_room(const struct block *block)
{
    size_t free = block->items - block->directory;
    return free > BLOCK_ITEM ? free - BLOCK_ITEM : 0;
}

unsigned char *block_item(struct block *block, size_t len)
{
    assert(len <= block_room(block));
    block->items -= len;
    block_put16(block->bytes + block->directory, block->items);
    block->directory += BLOCK_ITEM;
    return block->bytes + block->items;
}

void block_end(struct block *block, uint32_t revision, unsigned level)
{
    size_t free = block->items - block->directory;
    block_put32(block->bytes, revision);
    block->bytes[4] = (unsigned char)level;
    block_put16(block->bytes + 5, free); /* in one piece, */
    block_put16(block->bytes + 7, free); /* and in all */
    block_put16(block->bytes + 9, block->directory);
}
