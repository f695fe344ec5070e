#include "prepare.h"

#include <stdlib.h>

#include "big.h"
#include "clean.h"
#include "furniture.h"
#include "http.h"
#include "info.h"
#include "json.h"
#include "meta.h"
#include "mime.h"
#include "record.h"
#include "shingle.h"
#include "text.h"
#include "text_record.h"
#include "uid.h"
#include "url.h"

enum { RECORD_OVERHEAD = 4 << 20, META_MAX = 64 << 20 };

struct pm_preparer {
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_cleaner *cleaner;
    struct pm_shingler *shingler;
    struct pm_buf decoded; /* payload with its HTTP codings undone: what unpacks to more than is cleaned is not */
    struct pm_buf record;  /* one record, before compression */
    struct pm_buf scratch; /* small texts: metadata, ids */
};

int
pm_preparer_new(struct pm_preparer **dst, size_t payload_max, const struct pm_agencies *agencies, struct pm_err *err)
{
    struct pm_preparer *p = calloc(1, sizeof(*p));
    int rc;

    if (p == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    p->decoded = (struct pm_buf)PM_BUF_INIT(payload_max < PM_BIG_MIN ? payload_max : PM_BIG_MIN);
    p->record = (struct pm_buf)PM_BUF_INIT(payload_max + RECORD_OVERHEAD);
    p->scratch = (struct pm_buf)PM_BUF_INIT(META_MAX);
    rc = pm_codec_new(&p->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&p->digester, err);
    if (rc == PM_OK)
        rc = pm_cleaner_new(&p->cleaner, 0, agencies, err);
    if (rc == PM_OK)
        rc = pm_shingler_new(&p->shingler, err);
    if (rc != PM_OK) {
        pm_preparer_free(p);
        return rc;
    }
    *dst = p;
    return PM_OK;
}

void
pm_preparer_free(struct pm_preparer *p)
{
    if (p == NULL)
        return;
    pm_shingler_free(p->shingler);
    pm_cleaner_free(p->cleaner);
    pm_digester_free(p->digester);
    pm_codec_free(p->codec);
    pm_buf_release(&p->scratch);
    pm_buf_release(&p->record);
    pm_buf_release(&p->decoded);
    free(p);
}

/* ---- records ---- */

/* Compress the record in p->record. */
static int
finish_frame(struct pm_preparer *p, struct pm_str type, const struct pm_dict *dict, int level, struct pm_buf *out,
             struct pm_frame *dst, struct pm_err *err)
{
    struct pm_str record = pm_buf_span(&p->record);
    size_t offset = out->len;
    int rc = pm_digest_sha256(p->digester, &record, 1, &dst->sha, err);

    if (rc == PM_OK)
        rc = pm_codec_zstd(p->codec, level, dict, record, out, err);
    if (rc != PM_OK)
        return rc;
    dst->offset = offset;
    dst->length = out->len - offset;
    dst->size = record.len;
    dst->type = type;
    return PM_OK;
}

static int
write_frame(struct pm_preparer *p, const struct pm_record *r, const struct pm_dict *dict, int level, struct pm_buf *out,
            struct pm_frame *dst, struct pm_err *err)
{
    int rc;

    pm_buf_reset(&p->record);
    rc = pm_record_write(r, p->digester, &p->record, err);
    if (rc != PM_OK)
        return rc;
    return finish_frame(p, r->type, dict, level, out, dst, err);
}

/* The id of a capture's record of one type: made from the capture's own id, so it is the same each time. */
static int
record_id(struct pm_preparer *p, const struct pm_row *row, struct pm_str type, char dst[64], struct pm_str *id,
          struct pm_err *err)
{
    const struct pm_str parts[] = {PM_STRN((const char *)row->uid, sizeof(row->uid)), type};
    struct pm_buf text = PM_BUF_INIT(64);
    struct pm_sha256 sha;
    int rc = pm_digest_sha256(p->digester, parts, 2, &sha, err);

    if (rc != PM_OK)
        return rc;
    pm_record_id(&text, &sha);
    rc = pm_buf_check(&text, err);
    if (rc == PM_OK) {
        memcpy(dst, text.data, text.len);
        *id = PM_STRN(dst, text.len);
    }
    pm_buf_release(&text);
    return rc;
}

static int64_t
record_time(const struct pm_row *row)
{
    return row->when_us == PM_WHEN_NONE ? 0 : row->when_us;
}

/* The capture itself: a taken-in record as it stands, else a record of our own around the payload. */
static int
make_page(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_dict *dict, int level,
          struct pm_buf *out, struct pm_prepared *dst, struct pm_str page_id, struct pm_err *err)
{
    struct pm_record r = {0};

    if (cap->big != NULL) { /* the writer takes it from its file, piece by piece */
        dst->page = (struct pm_frame){.size = cap->big->size, .sha = cap->big->sha, .type = cap->record_type};
        return PM_OK;
    }
    if (cap->record_head.ptr != NULL) {
        pm_buf_reset(&p->record);
        pm_buf_str(&p->record, cap->record_head);
        pm_buf_str(&p->record, cap->record_block);
        pm_buf_cstr(&p->record, "\r\n\r\n");
        if (pm_buf_check(&p->record, err) != PM_OK)
            return err->code;
        return finish_frame(p, cap->record_type, dict, level, out, &dst->page, err);
    }
    r.type = PM_STR("resource");
    r.id = page_id;
    r.when_us = record_time(&dst->row);
    r.uri = dst->row.url;
    r.content_type =
        cap->type.ptr ? cap->type : (cap->media == PM_MEDIA_HTML ? PM_STR("text/html") : PM_STR("text/plain"));
    r.block[0] = cap->payload;
    return write_frame(p, &r, dict, level, out, &dst->page, err);
}

static int
make_text(struct pm_preparer *p, struct pm_str text, struct pm_str base, struct pm_str page_id,
          const struct pm_dict *dict, int level, struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err)
{
    struct pm_record r = {.type = PM_STR("conversion"), .when_us = record_time(&dst->row), .refers_to = page_id};
    struct pm_buf uri = PM_BUF_INIT(META_MAX);
    char id[64];
    int rc = record_id(p, &dst->row, r.type, id, &r.id, err);

    /* Not the page's own: replay tools index such records too, and would show the text in the place of the page. */
    pm_buf_cstr(&uri, "urn:text:");
    pm_buf_str(&uri, dst->row.url);
    r.uri = pm_buf_span(&uri);
    pm_buf_reset(&p->scratch);
    if (rc == PM_OK)
        rc = pm_buf_check(&uri, err);
    if (rc == PM_OK)
        rc = pm_text_pack(p->codec, base, text, &p->scratch, &r.content_type, err);
    r.block[0] = pm_buf_span(&p->scratch);
    if (rc == PM_OK)
        rc = write_frame(p, &r, dict, level, out, &dst->text, err);
    pm_buf_release(&uri);
    return rc;
}

static int
make_meta(struct pm_preparer *p, struct pm_str page_id, const uint8_t *original, const struct pm_dict *dict, int level,
          struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err)
{
    /* Without a URI, which it may lack (ISO 28500:2017, 5.12), it is in no tool's index of pages. */
    struct pm_record r = {.type = PM_STR("metadata"),
                          .when_us = record_time(&dst->row),
                          .content_type = PM_STR(PM_META_TYPE),
                          .refers_to = page_id};
    char id[64];
    int rc = record_id(p, &dst->row, r.type, id, &r.id, err);

    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_meta_print(&dst->row, original, &p->scratch);
    rc = pm_buf_check(&p->scratch, err);
    if (rc != PM_OK)
        return rc;
    r.block[0] = pm_buf_span(&p->scratch);
    return write_frame(p, &r, dict, level, out, &dst->meta, err);
}

/* ---- the row ---- */

static struct pm_str
json_list(struct pm_preparer *p, const struct pm_str *items, size_t n, struct pm_arena *arena)
{
    if (n == 0)
        return PM_STR_NULL;
    pm_buf_reset(&p->scratch);
    pm_buf_putc(&p->scratch, '[');
    for (size_t i = 0; i < n; i++) {
        pm_json_comma(&p->scratch);
        pm_json_str(&p->scratch, items[i]);
    }
    pm_buf_putc(&p->scratch, ']');
    return pm_arena_copy(arena, &p->scratch);
}

/* Short names, or the words behind them, joined. */
static struct pm_str
join_credit(struct pm_preparer *p, const struct pm_article *a, bool words, struct pm_arena *arena)
{
    if (a->n_credit == 0)
        return PM_STR_NULL;
    pm_buf_reset(&p->scratch);
    pm_credit_join(a->credit, a->n_credit, words, &p->scratch);
    return pm_arena_copy(arena, &p->scratch);
}

/* A copy, as UTF-8 even where it came from a header in Latin-1. */
static struct pm_str
keep(struct pm_arena *arena, struct pm_str s)
{
    struct pm_buf utf8 = PM_BUF_INIT(3 * s.len);
    struct pm_str copy = PM_STR_NULL;

    if (s.len == 0)
        return PM_STR_NULL;
    if (pm_utf8_valid(s))
        return pm_arena_str(arena, s);
    if (pm_text_decode(s, "windows-1252", &utf8, NULL) == PM_OK || utf8.failed)
        copy = pm_arena_copy(arena, &utf8);
    pm_buf_release(&utf8);
    return copy;
}

static void
fill_article(struct pm_preparer *p, const struct pm_article *a, struct pm_arena *arena, struct pm_row *row)
{
    row->title = keep(arena, a->title);
    row->standfirst = keep(arena, a->standfirst);
    row->byline = json_list(p, a->byline, a->n_byline, arena);
    row->published = keep(arena, a->published);
    row->modified = keep(arena, a->modified);
    row->section = keep(arena, a->section);
    row->site = keep(arena, a->site);
    row->language = keep(arena, a->language);
    row->canonical = keep(arena, a->canonical);
    row->captions = json_list(p, a->captions, a->n_captions, arena);
    row->credit = join_credit(p, a, false, arena);
    row->credit_words = join_credit(p, a, true, arena);
    row->words = a->words;
}

/* The target of a capture: as given, else what the page says of itself, else its path, else its content. */
static struct pm_str
choose_url(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_row *row, struct pm_arena *arena)
{
    if (cap->url.len > 0)
        return pm_arena_str(arena, cap->url);
    pm_buf_reset(&p->scratch);
    if (row->canonical.len > 0 && pm_url_host(row->canonical).len > 0)
        return row->canonical;
    if (cap->key.len > 0) {
        pm_url_from_path(&p->scratch, cap->key);
    } else {
        pm_buf_cstr(&p->scratch, "urn:sha256:");
        pm_hex(&p->scratch, row->payload_sha.byte, sizeof(row->payload_sha.byte));
    }
    return pm_arena_copy(arena, &p->scratch);
}

static void
choose_when(const struct pm_capture *cap, struct pm_row *row)
{
    bool given = cap->when_source == PM_WHEN_FROM_RECORD || cap->when_source == PM_WHEN_FROM_OPTION;

    row->when_us = cap->when_us;
    row->when_source = cap->when_us == PM_WHEN_NONE ? PM_WHEN_FROM_NONE : cap->when_source;
    if ((!given || cap->when_us == PM_WHEN_NONE) && row->published.len > 0 &&
        pm_when_parse(row->published, &row->when_us))
        row->when_source = PM_WHEN_FROM_PAGE;
}

/* ---- stages ---- */

/* The payload as a page: HTTP codings undone, and what kind of page it is. *base: what its text may be a patch of. */
static int
decode(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_str *page,
       struct pm_str *base, struct pm_str *type, enum pm_media *media, int *status, const char **bomb,
       struct pm_err *err)
{
    struct pm_mhtml mhtml;
    struct pm_http http;
    const char *odd = NULL;
    int rc;

    *page = cap->payload;
    *base = PM_STR_NULL;
    if (cap->http.ptr == NULL &&
        !pm_str_starts(cap->payload, PM_STR("HTTP/"))) /* else it would be taken for a response */
        *base = cap->payload;
    *type = cap->type;
    *media = cap->media;
    *status = 0;
    if (cap->big != NULL) { /* kept, not cleaned */
        *media = PM_MEDIA_OTHER;
        if (cap->http.ptr != NULL && pm_http_parse(cap->http, &http, NULL) == PM_OK)
            *status = http.status;
        return PM_OK;
    }
    if (*media == PM_MEDIA_HTML && pm_mhtml_sniff(*page)) { /* cleaned is the page in it */
        rc = pm_mhtml_parse(*page, arena, &mhtml, err);
        if (rc == PM_OK) {
            *page = mhtml.html;
            *type = mhtml.type;
        }
        return rc == PM_SKIP ? PM_OK : rc;
    }
    if (cap->http.ptr == NULL)
        return PM_OK;
    rc = pm_http_parse(cap->http, &http, err);
    if (rc != PM_OK)
        return rc == PM_SKIP ? PM_OK : rc;
    http.body = cap->payload;
    *status = http.status;
    pm_buf_reset(&p->decoded);
    rc = pm_http_decode(p->codec, &http, &p->decoded, &odd, err);
    if (rc == PM_ELIMIT) {
        *bomb = "unpacks to more than a page may: kept as it came, not cleaned";
        *media = PM_MEDIA_OTHER;
        return PM_OK;
    }
    if (rc != PM_OK)
        return rc;
    *page = pm_buf_span(&p->decoded);
    if (odd == NULL) /* what comes of a damaged body may depend on who decodes it */
        *base = *page;
    *type = pm_http_field(http.head, PM_STR("content-type"));
    *media = pm_mime_media(*page, *type, cap->url);
    return PM_OK;
}

static bool
is_success(int status)
{
    return status == 0 || (status >= 200 && status < 300);
}

/*
 * The text of a JSON Lines row was taken off its page by whoever wrote the row: all its lines are kept, the cleaner
 * only reads the fields in it.
 */
static int
whole_text(struct pm_str payload, struct pm_arena *arena, struct pm_str *text, struct pm_err *err)
{
    struct pm_buf whole = PM_BUF_INIT(payload.len + 1), *out = &whole;
    int rc;

    while (payload.len > 0) {
        const char *end = memchr(payload.ptr, '\n', payload.len);
        size_t n = end != NULL ? (size_t)(end - payload.ptr) : payload.len, before = out->len;

        if (before > 0)
            pm_buf_putc(out, '\n');
        pm_text_squeeze(out, PM_STRN(payload.ptr, n));
        if (before > 0 && out->len == before + 1)
            out->len = before; /* an empty line */
        n += end != NULL;
        payload.ptr += n;
        payload.len -= n;
    }
    *text = pm_arena_copy(arena, out);
    rc = pm_buf_check(out, err);
    pm_buf_release(out);
    return rc;
}

/* Clean and fingerprint. A page that cannot be cleaned is kept all the same, without text. */
static int
understand(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_prepared *dst,
           struct pm_str *text, struct pm_str *base, struct pm_err *err)
{
    /* A URL made of a path says nothing of the page, and is not there when the file is taken in first. */
    struct pm_clean_input in = {.url = pm_url_host(cap->url).len > 0 ? cap->url : PM_STR_NULL};
    struct pm_fingerprint fp;
    struct pm_article article;
    struct pm_row *row = &dst->row;
    bool whole;
    int rc = decode(p, cap, arena, &in.payload, base, &in.type, &in.media, &row->status, &dst->odd, err);

    *text = PM_STR_NULL;
    if (rc != PM_OK)
        return rc;
    row->media = in.media;
    row->type = keep(arena, in.type);
    if (in.media == PM_MEDIA_OTHER || !is_success(row->status))
        return PM_OK;
    whole = cap->origin == PM_ORIGIN_JSONL && in.media == PM_MEDIA_TEXT;
    rc = pm_clean(p->cleaner, &in, &article, err);
    if (rc < 0 && rc != PM_ELIMIT)
        return rc;
    if (rc == PM_ELIMIT)
        dst->odd = "takes more memory to clean than a page may: kept, not cleaned";
    if (rc == PM_OK)
        fill_article(p, &article, arena, row);
    else if (!whole)
        return PM_OK;
    else
        article = (struct pm_article){0};
    if (cap->title.len > 0 && row->title.ptr == NULL)
        row->title = keep(arena, pm_str_trim(cap->title));
    *text = article.text;
    if (whole) {
        rc = whole_text(in.payload, arena, text, err);
        if (rc != PM_OK)
            return rc;
        row->words = (uint32_t)pm_text_words(*text);
    }
    if (row->words == 0)
        return PM_OK;
    rc = pm_fingerprint(p->shingler, *text, &fp, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_fingerprint_pack(&fp, &p->scratch);
    dst->packed = pm_arena_copy(arena, &p->scratch);
    dst->exact = fp.exact;
    rc = pm_buf_check(&p->scratch, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_blocks_pack(*text, &p->scratch);
    dst->blocks = pm_arena_copy(arena, &p->scratch);
    return pm_buf_check(&p->scratch, err);
}

static int
identify(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_row *row,
         struct pm_err *err)
{
    struct pm_str site;
    int rc = PM_OK;

    if (cap->big != NULL)
        row->payload_sha = cap->big->payload_sha;
    else
        rc = pm_digest_sha256(p->digester, &cap->payload, 1, &row->payload_sha, err);
    if (rc != PM_OK)
        return rc;
    row->payload_size = cap->big != NULL ? cap->big->payload_size : cap->payload.len;
    row->key = keep(arena, cap->key);
    row->url = choose_url(p, cap, row, arena);
    choose_when(cap, row);
    site = pm_url_site(row->url);
    row->outlet = cap->outlet.len > 0 ? pm_arena_str(arena, cap->outlet)
                  : site.len > 0      ? pm_arena_str(arena, site)
                                      : row->site;
    return pm_uid_make(p->digester, row, err);
}

int
pm_prepare(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_dict *dict, int level,
           struct pm_arena *arena, struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err)
{
    struct pm_str text, base, page_id = cap->record_id;
    char id[64];
    int rc;

    *dst = (struct pm_prepared){0};
    if (cap->origin == PM_ORIGIN_OPAQUE)
        return make_page(p, cap, dict, level, out, dst, page_id, err);
    rc = understand(p, cap, arena, dst, &text, &base, err);
    if (rc == PM_OK)
        rc = identify(p, cap, arena, &dst->row, err);
    if (rc == PM_OK && page_id.len == 0)
        rc = record_id(p, &dst->row, PM_STR("resource"), id, &page_id, err);
    if (rc == PM_OK)
        rc = make_page(p, cap, dict, level, out, dst, page_id, err);
    if (rc == PM_OK && text.len > 0)
        rc = make_text(p, text, base, page_id, dict, level, out, dst, err);
    if (rc == PM_OK)
        rc = make_meta(p, page_id, NULL, dict, level, out, dst, err);
    if (rc == PM_OK)
        rc = pm_arena_check(arena, err);
    return rc;
}

/* The record in a frame, up to the end of its block. */
static int
add_example(struct pm_preparer *p, struct pm_str frames, const struct pm_frame *f, bool head_alone, struct pm_buf *dst,
            struct pm_err *err)
{
    struct pm_str head, block;
    size_t used;
    int rc;

    if (f->length == 0)
        return PM_OK;
    pm_buf_reset(&p->record);
    rc = pm_codec_unzstd(p->codec, NULL, PM_STRN(frames.ptr + f->offset, f->length), &p->record, &used, err);
    if (rc != PM_OK || !pm_record_split(pm_buf_span(&p->record), &head, &block))
        return rc;
    pm_buf_str(dst, head);
    if (!head_alone)
        pm_buf_str(dst, block);
    return PM_OK;
}

int
pm_prepare_example(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_buf *dst,
                   struct pm_err *err)
{
    struct pm_buf frames = PM_BUF_INIT(SIZE_MAX / 4);
    struct pm_prepared prepared;
    int rc = pm_prepare(p, cap, NULL, 1, arena, &frames, &prepared, err);

    if (rc == PM_OK)
        rc = add_example(p, pm_buf_span(&frames), &prepared.text, true, dst, err);
    if (rc == PM_OK)
        rc = add_example(p, pm_buf_span(&frames), &prepared.meta, false, dst, err);
    pm_buf_release(&frames);
    return rc;
}

int
pm_prepare_revisit(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_row *original,
                   const struct pm_dict *dict, int level, struct pm_buf *out, struct pm_prepared *dst,
                   struct pm_err *err)
{
    struct pm_record r = {.type = PM_STR("revisit"),
                          .when_us = record_time(&dst->row),
                          .uri = dst->row.url,
                          /* ISO 28500:2017, 6.7.2 */
                          .profile = PM_STR("http://netpreserve.org/warc/1.1/revisit/"
                                            "identical-payload-digest"),
                          .refers_uri = original->url};
    struct pm_buf words = PM_BUF_INIT(256);
    uint8_t sha1[PM_SHA1_LEN];
    size_t mark;
    char id[64];
    int rc;

    dst->text = (struct pm_frame){0};
    if (cap->record_head.ptr != NULL) {
        rc = make_page(p, cap, dict, level, out, dst, cap->record_id, err);
        return rc == PM_OK ? make_meta(p, cap->record_id, original->uid, dict, level, out, dst, err) : rc;
    }
    rc = record_id(p, &dst->row, r.type, id, &r.id, err);
    if (rc == PM_OK)
        rc = pm_digest_sha1(p->digester, &cap->payload, 1, sha1, err);
    if (rc != PM_OK)
        return rc;
    pm_record_sha1(&words, sha1);
    mark = words.len;
    pm_when_iso(&words, record_time(original));
    rc = pm_buf_check(&words, err);
    if (rc != PM_OK)
        goto out;
    r.payload_digest = PM_STRN(words.data, mark);
    r.refers_date = PM_STRN(words.data + mark, words.len - mark);
    rc = write_frame(p, &r, dict, level, out, &dst->page, err);
    if (rc == PM_OK)
        rc = make_meta(p, r.id, original->uid, dict, level, out, dst, err);
out:
    pm_buf_release(&words);
    return rc;
}

int
pm_prepare_info(struct pm_preparer *p, uint32_t bundle, int64_t when_us, const struct pm_dict *dict, int level,
                struct pm_buf *out, struct pm_frame *dst, struct pm_err *err)
{
    const size_t dir = sizeof(PM_BUNDLE_DIR); /* with the slash */
    struct pm_str name;
    int rc;

    pm_buf_reset(&p->scratch);
    pm_bundle_path(&p->scratch, bundle);
    rc = pm_buf_check(&p->scratch, err);
    if (rc != PM_OK)
        return rc;
    name = PM_STRN(p->scratch.data + dir, p->scratch.len - dir);
    pm_buf_reset(&p->record);
    rc = pm_info_write(name, when_us, p->digester, &p->record, err);
    return rc == PM_OK ? finish_frame(p, PM_STR("warcinfo"), dict, level, out, dst, err) : rc;
}
