#include "text_record.h"

#include <stdlib.h>

#include "http.h"
#include "record.h"
#include "warc.h"

enum { PATCH_MIN = 200 }; /* bytes of a text that is worth a patch */
static const size_t TEXT_MAX = (size_t)1 << 30;

int
pm_text_pack(struct pm_codec *c, struct pm_str page, struct pm_str text, struct pm_buf *dst, struct pm_str *type,
             struct pm_err *err)
{
    size_t start = dst->len;
    int rc = PM_SKIP;

    if (page.ptr != NULL && text.len >= PATCH_MIN)
        rc = pm_codec_patch(c, page, text, dst, err);
    if (rc < 0)
        return rc;
    *type = PM_STR(PM_TEXT_PATCH_TYPE);
    if (rc == PM_OK && dst->len - start < text.len)
        return PM_OK;
    *type = PM_STR(PM_TEXT_PLAIN_TYPE);
    dst->len = start;
    pm_buf_str(dst, text);
    return pm_buf_check(dst, err);
}

struct pm_text_reader {
    struct pm_bundle_reader *bundles;
    struct pm_codec *codec;
    struct pm_buf record, page, decoded, text;
};

int
pm_text_reader_new(struct pm_text_reader **dst, struct pm_bundle_reader *b, struct pm_err *err)
{
    struct pm_text_reader *t = calloc(1, sizeof(*t));
    int rc;

    if (t == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    t->bundles = b;
    t->record = (struct pm_buf)PM_BUF_INIT(TEXT_MAX);
    t->page = (struct pm_buf)PM_BUF_INIT(TEXT_MAX);
    t->decoded = (struct pm_buf)PM_BUF_INIT(TEXT_MAX);
    t->text = (struct pm_buf)PM_BUF_INIT(TEXT_MAX);
    rc = pm_codec_new(&t->codec, err);
    if (rc == PM_OK)
        *dst = t;
    else
        pm_text_reader_free(t);
    return rc;
}

void
pm_text_reader_free(struct pm_text_reader *t)
{
    if (t == NULL)
        return;
    pm_codec_free(t->codec);
    pm_buf_release(&t->record);
    pm_buf_release(&t->page);
    pm_buf_release(&t->decoded);
    pm_buf_release(&t->text);
    free(t);
}

static int
read_record(struct pm_text_reader *t, const struct pm_loc *loc, struct pm_buf *buf, struct pm_str *head,
            struct pm_str *block, struct pm_err *err)
{
    int rc;

    pm_buf_reset(buf);
    rc = pm_bundle_read(t->bundles, loc, buf, err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(buf), head, block))
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", loc->bundle,
                     (unsigned long long)loc->offset);
    return rc;
}

/* The page that the patch is for. */
static int
read_page(struct pm_text_reader *t, const struct pm_loc *loc, struct pm_str *dst, struct pm_err *err)
{
    struct pm_str head;
    struct pm_http http;
    int rc;

    if (loc->bundle == 0)
        return pm_fail(err, PM_ECORRUPT, "the page of this text is lost");
    rc = read_record(t, loc, &t->page, &head, dst, err);
    if (rc != PM_OK || pm_http_parse(*dst, &http, NULL) != PM_OK)
        return rc;
    pm_buf_reset(&t->decoded);
    rc = pm_http_decode(t->codec, &http, &t->decoded, NULL, err);
    *dst = pm_buf_span(&t->decoded);
    return rc;
}

int
pm_text_read(struct pm_text_reader *t, const struct pm_text_loc *loc, struct pm_str *dst, struct pm_err *err)
{
    struct pm_str head, block, page;
    int rc = read_record(t, &loc->text, &t->record, &head, &block, err);

    if (rc != PM_OK)
        return rc;
    *dst = block;
    if (!pm_str_ieq(pm_warc_field(head, PM_STR("Content-Type")), PM_STR(PM_TEXT_PATCH_TYPE)))
        return PM_OK;
    rc = read_page(t, &loc->page, &page, err);
    pm_buf_reset(&t->text);
    if (rc == PM_OK)
        rc = pm_codec_unpatch(t->codec, page, block, &t->text, err);
    *dst = pm_buf_span(&t->text);
    if (rc == PM_ECORRUPT)
        return pm_err_prefix(err, "bundle %u, offset %llu: text", loc->text.bundle, (unsigned long long)loc->text.offset);
    return rc;
}
