#include "corpus.h"

#include <stdlib.h>
#include <xxhash.h>

enum { TEXT_MAX = 1 << 30, TWIN_WORDS_MIN = 16 /* fewer words may be the same by chance: a paywall's notice */ };
#define NONE UINT32_MAX

/* A profile that is kept, in a list from the most to the least recently used. */
struct kept {
    struct pm_profile profile;
    size_t bytes;
    uint32_t number;
    struct kept *newer, *older;
};

struct pm_corpus {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_shingler *shingler;
    struct pm_text *texts;     /* by (date, uid) */
    uint32_t *by_capture;      /* numbers of the texts, in order of capture */
    size_t n, cap;
    struct kept **kept;        /* by number of the text */
    struct kept *newest, *oldest;
    size_t kept_bytes, kept_max;
    const struct pm_boilerplate *boilerplate;
    struct pm_buf record, scratch;
    struct pm_err *err; /* of the load under way */
};

/* ---- loading ---- */

static int
add_text(void *ctx, const struct pm_row *row, uint64_t exact, struct pm_str packed)
{
    struct pm_corpus *c = ctx;
    struct pm_text *grown = pm_grow(c->texts, &c->cap, c->n + 1, sizeof(*grown));
    struct pm_text *t;

    (void)packed;
    if (grown == NULL)
        return pm_fail(c->err, PM_ENOMEM, "out of memory");
    c->texts = grown;
    if (c->n == NONE - 1)
        return pm_fail(c->err, PM_ELIMIT, "too many captures");
    t = &c->texts[c->n++];
    *t = (struct pm_text){
        .capture = row->capture,
        .when_us = row->when_us,
        .exact = exact,
        .loc = row->text,
        .outlet = (uint32_t)XXH3_64bits(row->outlet.ptr ? row->outlet.ptr : "", row->outlet.len),
        .page = (uint32_t)(row->url.len > 0 ? XXH3_64bits(row->url.ptr, row->url.len)
                                            : XXH3_64bits(row->uid, sizeof(row->uid))),
        .words = row->words,
        .dated = row->when_us != PM_WHEN_NONE && row->when_source != PM_WHEN_FROM_FILE,
    };
    if (row->when_us != PM_WHEN_NONE)
        t->day = (int32_t)(row->when_us / PM_DAY_US);
    memcpy(t->uid, row->uid, sizeof(t->uid));
    return PM_OK;
}

static int
by_date(const void *a, const void *b)
{
    const struct pm_text *x = a, *y = b;

    if (x->when_us != y->when_us)
        return x->when_us < y->when_us ? -1 : 1;
    return memcmp(x->uid, y->uid, sizeof(x->uid));
}

static int
by_capture(const void *a, const void *b, void *ctx)
{
    const struct pm_text *texts = ctx;
    int64_t x = texts[*(const uint32_t *)a].capture, y = texts[*(const uint32_t *)b].capture;

    return x < y ? -1 : x > y;
}

static int
by_words(const void *a, const void *b, void *ctx)
{
    const struct pm_text *texts = ctx;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;

    if (texts[i].exact != texts[k].exact)
        return texts[i].exact < texts[k].exact ? -1 : 1;
    return i < k ? -1 : i > k;
}

/* Tell each text the first one with the same words, so that a thousand copies cost as much as one. */
static void
find_twins(struct pm_corpus *c, uint32_t *order)
{
    qsort_r(order, c->n, sizeof(*order), by_words, c->texts);
    for (size_t i = 0; i < c->n; i++) {
        struct pm_text *t = &c->texts[order[i]];
        const struct pm_text *before = i > 0 ? &c->texts[order[i - 1]] : NULL;

        t->same = before != NULL && t->words >= TWIN_WORDS_MIN && before->exact == t->exact ? before->same
                                                                                           : order[i];
    }
}

int
pm_corpus_load(struct pm_corpus **dst, struct pm_manifest *m, struct pm_bundle_reader *bundles, size_t memory,
               struct pm_err *err)
{
    struct pm_corpus *c = calloc(1, sizeof(*c));
    int rc;

    if (c == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    *c = (struct pm_corpus){.manifest = m,
                            .bundles = bundles,
                            .kept_max = memory,
                            .record = PM_BUF_INIT(TEXT_MAX),
                            .scratch = PM_BUF_INIT(TEXT_MAX),
                            .err = err};
    rc = pm_shingler_new(&c->shingler, err);
    if (rc == PM_OK)
        rc = pm_manifest_each_fingerprint(m, 0, add_text, c, err);
    if (rc == PM_OK) {
        if (c->n > 0)
            qsort(c->texts, c->n, sizeof(*c->texts), by_date);
        c->by_capture = calloc(c->n + 1, sizeof(*c->by_capture));
        c->kept = calloc(c->n + 1, sizeof(struct kept *));
        if (c->by_capture == NULL || c->kept == NULL)
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
    }
    if (rc != PM_OK) {
        pm_corpus_free(c);
        return rc;
    }
    for (uint32_t i = 0; i < c->n; i++)
        c->by_capture[i] = i;
    find_twins(c, c->by_capture);
    qsort_r(c->by_capture, c->n, sizeof(*c->by_capture), by_capture, c->texts);
    *dst = c;
    return PM_OK;
}

static void
forget(struct pm_corpus *c, struct kept *k)
{
    if (k->newer != NULL)
        k->newer->older = k->older;
    else
        c->newest = k->older;
    if (k->older != NULL)
        k->older->newer = k->newer;
    else
        c->oldest = k->newer;
    c->kept[k->number] = NULL;
    c->kept_bytes -= k->bytes;
    pm_profile_release(&k->profile);
    free(k);
}

void
pm_corpus_free(struct pm_corpus *c)
{
    if (c == NULL)
        return;
    while (c->newest != NULL)
        forget(c, c->newest);
    free(c->kept);
    free(c->by_capture);
    free(c->texts);
    pm_shingler_free(c->shingler);
    pm_buf_release(&c->record);
    pm_buf_release(&c->scratch);
    free(c);
}

uint32_t
pm_corpus_size(const struct pm_corpus *c)
{
    return (uint32_t)c->n;
}

struct pm_text *
pm_corpus_text(struct pm_corpus *c, uint32_t number)
{
    return &c->texts[number];
}

int
pm_corpus_find(const struct pm_corpus *c, int64_t capture, uint32_t *number)
{
    size_t low = 0, high = c->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (c->texts[c->by_capture[mid]].capture < capture)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == c->n || c->texts[c->by_capture[low]].capture != capture)
        return PM_DONE;
    *number = c->by_capture[low];
    return PM_OK;
}

/* ---- fingerprints ---- */

struct walk {
    struct pm_corpus *corpus;
    struct pm_arena *arena;
    size_t at; /* in by_capture */
    int (*each)(void *ctx, uint32_t number, const struct pm_fingerprint *f);
    void *ctx;
    struct pm_err *err;
};

static int
walk_one(void *arg, const struct pm_row *row, uint64_t exact, struct pm_str packed)
{
    struct walk *w = arg;
    struct pm_fingerprint f;
    uint32_t number;
    int rc;

    (void)exact;
    while (w->at < w->corpus->n && w->corpus->texts[w->corpus->by_capture[w->at]].capture < row->capture)
        w->at++;
    if (w->at == w->corpus->n)
        return PM_OK;
    number = w->corpus->by_capture[w->at];
    pm_arena_reset(w->arena);
    rc = pm_fingerprint_unpack(packed, w->arena, &f, w->err);
    return rc == PM_OK ? w->each(w->ctx, number, &f) : rc;
}

int
pm_corpus_fingerprints(struct pm_corpus *c,
                       int (*each)(void *ctx, uint32_t number, const struct pm_fingerprint *f), void *ctx,
                       struct pm_err *err)
{
    struct walk w = {c, pm_arena_new(TEXT_MAX), 0, each, ctx, err};
    int rc;

    if (w.arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_manifest_each_fingerprint(c->manifest, 0, walk_one, &w, err);
    pm_arena_free(w.arena);
    return rc;
}

/* ---- texts and profiles ---- */

int
pm_corpus_read(struct pm_corpus *c, uint32_t number, struct pm_str *text, struct pm_err *err)
{
    size_t start;
    int rc;

    pm_buf_reset(&c->record);
    rc = pm_bundle_read(c->bundles, &c->texts[number].loc, &c->record, err);
    if (rc != PM_OK)
        return rc;
    start = pm_str_find(pm_buf_span(&c->record), PM_STR("\r\n\r\n"), 0);
    if (start == SIZE_MAX || c->record.len < start + 8)
        return pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: no conversion record",
                       c->texts[number].loc.bundle, (unsigned long long)c->texts[number].loc.offset);
    /* Behind the head's empty line, up to the two that end the record. */
    *text = PM_STRN(c->record.data + start + 4, c->record.len - start - 8);
    return PM_OK;
}

void
pm_corpus_set_boilerplate(struct pm_corpus *c, const struct pm_boilerplate *b)
{
    while (c->newest != NULL)
        forget(c, c->newest);
    c->boilerplate = b;
}

static void
make_newest(struct pm_corpus *c, struct kept *k)
{
    k->newer = NULL;
    k->older = c->newest;
    if (c->newest != NULL)
        c->newest->newer = k;
    else
        c->oldest = k;
    c->newest = k;
}

static void
touch(struct pm_corpus *c, struct kept *k)
{
    if (c->newest == k)
        return;
    k->newer->older = k->older;
    if (k->older != NULL)
        k->older->newer = k->newer;
    else
        c->oldest = k->newer;
    make_newest(c, k);
}

int
pm_corpus_profile(struct pm_corpus *c, uint32_t number, const struct pm_profile **dst, struct pm_err *err)
{
    struct kept *k = c->kept[number];
    struct pm_str text;
    int rc;

    if (k != NULL) {
        touch(c, k);
        *dst = &k->profile;
        return PM_OK;
    }
    rc = pm_corpus_read(c, number, &text, err);
    if (rc != PM_OK)
        return rc;
    k = calloc(1, sizeof(*k));
    if (k == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_profile_make(c->shingler, text, c->texts[number].furnished ? c->boilerplate : NULL, &c->scratch,
                         &k->profile, err);
    if (rc != PM_OK) {
        free(k);
        return rc;
    }
    k->number = number;
    c->texts[number].clean_words = k->profile.words;
    k->bytes = sizeof(*k) + pm_profile_bytes(&k->profile);
    make_newest(c, k);
    c->kept[number] = k;
    c->kept_bytes += k->bytes;
    while (c->kept_bytes > c->kept_max && c->oldest != k && c->oldest != k->older)
        forget(c, c->oldest);
    *dst = &k->profile;
    return PM_OK;
}
