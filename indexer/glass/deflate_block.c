#include "deflate_block.h"

#include <endian.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "huffman.h"

enum {
    LITERALS = 286, /* symbols of bytes, of the end, and of lengths */
    END = 256,
    DISTANCES = 30,
    LENGTHS = 19, /* symbols that the lengths of codes are written in */
    LENGTH_BITS = 7,
    REPEAT = 16, /* of them: the one before again, 3 to 6 times */
    ZEROS = 17,  /* 3 to 10 times none */
    MORE_ZEROS = 18,
    MATCH_MIN = 4,
    MATCH_MAX = 258,
    DISTANCE_MAX = 32768,
    TABLE_BITS = 14, /* of the table of places, at most */
    TABLE_LEAST = 9,
    CLOSING_BITS = 10, /* of a block of nothing */
};

/* Bytes as they are, then others that have been there before; the last has no such others. */
struct part {
    uint16_t literals, match, distance;
};

/* A symbol of the list of lengths of codes: a length, or how often one is repeated. */
struct run {
    uint8_t symbol, value;
};

struct deflate_block {
    const char *text;
    bool closed; /* by another block, of nothing */
    struct part part[DEFLATE_BLOCK_MAX / MATCH_MIN + 1];
    struct run run[LITERALS + DISTANCES];
    size_t parts, runs;
    struct huffman literals, distances, lengths;
    size_t lengths_end;              /* behind the last of them, in their order, that has a code */
    uint16_t place[1 << TABLE_BITS]; /* by hash of four bytes: where they were last */
};

struct deflate_block *deflate_block_new(void)
{
    return calloc(1, sizeof(struct deflate_block));
}

void deflate_block_free(struct deflate_block *block)
{
    free(block);
}

/* ---- symbols ---- */

/* A length or a distance: its symbol, and the bits that follow it. */
struct symbol {
    unsigned symbol, bits, value;
};

static unsigned highest_bit(unsigned n)
{
    return 31 - (unsigned)__builtin_clz(n);
}

static struct symbol of_length(unsigned length)
{
    unsigned n = length - 3;
    if (length == MATCH_MAX)
        return (struct symbol){LITERALS - 1, 0, 0};
    if (n < 8)
        return (struct symbol){END + 1 + n, 0, 0};
    unsigned bits = highest_bit(n) - 2;
    return (struct symbol){END + 1 + (bits << 2) + (n >> bits), bits, n & ((1u << bits) - 1)};
}

static struct symbol of_distance(unsigned distance)
{
    unsigned n = distance - 1;
    if (n < 4)
        return (struct symbol){n, 0, 0};
    unsigned bits = highest_bit(n) - 1;
    return (struct symbol){(bits << 1) + (n >> bits), bits, n & ((1u << bits) - 1)};
}

/* ---- matches ---- */

static uint32_t four(const char *at)
{
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* How many bytes at `at` are those at `before`, up to `most`, where four are. */
static unsigned match_length(const char *at, const char *before, unsigned most)
{
    unsigned length = MATCH_MIN;
    uint64_t left, right;
    for (; length + sizeof left <= most; length += sizeof left) {
        memcpy(&left, at + length, sizeof left);
        memcpy(&right, before + length, sizeof right);
        if (left != right)
            return length + (unsigned)__builtin_ctzll(le64toh(left ^ right)) / 8;
    }
    while (length < most && at[length] == before[length])
        length++;
    return length;
}

/* Parts the text, and counts its symbols; the number of bits between them. */
static size_t find_parts(struct deflate_block *block, const char *text, size_t len, bool repeats)
{
    unsigned bits = TABLE_LEAST;
    size_t literals = 0, between = 0, at = 0;
    while (bits < TABLE_BITS && len > (size_t)1 << bits)
        bits++;
    memset(block->place, 0, sizeof *block->place << bits);
#define PLACE(at) (&block->place[four(text + (at)) * 0x9e3779b1u >> (32 - bits)])
    while (repeats && at + MATCH_MIN < len) {
        uint16_t *place = PLACE(at);
        size_t before = *place;
        *place = (uint16_t)at;
        if (four(text + before) != four(text + at) || before >= at || at - before > DISTANCE_MAX) {
            block->literals.count[(unsigned char)text[at++]]++;
            literals++;
            continue;
        }
        unsigned most = len - at < MATCH_MAX ? (unsigned)(len - at) : MATCH_MAX;
        unsigned match = match_length(text + at, text + before, most);
        struct symbol length = of_length(match), distance = of_distance((unsigned)(at - before));
        block->literals.count[length.symbol]++;
        block->distances.count[distance.symbol]++;
        between += length.bits + distance.bits;
        block->part[block->parts++] =
            (struct part){(uint16_t)literals, (uint16_t)match, (uint16_t)(at - before)};
        *PLACE(at + 1) = (uint16_t)(at + 1);
        at += match;
        literals = 0;
    }
#undef PLACE
    for (; at < len; at++, literals++)
        block->literals.count[(unsigned char)text[at]]++;
    block->literals.count[END]++;
    block->part[block->parts++] = (struct part){(uint16_t)literals, 0, 0};
    return between;
}

/* ---- codes ---- */

/* How many bits follow the symbol of a run. */
static unsigned run_bits(unsigned symbol)
{
    return symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : symbol == MORE_ZEROS ? 7 : 0;
}

/* The order in which the lengths of the codes of lengths are written. */
static const uint8_t length_order[LENGTHS] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                              11, 4,  12, 3, 13, 2, 14, 1, 15};

static void add_run(struct deflate_block *block, unsigned symbol, size_t value)
{
    block->run[block->runs++] = (struct run){(uint8_t)symbol, (uint8_t)value};
    block->lengths.count[symbol]++;
}

/* Adds a length that is there so many times, one behind the other. */
static void add_runs(struct deflate_block *block, unsigned length, size_t times)
{
    if (length && times) {
        add_run(block, length, 0);
        times--;
    }
    while (times >= 3) {
        unsigned symbol = length ? REPEAT : times > 10 ? MORE_ZEROS : ZEROS;
        size_t least = symbol == MORE_ZEROS ? 11 : 3;
        size_t most = least + (1u << run_bits(symbol)) - 1, taken = times < most ? times : most;
        add_run(block, symbol, taken - least);
        times -= taken;
    }
    for (; times; times--)
        add_run(block, length, 0);
}

/* Makes the codes of all symbols, and the list of their lengths; how many bits that takes. */
static size_t make_codes(struct deflate_block *block)
{
    uint16_t list[LITERALS + DISTANCES];
    size_t bits = 1 + 2 + 5 + 5 + 4, n = 0;
    huffman_make(&block->literals, LITERALS, HUFFMAN_BITS);
    huffman_make(&block->distances, DISTANCES, HUFFMAN_BITS);
    for (size_t i = 0; i < block->literals.end; i++)
        list[n++] = block->literals.code[i].bits;
    for (size_t i = 0; i < block->distances.end; i++)
        list[n++] = block->distances.code[i].bits;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && list[end] == list[i];)
            end++;
        add_runs(block, list[i], end - i);
    }
    huffman_make(&block->lengths, LENGTHS, LENGTH_BITS);
    block->lengths_end = LENGTHS;
    while (!block->lengths.code[length_order[block->lengths_end - 1]].bits)
        block->lengths_end--;
    for (unsigned symbol = REPEAT; symbol < LENGTHS; symbol++)
        bits += block->lengths.count[symbol] * run_bits(symbol);
    return bits + 3 * block->lengths_end + block->lengths.bits;
}

size_t deflate_block_plan(struct deflate_block *block, const char *text, size_t len, bool repeats,
                          bool apart)
{
    block->text = text;
    block->parts = block->runs = 0;
    huffman_clear(&block->literals);
    huffman_clear(&block->distances);
    huffman_clear(&block->lengths);
    size_t bits = find_parts(block, text, len, repeats);
    bits += make_codes(block) + block->literals.bits + block->distances.bits;
    block->closed = apart && bits - block->literals.code[END].bits > (bits - 1) / 8 * 8;
    return (bits + (block->closed ? CLOSING_BITS : 0) + 7) / 8;
}

/* ---- writing ---- */

struct bits {
    unsigned char *to;
    uint64_t bits; /* that are not written yet, the next to be the lowest */
    unsigned n;
};

/* Adds at most 48 bits with those before that were not flushed. */
static void put(struct bits *bits, uint64_t value, unsigned n)
{
    bits->bits |= value << bits->n;
    bits->n += n;
}

/* Writes all whole bytes. */
static void flush(struct bits *bits)
{
    uint64_t little = htole64(bits->bits);
    memcpy(bits->to, &little, sizeof little);
    bits->to += bits->n / 8;
    bits->bits >>= bits->n / 8 * 8;
    bits->n %= 8;
}

static void put_code(struct bits *bits, struct huffman_code code)
{
    put(bits, code.code, code.bits);
}

static void put_symbol(struct bits *bits, const struct huffman *huffman, struct symbol symbol)
{
    put_code(bits, huffman->code[symbol.symbol]);
    put(bits, symbol.value, symbol.bits);
}

static void write_codes(const struct deflate_block *block, struct bits *bits)
{
    put(bits, (block->closed ? 0 : 1) | 2 << 1,
        3); /* the last block, and one with codes of its own */
    put(bits, block->literals.end - (END + 1), 5);
    put(bits, block->distances.end - 1, 5);
    put(bits, block->lengths_end - 4, 4);
    flush(bits);
    for (size_t i = 0; i < block->lengths_end; i++) {
        put(bits, block->lengths.code[length_order[i]].bits, 3);
        flush(bits);
    }
    for (size_t i = 0; i < block->runs; i++) {
        put_code(bits, block->lengths.code[block->run[i].symbol]);
        put(bits, block->run[i].value, run_bits(block->run[i].symbol));
        flush(bits);
    }
}

static void write_literals(struct bits *bits, const struct huffman_code *code,
                           const unsigned char *text, size_t len)
{
    for (; len >= 3; text += 3, len -= 3) {
        put_code(bits, code[text[0]]);
        put_code(bits, code[text[1]]);
        put_code(bits, code[text[2]]);
        flush(bits);
    }
    for (; len; text++, len--) {
        put_code(bits, code[*text]);
        flush(bits);
    }
}

void deflate_block_write(const struct deflate_block *block, unsigned char *to)
{
    struct bits bits = {.to = to};
    const unsigned char *text = (const unsigned char *)block->text;
    write_codes(block, &bits);
    for (size_t i = 0; i < block->parts; i++) {
        const struct part *part = &block->part[i];
        write_literals(&bits, block->literals.code, text, part->literals);
        text += part->literals + part->match;
        if (part->match) {
            put_symbol(&bits, &block->literals, of_length(part->match));
            put_symbol(&bits, &block->distances, of_distance(part->distance));
            flush(&bits);
        }
    }
    put_code(&bits, block->literals.code[END]);
    if (block->closed)
        put(&bits, 1 | 1 << 1, CLOSING_BITS); /* the last block, of fixed codes: END is zeros */
    flush(&bits);
    if (bits.n)
        *bits.to = (unsigned char)bits.bits;
}
