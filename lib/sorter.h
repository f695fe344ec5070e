/*
 * sorter.h - sort more pairs of numbers than memory holds.
 *
 * Pairs come back in order of key; those of one key in the order they were added. What does not fit goes to an unnamed
 * file in a directory given, so that nothing is left behind whatever happens. One thread.
 */
#ifndef PM_SORTER_H
#define PM_SORTER_H

#include "buf.h"

struct pm_sorter;

struct pm_pair {
    uint64_t key, value;
};

/* Sort in memory; `scratch` is as large. What is sorted is in the array that comes back, one of the two. */
struct pm_pair *pm_pairs_sort(struct pm_pair *v, struct pm_pair *scratch, size_t n);

/* `dir`/`path`: a directory for the overflow. `memory`: bytes, at least 1 MiB. */
int pm_sorter_new(struct pm_sorter **dst, int dir, const char *path, size_t memory, struct pm_err *err) PM_MUST_USE;
void pm_sorter_free(struct pm_sorter *s);

int pm_sorter_add(struct pm_sorter *s, uint64_t key, uint64_t value, struct pm_err *err) PM_MUST_USE;
/* No more is added; what was is now read. */
int pm_sorter_finish(struct pm_sorter *s, struct pm_err *err) PM_MUST_USE;
/* The next pair, or PM_DONE. */
int pm_sorter_next(struct pm_sorter *s, struct pm_pair *dst, struct pm_err *err) PM_MUST_USE;

#endif
