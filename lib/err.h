/*
 * err.h - how functions of the library fail.
 *
 * A function that can fail returns an enum pm_status as int: 0 is done, above 0 an answer
 * that is no failure, below 0 a failure. It takes a struct pm_err last; the lowest level that
 * knows the cause fills it, callers only add context with pm_err_prefix(). A struct pm_err
 * belongs to one thread.
 */
#ifndef PM_ERR_H
#define PM_ERR_H

#include <stddef.h>

#define PM_MUST_USE      __attribute__((warn_unused_result))
#define PM_PRINTF(f, va) __attribute__((format(printf, f, va)))

enum pm_status {
    PM_OK = 0,
    PM_DONE = 1, /* iterator is exhausted */
    PM_SKIP = 2, /* this item is unusable, the next may be fine */
    PM_ENOMEM = -1,
    PM_EIO = -2,
    PM_ECORRUPT = -3,
    PM_EUNSUPPORTED = -4,
    PM_ELIMIT = -5,
    PM_ENOTFOUND = -6,
    PM_ELOCKED = -7,
    PM_EVERSION = -8,
    PM_ECANCELED = -9, /* the caller asked to stop */
    PM_EINVAL = -10,   /* the caller's words make no sense: an id, a date, a pattern */
};

struct pm_err {
    int code;       /* an enum pm_status */
    char text[480]; /* lower case, no full stop, NUL-terminated; cut when longer */
};

#define PM_ERR_INIT {0, ""}

/* Fill *err (which may be NULL) and return `code`. */
int pm_fail(struct pm_err *err, int code, const char *fmt, ...) PM_PRINTF(3, 4);

/* The same, with ": " and the text of errno; PM_ENOMEM when errno is ENOMEM, else PM_EIO. */
int pm_fail_errno(struct pm_err *err, const char *fmt, ...) PM_PRINTF(2, 3);

/* Put context before the text of *err and return err->code. */
int pm_err_prefix(struct pm_err *err, const char *fmt, ...) PM_PRINTF(2, 3);

#endif
