#include "source.h"

#include <stdlib.h>
#include <xxhash.h>

#include "furniture.h"
#include "shingle.h"

enum { TEXT_MAX = 1 << 30 };
static const int64_t YEAR_2100_US = (int64_t)47482 * PM_DAY_US; /* its first moment */

struct pm_archive_source {
    struct pm_source source;
    struct pm_manifest *manifest;
    struct pm_furnisher *furnisher;
    struct pm_arena *arena; /* of the last fingerprint */
    struct pm_text_reader *texts;
    struct pm_buf bare;     /* its text without furniture */
    const int64_t *only;    /* NULL: all captures */
    size_t n_only;
};

/* A walk over rows of the manifest. */
struct walk {
    struct pm_archive_source *source;
    int64_t wanted; /* the only capture, or 0 */
    int (*take_text)(void *arg, const struct pm_text *t);
    int (*take_fingerprint)(void *arg, int64_t capture, const struct pm_fingerprint *f);
    void *arg;
    struct pm_err *err;
};

/*
 * A date by the page, the record or the user that may be true: clocks begin with 1970, and no page is of a later
 * century. The time of a file says little.
 */
static bool
is_dated(const struct pm_text_row *row)
{
    return row->when_us != PM_WHEN_NONE && row->when_source != PM_WHEN_FROM_FILE && row->when_us < YEAR_2100_US &&
           (row->when_us < 0 || row->when_us >= PM_DAY_US);
}

/* What comes off the texts of an outlet, in short. */
static int
hash_furniture(struct pm_archive_source *s, struct pm_str outlet, uint32_t *hash, struct pm_err *err)
{
    const struct pm_furniture *set;
    int rc = pm_furnisher_find(s->furnisher, outlet, &set, err);
    uint64_t sum = 0;

    for (size_t i = 0; rc == PM_OK && i < set->n; i++)
        sum = XXH3_64bits_withSeed(&set->pieces[i].hash, sizeof(set->pieces[i].hash), sum + set->pieces[i].opens);
    *hash = (uint32_t)(sum >> 32);
    return rc;
}

static int
take_row(void *ctx, const struct pm_text_row *row)
{
    struct walk *w = ctx;
    int rc;
    struct pm_text t = {
        .capture = row->capture,
        .when_us = row->when_us,
        .exact = row->exact,
        .outlet = (uint32_t)XXH3_64bits(row->outlet.ptr ? row->outlet.ptr : "", row->outlet.len),
        .page = (uint32_t)(row->url.len > 0 ? XXH3_64bits(row->url.ptr, row->url.len)
                                            : XXH3_64bits(row->uid, sizeof(row->uid))),
        .words = row->words,
        .dated = is_dated(row),
    };

    if (w->wanted != 0 && row->capture != w->wanted)
        return PM_DONE;
    if (row->when_us != PM_WHEN_NONE)
        t.day = (int32_t)(row->when_us / PM_DAY_US);
    memcpy(t.uid, row->uid, sizeof(t.uid));
    rc = hash_furniture(w->source, row->outlet, &t.left_out, w->err);
    return rc == PM_OK ? w->take_text(w->arg, &t) : rc;
}

static int
each_text(void *ctx, int (*take)(void *arg, const struct pm_text *t), void *arg, struct pm_err *err)
{
    struct pm_archive_source *s = ctx;
    struct walk w = {.source = s, .take_text = take, .arg = arg, .err = err};
    int rc = PM_OK;

    if (s->only == NULL)
        return pm_manifest_each_text(s->manifest, 0, take_row, &w, err);
    for (size_t i = 0; rc == PM_OK && i < s->n_only; i++) {
        w.wanted = s->only[i];
        rc = pm_manifest_each_text(s->manifest, w.wanted - 1, take_row, &w, err);
    }
    return rc;
}

static int
take_packed(void *ctx, int64_t capture, struct pm_str packed)
{
    struct walk *w = ctx;
    struct pm_fingerprint f;
    int rc;

    pm_arena_reset(w->source->arena);
    rc = pm_fingerprint_unpack(packed, w->source->arena, &f, w->err);
    return rc == PM_OK ? w->take_fingerprint(w->arg, capture, &f) : rc;
}

static int
each_fingerprint(void *ctx, int (*take)(void *arg, int64_t capture, const struct pm_fingerprint *f), void *arg,
                 struct pm_err *err)
{
    struct pm_archive_source *s = ctx;
    struct walk w = {.source = s, .take_fingerprint = take, .arg = arg, .err = err};

    return pm_manifest_each_fingerprint(s->manifest, 0, take_packed, &w, err);
}

static int
one_fingerprint(void *ctx, int64_t capture, struct pm_fingerprint *dst, struct pm_err *err)
{
    struct pm_archive_source *s = ctx;
    struct pm_str packed;
    uint64_t exact;
    int rc = pm_manifest_get_fingerprint(s->manifest, capture, &exact, &packed, err);

    pm_arena_reset(s->arena);
    if (rc == PM_DONE)
        return pm_fail(err, PM_ECORRUPT, "manifest: the fingerprint of capture %lld is gone", (long long)capture);
    return rc == PM_OK ? pm_fingerprint_unpack(packed, s->arena, dst, err) : rc;
}

static int
read_text(void *ctx, int64_t capture, struct pm_str *text, struct pm_err *err)
{
    struct pm_archive_source *s = ctx;
    const struct pm_furniture *set = NULL;
    struct pm_str outlet;
    struct pm_text_loc loc;
    int rc = pm_manifest_text_loc(s->manifest, capture, &loc, &outlet, err);

    if (rc == PM_OK)
        rc = pm_furnisher_find(s->furnisher, outlet, &set, err);
    if (rc == PM_OK)
        rc = pm_text_read(s->texts, &loc, text, err);
    if (rc != PM_OK)
        return rc;
    if (set->n == 0)
        return PM_OK;
    pm_buf_reset(&s->bare);
    pm_unfurnish(set, *text, &s->bare);
    *text = pm_buf_span(&s->bare);
    return pm_buf_check(&s->bare, err);
}

int
pm_archive_source_new(struct pm_archive_source **dst, struct pm_manifest *m, struct pm_bundle_reader *bundles,
                      struct pm_err *err)
{
    struct pm_archive_source *s = calloc(1, sizeof(*s));
    int rc;

    if (s == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    *s = (struct pm_archive_source){
        .source = {s, each_text, each_fingerprint, one_fingerprint, read_text},
        .manifest = m,
        .arena = pm_arena_new(TEXT_MAX),
        .bare = PM_BUF_INIT(TEXT_MAX),
    };
    rc = s->arena != NULL ? pm_furnisher_new(&s->furnisher, m, err) : pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_text_reader_new(&s->texts, bundles, err);
    if (rc == PM_OK)
        *dst = s;
    else
        pm_archive_source_free(s);
    return rc;
}

void
pm_archive_source_free(struct pm_archive_source *s)
{
    if (s == NULL)
        return;
    pm_furnisher_free(s->furnisher);
    pm_arena_free(s->arena);
    pm_text_reader_free(s->texts);
    pm_buf_release(&s->bare);
    free(s);
}

void
pm_archive_source_only(struct pm_archive_source *s, const int64_t *captures, size_t n)
{
    s->only = n > 0 ? captures : NULL;
    s->n_only = n;
}

const struct pm_source *
pm_archive_source_of(struct pm_archive_source *s)
{
    return &s->source;
}
