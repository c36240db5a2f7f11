#include "hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

void pm_digest(const void *bytes, size_t len, unsigned char digest[PM_DIGEST_BYTES])
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, len));
    memcpy(digest, canonical.digest, PM_DIGEST_BYTES);
}

uint64_t pm_hash64(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}

void pm_hash128_init(struct pm_hash128 *hash)
{
    hash->state = (unsigned __int128)0x6c62272e07bb0142u << 64 | 0x62b821756295c58du;
}

void pm_hash128_add(struct pm_hash128 *hash, const void *bytes, size_t len)
{
    const unsigned __int128 prime = (unsigned __int128)0x1000000u << 64 | 0x13bu;
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash->state = (hash->state ^ at[i]) * prime;
}

void pm_hash128_hex(const struct pm_hash128 *hash, char hex[33])
{
    snprintf(hex, 33, "%016" PRIx64 "%016" PRIx64, (uint64_t)(hash->state >> 64),
             (uint64_t)hash->state);
}
