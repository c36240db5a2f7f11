#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int fail(struct pm_error *err, enum pm_code code, int saved_errno, const char *format,
                va_list args)
{
    if (!err || err->code != PM_OK)
        return -1;
    err->code = code;
    int len = vsnprintf(err->message, sizeof err->message, format, args);
    if (saved_errno && len >= 0 && (size_t)len < sizeof err->message)
        snprintf(err->message + len, sizeof err->message - (size_t)len, ": %s",
                 strerror(saved_errno));
    return -1;
}

int pm_fail(struct pm_error *err, enum pm_code code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fail(err, code, 0, format, args);
    va_end(args);
    return -1;
}

int pm_fail_errno(struct pm_error *err, enum pm_code code, const char *format, ...)
{
    int saved = errno;
    va_list args;
    va_start(args, format);
    fail(err, saved == ENOMEM ? PM_ERR_NOMEM : code, saved, format, args);
    va_end(args);
    return -1;
}

int pm_fail_nomem(struct pm_error *err)
{
    return pm_fail(err, PM_ERR_NOMEM, "out of memory");
}
