#include "positions.h"

#include "pack.h"

/* Bits on their way into bytes, the lowest first. */
struct bits {
    struct pm_buf *out;
    uint64_t held;
    unsigned count; /* of bits held, fewer than 8 between calls */
};

static void put(struct bits *bits, uint64_t value, unsigned count)
{
    bits->held |= value << bits->count;
    bits->count += count;
    for (; bits->count >= 8; bits->count -= 8) {
        pm_buf_addc(bits->out, (char)bits->held);
        bits->held >>= 8;
    }
}

/*
 * One of the numbers below `outof`: where that is no power of two, those in the middle, which are
 * the likeliest, take a bit less (centred minimal binary code).
 */
static void put_below(struct bits *bits, uint32_t value, uint32_t outof)
{
    if (outof <= 1)
        return;
    unsigned count = 32 - (unsigned)__builtin_clz(outof - 1);
    uint64_t spare = ((uint64_t)1 << count) - outof, short_from = (outof - spare) / 2;
    if (!spare || value < short_from)
        put(bits, value, count);
    else if (value < short_from + spare)
        put(bits, value, count - 1);
    else
        put(bits, (value - short_from - spare) | (uint64_t)1 << (count - 1), count);
}

/* Those between the positions `low` and `high`, the middle one first. */
static void put_between(struct bits *bits, const uint32_t *position, size_t low, size_t high)
{
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t least = position[low] + (uint32_t)(middle - low);
        put_below(bits, position[middle] - least,
                  position[high] - position[low] - (uint32_t)(high - low) + 1);
        put_between(bits, position, low, middle);
        low = middle;
    }
}

void positions_pack(struct pm_buf *out, const uint32_t *position, size_t n)
{
    uint32_t first = position[0], last = position[n - 1];
    pm_pack_varint(out, last);
    if (n == 1)
        return;
    struct bits bits = {out, 0, 0};
    put_below(&bits, first, last);
    put_below(&bits, (uint32_t)n - 2, last - first);
    put_between(&bits, position, 0, n - 1);
    if (bits.count)
        pm_buf_addc(out, (char)bits.held);
}
