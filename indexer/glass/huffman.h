/*
 * Huffman codes as deflate has them (RFC 1951, 3.2.2).
 */
#ifndef HUFFMAN_H
#define HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

#define HUFFMAN_SYMBOLS 288 /* at most */
#define HUFFMAN_BITS    15  /* of the longest code */

struct huffman_code {
    uint16_t code; /* the bit that is written first is the lowest */
    uint16_t bits; /* 0: the symbol has no code */
};

/* The symbols of one kind: how often each is there, which is given, and what is made of that. */
struct huffman {
    uint32_t count[HUFFMAN_SYMBOLS];
    struct huffman_code code[HUFFMAN_SYMBOLS];
    size_t end;  /* behind the last symbol that has a code */
    size_t bits; /* that all symbols take together */
};

void huffman_clear(struct huffman *huffman);

/*
 * Makes codes of at most `limit` bits for the first `n` symbols, of which those that are there take
 * the fewest bits together.  At least two have a code, since readers want all of the code space
 * taken.
 */
void huffman_make(struct huffman *huffman, size_t n, unsigned limit);

#endif
