/*
 * Reading the numbers of the glass format: seven bits a byte, the lowest first.
 */
#ifndef PM_VARINT_H
#define PM_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that are left to read. */
struct pm_unread {
    const unsigned char *at, *end;
};

/* The next number if it has one byte or two, as nearly all have. */
static inline bool pm_varint_short(struct pm_unread *from, uint32_t *number)
{
    const unsigned char *at = from->at;
    if (from->end - at < 2 || (at[0] & at[1]) >= 0x80)
        return false;
    bool one = at[0] < 0x80;
    *number = one ? at[0] : (at[0] & 0x7fu) | (uint32_t)at[1] << 7;
    from->at = at + (one ? 1 : 2);
    return true;
}

/* The next number, of at most 64 bits; false where there is none. */
static inline bool pm_varint(struct pm_unread *from, uint64_t *number)
{
    uint32_t low;
    if (pm_varint_short(from, &low)) {
        *number = low;
        return true;
    }
    *number = 0;
    for (unsigned shift = 0; shift < 64 && from->at < from->end; shift += 7) {
        unsigned char byte = *from->at++;
        *number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return shift < 63 || byte < 2;
    }
    return false;
}

/* The same for 32 bits. */
static inline bool pm_varint32(struct pm_unread *from, uint32_t *number)
{
    uint64_t wide;
    if (pm_varint_short(from, number))
        return true;
    if (!pm_varint(from, &wide) || wide > UINT32_MAX)
        return false;
    *number = (uint32_t)wide;
    return true;
}

/* A number as it stands in a key (pm_pack_sorted()), which takes all `len` bytes. */
static inline bool pm_sorted_number(const unsigned char *bytes, size_t len, uint32_t *number)
{
    /* As many ones as there are bytes beyond two, then a zero. */
    if (len < 2 || len > 5 || (unsigned)bytes[0] >> (9 - len) != (1u << (len - 1)) - 2)
        return false;
    uint64_t n = bytes[0] & (0xffu >> (len - 1));
    for (size_t i = 1; i < len; i++)
        n = n << 8 | bytes[i];
    *number = (uint32_t)n;
    return n <= UINT32_MAX;
}

#endif
