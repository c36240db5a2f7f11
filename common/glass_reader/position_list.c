#include "position_list.h"

#include <stdint.h>

#include "varint.h"

#define POSITIONS_MAX (1u << 22) /* of one word in an article; in a row they take no bits */

/* Bits, the lowest of a byte first. */
struct bits {
    struct pm_unread from;
    uint64_t held;
    unsigned count; /* of bits held */
    bool short_of;  /* more were asked for than there are */
};

static uint32_t take(struct bits *bits, unsigned count)
{
    while (bits->count < count) {
        if (bits->from.at == bits->from.end) {
            bits->short_of = true;
            return 0;
        }
        bits->held |= (uint64_t)*bits->from.at++ << bits->count;
        bits->count += 8;
    }
    uint32_t value = (uint32_t)(bits->held & (((uint64_t)1 << count) - 1));
    bits->held >>= count;
    bits->count -= count;
    return value;
}

/* One of the numbers below `outof`; those in the middle take a bit less. */
static uint32_t take_below(struct bits *bits, uint32_t outof)
{
    if (outof <= 1)
        return 0;
    unsigned count = 32 - (unsigned)__builtin_clz(outof - 1);
    uint32_t spare = (uint32_t)(((uint64_t)1 << count) - outof);
    uint32_t short_from = (outof - spare) / 2;
    if (!spare)
        return take(bits, count);
    uint32_t value = take(bits, count - 1);
    return value >= short_from ? value : take(bits, 1) ? value + short_from + spare : value;
}

/* Those between the positions `low` and `high`, the middle one first. */
static void take_between(struct bits *bits, uint32_t *position, size_t low, size_t high)
{
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t least = position[low] + (uint32_t)(middle - low);
        position[middle] =
            least + take_below(bits, position[high] - position[low] - (uint32_t)(high - low) + 1);
        take_between(bits, position, low, middle);
        low = middle;
    }
}

bool pm_position_list_read(struct pm_bytes tag, struct pm_buf *out)
{
    struct bits bits = {.from = {tag.data, tag.data + tag.len}};
    uint32_t last;
    if (!pm_varint32(&bits.from, &last))
        return false;
    if (bits.from.at == bits.from.end) {
        pm_buf_add(out, &last, sizeof last);
        return true;
    }
    uint32_t first = take_below(&bits, last);
    uint64_t n = (uint64_t)take_below(&bits, last - first) + 2;
    if (bits.short_of || n > POSITIONS_MAX)
        return false;
    char *room = pm_buf_reserve(out, n * sizeof(uint32_t));
    if (!room)
        return true; /* out->failed */
    uint32_t *position = (uint32_t *)(void *)room;
    position[0] = first;
    position[n - 1] = last;
    take_between(&bits, position, 0, n - 1);
    out->len += n * sizeof *position;
    return !bits.short_of;
}
