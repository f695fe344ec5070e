/* What the parts of a text cover of it, by the texts themselves. */
#include "graph_own.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    PART_SHINGLES = 25, /* of a part of a composite, */
    LEAD_SHINGLES = 60, /* and where so many lie among these, the first of its source, it is that one's lead */
};

/* Mark in `covered` the shingles of `x` that are in `y`; how many were not marked before. */
static size_t
cover(const struct pm_profile *x, const struct pm_profile *y, bool *covered)
{
    size_t fresh = 0;

    for (uint32_t i = 0; i < x->n_h5; i++)
        if (x->first_h5[i] && !covered[i] && pm_places_find(&y->in_h5, x->h5[i]) != PM_NO_PLACE) {
            covered[i] = true;
            fresh++;
        }
    return fresh;
}

/* Less is a teaser, a quotation; what pages of one outlet have in common may be its furniture. */
static bool
is_source(const struct pm_group *group)
{
    return group->elsewhere || pm_group_is_whole(group);
}

static int
both_profiles(struct pm_corpus *c, uint32_t a, uint32_t b, const struct pm_profile **x, const struct pm_profile **y,
              struct pm_err *err)
{
    int rc = pm_corpus_profile(c, a, x, err);

    return rc == PM_OK ? pm_corpus_profile(c, b, y, err) : rc;
}

/* A page of parts takes what its sources start with; background and quotations stand further down. */
static bool
has_lead(const struct pm_profile *x, const struct pm_profile *source)
{
    size_t shared = 0;

    for (uint32_t i = 0; i < source->n_h5 && i < LEAD_SHINGLES; i++)
        shared += pm_places_find(&x->in_h5, source->h5[i]) != PM_NO_PLACE;
    return shared >= PART_SHINGLES;
}

/* Does the text hold what a source starts with, as one of its tellings has it, or all of it? */
static int
starts_source(struct pm_corpus *c, uint32_t text, const struct pm_group *source, bool *starts, struct pm_err *err)
{
    const uint32_t tellings[] = {source->best, source->inside};
    int rc = PM_OK;

    *starts = pm_group_is_whole(source);
    for (int i = 0; rc == PM_OK && !*starts && i < 2; i++) {
        const struct pm_profile *x, *y;

        rc = both_profiles(c, text, tellings[i], &x, &y, err);
        *starts = rc == PM_OK && has_lead(x, y);
    }
    return rc;
}

/* How much of a text a second source adds to what the first one covers, by word shingles. */
static int
cover_parts(struct pm_corpus *c, uint32_t text, const struct pm_group *groups, size_t n, double *first, double *further,
            struct pm_err *err)
{
    const struct pm_profile *x, *y;
    bool *covered = NULL;
    size_t parts = 0;
    int rc = PM_OK;

    *first = *further = 0.0;
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        bool starts = false;
        size_t fresh;
        double share;

        rc = both_profiles(c, text, groups[i].best, &x, &y, err); /* again: only the last two are sure to stay */
        if (rc != PM_OK || x->n_h5 == 0)
            break;
        if (covered == NULL)
            covered = calloc(x->n_h5, sizeof(*covered));
        if (covered == NULL) {
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
            break;
        }
        fresh = cover(x, y, covered);
        share = (double)fresh / x->distinct_h5;
        if (i == 0)
            *first = share;
        if (fresh >= PART_SHINGLES && is_source(&groups[i]))
            rc = starts_source(c, text, &groups[i], &starts, err);
        if (starts)
            *further += parts++ > 0 ? share : 0.0;
    }
    free(covered);
    return rc;
}

static int
by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct pm_graph_memo *)a)->key, y = ((const struct pm_graph_memo *)b)->key;

    return x < y ? -1 : x > y;
}

/* What the result of the above depends on; whether all of it is as it was in the last run. */
static uint64_t
memo_key(struct pm_corpus *c, uint32_t text, const struct pm_group *groups, size_t n, bool *unchanged)
{
    int64_t parts[1 + 3 * PM_GROUPS_MAX] = {pm_corpus_text(c, text)->capture};

    *unchanged = !pm_corpus_text(c, text)->changed;
    for (size_t i = 0; i < n; i++) {
        const struct pm_text *best = pm_corpus_text(c, groups[i].best), *inside = pm_corpus_text(c, groups[i].inside);

        *unchanged = *unchanged && !best->changed && !inside->changed;
        parts[1 + 3 * i] = best->capture;
        parts[2 + 3 * i] = inside->capture;
        parts[3 + 3 * i] = is_source(&groups[i]) + pm_group_is_whole(&groups[i]);
    }
    return XXH3_64bits(parts, (1 + 3 * n) * sizeof(parts[0]));
}

int
pm_graph_measure(struct pm_graph *g, struct pm_corpus *c, uint32_t text, const struct pm_group *groups, size_t n,
                 double *first, double *further, struct pm_err *err)
{
    struct pm_graph_memo memo = {0}, *grown = pm_grow(g->memos, &g->cap_memos, g->n_memos + 1, sizeof(*grown));
    const struct pm_graph_memo *known = NULL;
    bool unchanged;
    int rc = PM_OK;

    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    g->memos = grown;
    memo.key = memo_key(c, text, groups, n, &unchanged);
    if (unchanged && g->n_known > 0)
        known = bsearch(&memo, g->known, g->n_known, sizeof(memo), by_key);
    if (known != NULL)
        memo = *known;
    else
        rc = cover_parts(c, text, groups, n, &memo.first, &memo.further, err);
    *first = memo.first;
    *further = memo.further;
    g->memos[g->n_memos++] = memo;
    return rc;
}

void
pm_graph_sort_memos(struct pm_graph *g)
{
    if (g->n_memos > 0)
        qsort(g->memos, g->n_memos, sizeof(*g->memos), by_key);
}

int
pm_graph_start_alike(struct pm_corpus *c, uint32_t a, uint32_t b, bool *alike, struct pm_err *err)
{
    const struct pm_profile *x, *y;
    int rc = both_profiles(c, a, b, &x, &y, err);

    *alike = rc == PM_OK && has_lead(x, y) && has_lead(y, x);
    return rc;
}
