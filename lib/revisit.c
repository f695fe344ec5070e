#include "revisit.h"

#include <stdlib.h>

#include "http.h"
#include "mime.h"
#include "warc.h"

enum { CANDIDATES_MAX = 64 };
static const size_t RECORD_MAX = ((size_t)1 << 30) + (1 << 21);

struct pm_resolver {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_buf record;
};

int
pm_resolver_new(struct pm_resolver **dst, struct pm_manifest *m, int root, struct pm_err *err)
{
    struct pm_resolver *r = calloc(1, sizeof(*r));
    int rc;

    if (r == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    r->manifest = m;
    r->record = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    rc = pm_bundle_reader_open(&r->bundles, root, err);
    if (rc != PM_OK) {
        pm_resolver_free(r);
        return rc;
    }
    *dst = r;
    return PM_OK;
}

void
pm_resolver_free(struct pm_resolver *r)
{
    if (r == NULL)
        return;
    pm_bundle_reader_free(r->bundles);
    pm_buf_release(&r->record);
    free(r);
}

/* ---- what the record says ---- */

struct reference {
    struct pm_str url, id, digest;
    int64_t when_us; /* PM_WHEN_NONE: it does not say */
};

static struct pm_str
bare_url(struct pm_str url)
{
    return url.len >= 2 && url.ptr[0] == '<' && url.ptr[url.len - 1] == '>' ? PM_STRN(url.ptr + 1, url.len - 2) : url;
}

static struct reference
read_reference(const struct pm_capture *c, struct pm_arena *arena)
{
    struct reference ref = {
        .url = bare_url(pm_warc_field(c->record_head, PM_STR("WARC-Refers-To-Target-URI"))),
        .id = pm_warc_field(c->record_head, PM_STR("WARC-Refers-To")),
        .digest = pm_warc_field(c->record_head, PM_STR("WARC-Payload-Digest")),
        .when_us = PM_WHEN_NONE,
    };

    ref.url = ref.url.len > 0 ? pm_warc_uri_text(ref.url, arena) : c->url;
    (void)pm_when_parse(pm_warc_field(c->record_head, PM_STR("WARC-Refers-To-Date")), &ref.when_us);
    return ref;
}

/* ---- candidates ---- */

struct candidates {
    int64_t capture[CANDIDATES_MAX];
    size_t n; /* of all: the last CANDIDATES_MAX of them are kept, in a ring */
};

static int
note_candidate(void *ctx, const struct pm_row *row)
{
    struct candidates *c = ctx;

    if (row->original == 0 && row->page.bundle != 0)
        c->capture[c->n++ % CANDIDATES_MAX] = row->capture;
    return PM_OK;
}

/* Captures of the URL: at the date if one is named, else before the revisit. */
static int
find_candidates(struct pm_resolver *r, const struct pm_capture *revisit, const struct reference *ref,
                struct candidates *dst, struct pm_err *err)
{
    struct pm_query q = PM_QUERY_ALL;

    q.url = ref->url;
    q.url_exact = true;
    if (ref->when_us != PM_WHEN_NONE) {
        q.from_us = ref->when_us - ref->when_us % PM_SECOND_US;
        q.to_us = q.from_us + PM_SECOND_US;
    } else if (revisit->when_us != PM_WHEN_NONE) {
        q.to_us = revisit->when_us + PM_SECOND_US;
    }
    return pm_manifest_select(r->manifest, &q, note_candidate, dst, err);
}

/*
 * True when the record that begins with `head` is the one meant. A digest decides where both have
 * it; else the id does; else URL and date, if a date was named.
 */
static bool
is_meant(const struct reference *ref, struct pm_str head)
{
    struct pm_str digest = pm_warc_field(head, PM_STR("WARC-Payload-Digest"));

    if (ref->digest.len > 0 && digest.len > 0)
        return pm_str_ieq(ref->digest, digest);
    if (ref->id.len > 0)
        return pm_str_eq(ref->id, pm_warc_field(head, PM_STR("WARC-Record-ID")));
    return ref->when_us != PM_WHEN_NONE;
}

/* The revisit with the payload of the original, whose record is in r->record. */
static int
make_whole(struct pm_resolver *r, const struct pm_capture *revisit, size_t head, struct pm_arena *arena,
           struct pm_capture *dst, struct pm_err *err)
{
    struct pm_str copy = pm_arena_str(arena, pm_buf_span(&r->record)), block, fields;
    struct pm_http http;
    int rc = pm_arena_check(arena, err);

    if (rc != PM_OK)
        return rc;
    fields = PM_STRN(copy.ptr, head);
    block = PM_STRN(copy.ptr + head, copy.len - head - 4); /* two empty lines end it */
    *dst = *revisit;
    dst->origin = PM_ORIGIN_RECORD;
    dst->payload = block;
    dst->type = pm_warc_field(fields, PM_STR("Content-Type"));
    dst->http = PM_STR_NULL;
    if (pm_http_parse(block, &http, NULL) == PM_OK) {
        dst->http = http.head;
        dst->payload = http.body;
        dst->type = pm_http_field(http.head, PM_STR("content-type"));
    }
    dst->media = pm_mime_media(dst->payload, dst->type, dst->url);
    return PM_OK;
}

int
pm_resolve(struct pm_resolver *r, const struct pm_capture *revisit, struct pm_arena *arena, int64_t *original,
           struct pm_capture *dst, struct pm_err *err)
{
    struct reference ref = read_reference(revisit, arena);
    struct candidates found = {.n = 0};
    size_t n;
    int rc;

    if (ref.url.len == 0)
        return PM_DONE;
    rc = find_candidates(r, revisit, &ref, &found, err);
    if (rc != PM_OK)
        return rc;
    n = found.n < CANDIDATES_MAX ? found.n : CANDIDATES_MAX;
    for (size_t i = 0; i < n; i++) { /* the latest first */
        int64_t capture = found.capture[(found.n - 1 - i) % CANDIDATES_MAX];
        struct pm_row row;
        size_t head;

        rc = pm_manifest_get(r->manifest, capture, &row, err);
        if (rc != PM_OK)
            return rc;
        pm_buf_reset(&r->record);
        rc = pm_bundle_read(r->bundles, &row.page, &r->record, err);
        if (rc == PM_ENOMEM)
            return rc;
        head = pm_str_find(pm_buf_span(&r->record), PM_STR("\r\n\r\n"), 0);
        if (rc != PM_OK || head == SIZE_MAX || r->record.len < head + 8)
            continue; /* damaged: for verify to say */
        head += 4;
        if (!is_meant(&ref, PM_STRN(r->record.data, head)))
            continue;
        *original = capture;
        return make_whole(r, revisit, head, arena, dst, err);
    }
    return PM_DONE;
}
