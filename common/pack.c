#include "pack.h"

#include <string.h>

void pm_pack_string(struct pm_buf *out, const char *bytes, size_t len)
{
    pm_pack_varint(out, len);
    pm_buf_add(out, bytes, len);
}

void pm_pack_last(struct pm_buf *out, uint64_t n)
{
    for (; n; n >>= 8)
        pm_buf_addc(out, (char)n);
}

void pm_pack_sorted(struct pm_buf *out, uint32_t n)
{
    /* As many ones as there are bytes beyond two, then a zero, then the number. */
    unsigned char bytes[5];
    size_t len = n < 1u << 15 ? 2 : n < 1u << 22 ? 3 : n < 1u << 29 ? 4 : 5;
    for (size_t i = len; i-- > 0; n >>= 8)
        bytes[i] = (unsigned char)n;
    bytes[0] |= (unsigned char)(0xff << (10 - len));
    pm_buf_add(out, bytes, len);
}

void pm_pack_term(struct pm_buf *out, const char *term, size_t len, bool more)
{
    const char *nul;
    while ((nul = memchr(term, 0, len))) {
        size_t before = (size_t)(nul - term) + 1;
        pm_buf_add(out, term, before);
        pm_buf_addc(out, '\xff');
        term += before;
        len -= before;
    }
    pm_buf_add(out, term, len);
    if (more)
        pm_buf_addc(out, 0);
}

size_t pm_pack_term_len(const char *term, size_t len)
{
    size_t packed = len + 1;
    for (size_t i = 0; i < len; i++)
        packed += term[i] == 0;
    return packed;
}
