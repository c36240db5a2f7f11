#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disk.h"
#include "pack.h"

#define HELD_BYTES (256u << 10) /* written at once */
#define READ_BYTES (16u << 10)  /* read at once */

int spool_init(struct spool *spool, const char *folder, const char *name, struct pm_error *err)
{
    *spool = (struct spool){.fd = -1};
    spool->path = disk_join(folder, name, err);
    return spool->path ? 0 : -1;
}

void spool_release(struct spool *spool)
{
    if (spool->path && spool->fd >= 0)
        close(spool->fd);
    free(spool->path);
    pm_buf_release(&spool->held);
    *spool = (struct spool){.fd = -1};
}

static int write_all(struct spool *spool, const char *bytes, size_t len, struct pm_error *err)
{
    if (spool->fd < 0) {
        spool->fd = open(spool->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (spool->fd < 0)
            return pm_fail_errno(err, PM_ERR_IO, "cannot make '%s'", spool->path);
    }
    while (len) {
        ssize_t written = write(spool->fd, bytes, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return pm_fail_errno(err, PM_ERR_IO, "cannot write '%s'", spool->path);
        bytes += written;
        len -= (size_t)written;
    }
    return 0;
}

int spool_flush(struct spool *spool, struct pm_error *err)
{
    if (spool->held.failed)
        return pm_fail_nomem(err);
    int rc = write_all(spool, spool->held.data, spool->held.len, err);
    pm_buf_clear(&spool->held);
    return rc;
}

int spool_add(struct spool *spool, const void *bytes, size_t len, struct pm_error *err)
{
    spool->len += len;
    if (spool->held.len + len > HELD_BYTES && spool_flush(spool, err))
        return -1;
    if (len > HELD_BYTES)
        return write_all(spool, bytes, len, err);
    pm_buf_add(&spool->held, bytes, len);
    return spool->held.failed ? pm_fail_nomem(err) : 0;
}

void spool_begin_sync(struct spool *spool)
{
    uint64_t flushed = spool->len - spool->held.len;
    if (spool->fd >= 0 && flushed > spool->begun)
        (void)sync_file_range(spool->fd, (off_t)spool->begun, (off_t)(flushed - spool->begun),
                              SYNC_FILE_RANGE_WRITE); /* what fails is seen by fsync() */
    spool->begun = flushed;
}

int spool_add_varint(struct spool *spool, uint64_t n, struct pm_error *err)
{
    unsigned char bytes[PM_PACK_VARINT_MAX];
    return spool_add(spool, bytes, pm_pack_varint_at(bytes, n), err);
}

void spool_read(struct spool_reader *reader, const struct spool *spool, uint64_t from, uint64_t end)
{
    *reader = (struct spool_reader){.spool = spool, .next = from, .end = end};
}

void spool_read_memory(struct spool_reader *reader, char *bytes, size_t len)
{
    static char name[] = "memory";
    static const struct spool none = {.path = name, .fd = -1};
    *reader = (struct spool_reader){
        .spool = &none, .next = len, .end = len, .bytes = bytes, .len = len, .cap = len};
}

void spool_reader_release(struct spool_reader *reader)
{
    free(reader->bytes);
    *reader = (struct spool_reader){0};
}

int spool_more(const struct spool_reader *reader)
{
    return reader->at < reader->len || reader->next < reader->end;
}

/* Reads until `want` bytes are there that were not taken. */
static int fill(struct spool_reader *reader, size_t want, struct pm_error *err)
{
    size_t left = reader->len - reader->at;
    if (left >= want)
        return 0;
    if (want - left > reader->end - reader->next)
        return pm_fail(err, PM_ERR_IO, "'%s' ends too early", reader->spool->path);
    if (reader->cap < want || !reader->cap) {
        /* Of short runs there may be thousands: each takes what it has. */
        uint64_t have = left + (reader->end - reader->next);
        size_t cap = have < READ_BYTES ? (size_t)have : READ_BYTES;
        if (cap < want)
            cap = want;
        char *grown = realloc(reader->bytes, cap);
        if (!grown)
            return pm_fail_nomem(err);
        reader->bytes = grown;
        reader->cap = cap;
    }
    memmove(reader->bytes, reader->bytes + reader->at, left);
    reader->at = 0;
    reader->len = left;
    while (reader->len < want) {
        size_t most = reader->cap - reader->len;
        if (most > reader->end - reader->next)
            most = (size_t)(reader->end - reader->next);
        ssize_t got =
            pread(reader->spool->fd, reader->bytes + reader->len, most, (off_t)reader->next);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return pm_fail_errno(err, PM_ERR_IO, "cannot read '%s'", reader->spool->path);
        if (!got)
            return pm_fail(err, PM_ERR_IO, "'%s' ends too early", reader->spool->path);
        reader->len += (size_t)got;
        reader->next += (uint64_t)got;
    }
    return 0;
}

const char *spool_bytes(struct spool_reader *reader, size_t len, struct pm_error *err)
{
    if (fill(reader, len, err))
        return NULL;
    const char *bytes = len ? reader->bytes + reader->at : "";
    reader->at += len;
    return bytes;
}

int spool_long_varint(struct spool_reader *reader, uint64_t *n, struct pm_error *err)
{
    *n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (reader->at == reader->len && fill(reader, 1, err))
            return -1;
        unsigned char byte = (unsigned char)reader->bytes[reader->at++];
        *n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return 0;
    }
    return pm_fail(err, PM_ERR_IO, "'%s' has no number where one should be", reader->spool->path);
}
