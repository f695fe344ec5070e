/* Which captures and records of a source go in, and how. */
#include "merge.h"

#include "big.h"
#include "info.h"
#include "learn.h"
#include "merge_own.h"

/* A record that is packed without its bundle's dictionary takes one part in so many of its size, about. */
enum { ANEW_PART = 4 };

static bool
is_local(int rc)
{
    return rc == PM_ECORRUPT || rc == PM_ENOTFOUND || rc == PM_ELIMIT || rc == PM_SKIP;
}

/* Damage keeps one capture out, and no more. */
static void
tell_skipped(struct pm_merger *g, struct pm_str url)
{
    struct pm_err text = *g->err;

    g->result->skipped++;
    (void)pm_err_prefix(&text, "'%s', '" PM_STR_FMT "'", g->source->name, PM_STR_ARG(url));
    if (g->options->skipped != NULL)
        g->options->skipped(g->options->ctx, text.text);
}

/* ---- what is there already ---- */

static uint64_t
le64(const uint8_t *p)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | p[i];
    return v;
}

/* PM_OK when the capture is there, else PM_DONE. A dry run remembers it as there with `note`. */
static int
has_capture(struct pm_merger *g, const uint8_t uid[PM_UID_LEN], bool note)
{
    int64_t capture;
    int rc = pm_manifest_find_uid(g->manifest, uid, &capture, g->err);

    if (rc != PM_DONE || g->store != NULL || !note)
        return rc;
    rc = pm_seen_add(&g->uids, le64(uid), g->err);
    return rc == PM_OK ? PM_DONE : rc == PM_DONE ? PM_OK : rc;
}

/* The same for a record that belongs to no capture. */
static int
has_other(struct pm_merger *g, const struct pm_sha256 *sha, bool note)
{
    int rc = pm_manifest_has_record(g->manifest, sha, g->err);

    if (rc != PM_DONE || g->store != NULL || !note)
        return rc;
    rc = pm_seen_add(&g->others, le64(sha->byte), g->err);
    return rc == PM_OK ? PM_DONE : rc == PM_DONE ? PM_OK : rc;
}

/* ---- captures ---- */

/* Of the blocks that the source has forgotten none would be kept here. */
static int
put_fingerprint(struct pm_merger *g, int64_t from, const struct pm_row *row)
{
    struct pm_str packed;
    uint64_t exact;
    int rc = pm_manifest_get_fingerprint(g->source->manifest, from, &exact, &packed, g->err);

    if (rc == PM_OK)
        rc = pm_manifest_put_fingerprint(g->manifest, row->capture, exact, packed, g->err);
    if (rc >= PM_OK)
        rc = pm_manifest_get_blocks(g->source->manifest, row, &packed, g->err);
    if (rc == PM_OK)
        rc = pm_manifest_put_blocks(g->manifest, row, packed, g->err);
    return rc == PM_DONE ? PM_OK : rc;
}

static int
store_capture(struct pm_merger *g, struct pm_row *row, const uint8_t original_uid[PM_UID_LEN])
{
    int64_t from = row->capture;
    int rc;

    pm_merge_reset(g);
    rc = pm_merge_gather(g, row, original_uid);
    if (is_local(rc)) {
        tell_skipped(g, row->url);
        return PM_DONE;
    }
    if (rc == PM_OK)
        rc = pm_merge_put(g->store, &g->item, row, g->err);
    return rc == PM_OK ? put_fingerprint(g, from, row) : rc;
}

/* A row of the source with its texts, and the uid of its original if it is a revisit. */
static int
get_row(struct pm_merger *g, int64_t capture, struct pm_row *row, uint8_t original_uid[PM_UID_LEN])
{
    struct pm_manifest *m = g->source->manifest;
    struct pm_row original;
    int rc = pm_manifest_get(m, capture, row, g->err);

    if (rc != PM_OK || row->original == 0)
        return rc;
    rc = pm_manifest_get(m, row->original, &original, g->err);
    if (rc != PM_OK)
        return rc;
    memcpy(original_uid, original.uid, PM_UID_LEN);
    return pm_manifest_get(m, capture, row, g->err);
}

static int
merge_capture(struct pm_merger *g, int64_t capture)
{
    uint8_t original_uid[PM_UID_LEN];
    struct pm_row row;
    int rc = get_row(g, capture, &row, original_uid);

    if (rc != PM_OK)
        return rc;
    rc = has_capture(g, row.uid, true);
    if (rc == PM_OK)
        g->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = g->store != NULL ? store_capture(g, &row, original_uid) : PM_OK;
    if (rc == PM_OK) {
        g->result->captures++;
        g->result->revisits += row.original != 0;
    }
    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- records that belong to no capture ---- */

/* Of each bundle of ours the first record is its own. */
static bool
is_own_info(const struct pm_merger *g, const struct pm_stored *rec)
{
    return rec->loc.offset == g->dict.info.loc.offset && g->dict.info.loc.bundle != 0;
}

static int
merge_other(struct pm_merger *g, const struct pm_stored *rec)
{
    struct pm_loc loc = rec->loc;
    int rc;

    if (pm_str_eq(rec->type, PM_STR("dictionary")) || is_own_info(g, rec))
        return PM_OK;
    rc = has_other(g, &rec->sha, true);
    if (rc != PM_DONE || g->store == NULL)
        return rc == PM_DONE ? PM_OK : rc;
    pm_merge_reset(g);
    rc = pm_merge_add(g, &loc);
    if (is_local(rc)) {
        tell_skipped(g, PM_STR("a record without a page"));
        return PM_OK;
    }
    return rc == PM_OK ? pm_merge_put(g->store, &g->item, NULL, g->err) : rc;
}

/* ---- bundles ---- */

static int
merge_record(void *ctx, const struct pm_stored *rec)
{
    struct pm_merger *g = ctx;
    int rc = PM_OK;

    if (rec->capture == 0)
        rc = merge_other(g, rec);
    else if (rec->capture != g->last)
        rc = merge_capture(g, rec->capture);
    g->last = rec->capture;
    g->done += rec->loc.length;
    if (rc == PM_OK && g->options->progress != NULL && g->options->progress(g->options->ctx, g->done, g->total) != 0)
        return pm_fail(g->err, PM_ECANCELED, "stopped on request");
    return rc;
}

static int
add_wanted(void *ctx, const struct pm_stored *rec)
{
    struct pm_merger *g = ctx;
    struct pm_row row;
    int rc;

    if (pm_str_eq(rec->type, PM_STR("dictionary")) || is_own_info(g, rec))
        return PM_OK;
    if (rec->capture == 0) {
        rc = has_other(g, &rec->sha, false);
    } else {
        rc = pm_manifest_get(g->source->manifest, rec->capture, &row, g->err);
        if (rc == PM_OK)
            rc = has_capture(g, row.uid, false);
    }
    if (rc == PM_DONE) {
        uint64_t anew = rec->size / ANEW_PART;

        g->wanted += rec->size > PM_BIG_MIN      ? PM_DICT_MAX /* those are never packed anew */
                     : anew > rec->loc.length ? anew
                                              : rec->loc.length;
        g->wanted_items += rec->capture == 0 || rec->capture != g->last;
    }
    g->last = rec->capture;
    return rc == PM_DONE ? PM_OK : rc;
}

/* PM_OK when the frame is what the manifest says, and in g->record what it unpacks to. */
static int
check_frame(struct pm_merger *g, const struct pm_stored *rec, bool unpack)
{
    struct pm_str frame;
    int rc;

    pm_merge_reset(g);
    pm_buf_reset(&g->record);
    rc = pm_bundle_read_frame(g->bundles, &rec->loc, &g->item.frames, g->err);
    frame = pm_buf_span(&g->item.frames);
    if (rc == PM_OK && pm_frame_check(frame) != rec->check)
        rc = pm_fail(g->err, PM_ECORRUPT, "bundle %u: its first frames have changed", rec->loc.bundle);
    return rc == PM_OK && unpack ? pm_bundle_unpack(g->bundles, &rec->loc, frame, &g->record, g->err) : rc;
}

/* Dictionary and warcinfo are the first of a bundle's records. */
static int
note_first(void *ctx, const struct pm_stored *rec)
{
    struct pm_merger *g = ctx;
    int rc;

    if (pm_str_eq(rec->type, PM_STR("dictionary"))) {
        g->dict.rec = *rec;
        return PM_OK;
    }
    if (!pm_str_eq(rec->type, PM_STR("warcinfo")))
        return PM_DONE;
    rc = check_frame(g, rec, true);
    if (rc == PM_OK && pm_info_is_own(pm_buf_span(&g->record)))
        g->dict.info = *rec;
    return is_local(rc) || rc == PM_OK ? PM_DONE : rc;
}

/*
 * Where the bundle's frames go: to the open bundle if that has the same dictionary, else to one of their own, with a
 * copy of the dictionary. If that would be larger than they are without it, they are packed anew. PM_DONE when none goes anywhere:
 * there is nothing new, or no dictionary to read it with.
 */
static int
choose_place(struct pm_merger *g)
{
    int rc;

    g->repack = false;
    if (g->wanted == 0)
        return PM_OK;
    if (g->dict.rec.loc.bundle != 0 && !pm_merge_store_has(g->store, &g->dict)) {
        rc = check_frame(g, &g->dict.rec, false);
        if (is_local(rc)) {
            tell_skipped(g, PM_STR("all that needs a damaged dictionary"));
            g->result->skipped += g->wanted_items - 1;
            return PM_DONE;
        }
        if (rc != PM_OK)
            return rc;
        g->repack = g->wanted < g->dict.rec.loc.length;
    }
    pm_merge_store_use(g->store, g->repack ? NULL : &g->dict);
    return PM_OK;
}

static int
merge_bundle(void *ctx, const struct pm_bundle_state *state)
{
    struct pm_merger *g = ctx;
    struct pm_manifest *m = g->source->manifest;
    uint32_t bundle = state->bundle;
    int rc;

    g->last = 0;
    g->wanted = g->wanted_items = 0;
    g->dict = (struct pm_merge_dict){.bundles = g->bundles, .bundle = bundle};
    rc = pm_manifest_each_record(m, bundle, note_first, g, g->err);
    if (rc == PM_OK && g->store != NULL) {
        rc = pm_manifest_each_record(m, bundle, add_wanted, g, g->err);
        if (rc == PM_OK)
            rc = choose_place(g);
        g->last = 0;
        if (rc == PM_DONE) {
            g->done += state->size;
            return PM_OK;
        }
    }
    return rc == PM_OK ? pm_manifest_each_record(m, bundle, merge_record, g, g->err) : rc;
}

/* ---- sources ---- */

static int
add_up(void *ctx, const struct pm_bundle_state *state)
{
    ((struct pm_merger *)ctx)->total += state->size;
    return PM_OK;
}

static int
merge_source(struct pm_merger *g, const struct pm_merge_source *source)
{
    int rc;

    g->source = source;
    rc = pm_bundle_reader_open(&g->bundles, source->root, g->err);
    if (rc == PM_OK)
        rc = pm_manifest_each_bundle(source->manifest, merge_bundle, g, g->err);
    if (g->store != NULL)
        pm_merge_store_use(g->store, NULL); /* what it has of the source ends here */
    if (rc == PM_OK && g->store != NULL)
        rc = pm_merge_commit(g->store, g->err);
    pm_bundle_reader_free(g->bundles);
    g->bundles = NULL;
    return rc;
}

int
pm_merge(struct pm_manifest *m, int root, const struct pm_merge_source *sources, size_t n,
         const struct pm_merge_options *options, struct pm_merge_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct pm_merger g = {.manifest = m,
                          .options = options,
                          .result = dst,
                          .err = err ? err : &own,
                          .uids = PM_SEEN_INIT,
                          .others = PM_SEEN_INIT,
                          .item = {.frames = PM_BUF_INIT(3 * (size_t)PM_MERGE_RECORD_MAX)},
                          .record = PM_BUF_INIT(PM_MERGE_RECORD_MAX)};
    int rc;

    *dst = (struct pm_merge_result){0};
    rc = pm_digester_new(&g.digester, g.err);
    if (rc == PM_OK && !options->dry_run)
        rc = pm_merge_store_open(&g.store, m, root, options, dst, g.err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = pm_manifest_each_bundle(sources[i].manifest, add_up, &g, g.err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = merge_source(&g, &sources[i]);
    if (rc == PM_ECANCELED && g.store != NULL) { /* between two captures: what is in stays in */
        int committed = pm_merge_commit(g.store, g.err);

        rc = committed == PM_OK ? rc : committed;
    }
    pm_merge_store_free(g.store);
    if ((rc == PM_OK || rc == PM_ECANCELED) && !options->dry_run) {
        int learned = pm_learn(m, root, g.err);

        rc = learned == PM_OK ? rc : learned;
    }
    pm_digester_free(g.digester);
    pm_seen_release(&g.uids);
    pm_seen_release(&g.others);
    pm_buf_release(&g.item.frames);
    pm_buf_release(&g.record);
    return rc;
}
