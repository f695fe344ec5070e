#include "likeness.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    SHARED_MIN = 12,        /* clean shingles that two texts must share */
    BRIEF_WORDS = 100,      /* a text this short may be a quotation that others hold too */
    NUMBERS_MIN = 4,        /* fewer say nothing about a template */
    WORDS_PER_NUMBER = 25,  /* a template has more numbers than this */
    NUMBER_MAX = 32,        /* bytes of a number */
};
static const double WEAK_MIN = 0.12;
static const double BRIEF_MIN = 0.60;
static const double SHORT_MIN = 0.90;   /* of both texts, when one has less than PM_SHORT_WORDS */
static const double NUMBERS_AGREE = 0.5;

/* ---- profiles ---- */

static bool
contains(const uint64_t *v, size_t n, uint64_t hash)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (v[mid] < hash)
            low = mid + 1;
        else
            high = mid;
    }
    return low < n && v[low] == hash;
}

/* A line is boilerplate when most of its sampled shingles are: they stand for all of them. */
static int
line_is_boilerplate(struct pm_shingler *s, struct pm_str line, const struct pm_boilerplate *b,
                    uint32_t *words, struct pm_err *err)
{
    struct pm_fingerprint f;
    size_t hits = 0;
    int rc = pm_fingerprint(s, line, &f, err);

    if (rc != PM_OK)
        return rc;
    for (size_t i = 0; i < f.n_h5; i++)
        hits += contains(b->hashes, b->n, f.h5[i]);
    for (size_t i = 0; i < f.n_hc; i++)
        hits += contains(b->hashes, b->n, f.hc[i] | 1);
    *words = f.words;
    return hits > 0 && 2 * hits >= f.n_h5 + f.n_hc ? PM_DONE : PM_OK;
}

static int
without_boilerplate(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *b,
                    struct pm_buf *out, uint32_t *dropped, struct pm_err *err)
{
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t n = end ? (size_t)(end - text.ptr) + 1 : text.len;
        struct pm_str line = PM_STRN(text.ptr, n);
        uint32_t words = 0;
        int rc = line_is_boilerplate(s, line, b, &words, err);

        if (rc < 0)
            return rc;
        if (rc == PM_OK)
            pm_buf_str(out, line);
        else
            *dropped += words;
        text.ptr += n;
        text.len -= n;
    }
    return pm_buf_check(out, err);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/*
 * Numbers of two digits or more: smaller ones are spelled out by some houses. Thousands separators are
 * dropped, so 1,234 is 1234.
 */
static size_t
find_numbers(struct pm_str text, uint64_t *out, size_t max)
{
    size_t n = 0, i = 0;

    while (i < text.len && n < max) {
        char digits[NUMBER_MAX];
        size_t used = 0;

        if (!is_digit(text.ptr[i])) {
            i++;
            continue;
        }
        for (; i < text.len; i++) {
            char c = text.ptr[i];
            bool inside = (c == ',' || c == '.') && i + 1 < text.len && is_digit(text.ptr[i + 1]);

            if (!is_digit(c) && !inside)
                break;
            if (c != ',' && used < sizeof(digits))
                digits[used++] = c;
        }
        if (used >= 2)
            out[n++] = XXH3_64bits(digits, used);
    }
    return n;
}

int
pm_profile_make(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *boilerplate,
                struct pm_buf *scratch, struct pm_profile *dst, struct pm_err *err)
{
    struct pm_fingerprint f;
    uint64_t *all, *spare;
    size_t most;
    int rc;

    *dst = (struct pm_profile){0};
    pm_buf_reset(scratch);
    if (boilerplate != NULL && boilerplate->n > 0) {
        rc = without_boilerplate(s, text, boilerplate, scratch, &dst->boilerplate, err);
        if (rc != PM_OK)
            return rc;
        text = pm_buf_span(scratch);
    }
    rc = pm_shingles(s, text, &f, err);
    if (rc != PM_OK)
        return rc;
    if (f.n_hc > UINT32_MAX)
        return pm_fail(err, PM_ELIMIT, "text has too many shingles");
    most = f.n_hc > f.words ? f.n_hc : f.words;
    all = malloc((2 * f.n_h5 + f.n_hc + f.words + most + 1) * sizeof(*all));
    if (all == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    dst->h5 = all;
    dst->hc = dst->h5 + f.n_h5;
    dst->order = dst->hc + f.n_hc;
    dst->numbers = dst->order + f.n_h5;
    spare = dst->numbers + f.words;
    if (f.n_h5 > 0) {
        memcpy(dst->h5, f.h5, f.n_h5 * sizeof(*all));
        memcpy(dst->order, f.h5, f.n_h5 * sizeof(*all));
    }
    if (f.n_hc > 0)
        memcpy(dst->hc, f.hc, f.n_hc * sizeof(*all));
    dst->words = f.words;
    dst->n_order = (uint32_t)f.n_h5;
    dst->n_h5 = (uint32_t)pm_hashes_sort(dst->h5, f.n_h5, spare);
    dst->n_hc = (uint32_t)pm_hashes_sort(dst->hc, f.n_hc, spare);
    dst->n_numbers = (uint32_t)pm_hashes_sort(dst->numbers, find_numbers(text, dst->numbers, f.words), spare);
    return PM_OK;
}

size_t
pm_profile_bytes(const struct pm_profile *p)
{
    size_t most = p->n_hc > p->words ? p->n_hc : p->words;

    return (2 * (size_t)p->n_order + p->n_hc + p->words + most + 1) * sizeof(uint64_t);
}

void
pm_profile_release(struct pm_profile *p)
{
    free(p->h5);
    *p = (struct pm_profile){0};
}

/* ---- comparing ---- */

static double
share(size_t part, size_t whole)
{
    return whole ? (double)part / (double)whole : 0.0;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static double
larger(double a, double b)
{
    return a > b ? a : b;
}

void
pm_likeness(const struct pm_profile *a, const struct pm_profile *b, struct pm_likeness *dst)
{
    size_t h5 = pm_hashes_shared(a->h5, a->n_h5, b->h5, b->n_h5);
    size_t hc = pm_hashes_shared(a->hc, a->n_hc, b->hc, b->n_hc);
    size_t numbers = pm_hashes_shared(a->numbers, a->n_numbers, b->numbers, b->n_numbers);
    size_t few = least(a->n_numbers, b->n_numbers), words = least(a->words, b->words);

    *dst = (struct pm_likeness){
        .shared_h5 = (uint32_t)h5,
        .shared_hc = (uint32_t)hc,
        .contain_h5 = share(h5, least(a->n_h5, b->n_h5)),
        .contain_hc = share(hc, least(a->n_hc, b->n_hc)),
        .jaccard = share(h5, (size_t)a->n_h5 + b->n_h5 - h5),
        .cover_a = larger(share(h5, a->n_h5), share(hc, a->n_hc)),
        .cover_b = larger(share(h5, b->n_h5), share(hc, b->n_hc)),
        .numbers = few ? share(numbers, few) : -1.0,
    };
    dst->templated = few >= NUMBERS_MIN && few * WORDS_PER_NUMBER >= words && dst->numbers < NUMBERS_AGREE;
}

void
pm_overlap(const struct pm_profile *text, const struct pm_profile *other, struct pm_overlap *dst)
{
    uint32_t covered = 0; /* words up to here are counted already */
    uint32_t run = 0;     /* shingles in a row that are shared */

    *dst = (struct pm_overlap){0};
    for (uint32_t i = 0; i < text->n_order; i++) {
        uint32_t start = i > covered ? i : covered, end = i + PM_SHINGLE_WORDS;

        if (!contains(other->h5, other->n_h5, text->order[i])) {
            run = 0;
            continue;
        }
        dst->shared += end - start;
        covered = end;
        run++;
        if (run + PM_SHINGLE_WORDS - 1 > dst->longest)
            dst->longest = run + PM_SHINGLE_WORDS - 1;
    }
    dst->own = text->words - dst->shared;
}

enum pm_like
pm_like_judge(const struct pm_profile *a, const struct pm_profile *b, const struct pm_likeness *l,
              const struct pm_like_limits *limits, const char **reason)
{
    size_t words = least(a->words, b->words);
    double most = larger(l->contain_h5, l->contain_hc), need = limits->story_min;

    if (most < WEAK_MIN) {
        *reason = "they share next to nothing";
        return PM_LIKE_NOT;
    }
    if (l->templated) {
        *reason = "one template with other numbers";
        return PM_LIKE_NOT;
    }
    if (l->shared_h5 < SHARED_MIN && l->shared_hc < SHARED_MIN) {
        *reason = "they share too few shingles to tell";
        return PM_LIKE_NOT;
    }
    if (words < PM_SHORT_WORDS) {
        if (l->cover_a >= SHORT_MIN && l->cover_b >= SHORT_MIN) {
            *reason = "short texts, nearly the same";
            return PM_LIKE_VERSION;
        }
        *reason = "a text under 40 words must be nearly the same";
        return PM_LIKE_NOT;
    }
    if (words < BRIEF_WORDS && need < BRIEF_MIN)
        need = BRIEF_MIN;
    if (most < need) {
        *reason = words < BRIEF_WORDS ? "a brief must be contained for the greater part"
                                      : "containment is under the limit of a story";
        return PM_LIKE_WEAK;
    }
    *reason = most >= limits->version_min ? "containment reaches the limit of a version"
                                          : "containment reaches the limit of a story";
    return most >= limits->version_min ? PM_LIKE_VERSION : PM_LIKE_STORY;
}
