/*
 * boilerplate.h - the list of what is furniture: made by a run, stored with it, read again to explain it.
 *
 * Pure.
 */
#ifndef PM_BOILERPLATE_H
#define PM_BOILERPLATE_H

#include "likeness.h"

/*
 * Take over `n` hashes in the order of struct pm_boilerplate (freed on failure too). Release with the function below.
 */
int pm_boilerplate_make(struct pm_boilerplate *dst, uint64_t *hashes, size_t n, struct pm_err *err) PM_MUST_USE;
void pm_boilerplate_release(struct pm_boilerplate *b);

/* What no text is known by. */
struct pm_known {
    struct pm_boilerplate furniture; /* of outlets */
    struct pm_boilerplate all;       /* with the phrases that come again everywhere */
};
#define PM_KNOWN_INIT                                                                                                  \
    {                                                                                                                  \
        {NULL, 0, {NULL, NULL, 0}},                                                                                    \
        {                                                                                                              \
            NULL, 0,                                                                                                   \
            {                                                                                                          \
                NULL, NULL, 0                                                                                          \
            }                                                                                                          \
        }                                                                                                              \
    }

void pm_known_release(struct pm_known *k);

/* The form in which it is stored: appended to `dst`. Back: PM_ECORRUPT on bytes that we did not write, and nothing to
 * release. */
int pm_known_pack(const struct pm_known *k, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;
int pm_known_unpack(struct pm_str packed, struct pm_known *dst, struct pm_err *err) PM_MUST_USE;

#endif
