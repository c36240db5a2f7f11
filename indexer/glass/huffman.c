#include "huffman.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* A symbol that is there, as a number that sorts by how often that is. */
#define SYMBOL_BITS 9
_Static_assert(HUFFMAN_SYMBOLS <= 1 << SYMBOL_BITS, "a symbol fits");

#define BUCKETS 64 /* most symbols of a short text are there less often */

void huffman_clear(struct huffman *huffman)
{
    memset(huffman->count, 0, sizeof huffman->count);
}

static uint32_t symbol_of(uint32_t leaf)
{
    return leaf & ((1u << SYMBOL_BITS) - 1);
}

static bool none_of_four(const uint32_t *count)
{
    uint64_t two[2];
    memcpy(two, count, sizeof two);
    return !(two[0] | two[1]);
}

/* Lists the symbols that are there: how many.  Most are not, and in a row. */
static size_t gather(const uint32_t *count, size_t n, uint32_t *leaf)
{
    size_t len = 0, i = 0;
    while (i < n) {
        if (n - i >= 4 && none_of_four(count + i)) {
            i += 4;
            continue;
        }
        leaf[len] = count[i] << SYMBOL_BITS | (uint32_t)i;
        len += count[i++] > 0;
    }
    return len;
}

static uint32_t bucket(uint32_t leaf)
{
    uint32_t count = leaf >> SYMBOL_BITS;
    return count < BUCKETS ? count : BUCKETS - 1;
}

/* Sorts leaves, whose symbols rise, by their counts. */
static void sort(const uint32_t *leaf, size_t n, uint32_t *sorted)
{
    uint16_t start[BUCKETS + 1] = {0};
    for (size_t i = 0; i < n; i++)
        start[bucket(leaf[i]) + 1]++;
    for (size_t b = 0; b < BUCKETS; b++)
        start[b + 1] += start[b];
    size_t often = start[BUCKETS - 1];
    for (size_t i = 0; i < n; i++)
        sorted[start[bucket(leaf[i])]++] = leaf[i];
    for (size_t i = often + 1; i < n; i++) { /* in the last bucket counts differ */
        uint32_t moved = sorted[i];
        size_t to = i;
        for (; to > often && sorted[to - 1] > moved; to--)
            sorted[to] = sorted[to - 1];
        sorted[to] = moved;
    }
}

/*
 * Counts how many codes of `n` symbols, at least two, have each length.  The two nodes that are
 * there least become one until there is but one; these are made in the order of their counts, so
 * they and the leaves are two queues (van Leeuwen 1976).  Of a leaf it matters only that it is one:
 * each inner node is a code that became two longer ones.
 */
static void count_lengths(const uint32_t *sorted, size_t n, unsigned limit, uint32_t *lengths)
{
    uint32_t count[HUFFMAN_SYMBOLS];                                /* of inner nodes */
    uint16_t parent[HUFFMAN_SYMBOLS] = {0}, depth[HUFFMAN_SYMBOLS]; /* and of these */
    size_t leaf = 0, inner = 0, root = n - 2;
    for (size_t node = 0; node <= root; node++) {
        count[node] = 0;
        for (int child = 0; child < 2; child++) {
            uint32_t next = leaf < n ? sorted[leaf] >> SYMBOL_BITS : UINT32_MAX;
            if (inner == node || next <= count[inner]) {
                count[node] += next;
                leaf++;
            } else {
                count[node] += count[inner];
                parent[inner++] = (uint16_t)node;
            }
        }
    }
    lengths[1] = 2;
    depth[root] = 0;
    for (size_t node = root; node-- > 0;) {
        unsigned bits = depth[node] = depth[parent[node]] + 1;
        lengths[bits < limit ? bits : limit]--;
        lengths[bits + 1 < limit ? bits + 1 : limit] += 2;
    }
}

/*
 * Codes that were cut to the limit take more than there is of the code space: as often as need be,
 * one of them becomes the sibling of a shorter one, which grows by a bit.
 */
static void limit_lengths(unsigned limit, uint32_t *lengths)
{
    uint32_t taken = 0;
    for (unsigned bits = 1; bits <= limit; bits++)
        taken += lengths[bits] << (limit - bits);
    for (; taken > 1u << limit; taken--) {
        unsigned shorter = limit - 1;
        while (!lengths[shorter])
            shorter--;
        lengths[limit]--;
        lengths[shorter]--;
        lengths[shorter + 1] += 2;
    }
}

/* The lowest `bits` of a code the other way round. */
static uint16_t reverse(unsigned code, unsigned bits)
{
    static const uint8_t four[] = {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15};
    unsigned reversed = (unsigned)four[code & 15] << 12 | four[code >> 4 & 15] << 8 |
                        four[code >> 8 & 15] << 4 | four[code >> 12 & 15];
    return (uint16_t)(reversed >> (16 - bits));
}

void huffman_make(struct huffman *huffman, size_t n, unsigned limit)
{
    uint32_t leaf[HUFFMAN_SYMBOLS + 1], sorted[HUFFMAN_SYMBOLS], lengths[HUFFMAN_BITS + 2] = {0};
    struct huffman_code *code = huffman->code;
    assert(n >= 2 && n <= HUFFMAN_SYMBOLS && limit <= HUFFMAN_BITS);
    size_t used = gather(huffman->count, n, leaf);
    if (used < 2) { /* others are added, which nobody needs */
        bool first = used && !symbol_of(leaf[0]);
        leaf[1] = used && !first ? leaf[0] : 1;
        leaf[0] = first ? leaf[0] : 0;
        used = 2;
    }
    sort(leaf, used, sorted);
    count_lengths(sorted, used, limit, lengths);
    limit_lengths(limit, lengths);
    memset(code, 0, n * sizeof *code);
    const uint32_t *next = sorted;
    for (unsigned bits = limit; bits; bits--)
        for (uint32_t i = 0; i < lengths[bits]; i++)
            code[symbol_of(*next++)].bits = (uint16_t)bits;
    /* Codes of one length rise with their symbols, and longer ones are behind all shorter. */
    unsigned start[HUFFMAN_BITS + 1] = {0};
    for (unsigned bits = 1; bits <= limit; bits++)
        start[bits] = (start[bits - 1] + (bits > 1 ? lengths[bits - 1] : 0)) << 1;
    huffman->bits = 0;
    for (size_t i = 0; i < used; i++) {
        uint32_t symbol = symbol_of(leaf[i]);
        unsigned bits = code[symbol].bits;
        code[symbol].code = reverse(start[bits]++, bits);
        huffman->bits += (size_t)huffman->count[symbol] * bits;
    }
    huffman->end = symbol_of(leaf[used - 1]) + 1;
}
