/*
 * For telling contents apart, not for safety against somebody who wants them to collide: FNV-1a in
 * 64 and 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/), of which ids are made, and XXH3 in
 * 128 bits (https://xxhash.com), many times as fast for what is longer than a word.
 */
#ifndef PM_HASH_H
#define PM_HASH_H

#include <stddef.h>
#include <stdint.h>

#define PM_DIGEST_BYTES 16

/* XXH3, in its canonical order of bytes. */
void pm_digest(const void *bytes, size_t len, unsigned char digest[PM_DIGEST_BYTES]);

uint64_t pm_hash64(const void *bytes, size_t len);

struct pm_hash128 {
    unsigned __int128 state;
};

/* Start with pm_hash128_init(), add any number of runs of bytes, take the hexadecimal digits. */
void pm_hash128_init(struct pm_hash128 *hash);
void pm_hash128_add(struct pm_hash128 *hash, const void *bytes, size_t len);
void pm_hash128_hex(const struct pm_hash128 *hash, char hex[33]);

#endif
