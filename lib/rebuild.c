/* The manifest from the bundles alone. */
#include <stdlib.h>

#include "furniture.h"
#include "http.h"
#include "learn.h"
#include "maint.h"
#include "meta.h"
#include "mime.h"
#include "record.h"
#include "shingle.h"
#include "uid.h"
#include "url.h"
#include "warc.h"

enum {
    RECORD_MAX = (1 << 30) + (64 << 20),
    META_MEMORY = 256 << 20,
    LIST_MAX = 256 << 20,
    HEAD_MAX = 1 << 20,
    BATCH_RECORDS = 20000, /* a transaction */
};

/*
 * Ingest appends the records of a capture one behind the other: page, text if any, metadata. What came so
 * far of one waits here until its metadata tells the rest.
 */
struct waiting {
    struct pm_stored page, text; /* bundle 0: not met */
    struct pm_buf id;            /* WARC-Record-ID of the page, also when only the text was met */
    struct pm_buf type;          /* WARC-Type of the page */
    struct pm_loc original;      /* of a revisit: the page that it repeats */
    struct pm_row salvage;       /* what the page's record alone says; texts in `says` */
    struct pm_arena *says;
};

struct rebuild {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    const struct pm_maint_options *options;
    struct pm_verify_result *result;
    struct pm_err *err;
    struct pm_digester *digester;
    struct pm_shingler *shingler;
    struct pm_text_reader *texts;
    struct pm_buf record, frame, scratch;
    struct pm_arena *arena;
    struct waiting wait;
    uint64_t done, total;
    uint64_t committed; /* of the bundle: end of the last whole capture or record */
    unsigned batch;
    bool damage, last;
};

/* ---- telling ---- */

static void
tell(struct rebuild *r, const struct pm_loc *loc, struct pm_str url, const char *what)
{
    struct pm_damage d = {.loc = *loc, .url = url, .what = pm_str_of(what)};

    if (r->options->damage != NULL)
        r->options->damage(r->options->ctx, &d);
}

static void
tell_damage(struct rebuild *r, const struct pm_loc *loc, struct pm_str url, const char *what)
{
    r->result->damaged++;
    r->damage = true;
    tell(r, loc, url, what);
}

/* ---- rows ---- */

static int
put_record(struct rebuild *r, struct pm_stored *rec, int64_t capture)
{
    int rc;

    rec->capture = capture;
    rc = pm_manifest_put_record(r->manifest, rec, r->err);
    if (rc != PM_OK)
        return rc;
    r->result->records += !pm_str_eq(rec->type, PM_STR("dictionary"));
    r->result->bytes += rec->loc.length;
    r->committed = rec->loc.offset + rec->loc.length;
    if (++r->batch < BATCH_RECORDS)
        return PM_OK;
    r->batch = 0;
    rc = pm_manifest_commit(r->manifest, r->err);
    return rc == PM_OK ? pm_manifest_begin(r->manifest, r->err) : rc;
}

/* Frame and record of *loc as a row; `type` is borrowed. */
static int
describe(struct rebuild *r, const struct pm_loc *loc, struct pm_str record, struct pm_str type, struct pm_stored *dst)
{
    int rc;

    *dst = (struct pm_stored){.loc = *loc, .size = record.len, .type = type};
    pm_buf_reset(&r->frame);
    rc = pm_bundle_read_frame(r->bundles, loc, &r->frame, r->err);
    if (rc != PM_OK)
        return rc;
    dst->check = pm_frame_check(pm_buf_span(&r->frame));
    return pm_digest_sha256(r->digester, &record, 1, &dst->sha, r->err);
}

/* Fingerprint and blocks are made of the stored text, as ingest made them of the same text. */
static int
put_fingerprint(struct rebuild *r, const struct pm_row *row, struct pm_str text)
{
    struct pm_fingerprint fp;
    int rc;

    if (row->words == 0)
        return PM_OK;
    rc = pm_fingerprint(r->shingler, text, &fp, r->err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&r->scratch);
    pm_fingerprint_pack(&fp, &r->scratch);
    rc = pm_buf_check(&r->scratch, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_put_fingerprint(r->manifest, row->capture, fp.exact, pm_buf_span(&r->scratch), r->err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&r->scratch);
    pm_blocks_pack(text, &r->scratch);
    rc = pm_buf_check(&r->scratch, r->err);
    return rc == PM_OK ? pm_manifest_put_blocks(r->manifest, row, pm_buf_span(&r->scratch), r->err) : rc;
}

/* From the text, which may lean on its page; `page` is where that is. A text that cannot be read has none. */
static int
read_fingerprint(struct rebuild *r, const struct pm_row *row, const struct pm_loc *page)
{
    const struct pm_text_loc loc = {.page = *page, .text = row->text};
    struct pm_err why;
    struct pm_str text;
    int rc;

    if (row->text.bundle == 0)
        return PM_OK;
    rc = pm_text_read(r->texts, &loc, &text, &why);
    if (rc == PM_ECORRUPT || rc == PM_ENOTFOUND)
        return PM_OK;
    return rc == PM_OK ? put_fingerprint(r, row, text) : pm_fail(r->err, rc, "%s", why.text);
}

/* ---- captures ---- */

static void
forget(struct waiting *w)
{
    w->page.loc.bundle = w->text.loc.bundle = 0;
    pm_buf_reset(&w->id);
    pm_buf_reset(&w->type);
    w->original = (struct pm_loc){0};
    pm_arena_reset(w->says);
    w->salvage = (struct pm_row){0};
}

static int
put_capture(struct rebuild *r, struct pm_row *row, struct pm_stored *meta)
{
    struct waiting *w = &r->wait;
    int rc = pm_manifest_put_capture(r->manifest, row, r->err);

    if (rc == PM_SKIP) { /* the same capture twice: an archive that was put together by hand */
        row->capture = 0;
        rc = PM_OK;
    }
    if (rc == PM_OK && w->page.loc.bundle != 0)
        rc = put_record(r, &w->page, row->capture);
    if (rc == PM_OK && w->text.loc.bundle != 0)
        rc = put_record(r, &w->text, row->capture);
    if (rc == PM_OK && meta != NULL)
        rc = put_record(r, meta, row->capture);
    if (rc == PM_OK && row->capture != 0)
        rc = read_fingerprint(r, row, row->original != 0 ? &w->original : &row->page);
    forget(w);
    return rc;
}

/* The capture whose payload a revisit repeats: as its metadata names it, or any that has the payload. */
static int
find_original(struct rebuild *r, const struct pm_meta *meta, struct pm_row *row)
{
    struct pm_row original = {0};
    int64_t number = 0;
    int rc = pm_manifest_find_uid(r->manifest, meta->original, &number, r->err);

    if (rc == PM_OK)
        rc = pm_manifest_get(r->manifest, number, &original, r->err);
    else if (rc == PM_DONE)
        rc = pm_manifest_find_payload(r->manifest, &row->payload_sha, row->payload_size, &original, r->err);
    if (rc == PM_OK) {
        row->original = original.capture;
        row->text = original.text;
        r->wait.original = original.page;
    }
    return rc;
}

/* A page without its metadata, which was damaged: what the page's record says has to do. */
static int
salvage(struct rebuild *r, bool at_end)
{
    struct waiting *w = &r->wait;
    int rc;

    if (w->page.loc.bundle == 0 && w->text.loc.bundle == 0)
        return PM_OK;
    /* Without a URL it is no capture, or a revisit that may be whole as it is. */
    if (at_end && r->last &&
        (w->salvage.url.len > 0 ||
         w->page.loc.bundle == 0)) { /* a run that was interrupted wrote no more of it; its next writer cuts it off */
        r->result->stray++;
        tell(r, w->page.loc.bundle != 0 ? &w->page.loc : &w->text.loc, w->salvage.url,
             "the start of a capture that an interrupted run left; the next one takes it away");
        forget(w);
        return PM_OK;
    }
    if (w->salvage.url.len == 0) {
        rc = w->page.loc.bundle != 0 ? put_record(r, &w->page, 0) : PM_OK;
        if (rc == PM_OK && w->text.loc.bundle != 0)
            rc = put_record(r, &w->text, 0);
        forget(w);
        return rc;
    }
    w->salvage.page = w->page.loc;
    w->salvage.text = w->text.loc.bundle != 0 ? w->text.loc : (struct pm_loc){0};
    tell_damage(r, &w->page.loc, w->salvage.url, "the metadata record of this capture is lost");
    return put_capture(r, &w->salvage, NULL);
}

/* Whether what waits, if anything does, is of the page with this id. */
static bool
belongs(const struct waiting *w, struct pm_str id)
{
    return w->id.len == 0 || pm_str_eq(pm_buf_span(&w->id), id);
}

/* A metadata record of ours: the row of the capture whose records came before it. */
static int
take_meta(struct rebuild *r, struct pm_str refers_to, struct pm_str json, struct pm_stored *rec)
{
    struct waiting *w = &r->wait;
    struct pm_meta meta;
    struct pm_row *row = &meta.row;
    int rc = PM_OK;

    pm_arena_reset(r->arena);
    rc = pm_meta_parse(json, r->arena, &meta, r->err);
    if (rc == PM_ECORRUPT) {
        tell_damage(r, &rec->loc, PM_STR_NULL, r->err->text);
        return put_record(r, rec, 0);
    }
    if (rc != PM_OK)
        return rc;
    if (!belongs(w, refers_to))
        rc = salvage(r, false);
    if (rc != PM_OK)
        return rc;
    row->page = w->page.loc.bundle != 0 ? w->page.loc : (struct pm_loc){0};
    row->text = w->text.loc.bundle != 0 ? w->text.loc : (struct pm_loc){0};
    row->meta = rec->loc;
    if (meta.has_original) {
        rc = find_original(r, &meta, row);
        if (rc == PM_DONE) { /* its payload is lost: it must not pass for one that has it */
            row->page = (struct pm_loc){0};
            tell_damage(r, &rec->loc, row->url, "the capture whose payload this one repeats is lost");
            rc = PM_OK;
        }
    } else if (row->page.bundle == 0) {
        tell_damage(r, &rec->loc, row->url, "the record of this capture's page is lost");
    }
    return rc == PM_OK ? put_capture(r, row, rec) : rc;
}

/* A page's record in its parts: its payload is in memory, or only what there is to say of it. */
struct page {
    struct pm_str head, http; /* http: absent if none */
    struct pm_str payload;    /* its start at least */
    uint64_t payload_size;
    struct pm_sha256 payload_sha;
};

/* What a page's record says of its capture, should its metadata be lost. */
static int
note_page(struct rebuild *r, const struct page *page)
{
    struct pm_row *row = &r->wait.salvage;
    struct pm_http http = {.status = 0};
    struct pm_str uri = pm_warc_uri(page->head), type, site;
    int rc = page->http.ptr != NULL ? pm_http_parse(page->http, &http, NULL) : PM_OK;

    if (rc < 0)
        return pm_fail(r->err, rc, "out of memory");
    type = page->http.ptr != NULL ? pm_http_field(page->http, PM_STR("content-type"))
                                  : pm_warc_field(page->head, PM_STR("Content-Type"));
    row->url = pm_arena_str(r->wait.says, pm_warc_uri_text(uri, r->wait.says));
    row->type = type.len > 0 ? pm_arena_str(r->wait.says, type) : PM_STR_NULL;
    site = pm_url_site(row->url);
    row->outlet = site.len > 0 ? site : PM_STR_NULL;
    row->when_source = PM_WHEN_FROM_RECORD;
    if (!pm_when_parse(pm_warc_field(page->head, PM_STR("WARC-Date")), &row->when_us)) {
        row->when_us = PM_WHEN_NONE;
        row->when_source = PM_WHEN_FROM_NONE;
    }
    row->status = http.status;
    row->media = page->payload_size > PM_BIG_MIN ? PM_MEDIA_OTHER : pm_mime_media(page->payload, row->type, row->url);
    row->payload_size = page->payload_size;
    row->payload_sha = page->payload_sha;
    rc = pm_uid_make(r->digester, row, r->err);
    return rc == PM_OK ? pm_arena_check(r->wait.says, r->err) : rc;
}

/* The parts of a record in memory. */
static int
split_page(struct rebuild *r, struct pm_str head, struct pm_str block, struct page *dst)
{
    struct pm_http http;
    int rc = pm_http_parse(block, &http, NULL);

    if (rc < 0)
        return pm_fail(r->err, rc, "out of memory");
    *dst = (struct page){.head = head, .payload = block};
    if (rc == PM_OK) {
        dst->http = http.head;
        dst->payload = http.body;
    }
    dst->payload_size = dst->payload.len;
    return pm_digest_sha256(r->digester, &dst->payload, 1, &dst->payload_sha, r->err);
}

static int
take_page(struct rebuild *r, const struct page *page, bool revisit, const struct pm_stored *rec)
{
    struct waiting *w = &r->wait;
    int rc = salvage(r, false);

    if (rc != PM_OK)
        return rc;
    w->page = *rec;
    pm_buf_str(&w->id, pm_warc_field(page->head, PM_STR("WARC-Record-ID")));
    pm_buf_str(&w->type, rec->type);
    w->page.type = pm_buf_span(&w->type);
    rc = pm_buf_check(&w->id, r->err);
    if (rc == PM_OK)
        rc = pm_buf_check(&w->type, r->err);
    return rc == PM_OK && !revisit ? note_page(r, page) : rc;
}

static int
take_text(struct rebuild *r, struct pm_str refers_to, const struct pm_stored *rec)
{
    struct waiting *w = &r->wait;
    int rc = PM_OK;

    if (w->text.loc.bundle != 0 || !belongs(w, refers_to))
        rc = salvage(r, false);
    if (rc != PM_OK)
        return rc;
    if (w->page.loc.bundle == 0) /* that is damaged: the text waits alone */
        pm_buf_str(&w->id, refers_to);
    w->text = *rec;
    w->text.type = PM_STR("conversion");
    return pm_buf_check(&w->id, r->err);
}

/* A record of which only the start is in r->record, since it is too large for memory. */
static int
take_big(struct rebuild *r, const struct pm_loc *loc)
{
    struct pm_stored rec = {.loc = *loc};
    struct pm_big_facts facts;
    struct pm_big *big = NULL;
    struct page page;
    bool capture;
    int rc = pm_big_new(&big, PM_BIG_UNKNOWN, NULL, NULL, r->err);

    if (rc == PM_OK)
        rc = pm_bundle_stream(r->bundles, loc, pm_big_add, big, &rec.check, r->err);
    if (rc == PM_OK)
        rc = pm_big_end(big, &facts, r->err);
    if (rc == PM_ECORRUPT) {
        tell_damage(r, loc, PM_STR_NULL, r->err->text);
        rc = PM_OK;
    } else if (rc == PM_OK) {
        rec.size = facts.size;
        rec.sha = facts.sha;
        rec.type = pm_warc_field(facts.head, PM_STR("WARC-Type"));
        page = (struct page){facts.head, facts.http, facts.start, facts.payload_size, facts.payload_sha};
        capture = pm_warc_is_capture(rec.type, pm_warc_uri(facts.head));
        rc = capture ? take_page(r, &page, false, &rec) : salvage(r, false);
        if (rc == PM_OK && !capture)
            rc = put_record(r, &rec, 0);
    }
    pm_big_free(big);
    return rc;
}

static int
take_record(struct rebuild *r, const struct pm_loc *loc)
{
    struct pm_str record = pm_buf_span(&r->record), head, block, type, refers_to;
    struct pm_stored rec;
    struct page page;
    uint64_t length;
    size_t n;
    int rc;

    if (pm_record_head(record, &n, &length) && n + length + 4 > record.len)
        return take_big(r, loc);
    if (!pm_record_split(record, &head, &block)) {
        tell_damage(r, loc, PM_STR_NULL, "frame holds no WARC record");
        return PM_OK;
    }
    type = pm_warc_field(head, PM_STR("WARC-Type"));
    refers_to = pm_warc_field(head, PM_STR("WARC-Refers-To"));
    rc = describe(r, loc, record, type, &rec);
    if (rc != PM_OK)
        return rc;
    if (pm_str_ieq(type, PM_STR("metadata")) &&
        pm_str_ieq(pm_warc_field(head, PM_STR("Content-Type")), PM_STR(PM_META_TYPE)))
        return take_meta(r, refers_to, block, &rec);
    if (pm_warc_is_capture(type, pm_warc_uri(head)) || pm_str_ieq(type, PM_STR("revisit"))) {
        rc = split_page(r, head, block, &page);
        return rc == PM_OK ? take_page(r, &page, pm_str_ieq(type, PM_STR("revisit")), &rec) : rc;
    }
    if (pm_str_ieq(type, PM_STR("conversion")))
        return take_text(r, refers_to, &rec);
    rc = salvage(r, false);
    return rc == PM_OK ? put_record(r, &rec, 0) : rc;
}

/* ---- the walk ---- */

/* A frame without content: the dictionary if it comes first, else one that readers must ignore. */
static int
take_skippable(struct rebuild *r, const struct pm_loc *loc)
{
    struct pm_stored rec;
    int rc;

    if (loc->offset != 0)
        return PM_OK;
    pm_buf_reset(&r->record);
    rc = pm_bundle_dict(r->bundles, loc->bundle, &r->record, r->err);
    if (rc == PM_ECORRUPT) {
        tell_damage(r, loc, PM_STR_NULL, r->err->text);
        return PM_OK;
    }
    if (rc != PM_OK || r->record.len == 0)
        return rc;
    if (pm_bundle_dict_mended(r->bundles, loc->bundle))
        tell_damage(r, loc, PM_STR_NULL,
                    "the dictionary is damaged; it is mended whenever it is read, and for good by 'repack'");
    rc = describe(r, loc, pm_buf_span(&r->record), PM_STR("dictionary"), &rec);
    return rc == PM_OK ? put_record(r, &rec, 0) : rc;
}

static int
take_damage(struct rebuild *r, const struct pm_loc *loc, uint64_t size)
{
    if (r->last && loc->offset + loc->length >= size) {
        int rc = salvage(r, true);

        r->result->stray++;
        tell(r, loc, PM_STR_NULL, "no whole record at the end: an interrupted run left it, or it is damaged");
        return rc;
    }
    tell_damage(r, loc, r->wait.page.loc.bundle != 0 ? r->wait.salvage.url : PM_STR_NULL, r->err->text);
    return PM_OK;
}

static int
take_bundle(struct rebuild *r, const struct pm_bundle_file *file)
{
    struct pm_loc loc = {file->bundle, 0, 0};
    struct pm_bundle_state state = {file->bundle, 0};
    int rc, walk;

    r->committed = 0;
    r->result->bundles++;
    for (;;) {
        pm_buf_reset(&r->record);
        walk = pm_bundle_walk(r->bundles, &loc, file->size, &r->record, r->err);
        if (walk == PM_DONE || walk < 0)
            break;
        if (walk == PM_SKIP)
            rc = take_damage(r, &loc, file->size);
        else
            rc = r->record.len > 0 ? take_record(r, &loc) : take_skippable(r, &loc);
        if (rc != PM_OK)
            return rc;
        if (r->options->progress != NULL &&
            r->options->progress(r->options->ctx, r->done + loc.offset + loc.length, r->total) != 0)
            return pm_fail(r->err, PM_ECANCELED, "stopped on request");
    }
    rc = walk < 0 ? walk : salvage(r, true);
    r->done += file->size;
    state.size = r->last ? r->committed : file->size;
    return rc == PM_OK ? pm_manifest_put_bundle(r->manifest, &state, !r->last, r->err) : rc;
}

static int
set_up(struct rebuild *r)
{
    const size_t max = RECORD_MAX;
    int rc;

    r->record = (struct pm_buf)PM_BUF_INIT(max);
    r->frame = (struct pm_buf)PM_BUF_INIT(max);
    r->scratch = (struct pm_buf)PM_BUF_INIT(max);
    r->wait.id = (struct pm_buf)PM_BUF_INIT(HEAD_MAX);
    r->wait.type = (struct pm_buf)PM_BUF_INIT(HEAD_MAX);
    r->wait.says = pm_arena_new(META_MEMORY);
    r->arena = pm_arena_new(META_MEMORY);
    if (r->wait.says == NULL || r->arena == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    rc = pm_digester_new(&r->digester, r->err);
    if (rc == PM_OK)
        rc = pm_text_reader_new(&r->texts, r->bundles, r->err);
    return rc == PM_OK ? pm_shingler_new(&r->shingler, r->err) : rc;
}

static void
release(struct rebuild *r)
{
    pm_digester_free(r->digester);
    pm_shingler_free(r->shingler);
    pm_arena_free(r->arena);
    pm_arena_free(r->wait.says);
    pm_buf_release(&r->record);
    pm_buf_release(&r->frame);
    pm_buf_release(&r->scratch);
    pm_text_reader_free(r->texts);
    pm_buf_release(&r->wait.id);
    pm_buf_release(&r->wait.type);
}

int
pm_rebuild(struct pm_manifest *m, struct pm_bundle_reader *b, int root, const struct pm_maint_options *options,
           struct pm_verify_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct rebuild r = {.manifest = m, .bundles = b, .options = options, .result = dst, .err = err ? err : &own};
    struct pm_arena *list = pm_arena_new(LIST_MAX);
    struct pm_bundle_file *files = NULL;
    size_t n = 0;
    bool begun = false;
    int rc;

    *dst = (struct pm_verify_result){0};
    rc = list ? set_up(&r) : pm_fail(r.err, PM_ENOMEM, "out of memory");
    if (rc == PM_OK)
        rc = pm_bundle_list(root, list, &files, &n, r.err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        r.total += files[i].size;
    if (rc == PM_OK) {
        rc = pm_manifest_begin(m, r.err);
        begun = rc == PM_OK;
    }
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        r.last = i + 1 == n;
        rc = take_bundle(&r, &files[i]);
    }
    if (rc == PM_OK)
        rc = pm_manifest_commit(m, r.err);
    else if (begun)
        pm_manifest_rollback(m);
    if (rc == PM_OK)
        rc = pm_learn(m, root, r.err);
    if (rc == PM_OK && r.damage)
        rc = pm_fail(r.err, PM_DONE, "damage was found");
    release(&r);
    pm_arena_free(list);
    return rc;
}
