/*
 * Compressed input, unpacked piece by piece.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "error.h"

struct unpacker;

/* The bytes that tell whether input is compressed. */
#define UNPACK_LOOK 4

/* True if bytes that begin so are gzip or zstd. */
bool unpack_knows(const char *bytes, size_t len);

/* For input that begins so, which unpack_knows(). */
struct unpacker *unpack_new(const char *bytes, size_t len, struct pm_error *err);
void unpack_free(struct unpacker *unpacker);

/*
 * Unpacks a piece of the input, adding to `out`: at most UNPACK_PIECE bytes or so at a time, so
 * that a bomb stays in reach of its reader.  *used becomes how many of the `len` bytes were
 * taken; call again with the rest.  Several packed files one after another are one.  Damaged
 * data is PM_ERR_NO_INPUT; `name` is for the message.
 */
#define UNPACK_PIECE (256 * 1024)
int unpack_run(struct unpacker *unpacker, const char *name, const char *bytes, size_t len,
               size_t *used, struct pm_buf *out, struct pm_error *err);

/* True if the input may end here: not in the middle of a packed file. */
bool unpack_whole(const struct unpacker *unpacker);

#endif
