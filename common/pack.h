/*
 * How the glass format writes numbers and strings.
 *
 * The format is that of Xapian 1.4 (backends/glass and common/pack.h there); all its variable
 * numbers are seven bits a byte, the lowest first, but for those that keys are sorted by.
 */
#ifndef PM_PACK_H
#define PM_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define PM_PACK_VARINT_MAX 10 /* bytes of the longest */

/* Writes `n` to `at`, which has PM_PACK_VARINT_MAX bytes; the number of bytes. */
static inline size_t pm_pack_varint_at(unsigned char *at, uint64_t n)
{
    size_t len = 0;
    for (; n >= 0x80; n >>= 7)
        at[len++] = (unsigned char)(n | 0x80);
    at[len++] = (unsigned char)n;
    return len;
}

/* Here, since most of what is packed is numbers of one byte. */
static inline void pm_pack_varint(struct pm_buf *out, uint64_t n)
{
    char *to = pm_buf_room(out, PM_PACK_VARINT_MAX);
    if (!to)
        return;
    out->len += pm_pack_varint_at((unsigned char *)to, n);
    out->data[out->len] = '\0';
}

/* The length, then the bytes. */
void pm_pack_string(struct pm_buf *out, const char *bytes, size_t len);

/* A number that ends a key: its bytes, the lowest first, without zeros behind. */
void pm_pack_last(struct pm_buf *out, uint64_t n);

/* A number as part of a key: as bytes it is sorted as it is as a number. */
void pm_pack_sorted(struct pm_buf *out, uint32_t n);

/*
 * A term as part of a key: sorted as the term is, and before longer ones.  The end is marked unless
 * nothing follows.
 */
void pm_pack_term(struct pm_buf *out, const char *term, size_t len, bool more);

/* Bytes that pm_pack_term() takes with `more`. */
size_t pm_pack_term_len(const char *term, size_t len);

#endif
