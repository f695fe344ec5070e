/*
 * sides.h - a difference as rows of two columns: paragraphs of the old text beside those of the
 * new.
 *
 * Pure. Rows point into the runs of the difference; the array lives in the arena.
 */
#ifndef PM_SIDES_H
#define PM_SIDES_H

#include "diff.h"

enum pm_side_kind {
    PM_SIDE_KEPT,    /* a paragraph of the old text, whole */
    PM_SIDE_CUT,     /* the same, gone */
    PM_SIDE_ADDED,   /* a paragraph of the new text alone */
    PM_SIDE_CHANGED, /* anything else */
};

struct pm_side_row {
    enum pm_side_kind kind;
    size_t first, end; /* runs */
};

int pm_sides(const struct pm_diff *d, struct pm_arena *arena, struct pm_side_row **rows, size_t *n,
             struct pm_err *err) PM_MUST_USE;

#endif
