#include "deflate.h"

#include <stdbool.h>
#include <stdlib.h>

#include <isa-l/igzip_lib.h>
#include <zlib.h>

#include "deflate_sample.h"

#define READER_STEP 8192 /* Xapian inflates so many bytes at a time */

/* Where the codes of letters and repetitions are from. */
enum codes {
    OF_SAMPLE, /* nothing has to be worked out */
    OF_TEXT,   /* three times as long for a tenth less; for another alphabet, a third less */
};

struct deflater {
    struct isal_zstream deflate;
    struct isal_hufftables tables; /* of the sample */
    unsigned char level[ISAL_DEF_LVL1_DEFAULT];
    z_stream inflate;
    struct pm_buf check;
};

/* Makes the codes of the sample. */
static int make_tables(struct isal_hufftables *tables)
{
    struct isal_huff_histogram counts = {0};
    isal_update_histogram((unsigned char *)deflate_sample, sizeof deflate_sample - 1, &counts);
    return isal_create_hufftables(tables, &counts);
}

struct deflater *deflater_new(struct pm_error *err)
{
    struct deflater *deflater = calloc(1, sizeof *deflater);
    if (!deflater || inflateInit2(&deflater->inflate, -15) != Z_OK) {
        free(deflater);
        pm_fail_nomem(err);
        return NULL;
    }
    if (make_tables(&deflater->tables)) {
        deflater_free(deflater);
        pm_fail(err, PM_ERR_INTERNAL, "ISA-L cannot make codes for deflating");
        return NULL;
    }
    return deflater;
}

void deflater_free(struct deflater *deflater)
{
    if (!deflater)
        return;
    inflateEnd(&deflater->inflate);
    pm_buf_release(&deflater->check);
    free(deflater);
}

/*
 * Xapian (all versions to 2.1.0, common/compression_stream.cc) stops inflating when the input is
 * used up, though zlib may hold output back because the step is full; then it says that the tag is
 * damaged.  Where steps end depends on how a tag is cut into items, and compaction cuts anew.  So
 * all output has to be there before the last byte is read, which then has but the mark of the end.
 */
static int is_safe(struct deflater *deflater, const char *deflated, size_t n, size_t len,
                   struct pm_error *err)
{
    z_stream *stream = &deflater->inflate;
    pm_buf_clear(&deflater->check);
    char *out = pm_buf_reserve(&deflater->check, len);
    if (!out || inflateReset(stream) != Z_OK)
        return pm_fail_nomem(err);
    stream->next_in = (unsigned char *)deflated;
    stream->avail_in = (unsigned)n - 1;
    stream->next_out = (unsigned char *)out;
    stream->avail_out = (unsigned)len;
    int rc = inflate(stream, Z_SYNC_FLUSH);
    return (rc == Z_OK || rc == Z_BUF_ERROR) && stream->avail_out == 0;
}

/* True if the bytes are ASCII but for a tenth: another alphabet has letters of its own. */
static bool is_like_sample(const char *bytes, size_t len)
{
    size_t others = 0;
    for (size_t i = 0; i < len; i++)
        others += (unsigned char)bytes[i] >> 7;
    return others <= len / 10;
}

/* Deflates to `to`, which has room for `room` bytes: how many there are, or 0 for too many. */
static size_t deflate_by(struct deflater *deflater, enum codes codes, const char *bytes, size_t len,
                         char *to, size_t room)
{
    struct isal_zstream *stream = &deflater->deflate;
    isal_deflate_stateless_init(stream);
    if (codes == OF_SAMPLE) {
        stream->hufftables = &deflater->tables;
    } else {
        stream->level = 1;
        stream->level_buf = deflater->level;
        stream->level_buf_size = sizeof deflater->level;
    }
    stream->end_of_stream = 1;
    stream->next_in = (unsigned char *)bytes;
    stream->avail_in = (uint32_t)len;
    stream->next_out = (unsigned char *)to;
    stream->avail_out = (uint32_t)room;
    return isal_deflate_stateless(stream) == COMP_OK ? stream->total_out : 0;
}

int deflater_add(struct deflater *deflater, const char *bytes, size_t len, struct pm_buf *out,
                 struct pm_error *err)
{
    if (len < 2 || len > 1u << 30)
        return 0;
    char *to = pm_buf_reserve(out, len - 1);
    size_t n = 0;
    if (!to)
        return pm_fail_nomem(err);
    if (is_like_sample(bytes, len))
        n = deflate_by(deflater, OF_SAMPLE, bytes, len, to, len / 8 * 7);
    if (!n)
        n = deflate_by(deflater, OF_TEXT, bytes, len, to, len - 1);
    int rc = !n ? 0 : len < READER_STEP ? 1 : is_safe(deflater, to, n, len, err);
    if (rc > 0)
        out->len += n;
    return rc;
}
