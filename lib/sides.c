#include "sides.h"

/* Where the row that starts at run `i` ends. */
static size_t
row_end(const struct pm_diff *d, size_t i)
{
    bool has_old = false;

    for (; i < d->n_runs; i++) {
        const struct pm_diff_run *r = &d->runs[i];

        has_old = has_old || r->op != PM_DIFF_ADD;
        if (!r->block_end)
            continue;
        if (r->op == PM_DIFF_KEEP || (r->op == PM_DIFF_ADD && !has_old))
            return i + 1;
        if (r->op == PM_DIFF_ADD)
            continue; /* the new text has a paragraph end amid one of the old */
        /* What stands in the place of a paragraph that is gone goes beside it. */
        for (i++; i < d->n_runs && d->runs[i].op == PM_DIFF_ADD; i++)
            if (d->runs[i].block_end)
                return i + 1;
        return i;
    }
    return d->n_runs;
}

static enum pm_side_kind
kind_of(const struct pm_diff *d, const struct pm_side_row *row, bool at_start)
{
    const struct pm_diff_run *first = &d->runs[row->first], *last = &d->runs[row->end - 1];

    for (size_t i = row->first; i < row->end; i++)
        if (d->runs[i].op != first->op)
            return PM_SIDE_CHANGED;
    if (first->op == PM_DIFF_ADD)
        return PM_SIDE_ADDED;
    if (!at_start || !last->block_end)
        return PM_SIDE_CHANGED;
    return first->op == PM_DIFF_KEEP ? PM_SIDE_KEPT : PM_SIDE_CUT;
}

int
pm_sides(const struct pm_diff *d, struct pm_arena *arena, struct pm_side_row **rows, size_t *n, struct pm_err *err)
{
    struct pm_side_row *out = pm_arena_array(arena, d->n_runs ? d->n_runs : 1, sizeof(*out));
    bool at_start = true;
    int rc = pm_arena_check(arena, err);

    *n = 0;
    *rows = out;
    if (rc != PM_OK)
        return rc;
    for (size_t i = 0; i < d->n_runs; (*n)++) {
        struct pm_side_row *row = &out[*n];

        *row = (struct pm_side_row){.first = i, .end = row_end(d, i)};
        row->kind = kind_of(d, row, at_start);
        for (; i < row->end; i++)
            if (d->runs[i].op != PM_DIFF_ADD)
                at_start = d->runs[i].block_end;
    }
    return PM_OK;
}
