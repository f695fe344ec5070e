#include "posting.h"

#include <stdlib.h>

enum {
    BOILERPLATE_DF = 6,     /* pages that hold a hash before it can be boilerplate */
    BOILERPLATE_REPEAT = 3, /* pages an outlet that holds it */
    OUTLETS_FEW = 8,        /* more do not share a house style: what they use again and again is a phrase */
    BURST_DAYS = 3,         /* from the first to the last text of a burst; a story has half of its texts in one */
    BURSTS_MIN = 6,         /* of a phrase, */
    SPAN_SHORT = 24,        /* bursts that the texts come in; with fewer, each day is one */
    BURSTS_SHARE = 2,       /* of a phrase, more if the texts are many and come in so many times as many, */
    TEXTS_FEW = 1 << 12,    /* doubled when these are doubled twice, */
    BURSTS_MAX = 48,        /* up to this */
    SMALL_LIST = 32,        /* texts that are put in order by hand */
    VERSIONS_MAX = 64,      /* of a story in one outlet; more pages are no versions */
};
static const double NEXT_VERSION = 0.55; /* of two versions' hashes: what both have */

int
pm_posting_add(struct pm_posting *p, uint32_t text, struct pm_err *err)
{
    uint32_t *grown;

    if (p->n == p->cap) {
        grown = pm_grow(p->texts, &p->cap, p->n + 1, sizeof(*grown));
        if (grown == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        p->texts = grown;
    }
    p->texts[p->n++] = text;
    return PM_OK;
}

void
pm_posting_release(struct pm_posting *p)
{
    free(p->texts);
    free(p->scratch);
    free(p->sorted);
    *p = (struct pm_posting){0};
}

static int
by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* Lists are short for the most part. */
void
pm_posting_sort(struct pm_posting *p)
{
    uint32_t *v = p->texts;

    if (p->n > SMALL_LIST) {
        qsort(v, p->n, sizeof(*v), by_number);
        return;
    }
    for (size_t i = 1; i < p->n; i++) {
        uint32_t x = v[i];
        size_t k = i;

        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

static size_t
count_outlets(struct pm_posting *p, struct pm_corpus *c)
{
    for (size_t i = 0; i < p->n; i++)
        p->sorted[i] = (uint64_t)pm_corpus_text(c, p->texts[i])->outlet << 32; /* spread as hashes are */
    return pm_hashes_sort(p->sorted, p->n, p->scratch);
}

/* A page that was captured again and again as it grew is one. */
static size_t
count_pages(struct pm_posting *p, struct pm_corpus *c)
{
    for (size_t i = 0; i < p->n; i++)
        p->sorted[i] = (uint64_t)pm_corpus_text(c, p->texts[i])->page << 32;
    return pm_hashes_sort(p->sorted, p->n, p->scratch);
}

/* Bursts of `days` that texts in order of date come in, none of a burst more than that after its first. */
struct bursts {
    int32_t until;
    uint32_t n, days;
};

static void
add_to_bursts(struct bursts *b, int32_t day)
{
    if (b->n > 0 && day < b->until)
        return;
    b->until = day + (int32_t)b->days;
    b->n++;
}

struct pm_phrase_limits
pm_phrase_limits(struct pm_corpus *c)
{
    struct pm_phrase_limits limits = {BURSTS_MIN, BURST_DAYS};
    struct bursts all = {.days = BURST_DAYS};
    uint32_t n = pm_corpus_size(c);

    for (uint32_t i = 0; i < n; i++)
        add_to_bursts(&all, pm_corpus_text(c, i)->day);
    if (all.n < SPAN_SHORT)
        limits.days = 1;
    while (limits.bursts < BURSTS_MAX && all.n >= 2 * BURSTS_SHARE * limits.bursts && n / 4 >= TEXTS_FEW) {
        limits.bursts *= 2;
        n /= 4;
    }
    return limits;
}

/*
 * A story comes in a burst, even if some run it weeks later; a form comes again and again. The texts are in order of
 * date.
 */
static bool
comes_again(const struct pm_posting *p, struct pm_corpus *c, const struct pm_phrase_limits *limits)
{
    struct bursts bursts = {.days = limits->days};
    size_t most = 0, from = 0;

    for (size_t i = 0; i < p->n; i++) {
        int32_t day = pm_corpus_text(c, p->texts[i])->day;

        add_to_bursts(&bursts, day);
        while (pm_corpus_text(c, p->texts[from])->day <= day - BURST_DAYS)
            from++;
        if (i - from + 1 > most)
            most = i - from + 1;
    }
    return bursts.n >= limits->bursts && 2 * most < p->n;
}

/*
 * Is the list of a story that its outlet rewrote again and again, under a new URL each time? Most of its texts are much
 * like the one before then, as pages that have no more than furniture in common are not.
 */
static int
is_running(const struct pm_posting *p, struct pm_corpus *c, bool *running, struct pm_err *err)
{
    size_t alike = 0;
    int rc = PM_OK;

    *running = false;
    if (p->n > VERSIONS_MAX)
        return PM_OK;
    for (size_t i = 1; rc == PM_OK && i < p->n; i++) {
        const struct pm_sketch *a, *b;
        size_t shared, all;

        rc = pm_corpus_sketch(c, p->texts[i - 1], &a, err);
        if (rc == PM_OK)
            rc = pm_corpus_sketch(c, p->texts[i], &b, err);
        if (rc != PM_OK)
            break;
        shared = pm_sketch_shared(a, b);
        all = (size_t)a->n_h5 + a->n_hc + b->n_h5 + b->n_hc - shared;
        alike += (double)shared >= NEXT_VERSION * (double)all;
    }
    *running = 2 * alike >= p->n - 1;
    return rc;
}

int
pm_posting_judge(struct pm_posting *p, struct pm_corpus *c, const struct pm_phrase_limits *limits,
                 enum pm_posting_kind *kind, struct pm_err *err)
{
    uint64_t *a, *b;
    bool repeated, running = false;
    size_t pages, outlets;
    int rc = PM_OK;

    *kind = PM_POSTING_STORY;
    pm_posting_sort(p);
    if (p->n < BOILERPLATE_DF)
        return PM_OK;
    a = pm_grow(p->scratch, &p->cap_scratch, p->n, sizeof(*a));
    if (a != NULL)
        p->scratch = a;
    b = pm_grow(p->sorted, &p->cap_sorted, p->n, sizeof(*b));
    if (b != NULL)
        p->sorted = b;
    if (a == NULL || b == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    pages = count_pages(p, c);
    if (pages < BOILERPLATE_DF)
        return PM_OK;
    outlets = count_outlets(p, c);
    repeated = pages >= BOILERPLATE_REPEAT * outlets;
    if (repeated && outlets <= OUTLETS_FEW)
        rc = is_running(p, c, &running, err);
    if (repeated && !running)
        *kind = outlets <= OUTLETS_FEW ? PM_POSTING_FURNITURE : PM_POSTING_PHRASE;
    else if (comes_again(p, c, limits))
        *kind = PM_POSTING_PHRASE;
    return rc;
}
