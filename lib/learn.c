#include "learn.h"

#include <stdlib.h>

#include "furniture.h"
#include "shingle.h"

enum {
    CAPTURES_MIN = 6,     /* of fewer nothing is learned */
    HOLDERS_MIN = 3,
    STORIES_MIN = 3,
    OPENINGS_MIN = 2,     /* so many unlike texts begin with it: it is no part of the one story that it opens */
    CANDIDATES_MAX = 512, /* blocks of an outlet that are looked at */
    HOLDERS_MAX = 64,     /* captures of a block whose texts are compared */
    HASHES_MAX = 8192,    /* of a text: those of 20,000 words */
    HASHES_MIN = 8,       /* a text with fewer tells nothing */
    ROUNDS_MAX = 8,
    OUTLET_MEMORY = 512 << 20,
};
static const double SHARE_MIN = 0.10, SAME_STORY = 0.30;

/* A capture of the outlet. */
struct sampled {
    int64_t capture;
    const uint64_t *hashes; /* of its fingerprint, ascending; made when first asked for */
    size_t n;
    bool made;
};

/* A block stands in a capture. */
struct use {
    uint64_t hash;
    uint32_t sample;
    bool first; /* among the first blocks of its text */
};

struct candidate {
    uint64_t hash;
    size_t first; /* its uses */
    uint32_t n;
    struct pm_str text; /* absent: it is not considered */
    const uint64_t *hashes;
    size_t n_hashes;
    bool learned, opens;
};

struct learner {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_shingler *shingler;
    struct pm_arena *arena; /* of one outlet */
    struct pm_text_reader *texts;
    struct sampled *samples;
    struct use *uses;
    size_t n_samples, cap_samples, n_uses, cap_uses;
    struct candidate *candidates;
    size_t n_candidates, cap_candidates;
    uint64_t *gone; /* hashes of what was learned so far, ascending */
    size_t n_gone, cap_gone;
    uint64_t (*stories)[HASHES_MAX]; /* STORIES_MIN + 1 of them */
    size_t n_hashes[STORIES_MIN + 1];
    struct pm_err *err;
};

/* ---- blocks ---- */

static int
add_capture(void *ctx, int64_t capture, struct pm_str packed)
{
    struct learner *l = ctx;
    struct pm_packed_block blocks[PM_BLOCKS_MAX];
    uint32_t bytes = 0;
    size_t n = pm_blocks_unpack(packed, blocks, &bytes);
    struct sampled *samples = pm_grow(l->samples, &l->cap_samples, l->n_samples + 1, sizeof(*samples));
    struct use *uses;

    if (samples != NULL)
        l->samples = samples;
    uses = pm_grow(l->uses, &l->cap_uses, l->n_uses + n + 1, sizeof(*uses));
    if (uses != NULL)
        l->uses = uses;
    if (samples == NULL || uses == NULL)
        return pm_fail(l->err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < n; i++)
        if ((uint64_t)blocks[i].bytes * 2 <= bytes) /* else it is what the page has to say, such as that one must pay */
            uses[l->n_uses++] = (struct use){blocks[i].hash, (uint32_t)l->n_samples, blocks[i].first};
    samples[l->n_samples++] = (struct sampled){.capture = capture};
    return PM_OK;
}

static int
by_block(const void *a, const void *b)
{
    const struct use *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->sample != y->sample)
        return x->sample < y->sample ? -1 : 1;
    return y->first - x->first;
}

static int
by_captures(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Blocks that stand in enough captures. */
static int
find_candidates(struct learner *l)
{
    size_t n = 0;

    qsort(l->uses, l->n_uses, sizeof(*l->uses), by_block);
    for (size_t i = 0; i < l->n_uses; i++)
        if (n == 0 || l->uses[i].hash != l->uses[n - 1].hash || l->uses[i].sample != l->uses[n - 1].sample)
            l->uses[n++] = l->uses[i];
    l->n_uses = n;
    l->n_candidates = 0;
    for (size_t i = 0, end; i < n; i = end) {
        struct candidate *grown;

        for (end = i + 1; end < n && l->uses[end].hash == l->uses[i].hash;)
            end++;
        if (end - i < HOLDERS_MIN || (double)(end - i) < SHARE_MIN * (double)l->n_samples)
            continue;
        grown = pm_grow(l->candidates, &l->cap_candidates, l->n_candidates + 1, sizeof(*grown));
        if (grown == NULL)
            return pm_fail(l->err, PM_ENOMEM, "out of memory");
        l->candidates = grown;
        grown[l->n_candidates++] =
            (struct candidate){.hash = l->uses[i].hash, .first = i, .n = (uint32_t)(end - i)};
    }
    if (l->n_candidates > 0)
        qsort(l->candidates, l->n_candidates, sizeof(*l->candidates), by_captures);
    if (l->n_candidates > CANDIDATES_MAX)
        l->n_candidates = CANDIDATES_MAX;
    return PM_OK;
}

/* ---- hashes ---- */

/* Both kinds of shingles in one ascending array; the lowest bit tells them apart. */
static const uint64_t *
join_hashes(struct learner *l, const struct pm_fingerprint *f, size_t *n)
{
    size_t all = f->n_h5 + f->n_hc;
    uint64_t *v = pm_arena_array(l->arena, 2 * all + 1, sizeof(*v));

    *n = 0;
    if (v == NULL)
        return NULL;
    for (size_t i = 0; i < f->n_h5; i++)
        v[i] = f->h5[i] & ~UINT64_C(1);
    for (size_t i = 0; i < f->n_hc; i++)
        v[f->n_h5 + i] = f->hc[i] | 1;
    *n = pm_hashes_sort(v, all, v + all);
    if (*n > HASHES_MAX) /* the lowest of a hash are as good a sample as any */
        *n = HASHES_MAX;
    return v;
}

static int
make_sample(struct learner *l, struct sampled *s)
{
    struct pm_fingerprint f;
    struct pm_str packed;
    uint64_t exact;
    int rc;

    if (s->made)
        return PM_OK;
    s->made = true;
    rc = pm_manifest_get_fingerprint(l->manifest, s->capture, &exact, &packed, l->err);
    if (rc == PM_OK)
        rc = pm_fingerprint_unpack(packed, l->arena, &f, l->err);
    if (rc == PM_OK) {
        s->hashes = join_hashes(l, &f, &s->n);
        rc = pm_arena_check(l->arena, l->err);
    }
    return rc == PM_DONE || rc == PM_ECORRUPT ? PM_OK : rc; /* then it tells nothing */
}

/* A line that says whom the text is from belongs to it. */
static bool
is_credit(struct pm_str block, struct pm_str credit_words)
{
    const struct pm_str between = PM_STR("; "); /* as pm_credit_join() puts them */

    while (credit_words.len > 0) {
        size_t at = pm_str_find(credit_words, between, 0);
        size_t n = at == SIZE_MAX ? credit_words.len : at;
        struct pm_str one = PM_STRN(credit_words.ptr, n);

        if (one.len * 3 >= block.len && pm_str_find(block, one, 0) != SIZE_MAX)
            return true;
        n = at == SIZE_MAX ? n : n + between.len;
        credit_words.ptr += n;
        credit_words.len -= n;
    }
    return false;
}

static int
read_text(struct learner *l, const struct pm_row *row, struct pm_str *text)
{
    struct pm_text_loc loc;
    struct pm_str outlet;
    int rc;

    *text = PM_STR_NULL;
    if (row->text.bundle == 0)
        return PM_OK;
    rc = pm_manifest_text_loc(l->manifest, row->capture, &loc, &outlet, l->err);
    if (rc != PM_OK)
        return rc;
    rc = pm_text_read(l->texts, &loc, text, l->err);
    if (rc != PM_OK)
        *text = PM_STR_NULL;
    return rc == PM_ECORRUPT || rc == PM_ENOTFOUND ? PM_OK : rc; /* damage is for verify to tell */
}

/* The words of a candidate, from a text it stands in. It stays without them when that is damaged, or it is a credit. */
static int
read_candidate(struct learner *l, struct candidate *c, struct pm_str text, struct pm_str credit_words)
{
    struct pm_fingerprint f;
    int rc;

    while (text.len > 0) {
        const char *stop = memchr(text.ptr, '\n', text.len);
        struct pm_str line = PM_STRN(text.ptr, stop != NULL ? (size_t)(stop - text.ptr) : text.len);
        size_t step = line.len + (stop != NULL);

        if (pm_block_hash(line) == c->hash && !is_credit(line, credit_words)) {
            rc = pm_fingerprint(l->shingler, line, &f, l->err);
            if (rc != PM_OK)
                return rc;
            c->text = pm_arena_str(l->arena, line);
            c->hashes = join_hashes(l, &f, &c->n_hashes);
            return pm_arena_check(l->arena, l->err);
        }
        text.ptr += step;
        text.len -= step;
    }
    return PM_OK;
}

/* Many blocks stand in the same captures, so each of those is read once. */
static int
read_candidates(struct learner *l)
{
    int rc = PM_OK;

    for (uint32_t s = 0; rc == PM_OK && s < l->n_samples; s++) {
        struct pm_str text = PM_STR_NULL;
        struct pm_row row;
        bool have = false;

        for (size_t i = 0; rc == PM_OK && i < l->n_candidates; i++) {
            struct candidate *c = &l->candidates[i];

            if (l->uses[c->first].sample != s)
                continue;
            if (!have) {
                rc = pm_manifest_get(l->manifest, l->samples[s].capture, &row, l->err);
                if (rc == PM_OK)
                    rc = read_text(l, &row, &text);
                have = true;
            }
            if (rc == PM_OK)
                rc = read_candidate(l, c, text, row.credit_words);
        }
    }
    return rc;
}

/* ---- stories ---- */

/* The hashes of a text that neither what was learned nor the candidate has. */
static size_t
own_hashes(const struct learner *l, const struct sampled *s, const struct candidate *c, uint64_t *dst)
{
    size_t n = 0, g = 0, k = 0;

    for (size_t i = 0; i < s->n; i++) {
        uint64_t hash = s->hashes[i];

        while (g < l->n_gone && l->gone[g] < hash)
            g++;
        while (k < c->n_hashes && c->hashes[k] < hash)
            k++;
        if ((g == l->n_gone || l->gone[g] != hash) && (k == c->n_hashes || c->hashes[k] != hash))
            dst[n++] = hash;
    }
    return n;
}

static int
longest_first(const void *a, const void *b)
{
    const struct sampled *x = *(struct sampled *const *)a, *y = *(struct sampled *const *)b;

    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Captures that hold the block (`first`: among their first ones), as many as are looked at, the longest texts first. */
static int
find_holders(struct learner *l, const struct candidate *c, bool first, struct sampled *holders[HOLDERS_MAX], size_t *n)
{
    int rc = PM_OK;

    *n = 0;
    for (size_t i = 0; rc == PM_OK && i < c->n && *n < HOLDERS_MAX; i++) {
        const struct use *use = &l->uses[c->first + i];

        if (first && !use->first)
            continue;
        holders[*n] = &l->samples[use->sample];
        rc = make_sample(l, holders[(*n)++]);
    }
    if (rc == PM_OK && *n > 0)
        qsort(holders, *n, sizeof(struct sampled *), longest_first);
    return rc;
}

/*
 * True when the captures that hold a block (`first`: among their first ones) tell so many stories unlike each other. A
 * short text that is furniture for the greater part is like every other, so the long ones have their say before.
 */
static int
tells_stories(struct learner *l, const struct candidate *c, bool first, size_t enough, bool *yes)
{
    struct sampled *holders[HOLDERS_MAX];
    size_t n_holders, n = 0;
    int rc = find_holders(l, c, first, holders, &n_holders);

    *yes = false;
    for (size_t i = 0; rc == PM_OK && i < n_holders && !*yes; i++) {
        bool like = false;

        l->n_hashes[n] = own_hashes(l, holders[i], c, l->stories[n]);
        if (l->n_hashes[n] < HASHES_MIN)
            continue;
        for (size_t k = 0; k < n && !like; k++) {
            size_t least = l->n_hashes[k] < l->n_hashes[n] ? l->n_hashes[k] : l->n_hashes[n];

            like = (double)pm_hashes_shared(l->stories[k], l->n_hashes[k], l->stories[n], l->n_hashes[n]) >=
                   SAME_STORY * (double)least;
        }
        n += !like;
        *yes = n == enough;
    }
    return rc;
}

/* The hashes of all that was learned so far. */
static int
gather_gone(struct learner *l)
{
    size_t n = 0;
    uint64_t *grown;

    for (size_t i = 0; i < l->n_candidates; i++)
        n += l->candidates[i].learned ? l->candidates[i].n_hashes : 0;
    grown = pm_grow(l->gone, &l->cap_gone, 2 * n + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(l->err, PM_ENOMEM, "out of memory");
    l->gone = grown;
    n = 0;
    for (size_t i = 0; i < l->n_candidates; i++) {
        const struct candidate *c = &l->candidates[i];

        if (!c->learned || c->n_hashes == 0)
            continue;
        memcpy(grown + n, c->hashes, c->n_hashes * sizeof(*grown));
        n += c->n_hashes;
    }
    l->n_gone = pm_hashes_sort(grown, n, grown + n);
    return PM_OK;
}

/*
 * Furniture makes unlike texts alike, so what was learned is left out and the rest is looked at again, until nothing is
 * learned any more. A round starts from what the rounds before it learned, so the order within it says nothing.
 */
static int
learn_rounds(struct learner *l)
{
    bool more = true;
    int rc = PM_OK;

    for (int round = 0; rc == PM_OK && more && round < ROUNDS_MAX; round++) {
        more = false;
        rc = gather_gone(l);
        for (size_t i = 0; rc == PM_OK && i < l->n_candidates; i++) {
            struct candidate *c = &l->candidates[i];

            if (c->learned || c->text.ptr == NULL)
                continue;
            rc = tells_stories(l, c, false, STORIES_MIN, &c->learned);
            more = more || c->learned;
        }
    }
    for (size_t i = 0; rc == PM_OK && i < l->n_candidates; i++)
        if (l->candidates[i].learned)
            rc = tells_stories(l, &l->candidates[i], true, OPENINGS_MIN, &l->candidates[i].opens);
    return rc;
}

static int
put_learned(struct learner *l, struct pm_str outlet)
{
    struct pm_furniture_row *rows = pm_arena_array(l->arena, l->n_candidates + 1, sizeof(*rows));
    size_t n = 0;

    if (rows == NULL)
        return pm_arena_check(l->arena, l->err);
    for (size_t i = 0; i < l->n_candidates; i++) {
        const struct candidate *c = &l->candidates[i];

        if (c->learned)
            rows[n++] = (struct pm_furniture_row){c->hash, c->n, (uint32_t)l->n_samples, c->opens, c->text};
    }
    return pm_manifest_put_furniture(l->manifest, outlet, rows, n, l->err);
}

/* The next outlet to learn from; PM_DONE when there is none. */
static int
learn_outlet(struct learner *l)
{
    struct pm_str outlet;
    int rc;

    pm_arena_reset(l->arena);
    l->n_samples = l->n_uses = l->n_candidates = 0;
    rc = pm_manifest_unlearned(l->manifest, l->arena, &outlet, l->err);
    if (rc == PM_OK)
        rc = pm_manifest_each_blocks(l->manifest, outlet, PM_LEARN_CAPTURES, add_capture, l, l->err);
    if (rc == PM_OK && l->n_samples >= CAPTURES_MIN && l->n_uses > 0) {
        rc = find_candidates(l);
        if (rc == PM_OK)
            rc = read_candidates(l);
        if (rc == PM_OK)
            rc = learn_rounds(l);
    }
    return rc == PM_OK ? put_learned(l, outlet) : rc;
}

/* ---- the run ---- */

static int
set_up(struct learner *l, int root)
{
    int rc;

    l->arena = pm_arena_new(OUTLET_MEMORY);
    l->stories = calloc(STORIES_MIN + 1, sizeof(*l->stories));
    if (l->arena == NULL || l->stories == NULL)
        return pm_fail(l->err, PM_ENOMEM, "out of memory");
    rc = pm_bundle_reader_open(&l->bundles, root, l->err);
    if (rc == PM_OK)
        rc = pm_text_reader_new(&l->texts, l->bundles, l->err);
    return rc == PM_OK ? pm_shingler_new(&l->shingler, l->err) : rc;
}

static void
release(struct learner *l)
{
    pm_shingler_free(l->shingler);
    pm_text_reader_free(l->texts);
    pm_bundle_reader_free(l->bundles);
    pm_arena_free(l->arena);
    free(l->samples);
    free(l->uses);
    free(l->candidates);
    free(l->gone);
    free(l->stories);
}

int
pm_learn(struct pm_manifest *m, int root, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct learner l = {.manifest = m, .err = err ? err : &own};
    int rc = set_up(&l, root);

    if (rc == PM_OK)
        rc = pm_manifest_begin(m, l.err);
    if (rc == PM_OK) {
        do
            rc = learn_outlet(&l);
        while (rc == PM_OK);
        if (rc == PM_DONE)
            rc = pm_manifest_commit(m, l.err);
        if (rc != PM_OK)
            pm_manifest_rollback(m);
    }
    release(&l);
    return rc;
}
