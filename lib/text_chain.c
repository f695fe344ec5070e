/*
 * text_chain.c - which lines of a text page are its story.
 *
 * A chain with the four states of text_score.h. A story is one run of lines, from the first in it
 * to the last, that may have other lines between. Sums over all paths, forwards and backwards, give
 * each line's likelihood of each state. Linear.
 */
#include <math.h>

#include "lines.h"
#include "text_score.h"

/* A page with less prose, in paragraphs, has no story: no path is without one. */
#define PROSE_LEAST 0.2f

struct chain {
    double (*score)[PM_STATES]; /* of the line in each state */
    double *begin, *end;        /* of beginning with the line; of having ended above it */
    double *last;               /* of ending with it, as the page's last */
    double (*ahead)[PM_STATES]; /* log of the sum over paths up to the line */
};

static double
log_add(double a, double b)
{
    double most = a > b ? a : b, least = a > b ? b : a;

    return least < most - 40 ? most : most + log1p(exp(least - most));
}

/* Weighted sums of a line's features; why[state]: the feature that does most for it, beside the
 * story, or for the story. */
static void
add_up(const struct pm_text_weights *w, const float *f, float sums[PM_PARTS], uint16_t *why)
{
    float most[PM_STATES] = {0};

    memset(sums, 0, PM_PARTS * sizeof(*sums));
    for (size_t k = 0; k < PM_F_COUNT; k++) {
        const float *row = w->w[k];
        float x = f[k], parts[PM_STATES];

        if (!(x > 0 || x < 0))
            continue;
        for (size_t p = 0; p < PM_PARTS; p++)
            sums[p] += x * row[p];
        parts[PM_STATE_STORY] = x * row[PM_PART_STORY];
        parts[PM_STATE_ABOVE] = -parts[PM_STATE_STORY];
        parts[PM_STATE_BETWEEN] = x * row[PM_PART_BETWEEN] - parts[PM_STATE_STORY];
        parts[PM_STATE_BELOW] = x * row[PM_PART_BELOW] - parts[PM_STATE_STORY];
        for (size_t s = 0; s < PM_STATES; s++)
            if (k > 0 && parts[s] > most[s]) {
                most[s] = parts[s];
                why[s] = (uint16_t)k;
            }
    }
}

static int
make_chain(struct pm_text_page *p, const struct pm_text_weights *w, struct chain *c, struct pm_arena *arena,
           struct pm_err *err)
{
    float over = 0, last = 0, f[PM_F_COUNT], sums[PM_PARTS];

    c->score = pm_arena_array(arena, p->n + 1, sizeof(*c->score));
    c->ahead = pm_arena_array(arena, p->n + 1, sizeof(*c->ahead));
    c->begin = pm_arena_array(arena, p->n + 1, sizeof(*c->begin));
    c->end = pm_arena_array(arena, p->n + 1, sizeof(*c->end));
    c->last = pm_arena_array(arena, p->n + 1, sizeof(*c->last));
    if (c->score == NULL || c->ahead == NULL || c->begin == NULL || c->end == NULL || c->last == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < p->n; i++) {
        pm_text_features(p, i, f);
        add_up(w, f, sums, &p->why[i * PM_STATES]);
        c->score[i][PM_STATE_STORY] = (double)sums[PM_PART_STORY];
        c->score[i][PM_STATE_BETWEEN] = (double)sums[PM_PART_BETWEEN];
        c->score[i][PM_STATE_BELOW] = (double)sums[PM_PART_BELOW];
        c->begin[i] = (double)(sums[PM_PART_FIRST] + over);
        c->end[i] = (double)(last + sums[PM_PART_UNDER]);
        c->last[i] = (double)sums[PM_PART_LAST];
        over = sums[PM_PART_OVER];
        last = sums[PM_PART_LAST];
    }
    return PM_OK;
}

static void
go_ahead(const struct pm_text_page *p, const struct pm_text_weights *w, struct chain *c)
{
    const double none = -1e9;
    double q[PM_STATES] = {0, none, none, none}; /* before the first line all is above */

    for (size_t i = 0; i < p->n; i++) {
        const double *s = c->score[i];
        double *a = c->ahead[i];

        a[PM_STATE_ABOVE] = q[PM_STATE_ABOVE];
        a[PM_STATE_STORY] = s[PM_STATE_STORY] + log_add(log_add(q[PM_STATE_ABOVE] + c->begin[i], q[PM_STATE_STORY]),
                                                        q[PM_STATE_BETWEEN] + (double)w->enter);
        a[PM_STATE_BETWEEN] =
            s[PM_STATE_BETWEEN] + log_add(q[PM_STATE_STORY] + (double)w->leave, q[PM_STATE_BETWEEN] + (double)w->stay);
        a[PM_STATE_BELOW] = s[PM_STATE_BELOW] + log_add(q[PM_STATE_STORY] + c->end[i], q[PM_STATE_BELOW]);
        memcpy(q, a, sizeof(q));
    }
}

/* Backwards, and the likelihoods. A page ends in the story or below it. */
static void
go_back(struct pm_text_page *p, const struct pm_text_weights *w, const struct chain *c)
{
    const double none = -1e9;
    double b[PM_STATES] = {none, c->last[p->n - 1], none, 0};
    double all = log_add(c->ahead[p->n - 1][PM_STATE_STORY] + b[PM_STATE_STORY], c->ahead[p->n - 1][PM_STATE_BELOW]);

    for (size_t i = p->n; i-- > 0;) {
        double q[PM_STATES], most = none;

        for (size_t s = 0; s < PM_STATES; s++) {
            double x = c->ahead[i][s] + b[s];

            if (x > most) {
                most = x;
                p->state[i] = (uint8_t)s;
            }
            q[s] = b[s] + c->score[i][s];
        }
        p->story[i] = (float)exp(c->ahead[i][PM_STATE_STORY] + b[PM_STATE_STORY] - all);
        b[PM_STATE_ABOVE] = log_add(q[PM_STATE_ABOVE], q[PM_STATE_STORY] + c->begin[i]);
        b[PM_STATE_STORY] =
            log_add(log_add(q[PM_STATE_STORY], q[PM_STATE_BETWEEN] + (double)w->leave), q[PM_STATE_BELOW] + c->end[i]);
        b[PM_STATE_BETWEEN] = log_add(q[PM_STATE_STORY] + (double)w->enter, q[PM_STATE_BETWEEN] + (double)w->stay);
        b[PM_STATE_BELOW] = q[PM_STATE_BELOW];
    }
}

/*
 * How likely a line must be: a half where the page leaves no doubt. Where it does, as much less as
 * gives the best F measure that is to be expected, which is the share of what is kept that is
 * right, and of what is right that is kept, by words.
 */
static void
find_least(struct pm_text_page *p)
{
    enum { STEPS = 100, HALF = 50, LOWEST = 10 };
    double words[STEPS + 1] = {0}, right[STEPS + 1] = {0}, all = 0, kept = 0, hit = 0, best = -1;

    for (size_t i = 0; i < p->n; i++) {
        double n = (double)p->v[i].line->words, x = (double)p->story[i] * n;
        int step = (int)(p->story[i] * STEPS);

        step = step > STEPS ? STEPS : step;
        words[step] += n;
        right[step] += x;
        all += x;
    }
    p->least = 0.5f;
    for (int k = STEPS; k >= LOWEST; k--) {
        kept += words[k];
        hit += right[k];
        if (k <= HALF && hit > (best + 1e-9) * (kept + all)) {
            best = hit / (kept + all);
            p->least = (float)k / STEPS;
        }
    }
}

int
pm_text_chain_follow(struct pm_text_page *p, const struct pm_text_weights *w, struct pm_arena *arena,
                     struct pm_err *err)
{
    struct chain c;
    int rc;

    p->story = pm_arena_array(arena, p->n + 1, sizeof(*p->story));
    p->state = pm_arena_array(arena, p->n + 1, sizeof(*p->state));
    p->why = pm_arena_array(arena, (p->n + 1) * PM_STATES, sizeof(*p->why));
    if (p->story == NULL || p->state == NULL || p->why == NULL)
        return pm_arena_check(arena, err);
    p->begin = p->end = 0;
    p->least = 2; /* none is */
    if (p->sums[p->n] < PROSE_LEAST)
        return PM_OK;
    rc = make_chain(p, w, &c, arena, err);
    if (rc != PM_OK)
        return rc;
    go_ahead(p, w, &c);
    go_back(p, w, &c);
    find_least(p);
    p->begin = p->n;
    for (size_t i = 0; i < p->n; i++)
        if (p->story[i] >= p->least) {
            p->begin = i < p->begin ? i : p->begin;
            p->end = i + 1;
        }
    p->begin = p->begin < p->end ? p->begin : p->end;
    return PM_OK;
}
