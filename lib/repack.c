/*
 * Writing the new bundles. repack_switch.c puts them in place, repack_dict.c makes dictionaries. What is left is one
 * pass with one state, which parts in two files would only hand to and fro.
 */
#include "repack.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "dict.h"
#include "fs.h"
#include "info.h"
#include "maint.h"
#include "pool.h"
#include "record.h"
#include "repack_big.h"
#include "repack_dict.h"
#include "repack_order.h"
#include "warc.h"

enum {
    DEFAULT_LEVEL = 9,
    RECORD_MAX = (1 << 30) + (64 << 20),
    JOBS_PER_WORKER = 4,
    PARTS_MAX = 3,                 /* records of a capture */
    BATCH_CAPTURES = 10000,
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30;
/*
 * Payload bytes that share a dictionary. Small sites share one as long as it can hold all their pages; a large one has its
 * own, and a new one now and then, since its pages change with the years.
 */
static const uint64_t GROUP_SMALL = 6ULL << 20, GROUP_MOST = 512ULL << 20;
static const uint64_t UNDERWAY_BYTES = 64ULL << 20;

struct job {
    struct job *next;
    struct pm_buf raw, out;      /* records of one capture, before and after */
    size_t n, raw_len[PARTS_MAX], out_len[PARTS_MAX];
    struct pm_stored parts[PARTS_MAX];
    char types[PARTS_MAX][32];
    int64_t capture;             /* 0: records that belong to none */
    struct pm_loc big;           /* of its page if that was too large for memory, and is written; else bundle 0 */
    const struct pm_dict *dict;
    int level, status;
    struct pm_err err;
};

struct repack {
    struct pm_manifest *old, *fresh;
    const struct pm_repack_options *options;
    struct pm_repack_result *result;
    struct pm_err *err;
    int home;                    /* PM_REPACK_DIR */
    struct pm_bundle_reader *bundles;
    struct pm_bundle_writer *writer;
    struct pm_codec *codec;
    struct pm_digester *digester;
    struct pm_codec **codecs;    /* of the workers */
    unsigned n_codecs;
    struct pm_pool *pool;
    struct job *idle;
    uint64_t underway;
    struct pm_order order;
    struct pm_dict *dict;
    struct pm_buf dict_raw;
    int level;
    uint64_t done, total, old_records;
    unsigned batch;
};

/* ---- workers ---- */

static void
work(void *worker, void *arg)
{
    struct job *j = arg;
    size_t at = 0;

    pm_buf_reset(&j->out);
    j->status = PM_OK;
    for (size_t i = 0; i < j->n && j->status == PM_OK; i++) {
        size_t start = j->out.len;

        j->status = pm_codec_zstd(worker, j->level, j->dict, PM_STRN(j->raw.data + at, j->raw_len[i]), &j->out,
                                  &j->err);
        j->out_len[i] = j->out.len - start;
        at += j->raw_len[i];
    }
}

/* ---- writing ---- */

static int
append(struct repack *r, struct pm_str frame, struct pm_stored *rec)
{
    int rc = pm_bundle_append(r->writer, frame, &rec->loc, r->err);

    if (rc != PM_OK)
        return rc;
    rec->check = pm_frame_check(frame);
    r->result->records++;
    r->result->new_bytes += frame.len;
    return pm_manifest_put_record(r->fresh, rec, r->err);
}

static int
close_bundle(struct repack *r)
{
    struct pm_bundle_state state = pm_bundle_writer_state(r->writer);

    if (state.bundle == 0)
        return PM_OK;
    return pm_manifest_put_bundle(r->fresh, &state, true, r->err);
}

static int
put_info(struct repack *r)
{
    const size_t dir = sizeof(PM_BUNDLE_DIR);
    struct pm_buf name = PM_BUF_INIT(256), info = PM_BUF_INIT(1 << 16), frame = PM_BUF_INIT(1 << 16);
    struct pm_stored rec = {.type = PM_STR("warcinfo")};
    struct pm_str record;
    int rc;

    pm_bundle_path(&name, pm_bundle_writer_state(r->writer).bundle);
    rc = pm_buf_check(&name, r->err);
    if (rc == PM_OK)
        rc = pm_info_write(PM_STRN(name.data + dir, name.len - dir), PM_WHEN_NONE, r->digester, &info, r->err);
    record = pm_buf_span(&info);
    rec.size = record.len;
    if (rc == PM_OK)
        rc = pm_digest_sha256(r->digester, &record, 1, &rec.sha, r->err);
    if (rc == PM_OK)
        rc = pm_codec_zstd(r->codec, r->level, r->dict, record, &frame, r->err);
    if (rc == PM_OK)
        rc = append(r, pm_buf_span(&frame), &rec);
    pm_buf_release(&name);
    pm_buf_release(&info);
    pm_buf_release(&frame);
    return rc;
}

static int
begin_bundle(struct repack *r)
{
    struct pm_stored dict = {.size = r->dict_raw.len, .type = PM_STR("dictionary")};
    struct pm_str raw = pm_buf_span(&r->dict_raw);
    int rc = close_bundle(r);

    if (rc == PM_OK)
        rc = pm_bundle_begin(r->writer, r->codec, raw, PM_DICT_LEVEL_SMALL, &dict.loc, &dict.check, r->err);
    if (rc == PM_OK && raw.len > 0) {
        r->result->new_bytes += dict.loc.length;
        rc = pm_digest_sha256(r->digester, &raw, 1, &dict.sha, r->err);
        if (rc == PM_OK)
            rc = pm_manifest_put_record(r->fresh, &dict, r->err);
    }
    r->result->bundles += rc == PM_OK;
    return rc == PM_OK ? put_info(r) : rc;
}

/* Which of its three records a stored one is, by its type. */
static struct pm_loc *
loc_of(struct pm_str type, struct pm_loc *page, struct pm_loc *text, struct pm_loc *meta)
{
    return pm_str_eq(type, PM_STR("conversion")) ? text : pm_str_eq(type, PM_STR("metadata")) ? meta : page;
}

static void
put_back(struct repack *r, struct job *j)
{
    j->next = r->idle;
    r->idle = j;
}

static int
write_job(struct repack *r, struct job *j)
{
    struct pm_loc page = j->big, text = {0}, meta = {0};
    size_t at = 0;
    int rc = PM_OK;

    if (page.bundle == 0 && pm_bundle_writer_full(r->writer, j->out.len))
        rc = begin_bundle(r);
    for (size_t i = 0; rc == PM_OK && i < j->n; i++) {
        struct pm_stored *rec = &j->parts[i];

        rc = append(r, PM_STRN(j->out.data + at, j->out_len[i]), rec);
        *loc_of(rec->type, &page, &text, &meta) = rec->loc;
        at += j->out_len[i];
    }
    if (rc == PM_OK && j->capture != 0)
        rc = pm_manifest_move(r->fresh, j->capture, &page, &text, &meta, r->err);
    if (rc != PM_OK || ++r->batch < BATCH_CAPTURES)
        return rc;
    r->batch = 0;
    rc = pm_manifest_commit(r->fresh, r->err);
    return rc == PM_OK ? pm_manifest_begin(r->fresh, r->err) : rc;
}

/* Take the oldest job back and write it. PM_DONE when none is under way. */
static int
collect(struct repack *r)
{
    struct job *j = pm_pool_collect(r->pool);
    int rc;

    if (j == NULL)
        return PM_DONE;
    r->underway -= j->raw.len;
    rc = j->status == PM_OK ? write_job(r, j) : pm_fail(r->err, j->status, "%s", j->err.text);
    put_back(r, j);
    if (rc == PM_OK && r->options->progress != NULL &&
        r->options->progress(r->options->ctx, r->done, r->total) != 0)
        rc = pm_fail(r->err, PM_ECANCELED, "stopped on request");
    return rc;
}

static int
drain(struct repack *r)
{
    int rc;

    do
        rc = collect(r);
    while (rc == PM_OK);
    return rc == PM_DONE ? PM_OK : rc;
}

static int
get_job(struct repack *r, struct job **dst)
{
    int rc = PM_OK;

    while (rc == PM_OK && (r->idle == NULL || pm_pool_full(r->pool) || r->underway > UNDERWAY_BYTES))
        rc = collect(r);
    if (rc != PM_OK && rc != PM_DONE)
        return rc;
    *dst = r->idle;
    r->idle = (*dst)->next;
    (*dst)->n = 0;
    (*dst)->capture = 0;
    (*dst)->big = (struct pm_loc){0};
    (*dst)->dict = r->dict;
    (*dst)->level = r->level;
    pm_buf_reset(&(*dst)->raw);
    return PM_OK;
}

static void
submit(struct repack *r, struct job *j)
{
    r->underway += j->raw.len;
    pm_pool_submit(r->pool, j);
}

/* ---- reading ---- */

/* Add the record at *loc, which must be what the manifest says of it. */
static int
add_part(struct repack *r, struct job *j, const struct pm_loc *loc)
{
    struct pm_stored *rec = &j->parts[j->n];
    size_t start = j->raw.len;
    struct pm_sha256 sha;
    struct pm_str record;
    int rc;

    if (loc->bundle == 0)
        return PM_OK;
    rc = pm_manifest_get_record(r->old, loc->bundle, loc->offset, rec, r->err);
    if (rc == PM_DONE)
        return pm_fail(r->err, PM_ECORRUPT, "bundle %u, offset %llu: the manifest has lost the record", loc->bundle,
                       (unsigned long long)loc->offset);
    if (rc == PM_OK) {
        size_t n = rec->type.len < sizeof(j->types[0]) ? rec->type.len : sizeof(j->types[0]);

        memcpy(j->types[j->n], rec->type.ptr, n);
        rec->type = PM_STRN(j->types[j->n], n);
        rc = pm_bundle_read(r->bundles, loc, &j->raw, r->err);
    }
    if (rc != PM_OK)
        return rc;
    record = PM_STRN(j->raw.data + start, j->raw.len - start);
    rc = pm_digest_sha256(r->digester, &record, 1, &sha, r->err);
    if (rc == PM_OK && memcmp(sha.byte, rec->sha.byte, sizeof(sha.byte)) != 0)
        rc = pm_fail(r->err, PM_ECORRUPT, "bundle %u, offset %llu: record does not match its SHA-256", loc->bundle,
                     (unsigned long long)loc->offset);
    j->raw_len[j->n++] = record.len;
    return rc;
}

/*
 * The record at *loc, if it is too large for memory, once all before it is written: *loc is then where it went, else nowhere.
 */
static int
copy_big(struct repack *r, int64_t capture, struct pm_loc *loc)
{
    struct pm_buf type = PM_BUF_INIT(1 << 20);
    struct pm_stored rec;
    int rc = loc->bundle != 0 ? pm_manifest_get_record(r->old, loc->bundle, loc->offset, &rec, r->err) : PM_DONE;

    if (rc != PM_OK || rec.size <= PM_BIG_MIN) {
        *loc = (struct pm_loc){0};
        return rc == PM_DONE ? PM_OK : rc;
    }
    pm_buf_str(&type, rec.type);
    rec.type = pm_buf_span(&type);
    rec.capture = capture;
    rc = pm_buf_check(&type, r->err);
    if (rc == PM_OK)
        rc = drain(r);
    if (rc == PM_OK && pm_bundle_writer_full(r->writer, rec.size))
        rc = begin_bundle(r);
    if (rc == PM_OK)
        rc = pm_repack_big(r->bundles, r->writer, r->codec, r->dict, r->level, &rec, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_put_record(r->fresh, &rec, r->err);
    if (rc == PM_OK) {
        r->result->records++;
        r->result->new_bytes += rec.loc.length;
        *loc = rec.loc;
    }
    pm_buf_release(&type);
    return rc;
}

static int
add_capture(struct repack *r, int64_t capture, bool revisit)
{
    struct job *j;
    struct pm_row row;
    struct pm_loc page, text = {0}, meta, big = {0};
    int rc = pm_manifest_get(r->old, capture, &row, r->err);

    if (rc == PM_OK && row.payload_size > PM_BIG_MIN / 2 && !revisit) {
        big = row.page;
        rc = copy_big(r, capture, &big);
        if (rc == PM_OK)
            rc = pm_manifest_get(r->old, capture, &row, r->err); /* its texts went with another row */
    }
    if (rc != PM_OK)
        return rc;
    page = big.bundle != 0 ? (struct pm_loc){0} : row.page;
    if (!revisit)
        text = row.text;
    meta = row.meta;
    r->done += row.payload_size;
    rc = get_job(r, &j);
    if (rc != PM_OK)
        return rc;
    j->capture = capture;
    j->big = big;
    rc = add_part(r, j, &page);
    if (rc == PM_OK)
        rc = add_part(r, j, &text);
    if (rc == PM_OK)
        rc = add_part(r, j, &meta);
    if (rc == PM_OK)
        submit(r, j);
    else
        put_back(r, j);
    return rc;
}

/* The dictionary of the bundles that follow; none when the group does not pay for one. */
static int
make_dict(struct repack *r, const struct pm_place *places, size_t n, uint64_t size)
{
    int rc;

    pm_dict_free(r->dict);
    r->dict = NULL;
    pm_buf_reset(&r->dict_raw);
    rc = pm_repack_dict(r->old, r->bundles, r->codec, places, n, size, r->level, &r->dict_raw, r->err);
    if (rc == PM_SKIP)
        return PM_OK;
    return rc == PM_OK ? pm_dict_new(&r->dict, pm_buf_span(&r->dict_raw), r->level, r->err) : rc;
}

/* ---- groups ---- */

/* The end of the captures of one site, or of as many of them as a group takes, and their payload bytes. */
static size_t
site_end(const struct pm_order *o, size_t from, uint64_t *size)
{
    size_t i = from;

    for (*size = 0; i < o->n && o->places[i].site == o->places[from].site && *size < GROUP_MOST; i++)
        *size += o->places[i].size;
    return i;
}

/* The end of the group that begins at `from`, and its payload bytes. */
static size_t
group_end(const struct pm_order *o, size_t from, uint64_t *size)
{
    uint64_t next;
    size_t i = site_end(o, from, size);

    while (i < o->n) {
        size_t end = site_end(o, i, &next);

        if (*size + next > GROUP_SMALL)
            break;
        *size += next;
        i = end;
    }
    return i;
}

static int
write_group(struct repack *r, size_t from, size_t to, uint64_t size)
{
    int rc = drain(r); /* what is under way uses the old dictionary */

    if (rc == PM_OK)
        rc = make_dict(r, r->order.places + from, to - from, size);
    if (rc == PM_OK)
        rc = begin_bundle(r);
    for (size_t i = from; rc == PM_OK && i < to; i++) {
        int64_t capture = r->order.places[i].capture;
        const struct pm_repeat *repeats;
        size_t n;

        rc = add_capture(r, capture, false);
        repeats = pm_order_repeats(&r->order, capture, &n);
        for (size_t k = 0; rc == PM_OK && k < n; k++)
            rc = add_capture(r, repeats[k].capture, true);
    }
    return rc;
}

/* ---- records that belong to no capture ---- */

static int
other_record(void *ctx, const struct pm_stored *rec)
{
    struct repack *r = ctx;
    struct pm_loc loc = rec->loc;
    struct job *j;
    int rc;

    r->old_records += !pm_str_eq(rec->type, PM_STR("dictionary"));
    if (rec->capture != 0 || pm_str_eq(rec->type, PM_STR("dictionary")))
        return PM_OK;
    if (rec->size > PM_BIG_MIN)
        return copy_big(r, 0, &loc);
    rc = get_job(r, &j);
    if (rc != PM_OK)
        return rc;
    rc = add_part(r, j, &loc);
    if (rc == PM_OK && pm_info_is_own(pm_buf_span(&j->raw))) { /* each bundle has one of its own */
        r->old_records--;
        put_back(r, j);
        return PM_OK;
    }
    if (rc == PM_OK)
        submit(r, j);
    else
        put_back(r, j);
    return rc;
}

static int
each_old_bundle(void *ctx, const struct pm_bundle_state *state)
{
    struct repack *r = ctx;

    r->result->old_bytes += state->size;
    return pm_manifest_each_record(r->old, state->bundle, other_record, r, r->err);
}

/* ---- all ---- */

static int
write_all(struct repack *r)
{
    uint64_t size;
    int rc = PM_OK;

    for (size_t i = 0; i < r->order.n; i++)
        r->total += r->order.places[i].size;
    for (size_t from = 0, to; rc == PM_OK && from < r->order.n; from = to) {
        to = group_end(&r->order, from, &size);
        rc = write_group(r, from, to, size);
    }
    if (rc == PM_OK)
        rc = pm_manifest_each_bundle(r->old, each_old_bundle, r, r->err);
    if (rc == PM_OK)
        rc = drain(r);
    if (rc == PM_OK && r->result->records - r->result->bundles != r->old_records)
        rc = pm_fail(r->err, PM_ECORRUPT, "%llu records of %llu would be left behind",
                     (unsigned long long)(r->old_records - (r->result->records - r->result->bundles)),
                     (unsigned long long)r->old_records);
    if (rc == PM_OK)
        rc = close_bundle(r);
    if (rc == PM_OK)
        rc = pm_bundle_sync(r->writer, r->err);
    return rc == PM_OK ? pm_manifest_share_texts(r->fresh, r->err) : rc;
}

static int
open_pool(struct repack *r)
{
    unsigned n = r->options->jobs > 0 ? r->options->jobs : 1, depth = n * JOBS_PER_WORKER;
    int rc = PM_OK;

    r->codecs = calloc(n, sizeof(struct pm_codec *));
    if (r->codecs == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (; rc == PM_OK && r->n_codecs < n; r->n_codecs += rc == PM_OK)
        rc = pm_codec_new(&r->codecs[r->n_codecs], r->err);
    for (unsigned i = 0; rc == PM_OK && i < depth + 1; i++) {
        struct job *j = calloc(1, sizeof(*j));

        if (j == NULL)
            return pm_fail(r->err, PM_ENOMEM, "out of memory");
        j->raw = (struct pm_buf)PM_BUF_INIT(3 * (size_t)RECORD_MAX);
        j->out = (struct pm_buf)PM_BUF_INIT(3 * (size_t)RECORD_MAX);
        put_back(r, j);
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&r->pool, r->options->jobs > 1 ? r->options->jobs : 0, depth, work,
                         (void *const *)r->codecs, r->err);
    return rc;
}

/* An empty place for the new bundles, and a copy of the manifest in it that names none. */
static int
make_home(struct repack *r, int root, const char *path)
{
    struct pm_buf db = PM_BUF_INIT(1 << 20);
    int rc = pm_fs_mkdir(root, "tmp", r->err);

    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_REPACK_DIR, r->err);
    if (rc == PM_OK)
        rc = pm_fs_mkdir(root, PM_REPACK_DIR "/" PM_BUNDLE_DIR, r->err);
    if (rc != PM_OK)
        return rc;
    r->home = openat(root, PM_REPACK_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->home < 0)
        return pm_fail_errno(r->err, "cannot open '%s'", PM_REPACK_DIR);
    pm_buf_addf(&db, "%s/" PM_REPACK_DIR "/" PM_MANIFEST_NAME, path);
    rc = pm_buf_check(&db, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_copy(r->old, pm_buf_z(&db), r->err);
    if (rc == PM_OK)
        rc = pm_manifest_open(&r->fresh, pm_buf_z(&db), true, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_begin(r->fresh, r->err);
    if (rc == PM_OK)
        rc = pm_manifest_forget_places(r->fresh, r->err);
    pm_buf_release(&db);
    return rc;
}

static int
set_up(struct repack *r, int root, const char *path)
{
    struct pm_bundle_state last;
    bool sealed;
    int rc;

    r->dict_raw = (struct pm_buf)PM_BUF_INIT(PM_DICT_MAX);
    rc = make_home(r, root, path);
    if (rc == PM_OK)
        rc = pm_manifest_last_bundle(r->old, &last, &sealed, r->err);
    last.size = 0; /* new bundles are numbered on from the old ones */
    if (rc == PM_OK)
        rc = pm_bundle_writer_open(&r->writer, r->home, &last,
                                   r->options->bundle_max ? r->options->bundle_max : DEFAULT_BUNDLE, r->err);
    if (rc == PM_OK)
        rc = pm_bundle_reader_open(&r->bundles, root, r->err);
    if (rc == PM_OK)
        rc = pm_codec_new(&r->codec, r->err);
    if (rc == PM_OK)
        rc = pm_digester_new(&r->digester, r->err);
    if (rc == PM_OK)
        rc = open_pool(r);
    return rc == PM_OK ? pm_order_make(r->old, &r->order, r->err) : rc;
}

static void
release(struct repack *r)
{
    struct job *j;

    if (r->pool != NULL)
        while ((j = pm_pool_collect(r->pool)) != NULL)
            put_back(r, j);
    pm_pool_free(r->pool);
    while ((j = r->idle) != NULL) {
        r->idle = j->next;
        pm_buf_release(&j->raw);
        pm_buf_release(&j->out);
        free(j);
    }
    for (unsigned i = 0; i < r->n_codecs; i++)
        pm_codec_free(r->codecs[i]);
    free(r->codecs);
    pm_order_release(&r->order);
    pm_dict_free(r->dict);
    pm_buf_release(&r->dict_raw);
    pm_bundle_writer_free(r->writer);
    pm_bundle_reader_free(r->bundles);
    pm_codec_free(r->codec);
    pm_digester_free(r->digester);
    pm_manifest_free(r->fresh);
    if (r->home >= 0)
        close(r->home);
}

/* Read everything again from disk, as it will be read from now on. */
static int
verify(struct repack *r)
{
    struct pm_maint_options o = {.jobs = r->options->jobs};
    struct pm_verify_result result;
    int rc = pm_verify(r->fresh, r->home, &o, &result, r->err);

    if (rc == PM_DONE)
        rc = pm_fail(r->err, PM_EIO, "the new bundles do not read back as they were written");
    return rc;
}

int
pm_repack_write(struct pm_manifest *m, int root, const char *path, const struct pm_repack_options *options,
                struct pm_repack_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT, later;
    struct repack r = {.old = m,
                       .options = options,
                       .result = dst,
                       .err = err ? err : &own,
                       .home = -1,
                       .order = PM_ORDER_INIT,
                       .level = options->level ? options->level : DEFAULT_LEVEL};
    int rc;

    *dst = (struct pm_repack_result){0};
    rc = set_up(&r, root, path);
    if (rc == PM_OK)
        rc = write_all(&r);
    if (rc == PM_OK)
        rc = pm_manifest_commit(r.fresh, r.err);
    if (rc == PM_OK)
        rc = verify(&r);
    release(&r);
    if (rc != PM_OK && pm_repack_recover(root, &later) != PM_OK && rc != PM_ENOMEM)
        (void)pm_err_prefix(r.err, "%s", later.text); /* the next writer tries again */
    return rc;
}
