/*
 * text_span.c - where the story of a text page begins and ends.
 *
 * A chain with three states (above, in, below the story), so that a story is one run of lines: the
 * best run by Viterbi's recurrence, and for each line how likely it is in the story by the
 * forward-backward sums. Both linear.
 */
#include <math.h>

#include "text_score.h"

/* Of each line: its gain inside, and what it is worth as first and as last line. */
struct chain {
    double *sum;   /* n + 1 prefix sums of the gains */
    double *first; /* begin - sum of what is above */
    double *last;  /* end + sum up to and with it */
    double *ahead; /* log of the sum over begins at or above */
    double *back;  /* log of the sum over ends at or below */
};

static double
log_add(double a, double b)
{
    double most = a > b ? a : b, least = a > b ? b : a;

    return least < most - 40 ? most : most + log1p(exp(least - most));
}

static int
make_chain(const struct pm_text_page *p, struct chain *c, struct pm_arena *arena,
           struct pm_err *err)
{
    double above = 0;

    c->sum = pm_arena_array(arena, p->n + 1, sizeof(double));
    c->first = pm_arena_array(arena, p->n + 1, sizeof(double));
    c->last = pm_arena_array(arena, p->n + 1, sizeof(double));
    c->ahead = pm_arena_array(arena, p->n + 1, sizeof(double));
    c->back = pm_arena_array(arena, p->n + 1, sizeof(double));
    if (c->sum == NULL || c->first == NULL || c->last == NULL || c->ahead == NULL ||
        c->back == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < p->n; i++) {
        float f[PM_F_COUNT];

        pm_text_features(p, i, f);
        c->sum[i + 1] = c->sum[i] + (double)pm_text_dot(&pm_text_weights_span, f);
        c->first[i] = (double)pm_text_dot(&pm_text_weights_begin, f) + above - c->sum[i];
        c->last[i] = (double)pm_text_dot(&pm_text_weights_end, f) + c->sum[i + 1];
        if (i > 0)
            c->last[i - 1] += (double)pm_text_dot(&pm_text_weights_below, f);
        above = (double)pm_text_dot(&pm_text_weights_above, f);
    }
    return PM_OK;
}

static void
find_best(struct pm_text_page *p, const struct chain *c)
{
    double best = -INFINITY;
    size_t begin = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (c->first[i] > c->first[begin])
            begin = i;
        if (c->last[i] + c->first[begin] > best) {
            best = c->last[i] + c->first[begin];
            p->begin = begin;
            p->end = i + 1;
        }
    }
}

static void
find_likely(struct pm_text_page *p, const struct chain *c)
{
    double all = -INFINITY, begun = 0, over = 0;

    for (size_t i = 0; i < p->n; i++) {
        c->ahead[i] = i ? log_add(c->ahead[i - 1], c->first[i]) : c->first[i];
        all = i ? log_add(all, c->last[i] + c->ahead[i]) : c->last[i] + c->ahead[i];
    }
    for (size_t i = p->n; i-- > 0;)
        c->back[i] = i + 1 < p->n ? log_add(c->back[i + 1], c->last[i]) : c->last[i];
    for (size_t i = 0; i < p->n; i++) {
        double begins = exp(c->first[i] + c->back[i] - all),
               ends = exp(c->last[i] + c->ahead[i] - all);

        begun += begins;
        p->begins[i] = (float)begins;
        p->ends[i] = (float)ends;
        p->begun[i] = (float)begun;
        p->over[i] = (float)over;
        p->inside[i] = (float)(begun - over);
        over += ends;
    }
}

int
pm_text_page_span(struct pm_text_page *p, struct pm_arena *arena, struct pm_err *err)
{
    struct chain c;
    float *inside = pm_arena_array(arena, p->n + 1, sizeof(*inside));
    int rc;

    p->begins = pm_arena_array(arena, p->n + 1, sizeof(*p->begins));
    p->ends = pm_arena_array(arena, p->n + 1, sizeof(*p->ends));
    p->begun = pm_arena_array(arena, p->n + 1, sizeof(*p->begun));
    p->over = pm_arena_array(arena, p->n + 1, sizeof(*p->over));
    if (inside == NULL || p->begins == NULL || p->ends == NULL || p->begun == NULL ||
        p->over == NULL)
        return pm_arena_check(arena, err);
    rc = make_chain(p, &c, arena, err);
    if (rc != PM_OK)
        return rc;
    p->inside = inside;
    find_best(p, &c);
    find_likely(p, &c);
    return PM_OK;
}
