/* The records of a capture or of none, from where they lie in the source to how they will lie here. */
#include "merge_own.h"
#include "big.h"
#include "meta.h"
#include "record.h"
#include "warc.h"

static void
add_row(struct pm_merge_item *item, const struct pm_stored *rec)
{
    size_t n = rec->type.len < sizeof(item->type[0]) ? rec->type.len : sizeof(item->type[0]);

    memcpy(item->type[item->n], rec->type.ptr, n);
    item->part[item->n] = *rec;
    item->part[item->n].type = PM_STRN(item->type[item->n], n);
    item->n++;
}

static int
pass(void *ctx, struct pm_str piece, struct pm_err *err)
{
    (void)ctx;
    (void)piece;
    (void)err;
    return PM_OK;
}

/* A record too large for memory is the first of its item; its bytes are read when they are stored. */
static int
add_big(struct pm_merger *g, const struct pm_stored *rec)
{
    uint64_t check;
    int rc;

    if (g->item.n > 0 || g->repack)
        return pm_fail(g->err, PM_ELIMIT, "bundle %u, offset %llu: a record of %llu bytes", rec->loc.bundle,
                       (unsigned long long)rec->loc.offset, (unsigned long long)rec->size);
    rc = pm_bundle_stream(g->bundles, &rec->loc, pass, NULL, &check, g->err);
    if (rc == PM_OK && check != rec->check)
        rc = pm_fail(g->err, PM_ECORRUPT, "bundle %u, offset %llu: the frames have changed", rec->loc.bundle,
                     (unsigned long long)rec->loc.offset);
    if (rc != PM_OK)
        return rc;
    g->item.big = rec->loc;
    g->item.bundles = g->bundles;
    add_row(&g->item, rec);
    return PM_OK;
}

int
pm_merge_add(struct pm_merger *g, const struct pm_loc *loc)
{
    struct pm_merge_item *item = &g->item;
    struct pm_stored rec;
    size_t start = item->frames.len;
    struct pm_str frame;
    int rc;

    if (loc->bundle == 0)
        return PM_OK;
    rc = pm_manifest_get_record(g->source->manifest, loc->bundle, loc->offset, &rec, g->err);
    if (rc == PM_DONE)
        return pm_fail(g->err, PM_ECORRUPT, "bundle %u, offset %llu: the manifest has lost the record", loc->bundle,
                       (unsigned long long)loc->offset);
    if (rc == PM_OK && rec.size > PM_BIG_MIN)
        return add_big(g, &rec);
    if (rc == PM_OK)
        rc = pm_bundle_read_frame(g->bundles, &rec.loc, &item->frames, g->err);
    if (rc != PM_OK)
        return rc;
    frame = PM_STRN(item->frames.data + start, item->frames.len - start);
    if (pm_frame_check(frame) != rec.check)
        return pm_fail(g->err, PM_ECORRUPT, "bundle %u, offset %llu: the frame has changed", loc->bundle,
                       (unsigned long long)loc->offset);
    if (g->repack) {
        pm_buf_reset(&g->record);
        rc = pm_bundle_unpack(g->bundles, &rec.loc, frame, &g->record, g->err);
        item->frames.len = start;
        if (rc == PM_OK)
            rc = pm_merge_pack(g->store, pm_buf_span(&g->record), rec.type, item, g->err);
        g->result->repacked += rc == PM_OK;
        return rc;
    }
    add_row(item, &rec);
    return PM_OK;
}

void
pm_merge_reset(struct pm_merger *g)
{
    pm_buf_reset(&g->item.frames);
    g->item.n = 0;
    g->item.big = (struct pm_loc){0};
}

/* The record at *loc of the source, unpacked, in its two parts; views until the next one. */
static int
read_record(struct pm_merger *g, const struct pm_loc *loc, struct pm_str *head, struct pm_str *block)
{
    int rc;

    pm_buf_reset(&g->record);
    rc = pm_bundle_read(g->bundles, loc, &g->record, g->err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(&g->record), head, block))
        rc = pm_fail(g->err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", loc->bundle,
                     (unsigned long long)loc->offset);
    return rc;
}

/* ---- revisits ---- */

/* A record like the one at *loc but for what `change` puts in its place. */
static int
write_again(struct pm_merger *g, const struct pm_loc *loc, const struct pm_record *change)
{
    struct pm_buf out = PM_BUF_INIT(PM_MERGE_RECORD_MAX);
    struct pm_record r = *change;
    struct pm_str head, block;
    int rc = read_record(g, loc, &head, &block);

    if (rc != PM_OK)
        return rc;
    r.type = pm_warc_field(head, PM_STR("WARC-Type"));
    r.id = pm_warc_field(head, PM_STR("WARC-Record-ID"));
    r.uri = pm_warc_uri(head);
    r.content_type = pm_warc_field(head, PM_STR("Content-Type"));
    r.payload_digest = pm_warc_field(head, PM_STR("WARC-Payload-Digest"));
    r.refers_to = pm_warc_field(head, PM_STR("WARC-Refers-To"));
    r.profile = pm_warc_field(head, PM_STR("WARC-Profile"));
    if (!pm_when_parse(pm_warc_field(head, PM_STR("WARC-Date")), &r.when_us))
        r.when_us = 0;
    rc = pm_record_write(&r, g->digester, &out, g->err);
    if (rc == PM_OK)
        rc = pm_merge_pack(g->store, pm_buf_span(&out), r.type, &g->item, g->err);
    g->result->repacked += rc == PM_OK;
    pm_buf_release(&out);
    return rc;
}

/*
 * The revisit `row` repeats a capture that in this archive repeats `original`. What it says must be true here as well:
 * its metadata names that one, and its record too, unless it came from a WARC file: such records stay as they are.
 */
static int
retarget(struct pm_merger *g, const struct pm_row *row, const struct pm_row *original)
{
    struct pm_buf date = PM_BUF_INIT(64), json = PM_BUF_INIT(PM_MERGE_RECORD_MAX);
    struct pm_record page = {.refers_uri = original->url}, meta = {.type = PM_STR_NULL};
    struct pm_str head, block;
    int rc = read_record(g, &row->page, &head, &block);

    pm_when_iso(&date, original->when_us == PM_WHEN_NONE ? 0 : original->when_us);
    page.refers_date = pm_buf_span(&date);
    pm_meta_print(row, original->uid, &json);
    meta.block[0] = pm_buf_span(&json);
    if (rc == PM_OK)
        rc = pm_buf_check(&json, g->err);
    if (rc == PM_OK && row->status == 0 && block.len == 0)
        rc = write_again(g, &row->page, &page);
    else if (rc == PM_OK)
        rc = pm_merge_add(g, &row->page);
    if (rc == PM_OK)
        rc = write_again(g, &row->meta, &meta);
    pm_buf_release(&date);
    pm_buf_release(&json);
    return rc;
}

/*
 * What a revisit repeats, as this archive has it: its number in row->original, its text's place in row->text. PM_DONE
 * when that is not the capture that the source says, but the one which that repeats; *dst is it.
 */
static int
find_original(struct pm_merger *g, struct pm_row *row, const uint8_t uid[PM_UID_LEN], struct pm_row *dst)
{
    int64_t number;
    int rc = pm_manifest_find_uid(g->manifest, uid, &number, g->err);
    bool chain;

    if (rc == PM_DONE)
        return pm_fail(g->err, PM_SKIP, "the capture that it repeats is not there");
    if (rc == PM_OK)
        rc = pm_manifest_get(g->manifest, number, dst, g->err);
    chain = rc == PM_OK && dst->original != 0;
    if (chain)
        rc = pm_manifest_get(g->manifest, dst->original, dst, g->err);
    if (rc != PM_OK)
        return rc;
    row->original = dst->capture;
    row->text = dst->text;
    return chain ? PM_DONE : PM_OK;
}

int
pm_merge_gather(struct pm_merger *g, struct pm_row *row, const uint8_t original_uid[PM_UID_LEN])
{
    struct pm_row original;
    int rc;

    if (row->original != 0) {
        rc = find_original(g, row, original_uid, &original);
        if (rc == PM_DONE)
            return retarget(g, row, &original);
        if (rc != PM_OK)
            return rc;
    }
    rc = pm_merge_add(g, &row->page);
    if (rc == PM_OK && row->original == 0)
        rc = pm_merge_add(g, &row->text);
    return rc == PM_OK ? pm_merge_add(g, &row->meta) : rc;
}
