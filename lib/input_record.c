/* WARC records as captures. */
#include "http.h"
#include "input_own.h"
#include "mime.h"

static bool
is_http(const struct pm_warc_record *rec)
{
    return pm_str_istarts(rec->content_type, PM_STR("application/http")) ||
           pm_str_istarts(rec->block, PM_STR("HTTP/"));
}

static bool
is_page_type(struct pm_str type)
{
    return pm_str_ieq(type, PM_STR("response")) || pm_str_ieq(type, PM_STR("resource"));
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

int
pm_input_record(struct pm_input *in, struct pm_arena *arena, struct pm_capture *dst, struct pm_err *err)
{
    struct pm_warc_record rec;
    struct pm_str head;
    int rc;

    if (in->records.reader == NULL) {
        rc = pm_warc_open_read(&in->records.reader, pm_stream_read, pm_input_stream(in), &in->options.warc, err);
        if (rc != PM_OK)
            return rc;
    }
    rc = pm_warc_next(in->records.reader, &rec, err);
    if (rc == PM_DONE && in->records.told == 0 && pm_input_current(in)->named) {
        in->records.told = 1;
        return pm_fail(err, PM_SKIP, "holds no record");
    }
    in->records.told++;
    if (rc != PM_OK)
        return rc;
    dst->source = pm_arena_strf(arena, "%s@%llu", pm_input_current(in)->label.ptr, (unsigned long long)rec.offset);
    head = dst->record_head = pm_arena_str(arena, rec.head);
    dst->record_block = pm_arena_str(arena, rec.block);
    rc = pm_arena_check(arena, err);
    if (rc != PM_OK)
        return rc == PM_ELIMIT ? pm_fail(err, PM_SKIP, "offset %llu: record needs too much memory",
                                         (unsigned long long)rec.offset) : rc;
    dst->record_id = moved(rec.id, rec.head, head);
    dst->record_type = moved(rec.type, rec.head, head);
    dst->record_digest = moved(rec.block_digest, rec.head, head);
    dst->url = moved(rec.uri, rec.head, head);
    if (rec.note.ptr != NULL)
        dst->note = pm_arena_str(arena, rec.note);
    dst->origin = PM_ORIGIN_OPAQUE;
    dst->media = PM_MEDIA_OTHER;
    dst->when_source = PM_WHEN_FROM_RECORD;
    if (!pm_when_parse(rec.date, &dst->when_us))
        pm_input_date(in, dst);
    if (is_page_type(rec.type) && rec.uri.len > 0 && !pm_str_istarts(rec.uri, PM_STR("dns:"))) {
        dst->origin = PM_ORIGIN_RECORD;
        fill_payload(&rec, dst);
    }
    return pm_arena_check(arena, err);
}
