#include "unpack.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#define GZIP_MAGIC "\x1F\x8B"
#define ZSTD_MAGIC "\x28\xB5\x2F\xFD"

struct unpacker {
    z_stream gzip;
    ZSTD_DStream *zstd; /* NULL: it is gzip */
    bool in_member;     /* the packed file has begun and not ended */
    bool trailing;      /* zero bytes may follow the last gzip member, and nothing else */
};

static bool begins(const char *bytes, size_t len, const char *magic)
{
    return len >= strlen(magic) && !memcmp(bytes, magic, strlen(magic));
}

bool unpack_knows(const char *bytes, size_t len)
{
    return begins(bytes, len, GZIP_MAGIC) || begins(bytes, len, ZSTD_MAGIC);
}

struct unpacker *unpack_new(const char *bytes, size_t len, struct pm_error *err)
{
    struct unpacker *unpacker = calloc(1, sizeof *unpacker);
    bool made = false;
    if (unpacker && begins(bytes, len, ZSTD_MAGIC))
        made = (unpacker->zstd = ZSTD_createDStream());
    else if (unpacker)
        made = inflateInit2(&unpacker->gzip, 16 + MAX_WBITS) == Z_OK; /* 16: gzip alone */
    if (!made) {
        free(unpacker);
        pm_fail_nomem(err);
        return NULL;
    }
    unpacker->in_member = true;
    return unpacker;
}

void unpack_free(struct unpacker *unpacker)
{
    if (!unpacker)
        return;
    if (unpacker->zstd)
        ZSTD_freeDStream(unpacker->zstd);
    else
        inflateEnd(&unpacker->gzip);
    free(unpacker);
}

static int damaged(const char *name, const char *why, struct pm_error *err)
{
    return pm_fail(err, PM_ERR_NO_INPUT, "cannot unpack '%s': %s", name, why);
}

static int run_gzip(struct unpacker *unpacker, const char *name, const char *bytes, size_t len,
                    size_t *used, struct pm_buf *out, struct pm_error *err)
{
    z_stream *gzip = &unpacker->gzip;
    size_t zeros = 0;
    while (!unpacker->in_member && zeros < len && !bytes[zeros])
        zeros++; /* tape blocks are padded */
    unpacker->trailing |= zeros > 0;
    *used = zeros;
    if (zeros == len)
        return 0;
    if (unpacker->trailing)
        return damaged(name, "there is more after its end", err);
    if (!unpacker->in_member && inflateReset(gzip) != Z_OK)
        return pm_fail_nomem(err);
    unpacker->in_member = true;
    gzip->next_in = (z_const Bytef *)bytes;
    gzip->avail_in = (uInt)len;
    gzip->next_out = (Bytef *)(out->data + out->len);
    gzip->avail_out = UNPACK_PIECE;
    int rc = inflate(gzip, Z_NO_FLUSH);
    *used = len - gzip->avail_in;
    out->len += UNPACK_PIECE - gzip->avail_out;
    unpacker->in_member = rc != Z_STREAM_END;
    if (rc == Z_MEM_ERROR)
        return pm_fail_nomem(err);
    if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
        return damaged(name, gzip->msg ? gzip->msg : "it is damaged", err);
    return 0;
}

static int run_zstd(struct unpacker *unpacker, const char *name, const char *bytes, size_t len,
                    size_t *used, struct pm_buf *out, struct pm_error *err)
{
    ZSTD_inBuffer in = {bytes, len, 0};
    ZSTD_outBuffer to = {out->data + out->len, UNPACK_PIECE, 0};
    size_t left = ZSTD_decompressStream(unpacker->zstd, &to, &in);
    *used = in.pos;
    out->len += to.pos;
    if (ZSTD_isError(left))
        return damaged(name, ZSTD_getErrorName(left), err);
    unpacker->in_member = left > 0;
    return 0;
}

int unpack_run(struct unpacker *unpacker, const char *name, const char *bytes, size_t len,
               size_t *used, struct pm_buf *out, struct pm_error *err)
{
    if (!pm_buf_reserve(out, UNPACK_PIECE))
        return pm_fail_nomem(err);
    return (unpacker->zstd ? run_zstd : run_gzip)(unpacker, name, bytes, len, used, out, err);
}

bool unpack_whole(const struct unpacker *unpacker)
{
    return !unpacker->in_member;
}
