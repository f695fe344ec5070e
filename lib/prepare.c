#include "prepare_own.h"

#include <stdlib.h>

#include "big.h"
#include "info.h"
#include "meta.h"
#include "record.h"
#include "text_record.h"

enum { RECORD_OVERHEAD = 4 << 20, META_MAX = 64 << 20 };

#define TEXT_TYPE PM_STR("conversion")
#define META_TYPE PM_STR("metadata")

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

/* A record into p->record. */
static int
write_record(struct pm_preparer *p, const struct pm_record *r, struct pm_err *err)
{
    pm_buf_reset(&p->record);
    return pm_record_write(r, p->digester, &p->record, err);
}

static int
write_frame(struct pm_preparer *p, const struct pm_record *r, const struct pm_dict *dict, int level, struct pm_buf *out,
            struct pm_frame *dst, struct pm_err *err)
{
    int rc = write_record(p, r, err);

    return rc == PM_OK ? finish_frame(p, r->type, dict, level, out, dst, err) : rc;
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

/* The record of the text into p->record. */
static int
write_text(struct pm_preparer *p, struct pm_str text, struct pm_str base, struct pm_str page_id,
           const struct pm_row *row, struct pm_err *err)
{
    struct pm_record r = {.type = TEXT_TYPE, .when_us = record_time(row), .refers_to = page_id};
    struct pm_buf uri = PM_BUF_INIT(META_MAX);
    char id[64];
    int rc = record_id(p, row, r.type, id, &r.id, err);

    /* Not the page's own: replay tools index such records too, and would show the text in the place of the page. */
    pm_buf_cstr(&uri, "urn:text:");
    pm_buf_str(&uri, row->url);
    r.uri = pm_buf_span(&uri);
    pm_buf_reset(&p->scratch);
    if (rc == PM_OK)
        rc = pm_buf_check(&uri, err);
    if (rc == PM_OK)
        rc = pm_text_pack(p->codec, base, text, &p->scratch, &r.content_type, err);
    r.block[0] = pm_buf_span(&p->scratch);
    if (rc == PM_OK)
        rc = write_record(p, &r, err);
    pm_buf_release(&uri);
    return rc;
}

/* The record of the metadata into p->record. */
static int
write_meta(struct pm_preparer *p, struct pm_str page_id, const uint8_t *original, const struct pm_row *row,
           struct pm_err *err)
{
    /* Without a URI, which it may lack (ISO 28500:2017, 5.12), it is in no tool's index of pages. */
    struct pm_record r = {
        .type = META_TYPE, .when_us = record_time(row), .content_type = PM_STR(PM_META_TYPE), .refers_to = page_id};
    char id[64];
    int rc = record_id(p, row, r.type, id, &r.id, err);

    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&p->scratch);
    pm_meta_print(row, original, &p->scratch);
    rc = pm_buf_check(&p->scratch, err);
    if (rc != PM_OK)
        return rc;
    r.block[0] = pm_buf_span(&p->scratch);
    return write_record(p, &r, err);
}

static int
make_meta(struct pm_preparer *p, struct pm_str page_id, const uint8_t *original, const struct pm_dict *dict, int level,
          struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err)
{
    int rc = write_meta(p, page_id, original, &dst->row, err);

    return rc == PM_OK ? finish_frame(p, META_TYPE, dict, level, out, &dst->meta, err) : rc;
}

/* All that is known of a capture, and the id of its page's record, which may be made in `id`. */
static int
look_at(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_prepared *dst,
        struct pm_str *text, struct pm_str *base, char id[64], struct pm_str *page_id, struct pm_err *err)
{
    int rc = pm_prepare_understand(p, cap, arena, dst, text, base, err);

    *page_id = cap->record_id;
    if (rc == PM_OK)
        rc = pm_prepare_identify(p, cap, arena, &dst->row, err);
    if (rc == PM_OK && page_id->len == 0)
        rc = record_id(p, &dst->row, PM_STR("resource"), id, page_id, err);
    return rc;
}

int
pm_prepare(struct pm_preparer *p, const struct pm_capture *cap, const struct pm_dict *dict, int level,
           struct pm_arena *arena, struct pm_buf *out, struct pm_prepared *dst, struct pm_err *err)
{
    struct pm_str text, base, page_id;
    char id[64];
    int rc;

    *dst = (struct pm_prepared){0};
    if (cap->origin == PM_ORIGIN_OPAQUE)
        return make_page(p, cap, dict, level, out, dst, cap->record_id, err);
    rc = look_at(p, cap, arena, dst, &text, &base, id, &page_id, err);
    if (rc == PM_OK)
        rc = make_page(p, cap, dict, level, out, dst, page_id, err);
    if (rc == PM_OK && text.len > 0) {
        rc = write_text(p, text, base, page_id, &dst->row, err);
        if (rc == PM_OK)
            rc = finish_frame(p, TEXT_TYPE, dict, level, out, &dst->text, err);
    }
    if (rc == PM_OK)
        rc = make_meta(p, page_id, NULL, dict, level, out, dst, err);
    if (rc == PM_OK)
        rc = pm_arena_check(arena, err);
    return rc;
}

int
pm_prepare_example(struct pm_preparer *p, const struct pm_capture *cap, struct pm_arena *arena, struct pm_buf *dst,
                   struct pm_err *err)
{
    struct pm_prepared prepared = {0};
    struct pm_str text, base, page_id, head, block;
    char id[64];
    int rc;

    if (cap->origin == PM_ORIGIN_OPAQUE)
        return PM_OK;
    rc = look_at(p, cap, arena, &prepared, &text, &base, id, &page_id, err);
    if (rc == PM_OK && text.len > 0) {
        rc = write_text(p, text, base, page_id, &prepared.row, err);
        if (rc == PM_OK && pm_record_split(pm_buf_span(&p->record), &head, &block))
            pm_buf_str(dst, head);
    }
    if (rc == PM_OK)
        rc = write_meta(p, page_id, NULL, &prepared.row, err);
    if (rc == PM_OK && pm_record_split(pm_buf_span(&p->record), &head, &block)) {
        pm_buf_str(dst, head);
        pm_buf_str(dst, block);
    }
    return rc == PM_OK ? pm_arena_check(arena, err) : rc;
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
