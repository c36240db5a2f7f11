#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void pm_buf_release(struct pm_buf *buf)
{
    free(buf->data);
    *buf = (struct pm_buf)PM_BUF_INIT;
}

void pm_buf_clear(struct pm_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

char *pm_buf_reserve(struct pm_buf *buf, size_t len)
{
    if (buf->failed)
        return NULL;
    if (len >= (size_t)-1 / 2 - buf->len) {
        buf->failed = true;
        return NULL;
    }
    size_t need = buf->len + len + 1;
    if (need > buf->cap) {
        size_t cap = buf->cap ? buf->cap : 64;
        while (cap < need)
            cap *= 2;
        char *data = realloc(buf->data, cap);
        if (!data) {
            buf->failed = true;
            return NULL;
        }
        buf->data = data;
        buf->cap = cap;
        buf->data[buf->len] = '\0';
    }
    return buf->data + buf->len;
}

void pm_buf_adds(struct pm_buf *buf, const char *string)
{
    pm_buf_add(buf, string, strlen(string));
}

void pm_buf_addn(struct pm_buf *buf, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    pm_buf_add(buf, digits + at, sizeof digits - at);
}

void pm_buf_addf(struct pm_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    /* Most fits into the room that there is. */
    size_t room = buf->failed ? 0 : buf->cap - buf->len;
    int len = vsnprintf(room ? buf->data + buf->len : NULL, room, format, args);
    if (room && (len < 0 || (size_t)len >= room))
        buf->data[buf->len] = '\0';
    char *to = len < 0 ? NULL : pm_buf_reserve(buf, (size_t)len);
    if (to && (size_t)len >= room)
        vsnprintf(to, (size_t)len + 1, format, again);
    if (to)
        buf->len += (size_t)len;
    else
        buf->failed = true;
    va_end(again);
    va_end(args);
}

const char *pm_buf_str(const struct pm_buf *buf)
{
    return buf->data && buf->len ? buf->data : "";
}

char *pm_buf_detach(struct pm_buf *buf)
{
    pm_buf_add(buf, "", 0);
    char *data = buf->failed ? NULL : buf->data;
    if (!data)
        free(buf->data);
    *buf = (struct pm_buf)PM_BUF_INIT;
    return data;
}
