/*
 * A short text as one block of deflate (RFC 1951) with codes of its own.
 *
 * Most tags have less than a kilobyte.  libdeflate clears 128 kilobytes of tables before it looks
 * at one, and looks for its matches in all of that; this takes a table as large as the text.
 */
#ifndef DEFLATE_BLOCK_H
#define DEFLATE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEFLATE_BLOCK_MAX 65535 /* bytes of a text */

struct deflate_block;

struct deflate_block *deflate_block_new(void); /* NULL without memory */
void deflate_block_free(struct deflate_block *block);

/*
 * Works out the block of a text of 1 to DEFLATE_BLOCK_MAX bytes, which has to stay until it is
 * written; how many bytes it has.  With `repeats`, bytes that were there before are looked for;
 * with `apart`, all of the text can be read before the last byte.
 */
size_t deflate_block_plan(struct deflate_block *block, const char *text, size_t len, bool repeats,
                          bool apart);

/* Writes it to `to`, which has room for DEFLATE_BLOCK_ROOM bytes more. */
#define DEFLATE_BLOCK_ROOM 8
void deflate_block_write(const struct deflate_block *block, unsigned char *to);

#endif
