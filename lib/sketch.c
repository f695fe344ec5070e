#include "sketch.h"

#include <math.h>
#include <stdlib.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    H5_SHIFT = 32 - 3, /* where the 32 bits of a hash start: of those sampled the highest are 0 */
    HC_SHIFT = 32 - 4,
    NUMBER_SHIFT = 32,
    SHARED_MIN = 2, /* sampled shingles that make two texts candidates */
    SAMPLE_H5 = 6,  /* of fewer, nothing is said */
    SAMPLE_HC = 16,
    LARGE = 60,         /* a sample that is trusted as it is, where little hangs on it */
    WORDS_MIN = 60,     /* shorter texts have rules of their own, */
    BRIEF_MARGIN = 120, /* and so have briefs */
    DENSE = 19,         /* words a number at most, in a template beyond doubt, */
    SPARSE = 31,        /* and at least where there is none */
};
_Static_assert(PM_H5_FRACTION == 1 << (32 - H5_SHIFT) && PM_HC_FRACTION == 1 << (32 - HC_SHIFT), "bits that are 0");
static const double DEVIATIONS = 2.5;      /* of the estimate, that it may be too high, */
static const double HARDLY = 1.5;          /* or too low */
static const double FORM_SHARE = 0.25;     /* of a text that is boilerplate: it may be a form */
static const double FORM_NUMBERS = 0.50;   /* of either text's, that the other has too if they may be one form */
static const double NUMBERS_MARGIN = 0.15; /* of the share that must agree */

/* A fingerprint that has as many hashes as it may lacks those above its last. */
static uint32_t
limit_of(const uint64_t *v, size_t n, size_t kept, uint64_t sampled, unsigned shift)
{
    return (uint32_t)((n < kept ? sampled : v[n - 1]) >> shift);
}

/* Shorten hashes that are no boilerplate of their kind, which is a bit or 0; returns the end of what was written to
 * `out`. */
static uint32_t *
shorten(const uint64_t *v, size_t n, unsigned shift, const struct pm_boilerplate *boilerplate, uint64_t kind,
        uint32_t *out)
{
    const uint32_t *start = out;

    for (size_t i = 0; i < n; i++) {
        uint32_t x = (uint32_t)(v[i] >> shift);

        if ((out == start || out[-1] != x) && !pm_is_boilerplate(boilerplate, v[i] | kind))
            *out++ = x;
    }
    return out;
}

int
pm_sketch_make(const struct pm_fingerprint *f, const struct pm_boilerplate *boilerplate, struct pm_sketch *dst,
               struct pm_err *err)
{
    size_t n = f->n_h5 + f->n_hc, bytes = (n + f->n_numbers + 1) * sizeof(uint32_t), kept;
    uint32_t *v = n + f->n_numbers < UINT32_MAX ? malloc(bytes) : NULL;

    *dst = (struct pm_sketch){.h5 = v, .bytes = bytes};
    if (v == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    dst->limit_h5 = limit_of(f->h5, f->n_h5, PM_H5_KEPT, PM_H5_LIMIT, H5_SHIFT);
    dst->limit_hc = limit_of(f->hc, f->n_hc, PM_HC_KEPT, PM_HC_LIMIT, HC_SHIFT);
    dst->hc = shorten(f->h5, f->n_h5, H5_SHIFT, boilerplate, 0, dst->h5);
    dst->numbers = shorten(f->hc, f->n_hc, HC_SHIFT, boilerplate, PM_BOILERPLATE_CHARS, dst->hc);
    v = shorten(f->numbers, f->n_numbers, NUMBER_SHIFT, NULL, 0, dst->numbers);
    dst->n_h5 = (uint32_t)(dst->hc - dst->h5);
    dst->n_hc = (uint32_t)(dst->numbers - dst->hc);
    dst->n_numbers = (uint32_t)(v - dst->numbers);
    dst->all_numbers = f->n_numbers < PM_NUMBERS_KEPT;
    kept = (size_t)dst->n_h5 + dst->n_hc;
    dst->form = (double)(n - kept) > FORM_SHARE * (double)n;
    dst->words = n > 0 ? (uint32_t)((uint64_t)f->words * kept / n) : f->words;
    return PM_OK;
}

void
pm_sketch_release(struct pm_sketch *s)
{
    free(s->h5);
    *s = (struct pm_sketch){0};
}

/* ---- what two share ---- */

/*
 * How many hashes two arrays share. Four of each are compared at once with SSE2: a third of the time of the loop below
 * it, where each step waits for the one before.
 */
static size_t
count_shared(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b)
{
    size_t i = 0, k = 0, n = 0;

#ifdef __SSE2__
    __m128i minus = _mm_setzero_si128();

    while (i + 4 <= n_a && k + 4 <= n_b) {
        uint32_t a_last = a[i + 3], b_last = b[k + 3];
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(a + i));
        __m128i y = _mm_loadu_si128((const __m128i *)(const void *)(b + k));
        __m128i swapped = _mm_shuffle_epi32(y, _MM_SHUFFLE(2, 3, 0, 1));
        __m128i same = _mm_or_si128(_mm_cmpeq_epi32(x, y), _mm_cmpeq_epi32(x, swapped));

        y = _mm_shuffle_epi32(y, _MM_SHUFFLE(1, 0, 3, 2));
        swapped = _mm_shuffle_epi32(y, _MM_SHUFFLE(2, 3, 0, 1));
        same = _mm_or_si128(same, _mm_or_si128(_mm_cmpeq_epi32(x, y), _mm_cmpeq_epi32(x, swapped)));
        minus = _mm_add_epi32(minus, same); /* -1 for each that was found */
        i += a_last <= b_last ? 4 : 0;
        k += b_last <= a_last ? 4 : 0;
    }
    minus = _mm_add_epi32(minus, _mm_shuffle_epi32(minus, _MM_SHUFFLE(1, 0, 3, 2)));
    minus = _mm_add_epi32(minus, _mm_shuffle_epi32(minus, _MM_SHUFFLE(2, 3, 0, 1)));
    n = 0U - (uint32_t)_mm_cvtsi128_si32(minus);
#endif
    while (i < n_a && k < n_b) {
        uint32_t x = a[i], y = b[k];

        n += x == y;
        i += x <= y;
        k += y <= x;
    }
    return n;
}

size_t
pm_sketch_shared(const struct pm_sketch *a, const struct pm_sketch *b)
{
    return count_shared(a->h5, a->n_h5, b->h5, b->n_h5) + count_shared(a->hc, a->n_hc, b->hc, b->n_hc);
}

/* ---- estimates ---- */

struct estimate {
    double value, low;
    double most; /* it is hardly more than this, */
    double firm; /* about as much, if the sample is large, else at least */
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
    uint32_t limit;
};

/* How many of the ascending hashes do not pass the limit. */
static size_t
up_to(const uint32_t *v, size_t n, uint32_t limit)
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
sample_of(const uint32_t *a, size_t n_a, uint32_t limit_a, const uint32_t *b, size_t n_b, uint32_t limit_b)
{
    struct sample s = {up_to(a, n_a, limit_b), up_to(b, n_b, limit_a), 0, limit_a < limit_b ? limit_a : limit_b};

    s.shared = count_shared(a, s.a, b, s.b);
    return s;
}

/* As many as the whole texts share, about. */
static uint32_t
shared_in_all(const struct sample *s, unsigned fraction)
{
    return (uint32_t)(((uint64_t)s->shared * fraction << 32) / ((uint64_t)s->limit + 1));
}

enum numbers { NUMBERS_UNSURE, NUMBERS_AGREE, NUMBERS_DIFFER };

/* Whether two texts may be one template, filled in with other numbers: there are too few for one, they agree, they
 * differ. */
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
    numbers = count_shared(a->numbers, a->n_numbers, b->numbers, b->n_numbers);
    differ = compare_numbers(a, b, numbers);
    words = estimate(h5.shared, n_h5);
    chars = estimate(hc.shared, n_hc);
    low = pm_larger(words.low, chars.low);
    high = pm_larger(words.most, chars.most);
    most = pm_larger(words.value, chars.value);
    firm = pm_larger(words.firm, chars.firm);
    *dst = (struct pm_likeness){
        .shared_h5 = shared_in_all(&h5, PM_H5_FRACTION),
        .shared_hc = shared_in_all(&hc, PM_HC_FRACTION),
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
