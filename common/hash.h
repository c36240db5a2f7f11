/*
 * For telling contents apart, not for safety against somebody who wants them to collide: FNV-1a in
 * 64 and 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/), of which ids are made, and XXH3 in
 * 128 bits (https://xxhash.com), many times as fast for what is longer than a word.
 */
#ifndef PM_HASH_H
#define PM_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define PM_DIGEST_BYTES 16

/* XXH3, in its canonical order of bytes. */
void pm_digest(const void *bytes, size_t len, unsigned char digest[PM_DIGEST_BYTES]);

uint64_t pm_hash64(const void *bytes, size_t len);

/* Bytes fewer than eight as a number, the same for none but the same of that length. */
static inline uint64_t pm_hash_few(const char *bytes, size_t len)
{
    uint32_t first, last;
    if (len >= sizeof first) {
        memcpy(&first, bytes, sizeof first);
        memcpy(&last, bytes + len - sizeof last, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    const unsigned char *at = (const unsigned char *)bytes;
    return len ? (uint64_t)at[0] << 16 | (uint64_t)at[len / 2] << 8 | at[len - 1] : 0;
}

static inline uint64_t pm_hash_fold(uint64_t hash, uint64_t eight)
{
    unsigned __int128 product = (unsigned __int128)(hash ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/*
 * For tables in memory alone: a short string in a few steps, eight bytes at a time, each folded in
 * by a product of 128 bits (as in wyhash by Wang Yi, https://github.com/wangyi-fudan/wyhash).
 */
static inline uint64_t pm_hash_quick(const char *bytes, size_t len)
{
    uint64_t hash = len, eight;
    for (; len >= sizeof eight; bytes += sizeof eight, len -= sizeof eight) {
        memcpy(&eight, bytes, sizeof eight);
        hash = pm_hash_fold(hash, eight);
    }
    return pm_hash_fold(hash, pm_hash_few(bytes, len));
}

struct pm_hash128 {
    unsigned __int128 state;
};

/* Start with pm_hash128_init(), add any number of runs of bytes, take the hexadecimal digits. */
void pm_hash128_init(struct pm_hash128 *hash);
void pm_hash128_add(struct pm_hash128 *hash, const void *bytes, size_t len);
void pm_hash128_hex(const struct pm_hash128 *hash, char hex[33]);

#endif
