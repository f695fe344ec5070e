/* The choice of captures, and WARC. */
#include "export.h"

#include "cdxj.h"
#include "export_own.h"
#include "fs.h"
#include "info.h"
#include "record.h"
#include "when.h"
#include "warc.h"

enum {
    RECORD_MAX = (1 << 30) + (64 << 20),
    INDEX_MAX = 1 << 30,
};

int
pm_export_write(struct pm_exporter *x, struct pm_str bytes)
{
    int rc = x->warc_fd >= 0 ? pm_fs_write(x->warc_fd, bytes.ptr, bytes.len, x->err)
                             : pm_target_add(x->target, "", PM_WHEN_NONE, bytes, x->err);

    if (rc == PM_OK) {
        x->result->bytes += bytes.len;
        x->offset += bytes.len;
    }
    return rc;
}

/* ---- records ---- */

/* Pack `record` as the form wants it, and note it in the index. */
static int
put_warc(struct pm_exporter *x, struct pm_str record)
{
    struct pm_cdxj_place place = {PM_STR(PM_EXPORT_WARC_NAME), x->offset, 0};
    int rc;

    pm_buf_reset(&x->packed);
    rc = x->options->form == PM_EXPORT_WARC_ZST
             ? pm_codec_zstd(x->codec, PM_EXPORT_ZSTD_LEVEL, NULL, record, &x->packed, x->err)
             : pm_codec_gzip(x->codec, PM_EXPORT_GZIP_LEVEL, record, &x->packed, x->err);
    if (rc == PM_OK && x->options->form == PM_EXPORT_WACZ) {
        place.length = x->packed.len;
        rc = pm_cdxj_line(x->digester, record, &place, &x->index, x->err);
        rc = rc == PM_SKIP ? PM_OK : rc;
    }
    if (rc == PM_OK)
        rc = pm_export_write(x, pm_buf_span(&x->packed));
    x->result->records += rc == PM_OK;
    return rc;
}

static void
tell_skipped(struct pm_exporter *x)
{
    x->result->skipped++;
    if (x->options->skipped != NULL)
        x->options->skipped(x->options->ctx, x->err->text);
}

/* What damage may do is keep its own record out. */
static bool
is_local(int rc)
{
    return rc == PM_ECORRUPT || rc == PM_ENOTFOUND || rc == PM_ELIMIT;
}

/* `size`: of the record, or of its payload. */
static int
put_stored(struct pm_exporter *x, const struct pm_loc *loc, uint64_t size)
{
    int rc;

    if (loc->bundle == 0)
        return PM_OK;
    if (size > PM_BIG_MIN)
        return pm_export_big(x, loc);
    pm_buf_reset(&x->record);
    rc = pm_bundle_read(x->bundles, loc, &x->record, x->err);
    if (is_local(rc)) {
        tell_skipped(x);
        return PM_OK;
    }
    return rc == PM_OK ? put_warc(x, pm_buf_span(&x->record)) : rc;
}

/* The text of a capture as a record that any program can read, which the stored one may not be; `row` has it. */
static int
put_text(struct pm_exporter *x, const struct pm_row *row)
{
    const struct pm_text_loc loc = {.page = row->page, .text = row->text};
    struct pm_record r = {.type = PM_STR("conversion"), .content_type = PM_STR(PM_TEXT_PLAIN_TYPE)};
    struct pm_str head, block;
    int rc;

    if (row->text.bundle == 0)
        return PM_OK;
    pm_buf_reset(&x->record);
    rc = pm_bundle_read(x->bundles, &row->text, &x->record, x->err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(&x->record), &head, &block))
        rc = pm_fail(x->err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", row->text.bundle,
                     (unsigned long long)row->text.offset);
    if (rc == PM_OK)
        rc = pm_text_read(x->texts, &loc, &r.block[0], x->err);
    if (rc == PM_OK) {
        r.id = pm_warc_field(head, PM_STR("WARC-Record-ID"));
        r.uri = pm_warc_field(head, PM_STR("WARC-Target-URI"));
        r.refers_to = pm_warc_field(head, PM_STR("WARC-Refers-To"));
        (void)pm_when_parse(pm_warc_field(head, PM_STR("WARC-Date")), &r.when_us);
        pm_buf_reset(&x->scratch);
        rc = pm_record_write(&r, x->digester, &x->scratch, x->err);
    }
    if (is_local(rc)) {
        tell_skipped(x);
        return PM_OK;
    }
    return rc == PM_OK ? put_warc(x, pm_buf_span(&x->scratch)) : rc;
}

/* The id of the record that stands for the revisit `head` with its payload. */
static int
whole_id(struct pm_exporter *x, struct pm_str head, struct pm_buf *dst)
{
    const struct pm_str parts[] = {PM_STR("whole"), pm_warc_field(head, PM_STR("WARC-Record-ID"))};
    struct pm_sha256 sha;
    int rc = pm_digest_sha256(x->digester, parts, 2, &sha, x->err);

    if (rc == PM_OK)
        pm_record_id(dst, &sha);
    return rc == PM_OK ? pm_buf_check(dst, x->err) : rc;
}

/* A revisit as the record it would have been: URL and date its own, the payload that of its original. */
static int
put_whole(struct pm_exporter *x, const struct pm_row *row)
{
    struct pm_buf id = PM_BUF_INIT(256), url = PM_BUF_INIT(RECORD_MAX);
    struct pm_str head, unused, old_head;
    struct pm_wanted wanted;
    struct pm_record r = {0};
    int rc;

    pm_buf_reset(&x->record);
    pm_buf_str(&url, row->url); /* the next row may take the place of this one's texts */
    rc = pm_buf_check(&url, x->err);
    if (rc == PM_OK)
        rc = pm_wanted_find(x->manifest, NULL, row, &wanted, x->err);
    if (rc == PM_OK)
        rc = pm_bundle_read(x->bundles, &row->page, &x->record, x->err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(&x->record), &head, &unused))
        rc = pm_fail(x->err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", row->page.bundle,
                     (unsigned long long)row->page.offset);
    if (rc == PM_OK)
        rc = whole_id(x, head, &id);
    if (rc == PM_OK)
        rc = pm_give_block(x->giver, &wanted, r.block, &old_head, x->err);
    if (rc != PM_OK)
        goto out;
    r.type = pm_warc_field(old_head, PM_STR("WARC-Type"));
    r.id = pm_buf_span(&id);
    r.when_us = row->when_us == PM_WHEN_NONE ? 0 : row->when_us;
    r.uri = pm_buf_span(&url);
    r.content_type = pm_warc_field(old_head, PM_STR("Content-Type"));
    if (pm_warc_field(old_head, PM_STR("WARC-Payload-Digest")).len > 0)
        r.payload_digest = pm_warc_field(old_head, PM_STR("WARC-Payload-Digest"));
    pm_buf_reset(&x->scratch);
    rc = pm_record_write(&r, x->digester, &x->scratch, x->err);
    if (rc == PM_OK)
        rc = put_warc(x, pm_buf_span(&x->scratch));
out:
    pm_buf_release(&id);
    pm_buf_release(&url);
    if (is_local(rc) || rc == PM_SKIP) {
        tell_skipped(x);
        rc = PM_OK;
    }
    return rc;
}

/* ---- captures ---- */

static int
export_warc(struct pm_exporter *x, const struct pm_row *row)
{
    bool whole = row->original != 0 && x->options->whole;
    int rc;

    rc = whole ? put_whole(x, row) : put_stored(x, &row->page, row->original == 0 ? row->payload_size : 0);
    if (rc == PM_OK && row->original == 0)
        rc = put_text(x, row);
    if (rc == PM_OK && !whole) /* the metadata of a revisit speaks of the revisit */
        rc = put_stored(x, &row->meta, 0);
    if (rc == PM_OK && x->options->form == PM_EXPORT_WACZ)
        pm_export_page(x, row);
    return rc;
}

static int
export_line(struct pm_exporter *x, const struct pm_row *row)
{
    struct pm_cdxj_place place = {.offset = row->page.offset, .length = row->page.length};
    int rc;

    if (row->page.bundle == 0)
        return PM_OK;
    pm_buf_reset(&x->record);
    pm_buf_reset(&x->scratch);
    pm_bundle_path(&x->scratch, row->page.bundle);
    place.filename = pm_buf_span(&x->scratch);
    if (row->original == 0 && row->payload_size > PM_BIG_MIN)
        return pm_export_big_line(x, &row->page, &place);
    rc = pm_bundle_read(x->bundles, &row->page, &x->record, x->err);
    if (rc == PM_OK)
        rc = pm_cdxj_line(x->digester, pm_buf_span(&x->record), &place, &x->index, x->err);
    return rc;
}

static int
export_row(struct pm_exporter *x, const struct pm_row *row)
{
    int rc = PM_OK;

    switch (x->options->form) {
    case PM_EXPORT_WARC_GZ:
    case PM_EXPORT_WARC_ZST:
    case PM_EXPORT_WACZ:
        return export_warc(x, row);
    case PM_EXPORT_JSONL:
        rc = pm_export_jsonl(x, row);
        break;
    case PM_EXPORT_CSV:
        rc = pm_export_csv(x, row);
        break;
    case PM_EXPORT_CDXJ:
        rc = export_line(x, row);
        break;
    case PM_EXPORT_TAR:
    case PM_EXPORT_ZIP:
        break; /* by export_files() */
    }
    if (is_local(rc) || rc == PM_SKIP) {
        tell_skipped(x);
        rc = PM_OK;
    }
    return rc;
}

static bool
is_warc(const struct pm_exporter *x)
{
    return x->options->form == PM_EXPORT_WARC_GZ || x->options->form == PM_EXPORT_WARC_ZST ||
           x->options->form == PM_EXPORT_WACZ;
}

/* The capture that a revisit repeats goes before it: without it the file would hold no payload. */
static int
export_original(struct pm_exporter *x, const struct pm_row *row)
{
    struct pm_row original;
    int rc = pm_seen_add(&x->captures, (uint64_t)row->original, x->err);

    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    rc = pm_manifest_get(x->manifest, row->original, &original, x->err);
    if (rc == PM_OK)
        rc = export_row(x, &original);
    x->result->captures += rc == PM_OK;
    return rc;
}

static int
tell_progress(struct pm_exporter *x)
{
    if (x->options->progress != NULL && x->options->progress(x->options->ctx, x->done, x->total) != 0)
        return pm_fail(x->err, PM_ECANCELED, "stopped on request");
    return PM_OK;
}

static int
each_row(void *ctx, const struct pm_row *row)
{
    struct pm_exporter *x = ctx;
    int rc = PM_OK;

    if (row->original != 0 && is_warc(x) && !x->options->whole)
        rc = export_original(x, row);
    if (rc == PM_OK && is_warc(x))
        rc = pm_seen_add(&x->captures, (uint64_t)row->capture, x->err);
    if (rc == PM_OK) {
        rc = export_row(x, row);
        x->result->captures += rc == PM_OK;
    }
    x->done += row->payload_size;
    rc = rc == PM_DONE ? PM_OK : rc;
    return rc == PM_OK ? tell_progress(x) : rc;
}

/* ---- the whole archive ---- */

static bool
same_place(const struct pm_loc *a, const struct pm_loc *b)
{
    return a->bundle == b->bundle && a->offset == b->offset;
}

static int
each_record(void *ctx, const struct pm_stored *rec)
{
    struct pm_exporter *x = ctx;
    struct pm_row row;
    bool whole = false;
    int rc = PM_OK;

    if (pm_str_eq(rec->type, PM_STR("dictionary")))
        return PM_OK;
    if (rec->capture != 0) {
        rc = pm_manifest_get(x->manifest, rec->capture, &row, x->err);
        whole = rc == PM_OK && x->options->whole && row.original != 0;
    }
    if (rc == PM_OK && whole && same_place(&row.page, &rec->loc))
        rc = put_whole(x, &row);
    else if (rc == PM_OK && !whole && rec->capture != 0 && row.original == 0 && same_place(&row.text, &rec->loc))
        rc = put_text(x, &row);
    else if (rc == PM_OK && !whole)
        rc = put_stored(x, &rec->loc, rec->size);
    if (rc == PM_OK && rec->capture != 0 && same_place(&row.meta, &rec->loc)) {
        x->result->captures++;
        if (x->options->form == PM_EXPORT_WACZ)
            pm_export_page(x, &row);
    }
    x->done += rec->loc.length;
    return rc == PM_OK ? tell_progress(x) : rc;
}

static int
each_bundle(void *ctx, const struct pm_bundle_state *state)
{
    struct pm_exporter *x = ctx;

    return pm_manifest_each_record(x->manifest, state->bundle, each_record, x, x->err);
}

static int
add_up_bundle(void *ctx, const struct pm_bundle_state *state)
{
    ((struct pm_exporter *)ctx)->total += state->size;
    return PM_OK;
}

static int
export_all(struct pm_exporter *x)
{
    int rc = pm_manifest_each_bundle(x->manifest, add_up_bundle, x, x->err);

    return rc == PM_OK ? pm_manifest_each_bundle(x->manifest, each_bundle, x, x->err) : rc;
}

static int
export_chosen(struct pm_exporter *x)
{
    int rc = PM_OK;

    if (is_warc(x)) {
        pm_buf_reset(&x->scratch);
        rc = pm_info_write(PM_STR_NULL, PM_WHEN_NONE, x->digester, &x->scratch, x->err);
        if (rc == PM_OK)
            rc = put_warc(x, pm_buf_span(&x->scratch));
    }
    if (rc == PM_OK && x->options->progress != NULL)
        rc = pm_chosen_size(x->chosen, &x->total, x->err);
    return rc == PM_OK ? pm_chosen_each(x->chosen, each_row, x, x->err) : rc;
}

/* ---- set-up ---- */

static int
set_up(struct pm_exporter *x, int root)
{
    struct pm_restore_options o = {
        .form = x->options->form == PM_EXPORT_WACZ ? PM_RESTORE_ZIP : PM_RESTORE_STREAM,
        .target = x->options->target,
        .out_fd = x->options->out_fd,
    };
    int rc;

    x->record = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    x->packed = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    x->scratch = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    x->index = (struct pm_buf)PM_BUF_INIT(INDEX_MAX);
    x->pages = (struct pm_buf)PM_BUF_INIT(INDEX_MAX);
    rc = pm_bundle_reader_open(&x->bundles, root, x->err);
    if (rc == PM_OK)
        rc = pm_giver_new(&x->giver, x->bundles, x->err);
    if (rc == PM_OK)
        rc = pm_text_reader_new(&x->texts, x->bundles, x->err);
    if (rc == PM_OK && x->options->form == PM_EXPORT_JSONL)
        rc = pm_furnisher_new(&x->furnisher, x->manifest, x->err);
    if (rc == PM_OK)
        rc = pm_codec_new(&x->codec, x->err);
    if (rc == PM_OK)
        rc = pm_digester_new(&x->digester, x->err);
    if (rc == PM_OK)
        rc = pm_target_open(&x->target, &o, x->err);
    if (rc == PM_OK && x->options->form == PM_EXPORT_WACZ)
        rc = pm_target_scratch(x->target, &x->warc_fd, x->err);
    return rc;
}

static void
release(struct pm_exporter *x)
{
    pm_target_free(x->target);
    pm_giver_free(x->giver);
    pm_text_reader_free(x->texts);
    pm_furnisher_free(x->furnisher);
    pm_bundle_reader_free(x->bundles);
    pm_codec_free(x->codec);
    pm_digester_free(x->digester);
    pm_seen_release(&x->captures);
    pm_buf_release(&x->record);
    pm_buf_release(&x->packed);
    pm_buf_release(&x->scratch);
    pm_buf_release(&x->index);
    pm_buf_release(&x->pages);
}

static int
finish(struct pm_exporter *x)
{
    int rc = PM_OK;

    if (x->options->form == PM_EXPORT_CDXJ || x->options->form == PM_EXPORT_WACZ)
        rc = pm_cdxj_sort(&x->index, x->err);
    if (rc == PM_OK && x->options->form == PM_EXPORT_CDXJ)
        rc = pm_export_write(x, pm_buf_span(&x->index));
    if (rc == PM_OK && x->options->form == PM_EXPORT_WACZ)
        rc = pm_export_wacz(x);
    return rc == PM_OK ? pm_target_close(x->target, x->err) : rc;
}

/* Payloads in files: what `restore` does, with a table. */
static int
export_files(const struct pm_chosen *chosen, int root, const struct pm_export_options *options,
             struct pm_export_result *dst, struct pm_err *err)
{
    struct pm_restore_options o = {
        .as = PM_RESTORE_RAW,
        .form = options->form == PM_EXPORT_TAR ? PM_RESTORE_TAR : PM_RESTORE_ZIP,
        .target = options->target,
        .out_fd = options->out_fd,
        .jobs = options->jobs,
        .table = true,
        .skipped = options->skipped,
        .progress = options->progress,
        .ctx = options->ctx,
    };
    struct pm_restore_result r;
    int rc = pm_restore(chosen, root, &o, &r, err);

    *dst = (struct pm_export_result){r.captures, 0, r.bytes, r.skipped};
    return rc;
}

int
pm_export(const struct pm_chosen *chosen, int root, const struct pm_export_options *options,
          struct pm_export_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct pm_exporter x = {.chosen = chosen,
                            .manifest = chosen->manifest,
                            .options = options,
                            .result = dst,
                            .err = err ? err : &own,
                            .captures = PM_SEEN_INIT,
                            .warc_fd = -1};
    bool all;
    int rc;

    *dst = (struct pm_export_result){0};
    if (options->form == PM_EXPORT_TAR || options->form == PM_EXPORT_ZIP)
        return export_files(chosen, root, options, dst, x.err);
    rc = set_up(&x, root);
    all = rc == PM_OK && pm_chosen_all(chosen) && is_warc(&x);
    if (rc == PM_OK)
        rc = all ? export_all(&x) : export_chosen(&x);
    if (dst->captures == 0 && !all)
        dst->records = 0; /* what was written is not kept */
    if (rc == PM_OK && dst->captures + dst->records > 0)
        rc = finish(&x);
    release(&x);
    return rc;
}
