/*
 * boilerplate.h - the list of what is furniture: made by a run, stored with it, read again to explain it.
 *
 * Pure.
 */
#ifndef PM_BOILERPLATE_H
#define PM_BOILERPLATE_H

#include "likeness.h"

/* Take over `n` hashes in the order of struct pm_boilerplate (freed on failure too). Release with the function below. */
int pm_boilerplate_make(struct pm_boilerplate *dst, uint64_t *hashes, size_t n, struct pm_err *err) PM_MUST_USE;
void pm_boilerplate_release(struct pm_boilerplate *b);

/* The form in which it is stored: appended to `dst`. Back: PM_ECORRUPT on bytes that we did not write. */
int pm_boilerplate_pack(const struct pm_boilerplate *b, struct pm_buf *dst, struct pm_err *err) PM_MUST_USE;
int pm_boilerplate_unpack(struct pm_str packed, struct pm_boilerplate *dst, struct pm_err *err) PM_MUST_USE;

#endif
