/* WARC records as captures. */
#include <unistd.h>

#include "http.h"
#include "input_own.h"
#include "meta.h"
#include "mime.h"

static bool
is_http(const struct pm_warc_record *rec)
{
    return pm_str_istarts(rec->content_type, PM_STR("application/http")) || pm_str_istarts(rec->block, PM_STR("HTTP/"));
}

/* A span of `whole` as the same span of its copy. */
static struct pm_str
moved(struct pm_str part, struct pm_str whole, struct pm_str copy)
{
    return part.ptr == NULL ? PM_STR_NULL : PM_STRN(copy.ptr + (part.ptr - whole.ptr), part.len);
}

/* What is in the block: HTTP head and body, or a file. */
static void
fill_payload(const struct pm_warc_record *rec, struct pm_capture *dst)
{
    struct pm_http http;

    dst->payload = dst->record_block;
    if (is_http(rec)) {
        if (pm_http_parse(dst->record_block, &http, NULL) == PM_OK) {
            dst->http = http.head;
            dst->payload = http.body;
            dst->type = pm_http_field(http.head, PM_STR("content-type"));
        }
    } else {
        dst->type = moved(rec->content_type, rec->head, dst->record_head);
    }
    dst->media = pm_mime_media(dst->payload, dst->type, dst->url);
}

/* The record is in a file; it is r->big. */
static void
fill_big(struct pm_input *in, const struct pm_warc_record *rec, struct pm_arena *arena, struct pm_capture *dst)
{
    const struct input_big *b = &in->records.big;

    dst->big = &b->spooled;
    if (b->http.len > 0) {
        dst->http = pm_arena_copy(arena, &b->http);
        dst->type = pm_http_field(dst->http, PM_STR("content-type"));
    } else {
        dst->type = moved(rec->content_type, rec->head, dst->record_head);
    }
}

/* A capture of the record, copied into `arena`. */
static int
make_capture(struct pm_input *in, const struct pm_warc_record *rec, struct pm_arena *arena, struct pm_capture *dst,
             struct pm_err *err)
{
    struct pm_str head;
    int rc;

    dst->source = pm_arena_strf(arena, "%s@%llu", pm_input_current(in)->label.ptr, (unsigned long long)rec->offset);
    head = dst->record_head = pm_arena_str(arena, rec->head);
    if (!rec->big)
        dst->record_block = pm_arena_str(arena, rec->block);
    rc = pm_arena_check(arena, err);
    if (rc != PM_OK)
        return rc == PM_ELIMIT
                   ? pm_fail(err, PM_SKIP, "offset %llu: record needs too much memory", (unsigned long long)rec->offset)
                   : rc;
    dst->record_id = moved(rec->id, rec->head, head);
    dst->record_type = moved(rec->type, rec->head, head);
    dst->record_digest = moved(rec->block_digest, rec->head, head);
    dst->url = moved(rec->uri, rec->head, head);
    if (rec->note.ptr != NULL)
        dst->note = pm_arena_str(arena, rec->note);
    dst->origin = PM_ORIGIN_OPAQUE;
    dst->media = PM_MEDIA_OTHER;
    dst->when_source = PM_WHEN_FROM_RECORD;
    if (!pm_when_parse(rec->date, &dst->when_us))
        pm_input_date(in, dst);
    if (pm_warc_is_capture(rec->type, rec->uri))
        dst->origin = PM_ORIGIN_RECORD;
    if (rec->big)
        fill_big(in, rec, arena, dst);
    else if (dst->origin == PM_ORIGIN_RECORD)
        fill_payload(rec, dst);
    return pm_arena_check(arena, err);
}

/*
 * ---- bundles of ours ----
 * What was derived from a capture is derived again, so those records are left out; but what the
 * capture's input said of it stands in the metadata record behind it. A capture waits for that one.
 */

static bool
is_own_info(const struct pm_warc_record *rec)
{
    return pm_str_ieq(rec->type, PM_STR("warcinfo")) &&
           pm_str_find(rec->block, PM_STR("software: pressmark/"), 0) != SIZE_MAX;
}

static bool
is_meta(const struct pm_warc_record *rec)
{
    return pm_str_ieq(rec->type, PM_STR("metadata")) && pm_str_ieq(rec->content_type, PM_STR(PM_META_TYPE));
}

/* `big`, of a record too large for memory, is taken over. */
static int
hold(struct input_records *r, const struct pm_warc_record *rec, struct input_big *big, struct pm_err *err)
{
    int rc;

    pm_buf_reset(&r->head);
    pm_buf_reset(&r->block);
    pm_buf_str(&r->head, rec->head);
    pm_buf_str(&r->block, rec->block);
    pm_input_big_release(&r->held_big);
    r->held_big = *big;
    *big = (struct input_big){0};
    r->offset = rec->offset;
    r->held = true;
    rc = pm_buf_check(&r->head, err);
    return rc == PM_OK ? pm_buf_check(&r->block, err) : rc;
}

/* The capture that waits. */
static int
release(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct input_records *r = &in->records;
    struct pm_warc_record rec = {.block = pm_buf_span(&r->block), .offset = r->offset};

    r->held = false;
    pm_input_view_head(pm_buf_span(&r->head), &rec);
    if (r->held_big.there) {
        pm_input_big_release(&r->big);
        r->big = r->held_big;
        r->held_big = (struct input_big){0};
        rec.big = true;
    }
    return make_capture(in, &rec, arena, dst, err);
}

static int
release_with(struct pm_input *in, struct pm_str json, struct pm_arena *arena, struct pm_capture *dst,
             struct pm_err *err)
{
    struct pm_meta meta;
    int rc = release(in, arena, dst, err);

    if (rc != PM_OK)
        return rc;
    rc = pm_meta_parse(json, arena, &meta, NULL);
    if (rc == PM_ENOMEM)
        return pm_arena_check(arena, err);
    if (rc == PM_OK && (dst->origin == PM_ORIGIN_RECORD || pm_str_ieq(dst->record_type, PM_STR("revisit")))) {
        dst->key = meta.row.key;
        dst->title = meta.row.title; /* for a page that says none itself */
        dst->url = meta.row.url;
        dst->outlet = meta.row.outlet;
        dst->when_us = meta.row.when_us;
        dst->when_source = meta.row.when_source;
        if (dst->http.ptr == NULL && dst->origin == PM_ORIGIN_RECORD)
            dst->media = meta.row.media;
    }
    return PM_OK;
}

/* The next capture of a bundle, given its next record or, with `rec` NULL, its end. PM_DONE: not
 * yet. */
static int
next_own(struct pm_input *in, const struct pm_warc_record *rec, struct pm_arena *arena, struct pm_capture *dst,
         struct pm_err *err)
{
    struct input_records *r = &in->records;
    struct input_big big = {0};
    int rc = PM_DONE, kept = PM_OK;

    if (rec != NULL && is_meta(rec))
        return r->held && pm_str_eq(rec->refers_to, pm_warc_field(pm_buf_span(&r->head), PM_STR("WARC-Record-ID")))
                   ? release_with(in, rec->block, arena, dst, err)
                   : PM_DONE;
    if (rec != NULL && pm_str_ieq(rec->type, PM_STR("conversion")))
        return PM_DONE;
    if (rec != NULL && rec->big) { /* whose place the one that waits now takes */
        big = r->big;
        r->big = (struct input_big){0};
    }
    if (r->held)
        rc = release(in, arena, dst, err);
    if (rec != NULL)
        kept = hold(r, rec, &big, err);
    return rc < 0 || kept == PM_OK ? rc : kept;
}

int
pm_input_record(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct input_records *r = &in->records;
    struct pm_warc_record rec;
    int rc = PM_OK;

    if (r->reader == NULL) {
        struct pm_warc_limits limits = in->options.warc;

        limits.big_min = in->options.big_min != 0 ? in->options.big_min : PM_BIG_MIN;
        limits.big_max = in->options.big_max;
        rc = pm_warc_open_read(&r->reader, pm_stream_read, pm_input_stream(in), &limits, err);
        if (rc != PM_OK)
            return rc;
        r->head.max = r->block.max = in->options.warc.block_max + INPUT_PEEK;
    }
    for (;;) {
        rc = pm_input_next_record(in, &rec, err);
        if (rc == PM_DONE && r->told == 0 && pm_input_current(in)->named) {
            r->told = 1;
            return pm_fail(err, PM_SKIP, "holds no record");
        }
        r->told++;
        if (rc == PM_OK && is_own_info(&rec)) {
            r->own = true;
            continue;
        }
        if (!r->own || (rc != PM_OK && rc != PM_DONE))
            return rc == PM_OK ? make_capture(in, &rec, arena, dst, err) : rc;
        if (rc == PM_DONE && !r->held)
            return rc;
        rc = next_own(in, rc == PM_OK ? &rec : NULL, arena, dst, err);
        if (rc != PM_DONE)
            return rc;
    }
}

void
pm_input_records_end(struct input_records *r)
{
    pm_warc_free(r->reader);
    pm_warc_free(r->inner);
    if (r->inner != NULL)
        close(r->inner_fd);
    pm_input_big_release(&r->big);
    pm_input_big_release(&r->held_big);
    pm_buf_release(&r->head);
    pm_buf_release(&r->block);
    memset(r, 0, sizeof(*r));
}
