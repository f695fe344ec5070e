#include "sketch.h"

#include <math.h>
#include <stdlib.h>

enum {
    SHARED_MIN = 2,   /* sampled shingles that make two texts candidates */
    SAMPLE_H5 = 6,    /* of fewer, nothing is said */
    SAMPLE_HC = 16,
    LARGE = 60,       /* a sample that is trusted as it is, where little hangs on it */
    WORDS_MIN = 60,   /* shorter texts have rules of their own, */
    BRIEF_MARGIN = 120, /* and so have briefs */
    DENSE = 19,       /* words a number at most, in a template beyond doubt, */
    SPARSE = 31,      /* and at least where there is none */
};
static const double DEVIATIONS = 2.5;      /* of the estimate, that it may be too high, */
static const double HARDLY = 1.5;          /* or too low */
static const double FORM_SHARE = 0.25;     /* of a text that is boilerplate: it may be a form */
static const double FORM_NUMBERS = 0.50;   /* of either text's, that the other has too if they may be one form */
static const double NUMBERS_MARGIN = 0.15; /* of the share that must agree */

/* A fingerprint that has as many hashes as it may lacks those above its last. */
static uint64_t
limit_of(const uint64_t *v, size_t n, size_t kept, uint64_t sampled)
{
    return n < kept ? sampled : v[n - 1];
}

int
pm_sketch_make(const struct pm_fingerprint *f, const struct pm_boilerplate *boilerplate, struct pm_sketch *dst,
               struct pm_err *err)
{
    size_t n = f->n_h5 + f->n_hc, kept;
    uint64_t *v = malloc((n + f->n_numbers + 1) * sizeof(*v));

    *dst = (struct pm_sketch){0};
    if (v == NULL || n + f->n_numbers > UINT32_MAX) {
        free(v);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    dst->limit_h5 = limit_of(f->h5, f->n_h5, PM_H5_KEPT, PM_H5_LIMIT);
    dst->limit_hc = limit_of(f->hc, f->n_hc, PM_HC_KEPT, PM_HC_LIMIT);
    dst->h5 = v;
    for (size_t i = 0; i < f->n_h5; i++) {
        v[dst->n_h5] = f->h5[i];
        dst->n_h5 += !pm_is_boilerplate(boilerplate, f->h5[i]);
    }
    dst->hc = v + dst->n_h5;
    for (size_t i = 0; i < f->n_hc; i++) {
        dst->hc[dst->n_hc] = f->hc[i];
        dst->n_hc += !pm_is_boilerplate(boilerplate, f->hc[i] | PM_BOILERPLATE_CHARS);
    }
    dst->numbers = dst->hc + dst->n_hc;
    if (f->n_numbers > 0)
        memcpy(dst->numbers, f->numbers, f->n_numbers * sizeof(*v));
    dst->n_numbers = (uint32_t)f->n_numbers;
    dst->all_numbers = f->n_numbers < PM_NUMBERS_KEPT;
    kept = (size_t)dst->n_h5 + dst->n_hc;
    dst->form = (double)(n - kept) > FORM_SHARE * (double)n;
    dst->words = n > 0 ? (uint32_t)((uint64_t)f->words * kept / n) : f->words;
    dst->bytes = (n + f->n_numbers + 1) * sizeof(*v);
    return PM_OK;
}

void
pm_sketch_release(struct pm_sketch *s)
{
    free(s->h5);
    *s = (struct pm_sketch){0};
}

/* ---- estimates ---- */

struct estimate {
    double value, low;
    double most;   /* it is hardly more than this, */
    double firm;   /* about as much, if the sample is large, else at least */
};

/* A share of which `hits` of `n` were seen; the bounds are Agresti's and Coull's. */
static struct estimate
estimate(size_t hits, size_t n)
{
    double k = DEVIATIONS * DEVIATIONS, m = (double)n + k, mid = ((double)hits + k / 2) / m;
    double deviation = sqrt(mid * (1 - mid) / m), value = n ? (double)hits / (double)n : 0.0;

    return (struct estimate){value, mid - DEVIATIONS * deviation, mid + HARDLY * deviation,
                             n >= LARGE ? value : mid - DEVIATIONS * deviation};
}

static double
share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0.0;
}

/* What both texts' samples say of one kind of shingle: hashes that either may lack do not count. */
struct sample {
    size_t a, b, shared;
    uint64_t limit;
};

/* How many of the ascending hashes do not pass the limit. */
static size_t
up_to(const uint64_t *v, size_t n, uint64_t limit)
{
    size_t from = 0;

    if (n == 0 || v[n - 1] <= limit)
        return n;
    while (from < n) {
        size_t mid = from + (n - from) / 2;

        if (v[mid] <= limit)
            from = mid + 1;
        else
            n = mid;
    }
    return from;
}

static struct sample
sample_of(const uint64_t *a, size_t n_a, uint64_t limit_a, const uint64_t *b, size_t n_b, uint64_t limit_b)
{
    struct sample s = {up_to(a, n_a, limit_b), up_to(b, n_b, limit_a), 0, limit_a < limit_b ? limit_a : limit_b};

    s.shared = pm_hashes_shared(a, s.a, b, s.b);
    return s;
}

/* As many as the whole texts share, about. */
static uint32_t
shared_in_all(const struct sample *s)
{
    return (uint32_t)(s->shared * (UINT64_MAX / s->limit));
}

enum numbers { NUMBERS_UNSURE, NUMBERS_AGREE, NUMBERS_DIFFER };

/* Whether two texts may be one template, filled in with other numbers: there are too few for one, they agree, they differ. */
static enum numbers
compare_numbers(const struct pm_sketch *a, const struct pm_sketch *b, size_t shared)
{
    size_t few = pm_least(a->n_numbers, b->n_numbers), words = pm_least(a->words, b->words);
    double agree = share(shared, few);

    if (!a->all_numbers || !b->all_numbers)
        return NUMBERS_UNSURE;
    if (few < PM_LIKE_NUMBERS_MIN || few * SPARSE < words || agree >= PM_LIKE_NUMBERS_AGREE + NUMBERS_MARGIN)
        return NUMBERS_AGREE;
    return agree < PM_LIKE_NUMBERS_AGREE - NUMBERS_MARGIN && few * DENSE >= words ? NUMBERS_DIFFER : NUMBERS_UNSURE;
}

/* Forms, filled in with the same numbers, may be one however little else they share. */
static bool
may_be_one_form(const struct pm_sketch *a, const struct pm_sketch *b, size_t shared)
{
    return (a->form || b->form) && pm_least(a->n_numbers, b->n_numbers) >= PM_LIKE_NUMBERS_MIN &&
           (share(shared, a->n_numbers) >= FORM_NUMBERS || !a->all_numbers || !b->all_numbers) &&
           (share(shared, b->n_numbers) >= FORM_NUMBERS || !a->all_numbers || !b->all_numbers);
}

enum pm_sketch_answer
pm_sketch_judge(const struct pm_sketch *a, const struct pm_sketch *b, const struct pm_like_limits *limits,
                struct pm_likeness *dst, enum pm_like *like, const char **reason)
{
    struct sample h5 = sample_of(a->h5, a->n_h5, a->limit_h5, b->h5, b->n_h5, b->limit_h5);
    struct sample hc = sample_of(a->hc, a->n_hc, a->limit_hc, b->hc, b->n_hc, b->limit_hc);
    size_t n_h5 = pm_least(h5.a, h5.b), n_hc = pm_least(hc.a, hc.b), numbers;
    struct estimate words, chars;
    enum numbers differ;
    double low, high, most, firm;

    if (h5.shared + hc.shared < SHARED_MIN)
        return PM_SKETCH_NO_PAIR;
    numbers = pm_hashes_shared(a->numbers, a->n_numbers, b->numbers, b->n_numbers);
    differ = compare_numbers(a, b, numbers);
    words = estimate(h5.shared, n_h5);
    chars = estimate(hc.shared, n_hc);
    low = pm_larger(words.low, chars.low);
    high = pm_larger(words.most, chars.most);
    most = pm_larger(words.value, chars.value);
    firm = pm_larger(words.firm, chars.firm);
    *dst = (struct pm_likeness){
        .shared_h5 = shared_in_all(&h5),
        .shared_hc = shared_in_all(&hc),
        .contain_h5 = words.value,
        .contain_hc = chars.value,
        .jaccard = share(h5.shared, h5.a + h5.b - h5.shared),
        .cover_a = pm_larger(share(h5.shared, h5.a), share(hc.shared, hc.a)),
        .cover_b = pm_larger(share(h5.shared, h5.b), share(hc.shared, hc.b)),
        .numbers = pm_least(a->n_numbers, b->n_numbers) ? share(numbers, pm_least(a->n_numbers, b->n_numbers)) : -1.0,
    };
    if (differ == NUMBERS_DIFFER) {
        *like = PM_LIKE_NOT;
        *reason = "one template with other numbers";
    } else if (n_h5 < SAMPLE_H5 || n_hc < SAMPLE_HC || pm_least(a->words, b->words) < WORDS_MIN ||
               may_be_one_form(a, b, numbers)) {
        return PM_SKETCH_UNSURE;
    } else if (high < limits->grey_min && (most < limits->weak_min || differ == NUMBERS_AGREE)) {
        *like = most < limits->weak_min ? PM_LIKE_NOT : PM_LIKE_WEAK;
        *reason = *like == PM_LIKE_NOT ? "their fingerprints share next to nothing"
                                       : "containment of the fingerprints is under the limit of a story";
    } else if (low >= limits->story_min && firm >= pm_larger(limits->story_min, limits->firm_min) &&
               (pm_least(a->words, b->words) >= BRIEF_MARGIN || low >= limits->firm_min) && differ == NUMBERS_AGREE) {
        *like = most >= limits->version_min ? PM_LIKE_VERSION : PM_LIKE_STORY;
        *reason = *like == PM_LIKE_VERSION ? "containment of the fingerprints reaches the limit of a version"
                                           : "containment of the fingerprints reaches the limit of a story";
    } else {
        return PM_SKETCH_UNSURE;
    }
    return PM_SKETCH_CLEAR;
}
