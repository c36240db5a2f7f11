/*
 * A file that is written from its beginning to its end, and read afterwards.
 *
 * What is too much for the memory waits in such files, and tables are written through them.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

struct spool {
    char *path;
    int fd; /* -1 before the first byte */
    struct pm_buf held;
    uint64_t len;   /* bytes added */
    uint64_t begun; /* of them, which the disk was told to write */
};

/* A file that is made when bytes are written to it, at the latest by spool_flush(). */
int spool_init(struct spool *spool, const char *folder, const char *name, struct pm_error *err);

/* Closes the file and lets it be; a zeroed spool is empty. */
void spool_release(struct spool *spool);

int spool_add(struct spool *spool, const void *bytes, size_t len, struct pm_error *err);
int spool_add_varint(struct spool *spool, uint64_t n, struct pm_error *err);

/* Writes what is still held.  More may be added. */
int spool_flush(struct spool *spool, struct pm_error *err);

/*
 * Lets the disk begin to write what was flushed since the last call; nothing waits for it.  So what
 * is synced in the end is there already, most of it.
 */
void spool_begin_sync(struct spool *spool);

/* ---- reading ---- */

struct spool_reader {
    const struct spool *spool;
    uint64_t next, end; /* bytes of the file that are not read yet */
    char *bytes;
    size_t at, len, cap; /* of those read, `at` are taken */
};

/* Reads what stands from `from` to before `end`, all of it flushed, which the spool outlives. */
void spool_read(struct spool_reader *reader, const struct spool *spool, uint64_t from,
                uint64_t end);
void spool_reader_release(struct spool_reader *reader);

/* Reads, as if it were a file, what is in memory and stays the caller's: not to be released. */
void spool_read_memory(struct spool_reader *reader, char *bytes, size_t len);

/* 1 if there is more, 0 at the end. */
int spool_more(const struct spool_reader *reader);

int spool_long_varint(struct spool_reader *reader, uint64_t *n, struct pm_error *err);

/* The next number, or `len` bytes that live until the next call; what is not there is an error. */
static inline int spool_varint(struct spool_reader *reader, uint64_t *n, struct pm_error *err)
{
    /* Nearly all have one byte, which is there. */
    if (reader->at == reader->len || (unsigned char)reader->bytes[reader->at] >= 0x80)
        return spool_long_varint(reader, n, err);
    *n = (unsigned char)reader->bytes[reader->at++];
    return 0;
}
const char *spool_bytes(struct spool_reader *reader, size_t len, struct pm_error *err);

#endif
