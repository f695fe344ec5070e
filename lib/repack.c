/* Taking old records into groups; repack_group.c packs them, repack_put.c writes them, repack_switch.c puts them in
 * place. */
#include "repack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"
#include "info.h"
#include "maint.h"
#include "pool.h"
#include "record.h"
#include "repack_group.h"
#include "repack_order.h"
#include "repack_put.h"
#include "warc.h"

enum {
    DEFAULT_LEVEL = 9,
    RECORD_MAX = (1 << 30) + (64 << 20),
    GROUP_BYTES = 32 << 20, /* of records, near copies and texts with them, that are in memory for one bundle */
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30;

struct repack {
    struct pm_manifest *old, *fresh;
    const struct pm_repack_options *options;
    struct pm_repack_result *result;
    struct pm_err *err;
    int home; /* PM_REPACK_DIR */
    struct pm_bundle_reader *bundles;
    struct pm_digester *digester;
    struct pm_codec **codecs; /* of the workers */
    unsigned n_codecs;
    struct pm_pool *pool;
    struct pm_group *idle, *filling;
    struct pm_putter *putter;
    struct pm_order order;
    uint64_t models; /* what those of `filling` weigh */
    uint64_t done, total, old_records;
};

/* ---- groups under way ---- */

static void
put_back(struct repack *r, struct pm_group *g)
{
    g->next = r->idle;
    r->idle = g;
}

/* Take the oldest group back and write it. PM_DONE when none is under way. */
static int
collect(struct repack *r)
{
    struct pm_group *g = pm_pool_collect(r->pool);
    int rc;

    if (g == NULL)
        return PM_DONE;
    rc = g->status == PM_OK ? pm_putter_group(r->putter, g, r->bundles, r->err)
                            : pm_fail(r->err, g->status, "%s", g->err.text);
    put_back(r, g);
    if (rc == PM_OK && r->options->progress != NULL && r->options->progress(r->options->ctx, r->done, r->total) != 0)
        rc = pm_fail(r->err, PM_ECANCELED, "stopped on request");
    return rc;
}

/* The group that is being filled goes to the workers. */
static int
submit(struct repack *r)
{
    int rc = PM_OK;

    if (r->filling == NULL)
        return PM_OK;
    while (rc == PM_OK && pm_pool_full(r->pool))
        rc = collect(r);
    if (rc != PM_OK)
        return rc;
    pm_pool_submit(r->pool, r->filling);
    r->filling = NULL;
    return PM_OK;
}

/* Have a group to fill, with room for models of so much weight if it has any. */
static int
have_room(struct repack *r, uint64_t weight)
{
    int rc = PM_OK;

    if (r->filling != NULL &&
        ((r->models > 0 && r->models + weight > PM_GROUP_MODELS) || r->filling->raw.len > GROUP_BYTES))
        rc = submit(r);
    while (rc == PM_OK && r->filling == NULL && r->idle == NULL)
        rc = collect(r);
    if (rc != PM_OK)
        return rc;
    if (r->filling == NULL) {
        r->filling = r->idle;
        r->idle = r->filling->next;
        pm_group_reset(r->filling);
        r->models = 0;
    }
    return PM_OK;
}

/* ---- reading ---- */

/* Append the record of a part, which must be what the manifest says of it. */
static int
read_part(struct repack *r, struct pm_part *part)
{
    struct pm_buf *raw = &r->filling->raw;
    const struct pm_loc *loc = &part->rec.loc;
    size_t start = raw->len;
    struct pm_sha256 sha;
    struct pm_str record;
    int rc = pm_bundle_read(r->bundles, loc, raw, r->err);

    if (rc != PM_OK)
        return rc;
    record = PM_STRN(raw->data + start, raw->len - start);
    rc = pm_digest_sha256(r->digester, &record, 1, &sha, r->err);
    if (rc == PM_OK && memcmp(sha.byte, part->rec.sha.byte, sizeof(sha.byte)) != 0)
        rc = pm_fail(r->err, PM_ECORRUPT, "bundle %u, offset %llu: record does not match its SHA-256", loc->bundle,
                     (unsigned long long)loc->offset);
    part->size = record.len;
    return rc;
}

/* Add a record to the group that is being filled. */
static int
add_record(struct repack *r, const struct pm_stored *rec, bool model)
{
    struct pm_part *part = pm_group_add(r->filling, rec);

    if (part == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    part->model = model;
    part->big = rec->size > PM_BIG_MIN;
    return part->big ? PM_OK : read_part(r, part);
}

/* The same of a record of a capture; there may be none at *loc. */
static int
add_part(struct repack *r, const struct pm_loc *loc, bool model)
{
    struct pm_stored rec;
    int rc;

    if (loc->bundle == 0)
        return PM_OK;
    rc = pm_manifest_get_record(r->old, loc->bundle, loc->offset, &rec, r->err);
    if (rc == PM_DONE)
        return pm_fail(r->err, PM_ECORRUPT, "bundle %u, offset %llu: the manifest has lost the record", loc->bundle,
                       (unsigned long long)loc->offset);
    return rc == PM_OK ? add_record(r, &rec, model) : rc;
}

/* `model`: its page shall be in the dictionary. A revisit shares its original's text. */
static int
add_capture(struct repack *r, int64_t capture, bool revisit, bool model)
{
    struct pm_row row;
    struct pm_loc page, text, meta;
    int rc = pm_manifest_get(r->old, capture, &row, r->err);

    if (rc != PM_OK)
        return rc;
    page = row.page;
    text = revisit ? (struct pm_loc){0} : row.text;
    meta = row.meta;
    r->done += row.payload_size;
    rc = add_part(r, &page, model);
    if (rc == PM_OK)
        rc = add_part(r, &text, false);
    return rc == PM_OK ? add_part(r, &meta, false) : rc;
}

/* ---- captures ---- */

/* The first of its story on the site, or in none: the dictionary has one of each story. */
static bool
is_model(const struct pm_place *place)
{
    return place->at == place->order;
}

static uint64_t
weight_of(const struct pm_place *place)
{
    return is_model(place) ? pm_group_weight(place->size) : 0;
}

/* What the models weigh that are left of the site at `from`, as far as two groups can hold. */
static uint64_t
rest_of_site(const struct pm_order *o, size_t from)
{
    uint64_t sum = 0;

    for (size_t i = from; i < o->n && o->places[i].site == o->places[from].site && sum <= 2 * PM_GROUP_MODELS; i++)
        sum += weight_of(&o->places[i]);
    return sum;
}

/*
 * How much of the site at `from` shall lie together: all if a group can hold that, and the last two groups of a large
 * site have a half of what is left each.
 */
static uint64_t
share_of_site(const struct pm_order *o, size_t from)
{
    uint64_t rest = rest_of_site(o, from);

    return rest <= PM_GROUP_MODELS ? rest : rest <= 2 * PM_GROUP_MODELS ? rest / 2 : PM_GROUP_MODELS;
}

static int
add_place(struct repack *r, const struct pm_place *place)
{
    const struct pm_repeat *repeats;
    size_t n;
    int rc = add_capture(r, place->capture, false, is_model(place));

    repeats = pm_order_repeats(&r->order, place->capture, &n);
    for (size_t k = 0; rc == PM_OK && k < n; k++)
        rc = add_capture(r, repeats[k].capture, true, false);
    return rc;
}

static int
add_places(struct repack *r)
{
    const struct pm_order *o = &r->order;
    uint64_t share = 0;
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < o->n; i++) {
        const struct pm_place *place = &o->places[i];
        uint64_t weight = weight_of(place);
        bool anew = i == 0 || place->site != o->places[i - 1].site || weight > share;

        if (anew)
            share = share_of_site(o, i);
        rc = have_room(r, anew ? share : 0);
        share -= weight;
        r->models += weight;
        if (rc == PM_OK)
            rc = add_place(r, place);
    }
    return rc;
}

/* ---- records that belong to no capture ---- */

static int
other_record(void *ctx, const struct pm_stored *rec)
{
    struct repack *r = ctx;
    struct pm_str raw;
    size_t start;
    int rc;

    r->old_records += !pm_str_eq(rec->type, PM_STR("dictionary"));
    if (rec->capture != 0 || pm_str_eq(rec->type, PM_STR("dictionary")))
        return PM_OK;
    rc = have_room(r, pm_group_weight(rec->size));
    if (rc != PM_OK)
        return rc;
    start = r->filling->raw.len;
    rc = add_record(r, rec, true);
    if (rc != PM_OK)
        return rc;
    raw = PM_STRN(r->filling->raw.data + start, r->filling->raw.len - start);
    if (raw.len > 0 && pm_info_is_own(raw)) { /* each bundle has one of its own */
        r->old_records--;
        pm_group_drop(r->filling);
        r->filling->raw.len = start;
    } else {
        r->models += pm_group_weight(rec->size);
    }
    return PM_OK;
}

static int
each_old_bundle(void *ctx, const struct pm_bundle_state *state)
{
    struct repack *r = ctx;

    r->result->old_bytes += state->size;
    return pm_manifest_each_record(r->old, state->bundle, other_record, r, r->err);
}

/* ---- all ---- */

static int
write_all(struct repack *r)
{
    int rc;

    for (size_t i = 0; i < r->order.n; i++)
        r->total += r->order.places[i].size;
    rc = add_places(r);
    if (rc == PM_OK)
        rc = pm_manifest_each_bundle(r->old, each_old_bundle, r, r->err);
    if (rc == PM_OK)
        rc = submit(r);
    while (rc == PM_OK)
        rc = collect(r);
    if (rc != PM_DONE)
        return rc;
    if (r->result->records - r->result->bundles != r->old_records)
        return pm_fail(r->err, PM_ECORRUPT, "%llu records of %llu would be left behind",
                       (unsigned long long)(r->old_records - (r->result->records - r->result->bundles)),
                       (unsigned long long)r->old_records);
    rc = pm_putter_end(r->putter, r->err);
    return rc == PM_OK ? pm_manifest_share_texts(r->fresh, r->err) : rc;
}

static int
open_pool(struct repack *r)
{
    unsigned n = r->options->jobs > 0 ? r->options->jobs : 1, depth = n > 1 ? n : 0;
    int rc = PM_OK;

    r->codecs = calloc(n, sizeof(struct pm_codec *));
    if (r->codecs == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (; rc == PM_OK && r->n_codecs < n; r->n_codecs += rc == PM_OK)
        rc = pm_codec_new(&r->codecs[r->n_codecs], r->err);
    for (unsigned i = 0; rc == PM_OK && i < depth + 2; i++) { /* one is being filled */
        struct pm_group *g = pm_group_new(RECORD_MAX, r->options->level ? r->options->level : DEFAULT_LEVEL);

        if (g == NULL)
            return pm_fail(r->err, PM_ENOMEM, "out of memory");
        put_back(r, g);
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&r->pool, depth, depth + 1, pm_group_pack, (void *const *)r->codecs, r->err);
    return rc;
}

/* An empty place for the new bundles, and a copy of the manifest in it that names none. */
static int
make_home(struct repack *r, int root, const char *path)
{
    struct pm_buf db = PM_BUF_INIT(1 << 20);
    int rc = pm_fs_mkdir(root, "tmp", r->err);

    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_REPACK_DIR, r->err);
    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_REPACK_DIR "/" PM_BUNDLE_DIR, r->err);
    if (rc != PM_OK)
        return rc;
    r->home = openat(root, PM_REPACK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->home < 0)
        return pm_fail_errno(r->err, "cannot open '%s'", PM_REPACK_DIR);
    pm_buf_addf(&db, "%s/" PM_REPACK_DIR "/" PM_MANIFEST_NAME, path);
    rc = pm_buf_check(&db, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_copy(r->old, pm_buf_z(&db), r->err);
    if (rc == PM_OK)
        rc = pm_manifest_open(&r->fresh, pm_buf_z(&db), true, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_begin(r->fresh, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_forget_places(r->fresh, r->err);
    pm_buf_release(&db);
    return rc;
}

static int
set_up(struct repack *r, int root, const char *path)
{
    const uint64_t most = r->options->bundle_max ? r->options->bundle_max : DEFAULT_BUNDLE;
    struct pm_bundle_state last;
    bool sealed;
    int rc = make_home(r, root, path);

    if (rc == PM_OK)
        rc = pm_manifest_last_bundle(r->old, &last, &sealed, r->err); /* new ones are numbered on from the old */
    if (rc == PM_OK)
        rc = pm_putter_new(&r->putter, r->fresh, r->home, last.bundle, most, r->result, r->err);
    if (rc == PM_OK)
        rc = pm_bundle_reader_open(&r->bundles, root, r->err);
    if (rc == PM_OK)
        rc = pm_digester_new(&r->digester, r->err);
    if (rc == PM_OK)
        rc = open_pool(r);
    return rc == PM_OK ? pm_order_make(r->old, r->bundles, &r->order, r->err) : rc;
}

static void
release(struct repack *r)
{
    struct pm_group *g;

    if (r->pool != NULL)
        while ((g = pm_pool_collect(r->pool)) != NULL)
            put_back(r, g);
    pm_pool_free(r->pool);
    while ((g = r->idle) != NULL) {
        r->idle = g->next;
        pm_group_free(g);
    }
    pm_group_free(r->filling);
    for (unsigned i = 0; i < r->n_codecs; i++)
        pm_codec_free(r->codecs[i]);
    free(r->codecs);
    pm_order_release(&r->order);
    pm_putter_free(r->putter);
    pm_bundle_reader_free(r->bundles);
    pm_digester_free(r->digester);
    pm_manifest_free(r->fresh);
    if (r->home >= 0)
        close(r->home);
}

/* Read everything again from disk, as it will be read from now on. */
static int
verify(struct repack *r)
{
    struct pm_maint_options o = {.jobs = r->options->jobs};
    struct pm_verify_result result;
    int rc = pm_verify(r->fresh, r->home, &o, &result, r->err);

    if (rc == PM_DONE)
        rc = pm_fail(r->err, PM_EIO, "the new bundles do not read back as they were written");
    return rc;
}

int
pm_repack_write(struct pm_manifest *m, int root, const char *path, const struct pm_repack_options *options,
                struct pm_repack_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT, later;
    struct repack r = {
        .old = m, .options = options, .result = dst, .err = err ? err : &own, .home = -1, .order = PM_ORDER_INIT};
    int rc;

    *dst = (struct pm_repack_result){0};
    rc = set_up(&r, root, path);
    if (rc == PM_OK)
        rc = write_all(&r);
    if (rc == PM_OK)
        rc = pm_manifest_commit(r.fresh, r.err);
    if (rc == PM_OK)
        rc = verify(&r);
    release(&r);
    if (rc != PM_OK && pm_repack_recover(root, &later) != PM_OK && rc != PM_ENOMEM)
        (void)pm_err_prefix(r.err, "%s", later.text); /* the next writer tries again */
    return rc;
}
