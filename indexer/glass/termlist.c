#include "termlist.h"

#include <string.h>

#include "pack.h"

static size_t common_prefix(const struct pm_db_term *a, const struct pm_db_term *b)
{
    size_t least = a->len < b->len ? a->len : b->len, same = 0;
    while (same < least && a->text[same] == b->text[same])
        same++;
    return same;
}

void termlist_pack(struct pm_buf *out, uint32_t length, const struct pm_db_term *term, size_t n)
{
    if (!n)
        return;
    pm_pack_varint(out, length);
    pm_pack_varint(out, n);
    pm_buf_addc(out, (char)term->len);
    pm_buf_add(out, term->text, term->len);
    pm_pack_varint(out, term->wdf);
    for (size_t i = 1; i < n; i++) {
        /* A low wdf shares a byte with the number of bytes that are as in the term before; a reader
         * knows that the one has no more than the other is long. */
        size_t same = common_prefix(&term[i - 1], &term[i]), before = term[i - 1].len;
        uint64_t both = ((uint64_t)term[i].wdf + 1) * (before + 1) + same;
        bool fits = term[i].wdf < 127 && both < 256;
        pm_buf_addc(out, (char)(fits ? both : same));
        pm_buf_addc(out, (char)(term[i].len - same));
        pm_buf_add(out, term[i].text + same, term[i].len - same);
        if (!fits)
            pm_pack_varint(out, term[i].wdf);
    }
}

void termlist_pack_slots(struct pm_buf *out, const struct pm_db_doc_value *value, size_t n)
{
    uint32_t next = 0;
    for (size_t i = 0; i < n; i++) {
        pm_pack_varint(out, value[i].slot - next);
        next = value[i].slot + 1;
    }
}
