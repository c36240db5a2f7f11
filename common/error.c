#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *pm_code_name(enum pm_code code)
{
    static const char *const names[] = {
        [PM_OK] = "ok",
        [PM_ERR_USAGE] = "usage",
        [PM_ERR_QUERY] = "query",
        [PM_ERR_SYNTAX] = "syntax",
        [PM_ERR_TOO_LARGE] = "too-large",
        [PM_ERR_CHANGED] = "changed",
        [PM_ERR_NO_INPUT] = "unreadable",
        [PM_ERR_NOT_FOUND] = "not-found",
        [PM_ERR_VERSION] = "version",
        [PM_ERR_BUSY] = "busy",
        [PM_ERR_STOPPED] = "stopped",
        [PM_ERR_IO] = "io",
        [PM_ERR_CORRUPT] = "corrupt",
        [PM_ERR_NOMEM] = "memory",
        [PM_ERR_INTERNAL] = "internal",
    };
    return names[code];
}

bool pm_code_is_of_input(enum pm_code code)
{
    return code == PM_ERR_SYNTAX || code == PM_ERR_TOO_LARGE || code == PM_ERR_CHANGED ||
           code == PM_ERR_NO_INPUT;
}

static int __attribute__((format(printf, 4, 0)))
fail(struct pm_error *err, enum pm_code code, int saved_errno, const char *format, va_list args)
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
