#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
pm_fail(struct pm_err *err, int code, const char *fmt, ...)
{
    va_list ap;

    if (err == NULL)
        return code;
    err->code = code;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    return code;
}

int
pm_fail_errno(struct pm_err *err, const char *fmt, ...)
{
    int number = errno;
    int code = number == ENOMEM ? PM_ENOMEM : PM_EIO;
    char reason[128];
    size_t used;
    va_list ap;

    if (err == NULL)
        return code;
    err->code = code;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    used = strlen(err->text);
    (void)snprintf(err->text + used, sizeof(err->text) - used, ": %s",
                   strerror_r(number, reason, sizeof(reason))); /* GNU's, which returns the text */
    return code;
}

int
pm_err_prefix(struct pm_err *err, const char *fmt, ...)
{
    char old[sizeof(err->text)];
    size_t used;
    va_list ap;

    if (err == NULL)
        return PM_EIO;
    memcpy(old, err->text, sizeof(old));
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
    va_end(ap);
    used = strlen(err->text);
    (void)snprintf(err->text + used, sizeof(err->text) - used, ": %s", old);
    return err->code;
}
