#include "posting.h"

#include <stdlib.h>

enum {
    BOILERPLATE_DF = 6,        /* pages that hold a hash before it can be boilerplate */
    BOILERPLATE_REPEAT = 3,    /* pages an outlet that holds it */
    BOILERPLATE_DAYS = 6,      /* days on which it turned up, */
    BURST_DAYS = 3,            /* without half of its texts in so many of them */
    SMALL_LIST = 32,           /* texts that are put in order by hand */
};

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

/* Lists are short for the most part. */
static void
sort_texts(uint32_t *v, size_t n, int (*compare)(const void *, const void *))
{
    if (n > SMALL_LIST) {
        qsort(v, n, sizeof(*v), compare);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint32_t x = v[i];
        size_t k = i;

        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
    }
}

static int
by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
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

/*
 * A story comes in a burst, even if some run it weeks later; a form comes again and again. The texts are in order of
 * date.
 */
static bool
comes_again(const struct pm_posting *p, struct pm_corpus *c)
{
    size_t days = 0, most = 0, from = 0;
    int32_t last = 0;

    for (size_t i = 0; i < p->n; i++) {
        int32_t day = pm_corpus_text(c, p->texts[i])->day;

        days += i == 0 || day != last;
        last = day;
        while (pm_corpus_text(c, p->texts[from])->day <= day - BURST_DAYS)
            from++;
        if (i - from + 1 > most)
            most = i - from + 1;
    }
    return days >= BOILERPLATE_DAYS && 2 * most < p->n;
}

int
pm_posting_judge(struct pm_posting *p, struct pm_corpus *c, struct pm_err *err)
{
    uint64_t *a, *b;
    size_t pages;

    sort_texts(p->texts, p->n, by_number);
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
    return pages >= BOILERPLATE_REPEAT * count_outlets(p, c) || comes_again(p, c) ? PM_DONE : PM_OK;
}

