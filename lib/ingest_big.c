/* Captures too large for memory: from the input's file into the bundle, frame by frame. */
#include "big.h"
#include "fs.h"
#include "ingest_own.h"

/* The record, as several frames. */
static int
append_record(struct ingest *in, const struct pm_spooled *big, struct pm_loc *loc, uint64_t *check, struct pm_err *err)
{
    struct pm_buf raw = PM_BUF_INIT(PM_BIG_PIECE + 1);
    struct pm_bundle_put *put = NULL;
    uint64_t at = 0;
    int rc = pm_bundle_put_new(&put, in->writer, in->codec, in->dict, in->level, err);

    if (rc == PM_OK && pm_buf_room(&raw, PM_BIG_PIECE) == NULL)
        rc = pm_buf_check(&raw, err);
    while (rc == PM_OK && at < big->size) {
        size_t n = big->size - at < PM_BIG_PIECE ? (size_t)(big->size - at) : PM_BIG_PIECE;

        rc = pm_fs_pread(big->fd, raw.data, n, at, err);
        if (rc == PM_OK)
            rc = pm_bundle_put_add(put, PM_STRN(raw.data, n), err);
        at += n;
    }
    if (rc == PM_OK)
        rc = pm_bundle_put_end(put, loc, check, err);
    pm_bundle_put_free(put);
    pm_buf_release(&raw);
    return rc;
}

/* The record, then the row that says where it is, then what the manifest knows of the record, then the metadata. */
static int
store(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_prepared *p = &j->prepared;
    struct pm_stored rec = {.size = p->page.size, .sha = p->page.sha, .type = p->page.type};
    struct pm_bundle_state state;
    int rc = append_record(in, j->capture.big, &rec.loc, &rec.check, err);

    if (rc != PM_OK)
        return rc;
    in->result->records++;
    in->result->stored_bytes += rec.loc.length;
    in->batch_bytes += rec.loc.length;
    if (j->capture.origin == PM_ORIGIN_OPAQUE)
        return pm_manifest_put_record(in->manifest, &rec, err);
    state = pm_bundle_writer_state(in->writer);
    p->row.page = rec.loc;
    p->row.meta = (struct pm_loc){state.bundle, state.size, p->meta.length};
    rc = pm_manifest_put_capture(in->manifest, &p->row, err);
    rec.capture = p->row.capture;
    if (rc == PM_OK)
        rc = pm_manifest_put_record(in->manifest, &rec, err);
    if (rc == PM_OK)
        rc = pm_ingest_append(in, &j->out, &p->meta, p->row.capture, &p->row.meta, err);
    if (rc != PM_OK)
        return rc;
    in->result->captures++;
    in->result->payload_bytes += p->row.payload_size;
    in->batch_captures++;
    return PM_OK;
}

int
pm_ingest_big(struct ingest *in, struct job *j, struct pm_err *err)
{
    bool opaque = j->capture.origin == PM_ORIGIN_OPAQUE;
    int64_t held;
    int rc;

    pm_buf_reset(&j->out);
    rc = pm_prepare(in->own, &j->capture, in->dict, in->level, j->arena, &j->out, &j->prepared, err);
    if (rc == PM_OK)
        rc = opaque ? pm_manifest_has_record(in->manifest, &j->prepared.page.sha, err)
                    : pm_manifest_find_uid(in->manifest, j->prepared.row.uid, &held, err);
    if (rc == PM_OK && !opaque)
        in->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = pm_ingest_room(in, j->capture.big->size, j->capture.when_us, err);
    return rc == PM_OK ? store(in, j, err) : rc;
}
