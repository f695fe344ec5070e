/*
 * seen.h - a set of 64-bit numbers: what a run has met already.
 *
 * Eight to sixteen bytes a number. A set belongs to one thread.
 */
#ifndef PM_SEEN_H
#define PM_SEEN_H

#include "buf.h"

struct pm_seen {
    uint64_t *slots; /* owned; 0 is an empty one */
    size_t n, cap;   /* cap: a power of two, or 0 */
    bool zero;       /* the number 0 is in the set */
};

#define PM_SEEN_INIT {NULL, 0, 0, false}

void pm_seen_release(struct pm_seen *s);

/* PM_OK when `number` was not in the set and is now, PM_DONE when it was there. On failure the set is as it was. */
int pm_seen_add(struct pm_seen *s, uint64_t number, struct pm_err *err) PM_MUST_USE;

/* True when `number` is in the set. */
bool pm_seen_has(const struct pm_seen *s, uint64_t number);

#endif
