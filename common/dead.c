#include "dead.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "hash.h"

#define MAGIC     "pmdead1\n"
#define MAGIC_LEN 8
#define MAX_BYTES (1u << 30)

void pm_dead_release(struct pm_dead *dead)
{
    free(dead->number);
    *dead = (struct pm_dead){0};
}

/* The place of the first number that is not below `number`. */
static size_t place(const struct pm_dead *dead, uint32_t number)
{
    size_t low = 0, high = dead->len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dead->number[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool pm_dead_has(const struct pm_dead *dead, uint32_t number)
{
    size_t at = place(dead, number);
    return at < dead->len && dead->number[at] == number;
}

int pm_dead_add(struct pm_dead *dead, uint32_t number, struct pm_error *err)
{
    size_t at = place(dead, number);
    if (at < dead->len && dead->number[at] == number)
        return 0;
    if (dead->len == dead->cap) {
        size_t cap = dead->cap ? dead->cap * 2 : 16;
        uint32_t *grown = realloc(dead->number, cap * sizeof *grown);
        if (!grown)
            return pm_fail_nomem(err);
        dead->number = grown;
        dead->cap = cap;
    }
    memmove(dead->number + at + 1, dead->number + at, (dead->len - at) * sizeof *dead->number);
    dead->number[at] = number;
    dead->len++;
    return 0;
}

void pm_dead_remove(struct pm_dead *dead, uint32_t number)
{
    size_t at = place(dead, number);
    if (at == dead->len || dead->number[at] != number)
        return;
    dead->len--;
    memmove(dead->number + at, dead->number + at + 1, (dead->len - at) * sizeof *dead->number);
}

static void add32(struct pm_buf *out, uint32_t number)
{
    uint32_t little = htole32(number);
    pm_buf_add(out, &little, sizeof little);
}

static uint32_t get32(const char *bytes)
{
    uint32_t little;
    memcpy(&little, bytes, sizeof little);
    return le32toh(little);
}

void pm_dead_format(const struct pm_dead *dead, struct pm_buf *out)
{
    size_t start = out->len;
    pm_buf_add(out, MAGIC, MAGIC_LEN);
    add32(out, (uint32_t)dead->len);
    for (size_t i = 0; i < dead->len; i++)
        add32(out, dead->number[i]);
    if (out->failed)
        return;
    uint64_t sum = htole64(pm_hash64(out->data + start, out->len - start));
    pm_buf_add(out, &sum, sizeof sum);
}

/* Takes the numbers out of the bytes of a file: false if anything about them is wrong. */
static bool parse(const struct pm_buf *file, struct pm_dead *dead, struct pm_error *err)
{
    const size_t around = MAGIC_LEN + 4 + 8;
    uint64_t sum;
    if (file->len < around || memcmp(file->data, MAGIC, MAGIC_LEN))
        return false;
    size_t count = get32(file->data + MAGIC_LEN);
    if (file->len != around + 4 * count)
        return false;
    memcpy(&sum, file->data + file->len - 8, sizeof sum);
    if (le64toh(sum) != pm_hash64(file->data, file->len - 8))
        return false;
    dead->number = malloc((count + 1) * sizeof *dead->number);
    if (!dead->number) {
        pm_fail_nomem(err);
        return false;
    }
    dead->cap = count + 1;
    for (; dead->len < count; dead->len++) {
        dead->number[dead->len] = get32(file->data + MAGIC_LEN + 4 + 4 * dead->len);
        if (dead->len && dead->number[dead->len] <= dead->number[dead->len - 1])
            return false;
    }
    return true;
}

int pm_dead_read(const char *path, struct pm_dead *dead, struct pm_error *err)
{
    struct pm_buf file = PM_BUF_INIT;
    int rc = pm_file_read(path, MAX_BYTES, &file, err);
    if (!rc && !parse(&file, dead, err))
        rc = pm_fail(err, PM_ERR_CORRUPT, "'%s' is no list of dead documents", path);
    if (rc)
        pm_dead_release(dead);
    pm_buf_release(&file);
    return rc;
}
