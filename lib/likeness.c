#include "likeness.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    SHARED_MIN = 12,        /* clean shingles that two texts must share */
    BRIEF_WORDS = 100,      /* a text this short may be a quotation that others hold too */
    NUMBERS_MIN = 4,        /* fewer say nothing about a template */
    WORDS_PER_NUMBER = 25,  /* a template has more numbers than this */
    NUMBER_MAX = 32,        /* bytes of a number */
    GAP_CHARS = 60,         /* damage that a run passes over */
    SHIFT_CHARS = 12,       /* by how much a run may be out of step after it */
    RUN_CHARS = 36,         /* a run shorter than this is a phrase */
};
#define NO_PLACE UINT32_MAX
static const double GREY_MIN = 0.25, GREY_MAX = 0.60; /* containment that says too little by itself */
static const double FORM_AGREE = 0.85;
static const double FURNITURE = 0.6; /* share of a line's sampled shingles that makes it no story's */
static const double WEAK_MIN = 0.12;
static const double ALIGNED_MIN = 0.50;
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

enum line_kind { LINE_STORY, LINE_TEMPLATE, LINE_BOILERPLATE };

/*
 * What the sampled shingles of a line say of it: they stand for all of them. Where most but not all are known from
 * elsewhere, the line is one of a form that is filled in.
 */
static int
judge_line(struct pm_shingler *s, struct pm_str line, const struct pm_boilerplate *b, uint32_t *words,
           enum line_kind *kind, struct pm_err *err)
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
    *kind = hits == 0 || (double)hits < FURNITURE * (double)(f.n_h5 + f.n_hc) ? LINE_STORY
            : hits == f.n_h5 + f.n_hc               ? LINE_BOILERPLATE
                                                    : LINE_TEMPLATE;
    return PM_OK;
}

static size_t find_numbers(struct pm_str text, uint64_t *out, size_t max);

/* The lines of the story go to `out`; of the others, the words are counted and the numbers of forms kept. */
static int
without_boilerplate(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *b,
                    struct pm_buf *out, struct pm_buf *forms, struct pm_profile *dst, struct pm_err *err)
{
    while (text.len > 0) {
        const char *end = memchr(text.ptr, '\n', text.len);
        size_t n = end ? (size_t)(end - text.ptr) + 1 : text.len;
        struct pm_str line = PM_STRN(text.ptr, n);
        enum line_kind kind = LINE_STORY;
        uint32_t words = 0;
        int rc = judge_line(s, line, b, &words, &kind, err);

        if (rc < 0)
            return rc;
        if (kind == LINE_STORY)
            pm_buf_str(out, line);
        else
            dst->boilerplate += words;
        if (kind == LINE_TEMPLATE) {
            dst->template += words;
            pm_buf_str(forms, line);
        }
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

/* Fill the arrays of *dst, whose memory is made here. `forms`: lines that count for their numbers only. */
static int
fill_profile(struct pm_shingler *s, struct pm_str text, struct pm_str forms, struct pm_profile *dst,
             struct pm_err *err)
{
    struct pm_fingerprint f;
    size_t most_numbers = (text.len + forms.len) / 3 + 1, n;
    uint64_t *spare;
    int rc = pm_shingles(s, text, &f, err);

    if (rc != PM_OK)
        return rc;
    if (f.n_hc > UINT32_MAX)
        return pm_fail(err, PM_ELIMIT, "text has too many shingles");
    n = f.n_hc > most_numbers ? f.n_hc : most_numbers;
    spare = malloc((n + most_numbers) * sizeof(*spare));
    if (spare == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    n = find_numbers(text, spare, most_numbers);
    n += find_numbers(forms, spare + n, most_numbers - n);
    dst->n_numbers = (uint32_t)pm_hashes_sort(spare, n, spare + most_numbers);
    dst->h5 = malloc((2 * (f.n_h5 + f.n_hc) + dst->n_numbers + 1) * sizeof(*dst->h5));
    if (dst->h5 == NULL) {
        free(spare);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    dst->hc = dst->h5 + f.n_h5;
    dst->order = dst->hc + f.n_hc;
    dst->chars = dst->order + f.n_h5;
    dst->numbers = dst->chars + f.n_hc;
    if (f.n_h5 > 0) {
        memcpy(dst->h5, f.h5, f.n_h5 * sizeof(*dst->h5));
        memcpy(dst->order, f.h5, f.n_h5 * sizeof(*dst->h5));
    }
    if (f.n_hc > 0) {
        memcpy(dst->hc, f.hc, f.n_hc * sizeof(*dst->h5));
        memcpy(dst->chars, f.hc, f.n_hc * sizeof(*dst->h5));
    }
    if (dst->n_numbers > 0)
        memcpy(dst->numbers, spare, dst->n_numbers * sizeof(*spare));
    dst->words = f.words;
    dst->n_order = (uint32_t)f.n_h5;
    dst->n_chars = (uint32_t)f.n_hc;
    dst->n_h5 = (uint32_t)pm_hashes_sort(dst->h5, f.n_h5, spare);
    dst->n_hc = (uint32_t)pm_hashes_sort(dst->hc, f.n_hc, spare);
    free(spare);
    return PM_OK;
}

int
pm_profile_make(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *boilerplate,
                struct pm_buf *scratch, struct pm_profile *dst, struct pm_err *err)
{
    struct pm_buf forms = PM_BUF_INIT(text.len + 1);
    int rc = PM_OK;

    *dst = (struct pm_profile){0};
    pm_buf_reset(scratch);
    if (boilerplate != NULL && boilerplate->n > 0) {
        rc = without_boilerplate(s, text, boilerplate, scratch, &forms, dst, err);
        text = pm_buf_span(scratch);
    }
    if (rc == PM_OK)
        rc = pm_buf_check(&forms, err);
    if (rc == PM_OK)
        rc = fill_profile(s, text, pm_buf_span(&forms), dst, err);
    pm_buf_release(&forms);
    return rc;
}

size_t
pm_profile_bytes(const struct pm_profile *p)
{
    return (2 * ((size_t)p->n_order + p->n_chars) + p->n_numbers + 1) * sizeof(uint64_t);
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

/* ---- running along ---- */

/* Where in `p` each character shingle first stands: a table of `mask` + 1 places, filled at most half. */
static uint32_t *
index_chars(const struct pm_profile *p, uint32_t *mask)
{
    uint32_t size = 64, *table;

    while (size < 2 * p->n_chars)
        size *= 2;
    table = malloc(size * sizeof(*table));
    if (table == NULL)
        return NULL;
    memset(table, 0xFF, size * sizeof(*table));
    *mask = size - 1;
    for (uint32_t i = 0; i < p->n_chars; i++) {
        uint32_t at = (uint32_t)(p->chars[i] >> 32) & *mask;

        while (table[at] != NO_PLACE && p->chars[table[at]] != p->chars[i])
            at = (at + 1) & *mask;
        if (table[at] == NO_PLACE)
            table[at] = i;
    }
    return table;
}

static uint32_t
place_of(const struct pm_profile *p, const uint32_t *table, uint32_t mask, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 32) & mask;

    while (table[at] != NO_PLACE && p->chars[table[at]] != hash)
        at = (at + 1) & mask;
    return table[at];
}

static bool
goes_on(uint32_t x, uint32_t y, uint32_t last_x, uint32_t last_y)
{
    uint32_t gap = x - last_x, step = y - last_y;

    return y > last_y && gap <= GAP_CHARS && step <= gap + SHIFT_CHARS && gap <= step + SHIFT_CHARS;
}

/*
 * Share of the characters of `x` that lie in runs along `y`. A run passes over damage: misread letters, synonyms, other
 * spellings, which leave few shingles whole and the text the same.
 */
static int
align(const struct pm_profile *x, const struct pm_profile *y, double *aligned)
{
    uint32_t mask = 0, covered = 0, start = 0, last_x = 0, last_y = 0, *table;
    bool running = false;

    *aligned = 0.0;
    if (x->n_chars == 0 || y->n_chars == 0 || y->n_chars > UINT32_MAX / 4)
        return PM_OK;
    table = index_chars(y, &mask);
    if (table == NULL)
        return PM_ENOMEM;
    for (uint32_t i = 0; i < x->n_chars; i++) {
        uint32_t k = place_of(y, table, mask, x->chars[i]);

        if (k == NO_PLACE)
            continue;
        if (!running || !goes_on(i, k, last_x, last_y)) {
            if (running && last_x - start >= RUN_CHARS)
                covered += last_x - start;
            start = i;
            running = true;
        }
        last_x = i;
        last_y = k;
    }
    if (running && last_x - start >= RUN_CHARS)
        covered += last_x - start;
    free(table);
    *aligned = share(covered, x->n_chars);
    return PM_OK;
}

/* ---- comparing ---- */

int
pm_likeness(const struct pm_profile *a, const struct pm_profile *b, struct pm_likeness *dst,
            struct pm_err *err)
{
    size_t h5 = pm_hashes_shared(a->h5, a->n_h5, b->h5, b->n_h5);
    size_t hc = pm_hashes_shared(a->hc, a->n_hc, b->hc, b->n_hc);
    size_t numbers = pm_hashes_shared(a->numbers, a->n_numbers, b->numbers, b->n_numbers);
    size_t few = least(a->n_numbers, b->n_numbers), words = least(a->words, b->words);
    double most;

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
    dst->same_form = few >= NUMBERS_MIN && (2 * a->template > a->words || 2 * b->template > b->words) &&
                     share(numbers, a->n_numbers) >= FORM_AGREE && share(numbers, b->n_numbers) >= FORM_AGREE;
    most = larger(dst->contain_h5, dst->contain_hc);
    if (most < GREY_MIN || most >= GREY_MAX || (a->template > 0 && b->template > 0))
        return PM_OK;
    if (align(a->n_chars <= b->n_chars ? a : b, a->n_chars <= b->n_chars ? b : a, &dst->aligned) != PM_OK)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    return PM_OK;
}

/* Where in an ordered array of hashes those with each top byte start. */
static void
index_top(const uint64_t *v, uint32_t n, uint32_t start[257])
{
    uint32_t top = 0;

    for (uint32_t i = 0; i < n; i++)
        while (top <= v[i] >> 56)
            start[top++] = i;
    while (top <= 256)
        start[top++] = n;
}

static bool
holds(const uint64_t *v, const uint32_t start[257], uint64_t hash)
{
    uint32_t i = start[hash >> 56], end = start[(hash >> 56) + 1];

    if (end - i > 16)
        return contains(v + i, end - i, hash);
    while (i < end && v[i] < hash)
        i++;
    return i < end && v[i] == hash;
}

void
pm_overlap(const struct pm_profile *text, const struct pm_profile *other, struct pm_overlap *dst)
{
    uint32_t start_of[257];
    uint32_t covered = 0; /* words up to here are counted already */
    uint32_t run = 0;     /* shingles in a row that are shared */

    *dst = (struct pm_overlap){0};
    index_top(other->h5, other->n_h5, start_of);
    for (uint32_t i = 0; i < text->n_order; i++) {
        uint32_t start = i > covered ? i : covered, end = i + PM_SHINGLE_WORDS;

        if (!holds(other->h5, start_of, text->order[i])) {
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

    if (l->same_form) {
        *reason = "one form, filled in with the same numbers";
        return PM_LIKE_VERSION;
    }
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
        if (a->template > 0 && b->template > 0 && most >= limits->version_min && l->numbers >= FORM_AGREE) {
            *reason = "one form, filled in with the same words and numbers";
            return PM_LIKE_VERSION;
        }
        *reason = "a text under 40 words must be nearly the same";
        return PM_LIKE_NOT;
    }
    if (words < BRIEF_WORDS && need < BRIEF_MIN)
        need = BRIEF_MIN;
    /* A form runs along another too; what fills it in tells. */
    if (most < need && l->aligned >= ALIGNED_MIN && (l->numbers < 0 || l->numbers >= NUMBERS_AGREE)) {
        *reason = "the shorter text runs along the other for the greater part";
        return PM_LIKE_STORY;
    }
    if (most < need) {
        *reason = words < BRIEF_WORDS ? "a brief must be contained for the greater part"
                                      : "containment is under the limit of a story";
        return PM_LIKE_WEAK;
    }
    *reason = most >= limits->version_min ? "containment reaches the limit of a version"
                                          : "containment reaches the limit of a story";
    return most >= limits->version_min ? PM_LIKE_VERSION : PM_LIKE_STORY;
}
