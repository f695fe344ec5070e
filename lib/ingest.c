#include "ingest.h"

#include <stdlib.h>

#include "pool.h"
#include "prepare.h"

enum {
    DEFAULT_LEVEL = 3,
    JOBS_PER_WORKER = 8,       /* under way at once, so that a slow page does not stall the others */
    COMMIT_CAPTURES = 10000,   /* at most so much is lost to a crash, and taken in again */
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30;
static const uint64_t COMMIT_BYTES = 64ULL << 20;
static const uint64_t UNDERWAY_BYTES = 64ULL << 20; /* payloads in memory, but for one that is larger */
static const size_t DEFAULT_PAYLOAD = 1U << 30;

struct job {
    struct job *next; /* in the free list */
    struct pm_arena *arena;
    struct pm_buf out;
    struct pm_capture capture;
    struct pm_prepared prepared;
    const struct pm_dict *dict;
    int level;
    uint64_t bytes;
    int status;
    struct pm_err err;
};

struct ingest {
    struct pm_manifest *manifest;
    const struct pm_ingest_options *options;
    struct pm_ingest_result *result;
    struct pm_input *input;
    struct pm_bundle_writer *writer;
    struct pm_codec *codec;
    struct pm_preparer *own; /* the writer's, for warcinfo and revisits */
    struct pm_preparer **preparers;
    unsigned workers;
    struct pm_pool *pool;
    struct job *jobs, *idle;
    struct pm_dict *dict;
    size_t n_jobs;
    int level;
    uint64_t bytes_underway;
    uint64_t batch_captures, batch_bytes; /* since the last commit */
    bool in_transaction;
};

/* ---- worker ---- */

static void
work(void *worker, void *arg)
{
    struct job *j = arg;

    j->status = pm_prepare(worker, &j->capture, j->dict, j->level, j->arena, &j->out, &j->prepared,
                           &j->err);
}

/* ---- writer ---- */

static int
begin_batch(struct ingest *in, struct pm_err *err)
{
    int rc = in->in_transaction ? PM_OK : pm_manifest_begin(in->manifest, err);

    in->in_transaction = in->in_transaction || rc == PM_OK;
    return rc;
}

/* Bundle bytes reach the disk before the rows that name them. */
static int
commit_batch(struct ingest *in, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(in->writer);
    int rc;

    if (!in->in_transaction)
        return PM_OK;
    rc = pm_bundle_sync(in->writer, err);
    if (rc == PM_OK && state.bundle != 0)
        rc = pm_manifest_put_bundle(in->manifest, &state, false, err);
    if (rc == PM_OK)
        rc = pm_manifest_commit(in->manifest, err);
    if (rc != PM_OK)
        return rc;
    in->in_transaction = false;
    in->batch_captures = in->batch_bytes = 0;
    return PM_OK;
}

static int
append(struct ingest *in, const struct pm_buf *out, const struct pm_frame *f, int64_t capture,
       struct pm_loc *loc, struct pm_err *err)
{
    struct pm_stored rec = {.size = f->size, .sha = f->sha, .type = f->type, .capture = capture};
    int rc = pm_bundle_append(in->writer, PM_STRN(out->data + f->offset, f->length), loc, err);

    if (rc != PM_OK)
        return rc;
    rec.loc = *loc;
    in->result->records++;
    in->result->stored_bytes += f->length;
    in->batch_bytes += f->length;
    return pm_manifest_put_record(in->manifest, &rec, err);
}

/* Begin a bundle and write the warcinfo that opens it. */
static int
begin_bundle(struct ingest *in, int64_t when_us, struct pm_err *err)
{
    struct pm_buf out = PM_BUF_INIT(1 << 20);
    struct pm_bundle_state last = pm_bundle_writer_state(in->writer);
    struct pm_frame info;
    struct pm_loc loc;
    int rc = PM_OK;

    if (last.bundle != 0)
        rc = pm_manifest_put_bundle(in->manifest, &last, true, err);
    if (rc == PM_OK)
        rc = pm_bundle_begin(in->writer, in->codec, PM_STR_NULL, err);
    if (rc == PM_OK)
        rc = pm_prepare_info(in->own, pm_bundle_writer_state(in->writer).bundle, when_us, in->dict,
                             in->level, &out, &info, err);
    if (rc == PM_OK)
        rc = append(in, &out, &info, 0, &loc, err);
    pm_buf_release(&out);
    return rc;
}

static int
have_room(struct ingest *in, const struct job *j, struct pm_err *err)
{
    uint64_t length = j->prepared.page.length + j->prepared.text.length + j->prepared.meta.length;

    return pm_bundle_writer_full(in->writer, length) ? begin_bundle(in, j->capture.when_us, err) : PM_OK;
}

static int
store_opaque(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_loc loc;
    int rc = pm_manifest_has_record(in->manifest, &j->prepared.page.sha, err);

    if (rc != PM_DONE)
        return rc;
    rc = have_room(in, j, err);
    return rc == PM_OK ? append(in, &j->out, &j->prepared.page, 0, &loc, err) : rc;
}

/* If the same payload is kept already, make the capture a revisit of it. Records that came as such stay whole. */
static int
try_revisit(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_row *row = &j->prepared.row;
    struct pm_row original;
    int rc;

    if (j->capture.origin == PM_ORIGIN_RECORD)
        return PM_OK;
    rc = pm_manifest_find_payload(in->manifest, &row->payload_sha, row->payload_size, &original, err);
    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    row->original = original.capture;
    row->text = original.text;
    pm_buf_reset(&j->out);
    in->result->revisits++;
    return pm_prepare_revisit(in->own, &j->capture, &original, in->dict, in->level, &j->out, &j->prepared,
                              err);
}

/* The records first, so that the row can say where they are; they are told the row's number afterwards. */
static int
store_frames(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_prepared *p = &j->prepared;
    const struct pm_frame *frames[] = {&p->page, &p->text, &p->meta};
    struct pm_loc *locs[] = {&p->row.page, &p->row.text, &p->row.meta};
    uint64_t at = pm_bundle_writer_state(in->writer).size;
    uint32_t bundle = pm_bundle_writer_state(in->writer).bundle;
    int rc;

    for (int i = 0; i < 3; i++) {
        if (frames[i]->length == 0)
            continue;
        *locs[i] = (struct pm_loc){bundle, at, frames[i]->length};
        at += frames[i]->length;
    }
    rc = pm_manifest_put_capture(in->manifest, &p->row, err);
    for (int i = 0; rc == PM_OK && i < 3; i++) {
        struct pm_loc loc;

        if (frames[i]->length > 0)
            rc = append(in, &j->out, frames[i], p->row.capture, &loc, err);
    }
    if (rc == PM_OK && p->packed.ptr != NULL)
        rc = pm_manifest_put_fingerprint(in->manifest, p->row.capture, p->exact, p->packed, err);
    return rc;
}

static int
store_capture(struct ingest *in, struct job *j, struct pm_err *err)
{
    int64_t held;
    int rc = pm_manifest_find_uid(in->manifest, j->prepared.row.uid, &held, err);

    if (rc == PM_OK)
        in->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = try_revisit(in, j, err);
    if (rc == PM_OK)
        rc = have_room(in, j, err);
    if (rc == PM_OK)
        rc = store_frames(in, j, err);
    if (rc != PM_OK)
        return rc;
    in->result->captures++;
    in->result->payload_bytes += j->prepared.row.payload_size;
    in->batch_captures++;
    return PM_OK;
}

static void
tell_skipped(struct ingest *in, struct pm_str source, const struct pm_err *why)
{
    struct pm_err text = *why;

    in->result->skipped++;
    if (source.ptr != NULL)
        (void)pm_err_prefix(&text, "'" PM_STR_FMT "'", PM_STR_ARG(source));
    if (in->options->skipped != NULL)
        in->options->skipped(in->options->ctx, text.text);
}

static int
tell_progress(struct ingest *in, struct pm_err *err)
{
    uint64_t done, total;

    if (in->options->progress == NULL)
        return PM_OK;
    pm_input_progress(in->input, &done, &total);
    if (in->options->progress(in->options->ctx, in->result->captures + in->result->held, done, total) == 0)
        return PM_OK;
    return pm_fail(err, PM_ECANCELED, "stopped on request");
}

/* Take the oldest job back and store what came of it. PM_DONE when none is under way. */
static int
collect(struct ingest *in, struct pm_err *err)
{
    struct job *j = pm_pool_collect(in->pool);
    int rc;

    if (j == NULL)
        return PM_DONE;
    in->bytes_underway -= j->bytes;
    rc = j->status;
    if (rc == PM_SKIP || rc == PM_ELIMIT || rc == PM_ECORRUPT || rc == PM_EUNSUPPORTED) {
        tell_skipped(in, j->capture.source, &j->err);
        rc = PM_OK;
    } else if (rc != PM_OK) {
        *err = j->err;
    } else {
        rc = begin_batch(in, err);
        if (rc == PM_OK)
            rc = j->capture.origin == PM_ORIGIN_OPAQUE ? store_opaque(in, j, err)
                                                       : store_capture(in, j, err);
    }
    if (rc == PM_OK && (in->batch_bytes >= COMMIT_BYTES || in->batch_captures >= COMMIT_CAPTURES))
        rc = commit_batch(in, err);
    j->next = in->idle;
    in->idle = j;
    return rc;
}

/* ---- reader ---- */

static int
submit(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc = PM_OK;

    pm_buf_reset(&j->out);
    j->dict = in->dict;
    j->level = in->level;
    j->bytes = j->capture.payload.len + j->capture.record_block.len;
    while (rc == PM_OK && in->bytes_underway > 0 && in->bytes_underway + j->bytes > UNDERWAY_BYTES)
        rc = collect(in, err);
    if (rc < 0)
        return rc;
    in->bytes_underway += j->bytes;
    pm_pool_submit(in->pool, j);
    return PM_OK;
}

static int
read_all(struct ingest *in, struct pm_err *err)
{
    struct pm_err skip = PM_ERR_INIT;
    int rc = PM_OK;

    while (rc == PM_OK) {
        struct job *j = in->idle;

        if (j == NULL || pm_pool_full(in->pool)) {
            rc = collect(in, err);
            if (rc == PM_OK)
                rc = tell_progress(in, err);
            continue;
        }
        pm_arena_reset(j->arena);
        rc = pm_input_next(in->input, j->arena, &j->capture, &skip);
        if (rc == PM_SKIP) {
            tell_skipped(in, PM_STR_NULL, &skip);
            rc = tell_progress(in, err);
        } else if (rc == PM_OK) {
            in->idle = j->next;
            rc = submit(in, j, err);
        } else if (rc < 0) {
            *err = skip;
        }
    }
    return rc == PM_DONE ? PM_OK : rc;
}

/* What is under way is stored too, also after a request to stop. */
static int
drain(struct ingest *in, struct pm_err *err)
{
    int rc;

    do {
        rc = collect(in, err);
        if (rc == PM_OK)
            (void)tell_progress(in, NULL);
    } while (rc == PM_OK);
    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- set-up ---- */

static int
open_writer(struct ingest *in, int root, struct pm_err *err)
{
    uint64_t max = in->options->bundle_max ? in->options->bundle_max : DEFAULT_BUNDLE;
    struct pm_bundle_state state;
    bool sealed;
    int rc = pm_manifest_last_bundle(in->manifest, &state, &sealed, err);

    (void)sealed; /* a bundle that is full is left by pm_bundle_writer_full() */
    if (rc == PM_OK)
        rc = pm_bundle_writer_open(&in->writer, root, &state, max, err);
    return rc;
}

static int
make_jobs(struct ingest *in, struct pm_err *err)
{
    size_t payload = in->options->input.payload_max ? in->options->input.payload_max : DEFAULT_PAYLOAD;
    unsigned contexts = in->options->jobs ? in->options->jobs : 1;
    int rc = PM_OK;

    in->preparers = calloc(contexts, sizeof(struct pm_preparer *));
    in->n_jobs = (size_t)contexts * JOBS_PER_WORKER;
    in->jobs = calloc(in->n_jobs, sizeof(*in->jobs));
    if (in->preparers == NULL || in->jobs == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (; rc == PM_OK && in->workers < contexts; in->workers += rc == PM_OK)
        rc = pm_preparer_new(&in->preparers[in->workers], payload, in->options->agencies, err);
    if (rc == PM_OK)
        rc = pm_preparer_new(&in->own, payload, in->options->agencies, err);
    if (rc == PM_OK)
        rc = pm_codec_new(&in->codec, err);
    for (size_t i = 0; rc == PM_OK && i < in->n_jobs; i++) {
        struct job *j = &in->jobs[i];

        j->out = (struct pm_buf)PM_BUF_INIT(4 * payload);
        j->arena = pm_arena_new(4 * payload);
        if (j->arena == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        j->next = in->idle;
        in->idle = j;
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&in->pool, in->options->jobs, (unsigned)in->n_jobs, work,
                         (void *const *)in->preparers, err);
    return rc;
}

static void
release(struct ingest *in)
{
    pm_pool_free(in->pool);
    for (size_t i = 0; in->jobs != NULL && i < in->n_jobs; i++) {
        pm_arena_free(in->jobs[i].arena);
        pm_buf_release(&in->jobs[i].out);
    }
    free(in->jobs);
    for (unsigned i = 0; i < in->workers; i++)
        pm_preparer_free(in->preparers[i]);
    free(in->preparers);
    pm_preparer_free(in->own);
    pm_dict_free(in->dict);
    pm_codec_free(in->codec);
    pm_bundle_writer_free(in->writer);
    pm_input_free(in->input);
}

int
pm_ingest(struct pm_manifest *m, int root, const char *const *paths, size_t n_paths,
          const struct pm_ingest_options *options, struct pm_ingest_result *dst, struct pm_err *err)
{
    struct ingest in = {.manifest = m,
                        .options = options,
                        .result = dst,
                        .level = options->level ? options->level : DEFAULT_LEVEL};
    struct pm_err later = PM_ERR_INIT;
    int rc;

    *dst = (struct pm_ingest_result){0};
    rc = open_writer(&in, root, err);
    if (rc == PM_OK)
        rc = make_jobs(&in, err);
    if (rc == PM_OK)
        rc = pm_input_open(&in.input, paths, n_paths, &options->input, err);
    if (rc == PM_OK)
        rc = read_all(&in, err);
    if (rc == PM_OK || rc == PM_ECANCELED) {
        int end = drain(&in, &later);

        if (end == PM_OK)
            end = commit_batch(&in, &later);
        if (end != PM_OK) {
            rc = end;
            *err = later;
        }
    }
    if (in.in_transaction)
        pm_manifest_rollback(m);
    release(&in);
    return rc;
}
