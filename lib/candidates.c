#include "candidates.h"

#include <stdlib.h>

#include "sorter.h"

enum {
    BOILERPLATE_DF = 6,        /* pages that hold a hash before it can be boilerplate */
    BOILERPLATE_REPEAT = 3,    /* pages an outlet that holds it */
    BOILERPLATE_DAYS = 6,      /* days on which it turned up, */
    BURST_DAYS = 3,            /* without half of its texts in so many of them */
    NEAR_LINKS = 32,           /* a text of a long list is paired with so many before it, */
    FIRST_LINKS = 8,           /* and with so many at its start */
    PROGRESS_STEP = 1 << 16,
    SMALL_LIST = 32,           /* texts that are put in order by hand */
    FILTER_PART = 16,          /* of the memory, one part in so many is for the filter of pairs */
};
/* Character hashes are many: a quarter of those kept is enough to propose a pair. */
static const uint64_t HC_PROPOSES = UINT64_MAX / (4 * PM_HC_FRACTION);
#define CHARACTERS PM_BOILERPLATE_CHARS /* bit of a posting's key */
static const uint64_t FILTER_MUL = 0x9E3779B97F4A7C15ULL;
static const char TMP[] = "tmp";

/* The texts that hold one hash. */
struct posting {
    uint64_t key;
    uint32_t *texts;
    uint64_t *scratch, *sorted; /* for counting distinct values */
    size_t n, cap, cap_scratch, cap_sorted;
};

struct finder {
    struct pm_corpus *corpus;
    const struct pm_candidate_options *options;
    struct pm_sorter *postings, *pairs;
    struct posting list;
    uint64_t *filter; /* pairs proposed lately, each in its place of mask + 1; 0: none */
    uint64_t filter_mask;
    uint64_t *boilerplate;
    size_t n_boilerplate, cap_boilerplate;
    uint64_t done;
    struct pm_err *err;
};

static int
tell(struct finder *f, const char *stage, uint64_t done, uint64_t total)
{
    if (f->options->progress == NULL || done % PROGRESS_STEP != 0)
        return PM_OK;
    return f->options->progress(f->options->ctx, stage, done, total) == 0
               ? PM_OK
               : pm_fail(f->err, PM_ECANCELED, "stopped on request");
}

/* ---- postings ---- */

static int
add_fingerprint(void *ctx, uint32_t number, const struct pm_fingerprint *fp)
{
    struct finder *f = ctx;
    int rc = tell(f, "reading fingerprints", f->done++, pm_corpus_size(f->corpus));

    if (pm_corpus_text(f->corpus, number)->same != number)
        return rc; /* the first of its kind stands for it */
    for (size_t i = 0; rc == PM_OK && i < fp->n_h5; i++)
        rc = pm_sorter_add(f->postings, fp->h5[i], number, f->err);
    for (size_t i = 0; rc == PM_OK && i < fp->n_hc; i++)
        rc = pm_sorter_add(f->postings, fp->hc[i] | CHARACTERS, number, f->err);
    return rc;
}

static int
push(struct posting *p, uint32_t text, struct pm_err *err)
{
    uint32_t *grown = pm_grow(p->texts, &p->cap, p->n + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->texts = grown;
    p->texts[p->n++] = text;
    return PM_OK;
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
count_outlets(struct finder *f)
{
    struct posting *p = &f->list;

    for (size_t i = 0; i < p->n; i++)
        p->sorted[i] = (uint64_t)pm_corpus_text(f->corpus, p->texts[i])->outlet << 32; /* spread as hashes are */
    return pm_hashes_sort(p->sorted, p->n, p->scratch);
}

/* A page that was captured again and again as it grew is one. */
static size_t
count_pages(struct finder *f)
{
    struct posting *p = &f->list;

    for (size_t i = 0; i < p->n; i++)
        p->sorted[i] = (uint64_t)pm_corpus_text(f->corpus, p->texts[i])->page << 32;
    return pm_hashes_sort(p->sorted, p->n, p->scratch);
}

/*
 * A story comes in a burst, even if some run it weeks later; a form comes again and again. The texts are in order of
 * date.
 */
static bool
comes_again(const struct finder *f)
{
    const struct posting *p = &f->list;
    size_t days = 0, most = 0, from = 0;
    int32_t last = 0;

    for (size_t i = 0; i < p->n; i++) {
        int32_t day = pm_corpus_text(f->corpus, p->texts[i])->day;

        days += i == 0 || day != last;
        last = day;
        while (pm_corpus_text(f->corpus, p->texts[from])->day <= day - BURST_DAYS)
            from++;
        if (i - from + 1 > most)
            most = i - from + 1;
    }
    return days >= BOILERPLATE_DAYS && 2 * most < p->n;
}

/* PM_DONE when the list is boilerplate. Puts it in order. */
static int
judge_list(struct finder *f)
{
    struct posting *p = &f->list;
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
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    pages = count_pages(f);
    if (pages < BOILERPLATE_DF)
        return PM_OK;
    return pages >= BOILERPLATE_REPEAT * count_outlets(f) || comes_again(f) ? PM_DONE : PM_OK;
}

static int
note_boilerplate(struct finder *f)
{
    uint64_t *grown = pm_grow(f->boilerplate, &f->cap_boilerplate, f->n_boilerplate + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(f->err, PM_ENOMEM, "out of memory");
    f->boilerplate = grown;
    f->boilerplate[f->n_boilerplate++] = f->list.key; /* keys come in order, so the list is sorted */
    for (size_t i = 0; i < f->list.n; i++)
        pm_corpus_text(f->corpus, f->list.texts[i])->furnished = true;
    return PM_OK;
}

bool
pm_candidates_near(const struct pm_text *a, const struct pm_text *b, uint32_t days_max)
{
    int64_t days = (int64_t)b->day - a->day;

    if (!a->dated || !b->dated)
        return true;
    return (days < 0 ? -days : days) <= (int64_t)days_max;
}

/* Two copies share many hashes, most of them soon after each other: the filter lets few repeats through. */
static int
add_pair(struct finder *f, uint32_t a, uint32_t b)
{
    uint64_t pair = (uint64_t)a << 32 | b; /* not 0, for a < b */
    uint64_t *place = &f->filter[pair * FILTER_MUL >> 32 & f->filter_mask];

    if (*place == pair)
        return PM_OK;
    *place = pair;
    if (!pm_candidates_near(pm_corpus_text(f->corpus, a), pm_corpus_text(f->corpus, b), f->options->days_max))
        return PM_OK;
    return pm_sorter_add(f->pairs, pair, 0, f->err);
}

/* Pair the texts of a list: all of them in a short one; in a long one, each with enough to hang together. */
static int
propose(struct finder *f)
{
    struct posting *p = &f->list;
    int rc = PM_OK;

    if (p->n < 2 || ((p->key & CHARACTERS) && p->key > HC_PROPOSES))
        return PM_OK;
    for (size_t k = 1; rc == PM_OK && k < p->n; k++) {
        size_t near = k > NEAR_LINKS ? k - NEAR_LINKS : 0;

        for (size_t i = 0; rc == PM_OK && i < near && i < FIRST_LINKS; i++)
            rc = add_pair(f, p->texts[i], p->texts[k]);
        for (size_t i = near; rc == PM_OK && i < k; i++)
            rc = add_pair(f, p->texts[i], p->texts[k]);
    }
    return rc;
}

static int
end_list(struct finder *f)
{
    int rc = judge_list(f);

    if (rc == PM_OK)
        rc = propose(f);
    else if (rc == PM_DONE)
        rc = note_boilerplate(f);
    f->list.n = 0;
    return rc;
}

static int
read_postings(struct finder *f)
{
    struct pm_pair pair;
    uint64_t read = 0;
    int rc;

    while ((rc = pm_sorter_next(f->postings, &pair, f->err)) == PM_OK) {
        if (f->list.n > 0 && pair.key != f->list.key) {
            rc = end_list(f);
            if (rc != PM_OK)
                return rc;
        }
        f->list.key = pair.key;
        rc = push(&f->list, (uint32_t)pair.value, f->err);
        if (rc == PM_OK)
            rc = tell(f, "looking for shared passages", read++, 0);
        if (rc != PM_OK)
            return rc;
    }
    return rc == PM_DONE ? end_list(f) : rc;
}

/* Each pair once. */
static int
read_pairs(struct finder *f, int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx)
{
    struct pm_pair pair;
    uint64_t last = 0;
    int rc;

    while ((rc = pm_sorter_next(f->pairs, &pair, f->err)) == PM_OK) {
        if (pair.key == last)
            continue;
        last = pair.key;
        rc = each(ctx, (uint32_t)(pair.key >> 32), (uint32_t)pair.key);
        if (rc != PM_OK)
            return rc;
    }
    return rc == PM_DONE ? PM_OK : rc;
}

static int
make_filter(struct finder *f)
{
    size_t n = 1024;

    while (2 * n * sizeof(*f->filter) <= f->options->memory / FILTER_PART)
        n *= 2;
    f->filter = calloc(n, sizeof(*f->filter));
    f->filter_mask = n - 1;
    return f->filter ? PM_OK : pm_fail(f->err, PM_ENOMEM, "out of memory");
}

static void
release_list(struct posting *p)
{
    free(p->texts);
    free(p->scratch);
    free(p->sorted);
}

int
pm_candidates(struct pm_corpus *c, const struct pm_candidate_options *o, struct pm_boilerplate *boilerplate,
              int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx, struct pm_err *err)
{
    struct finder f = {.corpus = c, .options = o, .err = err};
    int rc = pm_sorter_new(&f.postings, o->root, TMP, o->memory / 2, err);

    *boilerplate = (struct pm_boilerplate){.hashes = NULL};
    if (rc == PM_OK)
        rc = make_filter(&f);
    if (rc == PM_OK)
        rc = pm_corpus_fingerprints(c, add_fingerprint, &f, err);
    if (rc == PM_OK)
        rc = pm_sorter_finish(f.postings, err);
    if (rc == PM_OK)
        rc = pm_sorter_new(&f.pairs, o->root, TMP, o->memory / 2, err);
    if (rc == PM_OK)
        rc = read_postings(&f);
    pm_sorter_free(f.postings);
    free(f.filter);
    if (rc == PM_OK)
        rc = pm_boilerplate_make(boilerplate, f.boilerplate, f.n_boilerplate, err);
    else
        free(f.boilerplate);
    if (rc == PM_OK) {
        pm_corpus_set_boilerplate(c, boilerplate);
        rc = pm_sorter_finish(f.pairs, err);
    }
    if (rc == PM_OK)
        rc = read_pairs(&f, each, ctx);
    pm_sorter_free(f.pairs);
    release_list(&f.list);
    return rc;
}
