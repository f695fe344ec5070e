#include "restore.h"

#include <stdlib.h>
#include <xxhash.h>

#include "digest.h"
#include "payload.h"
#include "record.h"
#include "restore_name.h"
#include "restore_target.h"
#include "seen.h"

enum { RECORD_MAX = (1 << 30) + (64 << 20) };

/* What turns stored records into bytes again. */
struct giver {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_buf record;
};

static int
giver_init(struct giver *g, struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_err *err)
{
    int rc;

    *g = (struct giver){.manifest = m, .bundles = b, .record = PM_BUF_INIT(RECORD_MAX)};
    rc = pm_codec_new(&g->codec, err);
    if (rc == PM_OK)
        rc = pm_digester_new(&g->digester, err);
    return rc;
}

static void
giver_release(struct giver *g)
{
    pm_codec_free(g->codec);
    pm_digester_free(g->digester);
    pm_buf_release(&g->record);
}

static int
read_block(struct giver *g, const struct pm_loc *loc, struct pm_str *block, struct pm_err *err)
{
    struct pm_str head;
    int rc;

    pm_buf_reset(&g->record);
    rc = pm_bundle_read(g->bundles, loc, &g->record, err);
    if (rc == PM_OK && !pm_record_split(pm_buf_span(&g->record), &head, block))
        rc = pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: not a WARC record", loc->bundle,
                     (unsigned long long)loc->offset);
    return rc;
}

/* What is given back is what was taken in, or it is not given. */
static int
give_page(struct giver *g, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
          struct pm_err *err)
{
    struct pm_str block;
    struct pm_http http;
    int rc;

    if (row->page.bundle == 0)
        return pm_fail(err, PM_SKIP, "its record was damaged, and is lost");
    rc = read_block(g, &row->page, &block, err);
    if (rc == PM_OK)
        rc = pm_payload_find(g->digester, block, &row->payload_sha, &http, err);
    if (rc == PM_DONE)
        return pm_fail(err, PM_ECORRUPT, "bundle %u, offset %llu: payload does not match its digest",
                       row->page.bundle, (unsigned long long)row->page.offset);
    if (rc != PM_OK)
        return rc;
    if (as != PM_RESTORE_HTTP && http.head.ptr != NULL)
        return pm_http_decode(g->codec, &http, dst, NULL, err);
    pm_buf_str(dst, block);
    return pm_buf_check(dst, err);
}

static int
give(struct giver *g, const struct pm_row *row, enum pm_restore_as as, struct pm_buf *dst,
     struct pm_err *err)
{
    struct pm_row original;
    struct pm_str block;
    int rc;

    if (as == PM_RESTORE_TEXT) {
        if (row->text.bundle == 0)
            return pm_fail(err, PM_SKIP, "there is no cleaned text");
        rc = read_block(g, &row->text, &block, err);
        if (rc == PM_OK) {
            pm_buf_str(dst, block);
            rc = pm_buf_check(dst, err);
        }
        return rc;
    }
    if (row->original == 0)
        return give_page(g, row, as, dst, err);
    rc = pm_manifest_get(g->manifest, row->original, &original, err);
    return rc == PM_OK ? give_page(g, &original, as, dst, err) : rc;
}

int
pm_restore_bytes(struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_row *row,
                 enum pm_restore_as as, struct pm_buf *dst, struct pm_err *err)
{
    struct giver g;
    int rc = giver_init(&g, m, b, err);

    if (rc == PM_OK)
        rc = give(&g, row, as, dst, err);
    giver_release(&g);
    return rc;
}

/* ---- many ---- */

struct run {
    struct giver giver;
    struct pm_target *target;
    const struct pm_restore_options *options;
    struct pm_restore_result *result;
    struct pm_buf bytes, name;
    struct pm_seen captures, names; /* names: their hashes; two that collide cost a longer name, no more */
    bool several; /* queries: a capture may come twice */
    uint64_t done, total; /* payload bytes */
    struct pm_err *err;
};

static int
add_up(void *ctx, const struct pm_row *row)
{
    struct run *r = ctx;

    r->total += row->payload_size;
    return PM_OK;
}

static void
tell_skipped(struct run *r, const struct pm_row *row, const struct pm_err *why)
{
    struct pm_err text = *why;

    r->result->skipped++;
    (void)pm_err_prefix(&text, "'" PM_STR_FMT "'", PM_STR_ARG(row->key.len > 0 ? row->key : row->url));
    if (r->options->skipped != NULL)
        r->options->skipped(r->options->ctx, text.text);
}

/* A stream and single files need no names. */
static int
choose_name(struct run *r, const struct pm_row *row, struct pm_err *err)
{
    int rc;

    pm_buf_reset(&r->name);
    pm_restore_name(row, r->options->as, &r->name);
    rc = pm_buf_check(&r->name, err);
    if (rc == PM_OK)
        rc = pm_seen_add(&r->names, XXH3_64bits(r->name.data, r->name.len), err);
    if (rc != PM_DONE)
        return rc;
    pm_buf_reset(&r->name);
    pm_restore_name_unique(row, r->options->as, &r->name);
    rc = pm_buf_check(&r->name, err);
    if (rc == PM_OK)
        rc = pm_seen_add(&r->names, XXH3_64bits(r->name.data, r->name.len), err);
    if (rc == PM_DONE)
        return pm_fail(err, PM_SKIP, "'%s' is the name of another capture", pm_buf_z(&r->name));
    return rc;
}

static int
restore_row(struct run *r, const struct pm_row *row, struct pm_err *err)
{
    int rc;

    pm_buf_reset(&r->bytes);
    rc = give(&r->giver, row, r->options->as, &r->bytes, err);
    if (rc < 0 && rc != PM_ENOMEM)
        rc = PM_SKIP; /* damage in one place is no reason to keep the rest back */
    if (rc == PM_OK)
        rc = choose_name(r, row, err);
    if (rc == PM_OK)
        rc = pm_target_add(r->target, pm_buf_z(&r->name), row->when_us, pm_buf_span(&r->bytes), err);
    if (rc == PM_OK) {
        r->result->captures++;
        r->result->bytes += r->bytes.len;
    }
    return rc;
}

static int
restore_each(void *ctx, const struct pm_row *row)
{
    struct run *r = ctx;
    struct pm_err why = PM_ERR_INIT;
    int rc = r->several ? pm_seen_add(&r->captures, (uint64_t)row->capture, &why) : PM_OK;

    if (rc == PM_OK)
        rc = restore_row(r, row, &why);
    if (rc == PM_SKIP)
        tell_skipped(r, row, &why);
    if (rc < 0) {
        if (r->err != NULL)
            *r->err = why;
        return rc;
    }
    r->done += row->payload_size;
    if (r->options->progress != NULL &&
        r->options->progress(r->options->ctx, r->done, r->total) != 0)
        return pm_fail(r->err, PM_ECANCELED, "stopped on request");
    return PM_OK;
}

int
pm_restore(struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_query *q, size_t n,
           const struct pm_restore_options *options, struct pm_restore_result *dst,
           struct pm_err *err)
{
    struct run r = {.options = options,
                    .result = dst,
                    .bytes = PM_BUF_INIT(RECORD_MAX),
                    .name = PM_BUF_INIT(1 << 12),
                    .captures = PM_SEEN_INIT,
                    .names = PM_SEEN_INIT,
                    .several = n > 1,
                    .err = err};
    int rc;

    *dst = (struct pm_restore_result){0};
    rc = giver_init(&r.giver, m, b, err);
    for (size_t i = 0; rc == PM_OK && options->progress != NULL && i < n; i++)
        rc = pm_manifest_select(m, &q[i], add_up, &r, err);
    if (rc == PM_OK)
        rc = pm_target_open(&r.target, options, err);
    for (size_t i = 0; rc == PM_OK && i < n; i++)
        rc = pm_manifest_select(m, &q[i], restore_each, &r, err);
    /* A tar or zip without a file in it is not made. */
    if (rc == PM_OK && (dst->captures > 0 || options->form == PM_RESTORE_DIR))
        rc = pm_target_close(r.target, err);
    pm_target_free(r.target);
    giver_release(&r.giver);
    pm_seen_release(&r.captures);
    pm_seen_release(&r.names);
    pm_buf_release(&r.bytes);
    pm_buf_release(&r.name);
    return rc;
}
