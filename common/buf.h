/*
 * A growing run of bytes.
 *
 * When memory runs out the buffer is marked `failed` and every further add is a no-op, so
 * text is built without a check at each step and `failed` is tested once, at the end.  A
 * NUL follows the last byte (not counted in `len`) whenever `data` is not NULL.
 */
#ifndef PM_BUF_H
#define PM_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct pm_buf {
    char *data;
    size_t len, cap;
    bool failed;
};

#define PM_BUF_INIT                                                                                \
    {                                                                                              \
        NULL, 0, 0, false                                                                          \
    }

void pm_buf_release(struct pm_buf *buf);

/* Empties the buffer and keeps its memory. */
void pm_buf_clear(struct pm_buf *buf);

/* Room for `len` more bytes at data + buf->len, or NULL; the caller then adds to `len`. */
char *pm_buf_reserve(struct pm_buf *buf, size_t len);

/* The same, here since most of what indexing does is to add a few bytes to a buffer. */
static inline char *pm_buf_room(struct pm_buf *buf, size_t len)
{
    bool fits = !buf->failed && len < buf->cap - buf->len; /* one byte stays for the NUL */
    return fits ? buf->data + buf->len : pm_buf_reserve(buf, len);
}

static inline void pm_buf_add(struct pm_buf *buf, const void *bytes, size_t len)
{
    char *to = pm_buf_room(buf, len);
    if (!to)
        return;
    if (len)
        memcpy(to, bytes, len);
    to[len] = '\0';
    buf->len += len;
}

static inline void pm_buf_addc(struct pm_buf *buf, char c)
{
    pm_buf_add(buf, &c, 1);
}

void pm_buf_adds(struct pm_buf *buf, const char *string);
void pm_buf_addn(struct pm_buf *buf, uint64_t number); /* its decimal digits */
void pm_buf_addf(struct pm_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The bytes as a string ("" when nothing was added), valid until the next add. */
const char *pm_buf_str(const struct pm_buf *buf);

/* Hands the bytes over as a string to free(), or NULL after a failure; leaves `buf` empty. */
char *pm_buf_detach(struct pm_buf *buf);

#endif
