#include "deflate.h"

#include <stdbool.h>
#include <stdlib.h>

#include <libdeflate.h>
#include <zlib.h>

#define LEVEL       1    /* the fastest: above it articles become about a hundredth smaller */
#define READER_STEP 8192 /* Xapian inflates so many bytes at a time */

struct deflater {
    struct libdeflate_compressor *deflate;
    z_stream inflate;
    struct pm_buf check;
};

struct deflater *deflater_new(struct pm_error *err)
{
    struct deflater *deflater = calloc(1, sizeof *deflater);
    if (!deflater || inflateInit2(&deflater->inflate, -15) != Z_OK) {
        free(deflater);
        pm_fail_nomem(err);
        return NULL;
    }
    if (!(deflater->deflate = libdeflate_alloc_compressor(LEVEL))) {
        deflater_free(deflater);
        pm_fail_nomem(err);
        return NULL;
    }
    return deflater;
}

void deflater_free(struct deflater *deflater)
{
    if (!deflater)
        return;
    inflateEnd(&deflater->inflate);
    libdeflate_free_compressor(deflater->deflate);
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

int deflater_add(struct deflater *deflater, const char *bytes, size_t len, struct pm_buf *out,
                 struct pm_error *err)
{
    if (len < 2 || len > 1u << 30)
        return 0;
    char *to = pm_buf_reserve(out, len - 1);
    if (!to)
        return pm_fail_nomem(err);
    size_t n = libdeflate_deflate_compress(deflater->deflate, bytes, len, to, len - 1);
    int rc = !n ? 0 : len < READER_STEP ? 1 : is_safe(deflater, to, n, len, err);
    if (rc > 0)
        out->len += n;
    return rc;
}
