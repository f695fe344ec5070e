#include "repack_put.h"

#include <stdlib.h>

#include "info.h"
#include "repack_big.h"

enum { BATCH_CAPTURES = 10000 };

struct pm_putter {
    struct pm_manifest *fresh;
    struct pm_repack_result *result;
    struct pm_bundle_writer *writer;
    struct pm_codec *codec;
    struct pm_digester *digester;
    unsigned batch; /* captures since the last commit */
};

int
pm_putter_new(struct pm_putter **dst, struct pm_manifest *fresh, int home, uint32_t last_bundle, uint64_t bundle_max,
              struct pm_repack_result *result, struct pm_err *err)
{
    const struct pm_bundle_state last = {.bundle = last_bundle};
    struct pm_putter *p = calloc(1, sizeof(*p));
    int rc;

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->fresh = fresh;
    p->result = result;
    rc = pm_bundle_writer_open(&p->writer, home, &last, bundle_max, err);
    if (rc == PM_OK)
        rc = pm_codec_new(&p->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&p->digester, err);
    if (rc == PM_OK)
        *dst = p;
    else
        pm_putter_free(p);
    return rc;
}

void
pm_putter_free(struct pm_putter *p)
{
    if (p == NULL)
        return;
    pm_bundle_writer_free(p->writer);
    pm_codec_free(p->codec);
    pm_digester_free(p->digester);
    free(p);
}

/* ---- a bundle ---- */

static int
append(struct pm_putter *p, struct pm_str frame, struct pm_stored *rec, struct pm_err *err)
{
    int rc = pm_bundle_append(p->writer, frame, &rec->loc, err);

    rec->check = pm_frame_check(frame);
    return rc == PM_OK ? pm_manifest_put_record(p->fresh, rec, err) : rc;
}

static void
count(struct pm_putter *p, const struct pm_stored *rec)
{
    p->result->records++;
    p->result->new_bytes += rec->loc.length;
}

static int
put_info(struct pm_putter *p, const struct pm_group *g, struct pm_err *err)
{
    const size_t dir = sizeof(PM_BUNDLE_DIR);
    struct pm_buf name = PM_BUF_INIT(256), info = PM_BUF_INIT(1 << 16), frame = PM_BUF_INIT(1 << 16);
    struct pm_stored rec = {.type = PM_STR("warcinfo")};
    struct pm_str record;
    int rc;

    pm_bundle_path(&name, pm_bundle_writer_state(p->writer).bundle);
    rc = pm_buf_check(&name, err);
    if (rc == PM_OK)
        rc = pm_info_write(PM_STRN(name.data + dir, name.len - dir), PM_WHEN_NONE, p->digester, &info, err);
    record = pm_buf_span(&info);
    rec.size = record.len;
    if (rc == PM_OK)
        rc = pm_digest_sha256(p->digester, &record, 1, &rec.sha, err);
    if (rc == PM_OK)
        rc = pm_codec_zstd(p->codec, g->level, g->ready, record, &frame, err);
    if (rc == PM_OK)
        rc = append(p, pm_buf_span(&frame), &rec, err);
    if (rc == PM_OK)
        count(p, &rec);
    pm_buf_release(&name);
    pm_buf_release(&info);
    pm_buf_release(&frame);
    return rc;
}

static int
close_bundle(struct pm_putter *p, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(p->writer);

    return state.bundle != 0 ? pm_manifest_put_bundle(p->fresh, &state, true, err) : PM_OK;
}

static int
begin_bundle(struct pm_putter *p, const struct pm_group *g, struct pm_err *err)
{
    struct pm_stored dict = {.size = g->dict_raw.len, .type = PM_STR("dictionary")};
    struct pm_str raw = pm_buf_span(&g->dict_raw);
    int rc = close_bundle(p, err);

    if (rc == PM_OK)
        rc = pm_bundle_begin(p->writer, pm_buf_span(&g->dict), &dict.loc, &dict.check, err);
    if (rc == PM_OK && raw.len > 0) {
        p->result->new_bytes += dict.loc.length;
        rc = pm_digest_sha256(p->digester, &raw, 1, &dict.sha, err);
        if (rc == PM_OK)
            rc = pm_manifest_put_record(p->fresh, &dict, err);
    }
    p->result->bundles += rc == PM_OK;
    return rc == PM_OK ? put_info(p, g, err) : rc;
}

/* ---- its records ---- */

static int
put_big(struct pm_putter *p, const struct pm_group *g, struct pm_bundle_reader *old, struct pm_stored *rec,
        struct pm_err *err)
{
    int rc = pm_repack_big(old, p->writer, p->codec, g->ready, g->level, rec, err);

    return rc == PM_OK ? pm_manifest_put_record(p->fresh, rec, err) : rc;
}

/* Which of its three records a stored one is, by its type. */
static struct pm_loc *
loc_of(struct pm_str type, struct pm_loc *page, struct pm_loc *text, struct pm_loc *meta)
{
    return pm_str_eq(type, PM_STR("conversion")) ? text : pm_str_eq(type, PM_STR("metadata")) ? meta : page;
}

/* The parts from `from` on that are of one capture, or one that is of none; their bytes, and where they end. */
static size_t
together(const struct pm_group *g, size_t from, uint64_t *bytes)
{
    int64_t capture = g->parts[from].rec.capture;
    size_t i = from;

    *bytes = 0;
    do {
        *bytes += g->parts[i].big ? g->parts[i].rec.size : g->parts[i].packed;
        i++;
    } while (i < g->n && capture != 0 && g->parts[i].rec.capture == capture);
    return i;
}

static int
put_together(struct pm_putter *p, struct pm_group *g, size_t from, size_t to, size_t at, struct pm_bundle_reader *old,
             struct pm_err *err)
{
    struct pm_loc page = {0}, text = {0}, meta = {0};
    int rc = PM_OK;

    for (size_t i = from; rc == PM_OK && i < to; i++) {
        struct pm_part *part = &g->parts[i];

        part->rec.type = PM_STRN(part->type, part->type_len);
        rc = part->big ? put_big(p, g, old, &part->rec, err)
                       : append(p, PM_STRN(g->frames.data + at, part->packed), &part->rec, err);
        at += part->packed;
        *loc_of(part->rec.type, &page, &text, &meta) = part->rec.loc;
        if (rc == PM_OK)
            count(p, &part->rec);
    }
    if (rc == PM_OK && g->parts[from].rec.capture != 0)
        rc = pm_manifest_move(p->fresh, g->parts[from].rec.capture, &page, &text, &meta, err);
    if (rc != PM_OK || ++p->batch < BATCH_CAPTURES)
        return rc;
    p->batch = 0;
    rc = pm_manifest_commit(p->fresh, err);
    return rc == PM_OK ? pm_manifest_begin(p->fresh, err) : rc;
}

int
pm_putter_group(struct pm_putter *p, struct pm_group *g, struct pm_bundle_reader *old, struct pm_err *err)
{
    size_t at = 0;
    int rc = begin_bundle(p, g, err);

    for (size_t i = 0, end; rc == PM_OK && i < g->n; i = end) {
        uint64_t bytes;

        end = together(g, i, &bytes);
        if (pm_bundle_writer_full(p->writer, bytes))
            rc = begin_bundle(p, g, err);
        if (rc == PM_OK)
            rc = put_together(p, g, i, end, at, old, err);
        for (size_t k = i; k < end; k++)
            at += g->parts[k].packed;
    }
    return rc;
}

int
pm_putter_end(struct pm_putter *p, struct pm_err *err)
{
    int rc = close_bundle(p, err);

    return rc == PM_OK ? pm_bundle_sync(p->writer, err) : rc;
}
