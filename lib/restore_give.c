#include "restore_give.h"

#include <stdlib.h>

#include "digest.h"
#include "payload.h"
#include "record.h"
#include "warc.h"

enum { RECORD_MAX = (1 << 30) + (64 << 20) };

struct pm_giver {
    struct pm_bundle_reader *bundles;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_text_reader *texts;
    struct pm_buf record, revisit;
};

int
pm_wanted_find(struct pm_manifest *m, struct pm_furnisher *f, const struct pm_row *row, struct pm_wanted *dst,
               struct pm_err *err)
{
    struct pm_row original;
    int rc = PM_OK;

    *dst = (struct pm_wanted){.page = row->page, .text = row->text, .payload_size = row->payload_size,
                               .payload_sha = row->payload_sha};
    if (f != NULL)
        rc = pm_furnisher_find(f, row->outlet, &dst->furniture, err);
    if (rc != PM_OK || row->original == 0)
        return rc;
    dst->revisit = row->page;
    rc = pm_manifest_get(m, row->original, &original, err);
    if (rc == PM_OK) {
        dst->page = original.page;
        dst->payload_sha = original.payload_sha;
    }
    return rc;
}

int
pm_giver_new(struct pm_giver **dst, struct pm_bundle_reader *b, struct pm_err *err)
{
    struct pm_giver *g = calloc(1, sizeof(*g));
    int rc;

    if (g == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    g->bundles = b;
    g->record = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    g->revisit = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    rc = pm_codec_new(&g->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&g->digester, err);
    if (rc == PM_OK)
        rc = pm_text_reader_new(&g->texts, b, err);
    if (rc == PM_OK)
        *dst = g;
    else
        pm_giver_free(g);
    return rc;
}

void
pm_giver_free(struct pm_giver *g)
{
    if (g == NULL)
        return;
    pm_codec_free(g->codec);
    pm_digester_free(g->digester);
    pm_text_reader_free(g->texts);
    pm_buf_release(&g->record);
    pm_buf_release(&g->revisit);
    free(g);
}

/* The record at *loc in `buf`, in its two parts. */
static int
read_record(struct pm_giver *g, const struct pm_loc *loc, struct pm_buf *buf, struct pm_str *head,
            struct pm_str *block, struct pm_err *err)
{
    int rc;

    pm_buf_reset(buf);
    rc = pm_bundle_read(g->bundles, loc, buf, err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(buf), head, block))
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", loc->bundle,
                     (unsigned long long)loc->offset);
    return rc;
}

/* The record with the payload, and what is HTTP in it. */
static int
read_page(struct pm_giver *g, const struct pm_wanted *w, struct pm_http *http, struct pm_str *head, struct pm_err *err)
{
    struct pm_str block;
    int rc;

    if (w->page.bundle == 0)
        return pm_fail(err, PM_SKIP, "its record was damaged, and is lost");
    rc = read_record(g, &w->page, &g->record, head, &block, err);
    if (rc == PM_OK)
        rc = pm_payload_find(g->digester, block, &w->payload_sha, http, err);
    if (rc == PM_DONE)
        return pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: payload does not match its digest", w->page.bundle,
                       (unsigned long long)w->page.offset);
    return rc;
}

/* True when a body that came with the head `a` can stand behind the head `b`. */
static bool
same_codings(struct pm_str a, struct pm_str b)
{
    static const char *const fields[] = {"content-encoding", "transfer-encoding"};

    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
        if (!pm_str_ieq(pm_http_field(a, pm_str_of(fields[i])), pm_http_field(b, pm_str_of(fields[i]))))
            return false;
    return true;
}

/* True when the head of a revisit can stand before its original's body. */
static bool
fits(const struct pm_http *own, const struct pm_http *original)
{
    return own->status == original->status && same_codings(own->head, original->head);
}

/*
 * The HTTP head that a revisit record came with (ISO 28500:2017, 6.7.2: the block may hold it). One that says "not
 * modified" is no head for a payload; nor is one whose codings are others than those of the body.
 */
static int
own_head(struct pm_giver *g, const struct pm_loc *revisit, struct pm_http *http, struct pm_err *err)
{
    struct pm_str head, block;
    struct pm_http own;
    int rc;

    if (revisit->bundle == 0 || http->head.ptr == NULL)
        return PM_OK;
    rc = read_record(g, revisit, &g->revisit, &head, &block, err);
    if (rc == PM_OK)
        rc = pm_http_parse(block, &own, err);
    if (rc == PM_OK && fits(&own, http))
        http->head = own.head;
    return rc == PM_SKIP ? PM_OK : rc;
}

int
pm_give_own_head(struct pm_str block, struct pm_buf *head, struct pm_err *err)
{
    struct pm_http own, original;
    int rc = pm_http_parse(pm_buf_span(head), &original, err);

    if (rc == PM_OK)
        rc = pm_http_parse(block, &own, err);
    if (rc == PM_OK && fits(&own, &original)) {
        pm_buf_reset(head);
        pm_buf_str(head, own.head);
        rc = pm_buf_check(head, err);
    }
    return rc == PM_SKIP ? PM_OK : rc;
}

static int
give_text(struct pm_giver *g, const struct pm_wanted *w, struct pm_buf *dst, struct pm_err *err)
{
    const struct pm_text_loc loc = {.page = w->page, .text = w->text};
    struct pm_str text;
    int rc;

    if (w->text.bundle == 0)
        return pm_fail(err, PM_SKIP, "there is no cleaned text");
    rc = pm_text_read(g->texts, &loc, &text, err);
    if (rc != PM_OK)
        return rc;
    if (w->furniture != NULL)
        pm_unfurnish(w->furniture, text, dst);
    else
        pm_buf_str(dst, text);
    return pm_buf_check(dst, err);
}

int
pm_give_block(struct pm_giver *g, const struct pm_wanted *w, struct pm_str parts[2], struct pm_str *head,
              struct pm_err *err)
{
    struct pm_str unused;
    struct pm_http http;
    int rc = read_page(g, w, &http, head ? head : &unused, err);

    if (rc == PM_OK)
        rc = own_head(g, &w->revisit, &http, err);
    parts[0] = http.head;
    parts[1] = http.body;
    return rc;
}

int
pm_give(struct pm_giver *g, const struct pm_wanted *w, enum pm_restore_as as, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_str parts[2], head;
    struct pm_http http;
    int rc;

    if (as == PM_RESTORE_TEXT)
        return give_text(g, w, dst, err);
    if (as == PM_RESTORE_HTTP) {
        rc = pm_give_block(g, w, parts, NULL, err);
        if (rc != PM_OK)
            return rc;
        pm_buf_str(dst, parts[0]);
        pm_buf_str(dst, parts[1]);
        return pm_buf_check(dst, err);
    }
    rc = read_page(g, w, &http, &head, err);
    if (rc != PM_OK)
        return rc;
    if (http.head.ptr != NULL)
        return pm_http_decode(g->codec, &http, dst, NULL, err);
    pm_buf_str(dst, http.body);
    return pm_buf_check(dst, err);
}
