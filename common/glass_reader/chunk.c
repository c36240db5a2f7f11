#include "chunk.h"

#include <string.h>

#include "pack.h"
#include "varint.h"

uint32_t pm_chunk_first(const struct pm_table_cursor *cursor, const struct pm_buf *list)
{
    struct pm_bytes key = pm_table_key(cursor);
    uint32_t first;
    bool ours = key.len > list->len && !memcmp(key.data, pm_buf_str(list), list->len) &&
                pm_sorted_number(key.data + list->len, key.len - list->len, &first);
    return ours ? first : 0;
}

int pm_chunk_seek(struct pm_table_cursor *cursor, struct pm_buf *list, uint32_t docid,
                  struct pm_error *err)
{
    size_t len = list->len;
    pm_pack_sorted(list, docid);
    int rc = list->failed ? pm_fail_nomem(err) : pm_table_seek(cursor, list->data, list->len, err);
    list->len = len;
    return rc;
}
