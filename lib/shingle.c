#include "shingle_own.h"

#include <stdlib.h>

enum {
    WORDS = PM_SHINGLE_WORDS,
    CHARS = PM_SHINGLE_CHARS,
    CHAR_SHIFT = 5,   /* 12 times 5 bits and 5 times 12 bits: */
    WORD_SHIFT = 12,
    WINDOW_BITS = 60, /* what an element weighs is shifted out of 64 bits when it leaves the window */
};

static const uint64_t HASH_MASK = ~(uint64_t)0 << PM_HASH_FREE;

static uint64_t
weight_of(uint32_t cp)
{
    return pm_shingle_mix((cp + 1) * PM_SHINGLE_MUL) << (64 - WINDOW_BITS);
}

int
pm_shingler_new(struct pm_shingler **dst, struct pm_err *err)
{
    struct pm_shingler *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    s->exact = XXH3_createState();
    if (s->exact == NULL) {
        free(s);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    for (uint32_t c = 'a'; c <= 'z'; c++)
        s->weight[c] = s->weight[c - 'a' + 'A'] = weight_of(c);
    for (uint32_t c = '0'; c <= '9'; c++)
        s->weight[c] = weight_of(c);
    *dst = s;
    return PM_OK;
}

void
pm_shingler_free(struct pm_shingler *s)
{
    if (s == NULL)
        return;
    (void)XXH3_freeState(s->exact);
    free(s->h5.v);
    free(s->hc.v);
    free(s->numbers.v);
    free(s->scratch.v);
    free(s->lines);
    free(s->at_hc);
    free(s);
}
/* ---- hashes ---- */

bool
pm_shingle_room(struct pm_shingle_scan *t, struct pm_hash_list *h, size_t more)
{
    uint64_t *grown;

    if (h->cap - h->n >= more)
        return true;
    grown = pm_grow(h->v, &h->cap, h->n + more, sizeof(*h->v));
    if (grown == NULL) {
        t->failed = true;
        return false;
    }
    h->v = grown;
    return true;
}

/* How many of the elements that come next are followed by too few to make a shingle of `window`. */
static size_t
too_early(uint64_t before, size_t n, size_t window)
{
    size_t early = before < window - 1 ? window - 1 - (size_t)before : 0;

    return early < n ? early : n;
}

/* Put the words that were hashed into shingles. */
void
pm_shingle_words(struct pm_shingle_scan *t)
{
    struct pm_hash_list *h5 = &t->s->h5;
    const uint64_t *words = t->s->words;
    uint64_t window = t->word_window, limit = t->limit_h5;
    size_t n = t->new_words, early = too_early(t->n_words - n, n, WORDS), kept = h5->n;

    t->new_words = 0;
    if (!pm_shingle_room(t, h5, n + 1))
        return;
    (void)XXH3_64bits_update(t->s->exact, words, n * sizeof(*words));
    for (size_t i = 0; i < n; i++) {
        window = (window << WORD_SHIFT) + (words[i] << (64 - WINDOW_BITS));
        h5->v[kept] = window & HASH_MASK;
        kept += i >= early && window <= limit;
    }
    t->word_window = window;
    h5->n = kept;
}

/* One character more, the one of this number. A shingle is written before it is known whether it is kept. */
static void
add_weight(struct pm_shingle_scan *t, uint64_t weight, uint64_t n_chars)
{
    struct pm_hash_list *hc = &t->s->hc;

    t->char_window = (t->char_window << CHAR_SHIFT) + weight;
    hc->v[hc->n] = t->char_window & HASH_MASK;
    if (t->with_lines)
        t->s->at_hc[hc->n] = (uint32_t)(n_chars - CHARS);
    hc->n += n_chars >= CHARS && t->char_window <= t->limit_hc;
}

/* Room for the shingles of `n` characters, one of them written in vain. */
static bool
make_room_chars(struct pm_shingle_scan *t, size_t n)
{
    struct pm_shingler *s = t->s;
    uint32_t *grown;

    if (!pm_shingle_room(t, &s->hc, n + 1))
        return false;
    if (!t->with_lines || s->cap_at >= s->hc.cap)
        return true;
    grown = pm_grow(s->at_hc, &s->cap_at, s->hc.cap, sizeof(*grown));
    t->failed = grown == NULL;
    if (grown != NULL)
        s->at_hc = grown;
    return grown != NULL;
}

/* Put the characters that were gathered into shingles. */
void
pm_shingle_chars(struct pm_shingle_scan *t)
{
    struct pm_shingler *s = t->s;
    const uint64_t *weights = s->weight;
    uint64_t window, limit = t->limit_hc, before = t->n_chars - t->new_chars, *out;
    size_t n = t->new_chars, i, kept, early = too_early(before, n, CHARS);

    t->new_chars = 0;
    if (!make_room_chars(t, n))
        return;
    for (i = 0; i < early; i++)
        add_weight(t, weights[s->chars[i]], before + i + 1);
    window = t->char_window;
    kept = s->hc.n;
    out = s->hc.v;
    if (t->with_lines)
        for (; i < n; i++) {
            window = (window << CHAR_SHIFT) + weights[s->chars[i]];
            out[kept] = window & HASH_MASK;
            s->at_hc[kept] = (uint32_t)(before + i + 1 - CHARS);
            kept += window <= limit;
        }
    else
        for (; i < n; i++) {
            window = (window << CHAR_SHIFT) + weights[s->chars[i]];
            out[kept] = window & HASH_MASK;
            kept += window <= limit;
        }
    t->char_window = window;
    s->hc.n = kept;
}

void
pm_shingle_wide(struct pm_shingle_scan *t, uint32_t cp)
{
    pm_shingle_chars(t);
    if (make_room_chars(t, 1))
        add_weight(t, weight_of(cp), ++t->n_chars);
}
/* Scan a text into the handle's lists, hashes up to the limits. */
static int
run(struct pm_shingle_scan *t, struct pm_err *err)
{
    struct pm_shingler *s = t->s;

    (void)XXH3_64bits_reset(s->exact); /* fails for NULL only */
    s->h5.n = s->hc.n = s->numbers.n = s->n_lines = 0;
    pm_shingle_scan(t);
    return t->failed ? pm_fail(err, PM_ENOMEM, "out of memory") : PM_OK;
}

/* ---- fingerprints ---- */

static bool
sort_unique(struct pm_shingler *s, struct pm_hash_list *h, size_t kept)
{
    uint64_t *scratch = pm_grow(s->scratch.v, &s->scratch.cap, h->n, sizeof(*scratch));

    if (scratch == NULL)
        return false;
    s->scratch.v = scratch;
    h->n = pm_hashes_sort(h->v, h->n, scratch);
    if (h->n > kept)
        h->n = kept;
    return true;
}

int
pm_fingerprint(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst, struct pm_err *err)
{
    struct pm_shingle_scan t = {.s = s, .text = text, .limit_h5 = PM_H5_LIMIT, .limit_hc = PM_HC_LIMIT};
    int rc = run(&t, err);

    *dst = (struct pm_fingerprint){0};
    if (rc != PM_OK)
        return rc;
    if (!sort_unique(s, &s->h5, PM_H5_KEPT) || !sort_unique(s, &s->hc, PM_HC_KEPT) ||
        !sort_unique(s, &s->numbers, PM_NUMBERS_KEPT))
        return pm_fail(err, PM_ENOMEM, "out of memory");
    *dst = (struct pm_fingerprint){
        .h5 = s->h5.v,
        .hc = s->hc.v,
        .numbers = s->numbers.v,
        .n_h5 = s->h5.n,
        .n_hc = s->hc.n,
        .n_numbers = s->numbers.n,
        .words = t.n_words > UINT32_MAX ? UINT32_MAX : (uint32_t)t.n_words,
        .exact = XXH3_64bits_digest(s->exact),
    };
    return PM_OK;
}

int
pm_shingles(struct pm_shingler *s, struct pm_str text, struct pm_shingles *dst, struct pm_err *err)
{
    struct pm_shingle_scan t = {
        .s = s, .text = text, .limit_h5 = UINT64_MAX, .limit_hc = UINT64_MAX / PM_PROFILE_CHARS, .with_lines = true};
    int rc = text.len < UINT32_MAX / 4 ? PM_OK : pm_fail(err, PM_ELIMIT, "text has too many shingles");

    if (rc == PM_OK) {
        rc = run(&t, err);
        pm_shingle_end_line(&t); /* the end of the text, once more if its last line ended */
    }
    if (rc == PM_OK && t.failed)
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc != PM_OK)
        return rc;
    for (size_t i = 0, k = 0; i < s->n_lines; i++) {
        while (k < s->hc.n && s->at_hc[k] < s->lines[i].character)
            k++;
        s->lines[i].hc = (uint32_t)k;
    }
    *dst = (struct pm_shingles){
        .h5 = s->h5.v,
        .hc = s->hc.v,
        .at_hc = s->at_hc,
        .numbers = s->numbers.v,
        .lines = s->lines,
        .n_h5 = (uint32_t)s->h5.n,
        .n_hc = (uint32_t)s->hc.n,
        .n_numbers = (uint32_t)s->numbers.n,
        .n_lines = (uint32_t)s->n_lines,
        .words = (uint32_t)t.n_words,
    };
    return PM_OK;
}
