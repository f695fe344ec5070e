/* The writer's half of ingest: bundles, manifest, transactions. */
#include "ingest_own.h"

enum { COMMIT_CAPTURES = 10000 /* at most so much is lost to a crash, and taken in again */ };
static const uint64_t COMMIT_BYTES = 64ULL << 20;

int
pm_ingest_begin(struct ingest *in, struct pm_err *err)
{
    int rc = in->in_transaction ? PM_OK : pm_manifest_begin(in->manifest, err);

    in->in_transaction = in->in_transaction || rc == PM_OK;
    return rc;
}

int
pm_ingest_commit(struct ingest *in, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(in->writer);
    int rc;

    if (!in->in_transaction)
        return PM_OK;
    rc = pm_bundle_sync(in->writer, err);
    if (rc == PM_OK && state.bundle != 0)
        rc = pm_manifest_put_bundle(in->manifest, &state, false, err);
    if (rc == PM_OK)
        rc = pm_manifest_commit(in->manifest, err);
    if (rc != PM_OK)
        return rc;
    in->in_transaction = in->began = false;
    in->batch_captures = in->batch_bytes = 0;
    return PM_OK;
}

int
pm_ingest_append(struct ingest *in, const struct pm_buf *out, const struct pm_frame *f, int64_t capture,
       struct pm_loc *loc, struct pm_err *err)
{
    struct pm_stored rec = {.size = f->size, .sha = f->sha, .type = f->type, .capture = capture};
    struct pm_str frame = PM_STRN(out->data + f->offset, f->length);
    int rc = pm_bundle_append(in->writer, frame, loc, err);

    if (rc != PM_OK)
        return rc;
    rec.loc = *loc;
    rec.check = pm_frame_check(frame);
    in->result->records++;
    in->result->stored_bytes += f->length;
    in->batch_bytes += f->length;
    return pm_manifest_put_record(in->manifest, &rec, err);
}

/* Begin a bundle and write the warcinfo that opens it. */
static int
begin_bundle(struct ingest *in, int64_t when_us, struct pm_err *err)
{
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    struct pm_bundle_state last = pm_bundle_writer_state(in->writer);
    struct pm_stored dict = {.size = in->dict_raw.len, .sha = in->dict_sha, .type = PM_STR("dictionary")};
    struct pm_frame info;
    struct pm_loc loc;
    int rc = PM_OK;

    /* A crash leaves one bundle that the manifest does not know, never two: so the next writer may cut it. */
    if (in->began) {
        rc = pm_ingest_commit(in, err);
        if (rc == PM_OK)
            rc = pm_ingest_begin(in, err);
    }
    in->began = true;
    if (rc == PM_OK && last.bundle != 0)
        rc = pm_manifest_put_bundle(in->manifest, &last, true, err);
    if (rc == PM_OK)
        rc = pm_ingest_pack_dict(in, err);
    if (rc == PM_OK)
        rc = pm_bundle_begin(in->writer, pm_buf_span(&in->dict_packed), &dict.loc, &dict.check, err);
    if (rc == PM_OK && dict.loc.bundle != 0)
        rc = pm_manifest_put_record(in->manifest, &dict, err);
    if (rc == PM_OK)
        rc = pm_prepare_info(in->own, pm_bundle_writer_state(in->writer).bundle, when_us, in->dict,
                             in->level, &out, &info, err);
    if (rc == PM_OK)
        rc = pm_ingest_append(in, &out, &info, 0, &loc, err);
    in->fresh = false;
    pm_buf_release(&out);
    return rc;
}

int
pm_ingest_room(struct ingest *in, uint64_t length, int64_t when_us, struct pm_err *err)
{
    if (!in->fresh && !pm_bundle_writer_full(in->writer, length))
        return PM_OK;
    return begin_bundle(in, when_us, err);
}

static int
have_room(struct ingest *in, const struct job *j, struct pm_err *err)
{
    return pm_ingest_room(in, j->prepared.page.length + j->prepared.text.length + j->prepared.meta.length,
                          j->capture.when_us, err);
}

static int
store_opaque(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_loc loc;
    int rc = pm_manifest_has_record(in->manifest, &j->prepared.page.sha, err);

    if (rc != PM_DONE)
        return rc;
    rc = have_room(in, j, err);
    return rc == PM_OK ? pm_ingest_append(in, &j->out, &j->prepared.page, 0, &loc, err) : rc;
}

/* If the same payload is kept already, make the capture a revisit of it. Records that came as such stay whole. */
static int
try_revisit(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_row *row = &j->prepared.row;
    struct pm_row original;
    int rc;

    if (j->capture.origin == PM_ORIGIN_RECORD)
        return PM_OK;
    rc = pm_manifest_find_payload(in->manifest, &row->payload_sha, row->payload_size, &original, err);
    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    row->original = original.capture;
    row->text = original.text;
    pm_buf_reset(&j->out);
    in->result->revisits++;
    return pm_prepare_revisit(in->own, &j->capture, &original, in->dict, in->level, &j->out, &j->prepared,
                              err);
}

/* The records first, so that the row can say where they are; they are told the row's number afterwards. */
static int
store_frames(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_prepared *p = &j->prepared;
    const struct pm_frame *frames[] = {&p->page, &p->text, &p->meta};
    struct pm_loc *locs[] = {&p->row.page, &p->row.text, &p->row.meta};
    uint64_t at = pm_bundle_writer_state(in->writer).size;
    uint32_t bundle = pm_bundle_writer_state(in->writer).bundle;
    int rc;

    for (int i = 0; i < 3; i++) {
        if (frames[i]->length == 0)
            continue;
        *locs[i] = (struct pm_loc){bundle, at, frames[i]->length};
        at += frames[i]->length;
    }
    rc = pm_manifest_put_capture(in->manifest, &p->row, err);
    for (int i = 0; rc == PM_OK && i < 3; i++) {
        struct pm_loc loc;

        if (frames[i]->length > 0)
            rc = pm_ingest_append(in, &j->out, frames[i], p->row.capture, &loc, err);
    }
    if (rc == PM_OK && p->packed.ptr != NULL)
        rc = pm_manifest_put_fingerprint(in->manifest, p->row.capture, p->exact, p->packed, err);
    if (rc == PM_OK && p->packed.ptr != NULL)
        rc = pm_manifest_put_blocks(in->manifest, &p->row, p->blocks, err);
    return rc;
}

/* A capture that is not held, and its share of the result. */
static int
store_new(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc = have_room(in, j, err);

    if (rc == PM_OK)
        rc = store_frames(in, j, err);
    if (rc != PM_OK)
        return rc;
    in->result->captures++;
    in->result->payload_bytes += j->prepared.row.payload_size;
    in->batch_captures++;
    return PM_OK;
}

/*
 * A revisit record becomes a capture if what it repeats is here: it is prepared with that payload, then stored as
 * it came. PM_DONE: it is not here.
 */
static int
store_resolved(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_row *row = &j->prepared.row, original;
    struct pm_capture whole;
    int64_t number, held;
    int rc = PM_OK;

    if (in->resolver == NULL)
        rc = pm_resolver_new(&in->resolver, in->manifest, in->root, err);
    if (rc == PM_OK)
        rc = pm_resolve(in->resolver, &j->capture, j->arena, &number, &whole, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&j->out);
    rc = pm_prepare(in->own, &whole, in->dict, in->level, j->arena, &j->out, &j->prepared, err);
    if (rc == PM_SKIP || rc == PM_ELIMIT) { /* as if it were not here */
        pm_buf_reset(&j->out);
        rc = pm_prepare(in->own, &j->capture, in->dict, in->level, j->arena, &j->out, &j->prepared, err);
        return rc == PM_OK ? PM_DONE : rc;
    }
    if (rc == PM_OK)
        rc = pm_manifest_find_uid(in->manifest, row->uid, &held, err);
    if (rc == PM_OK)
        in->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = pm_manifest_get(in->manifest, number, &original, err);
    if (rc != PM_OK)
        return rc;
    row->original = original.capture;
    row->text = original.text;
    pm_buf_reset(&j->out);
    rc = pm_prepare_revisit(in->own, &whole, &original, in->dict, in->level, &j->out, &j->prepared, err);
    if (rc == PM_OK)
        rc = store_new(in, j, err);
    in->result->revisits += rc == PM_OK;
    return rc;
}

static int
store_capture(struct ingest *in, struct job *j, struct pm_err *err)
{
    int64_t held;
    int rc = pm_manifest_find_uid(in->manifest, j->prepared.row.uid, &held, err);

    if (rc == PM_OK)
        in->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = try_revisit(in, j, err);
    return rc == PM_OK ? store_new(in, j, err) : rc;
}

int
pm_ingest_store(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc;

    if (j->capture.origin != PM_ORIGIN_OPAQUE)
        return store_capture(in, j, err);
    if (!pm_str_ieq(j->capture.record_type, PM_STR("revisit")))
        return store_opaque(in, j, err);
    rc = store_resolved(in, j, err);
    if (rc != PM_DONE)
        return rc;
    /* Nothing here is what it repeats: it is kept as it is, and can be told by its type. */
    return store_opaque(in, j, err);
}

bool
pm_ingest_due(const struct ingest *in)
{
    return in->batch_bytes >= COMMIT_BYTES || in->batch_captures >= COMMIT_CAPTURES;
}
