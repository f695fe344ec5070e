#include "ingest.h"

#include <stdlib.h>

#include "dict.h"
#include "pool.h"
#include "prepare.h"
#include "revisit.h"

enum {
    DEFAULT_LEVEL = 6,         /* with the dictionary below: the knee of size against time */
    DICT_BYTES = 4 << 20,
    DICT_SLICE = 64 << 10,
    DICT_SHARE = 6,            /* a dictionary is at most this part of what was gathered */
    GATHER_CAPTURES = 400,     /* the first captures wait until a dictionary was made of them */
    GATHER_BYTES = 24 << 20,
    JOBS_PER_WORKER = 8,       /* under way at once, so that a slow page does not stall the others */
    KEEP_BYTES = 1 << 20,      /* of an idle job's output buffer */
    COMMIT_CAPTURES = 10000,   /* at most so much is lost to a crash, and taken in again */
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30;
static const uint64_t COMMIT_BYTES = 64ULL << 20;
static const uint64_t UNDERWAY_BYTES = 32ULL << 20; /* payloads in memory, but for one that is larger */
static const size_t DEFAULT_PAYLOAD = 1U << 30;

struct job {
    struct job *next; /* in a list: idle, or gathered */
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
    struct pm_resolver *resolver; /* made for the first revisit record that comes */
    int root;
    struct pm_preparer **preparers;
    unsigned workers;
    struct pm_pool *pool;
    struct job *idle;
    size_t n_idle, n_jobs; /* jobs beyond n_jobs are freed when they come back */
    size_t payload_max;
    struct pm_dict *dict;    /* NULL: none */
    struct pm_buf dict_raw;  /* for the bundles that follow */
    struct pm_sha256 dict_sha;
    bool fresh;              /* the next record begins a bundle, since the one there lacks the dictionary */
    int level;
    uint64_t bytes_underway;
    uint64_t batch_captures, batch_bytes; /* since the last commit */
    bool in_transaction;
    bool began;              /* a bundle since the last commit */
};

/* ---- jobs ---- */

static struct job *
new_job(struct ingest *in)
{
    struct job *j = calloc(1, sizeof(*j));

    if (j == NULL)
        return NULL;
    j->out = (struct pm_buf)PM_BUF_INIT(4 * in->payload_max);
    j->arena = pm_arena_new(4 * in->payload_max);
    if (j->arena == NULL) {
        free(j);
        return NULL;
    }
    return j;
}

static void
free_job(struct job *j)
{
    pm_arena_free(j->arena);
    pm_buf_release(&j->out);
    free(j);
}

static void
give_back(struct ingest *in, struct job *j)
{
    if (in->n_idle == in->n_jobs) {
        free_job(j);
        return;
    }
    if (j->out.cap > KEEP_BYTES)
        pm_buf_release(&j->out);
    pm_arena_reset(j->arena); /* gives back what a large page made it take */
    j->next = in->idle;
    in->idle = j;
    in->n_idle++;
}

static struct job *
take_idle(struct ingest *in)
{
    struct job *j = in->idle;

    in->idle = j->next;
    in->n_idle--;
    return j;
}

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
    in->in_transaction = in->began = false;
    in->batch_captures = in->batch_bytes = 0;
    return PM_OK;
}

static int
append(struct ingest *in, const struct pm_buf *out, const struct pm_frame *f, int64_t capture,
       struct pm_loc *loc, struct pm_err *err)
{
    struct pm_stored rec = {.size = f->size, .sha = f->sha, .type = f->type, .capture = capture};
    struct pm_str frame = PM_STRN(out->data + f->offset, f->length);
    int rc = pm_bundle_append(in->writer, frame, loc, err);

    if (rc != PM_OK)
        return rc;
    rec.loc = *loc;
    rec.check = pm_frame_check(frame);
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
    struct pm_stored dict = {.size = in->dict_raw.len, .sha = in->dict_sha, .type = PM_STR("dictionary")};
    struct pm_frame info;
    struct pm_loc loc;
    int rc = PM_OK;

    /* A crash leaves one bundle that the manifest does not know, never two: so the next writer may cut it. */
    if (in->began) {
        rc = commit_batch(in, err);
        if (rc == PM_OK)
            rc = begin_batch(in, err);
    }
    in->began = true;
    if (rc == PM_OK && last.bundle != 0)
        rc = pm_manifest_put_bundle(in->manifest, &last, true, err);
    if (rc == PM_OK)
        rc = pm_bundle_begin(in->writer, in->codec, pm_buf_span(&in->dict_raw), &dict.loc, &dict.check,
                             err);
    if (rc == PM_OK && dict.loc.bundle != 0)
        rc = pm_manifest_put_record(in->manifest, &dict, err);
    if (rc == PM_OK)
        rc = pm_prepare_info(in->own, pm_bundle_writer_state(in->writer).bundle, when_us, in->dict,
                             in->level, &out, &info, err);
    if (rc == PM_OK)
        rc = append(in, &out, &info, 0, &loc, err);
    in->fresh = false;
    pm_buf_release(&out);
    return rc;
}

static int
have_room(struct ingest *in, const struct job *j, struct pm_err *err)
{
    uint64_t length = j->prepared.page.length + j->prepared.text.length + j->prepared.meta.length;

    if (!in->fresh && !pm_bundle_writer_full(in->writer, length))
        return PM_OK;
    return begin_bundle(in, j->capture.when_us, err);
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

/*
 * A revisit record becomes a capture if what it repeats is here: it is prepared with that payload, then stored as
 * it came. PM_DONE: it is not here.
 */
static int
store_resolved(struct ingest *in, struct job *j, struct pm_err *err)
{
    struct pm_row *row = &j->prepared.row, original;
    struct pm_capture whole;
    int64_t number, held;
    int rc = PM_OK;

    if (in->resolver == NULL)
        rc = pm_resolver_new(&in->resolver, in->manifest, in->root, err);
    if (rc == PM_OK)
        rc = pm_resolve(in->resolver, &j->capture, j->arena, &number, &whole, err);
    if (rc != PM_OK)
        return rc;
    pm_buf_reset(&j->out);
    rc = pm_prepare(in->own, &whole, in->dict, in->level, j->arena, &j->out, &j->prepared, err);
    if (rc == PM_SKIP || rc == PM_ELIMIT) { /* as if it were not here */
        pm_buf_reset(&j->out);
        rc = pm_prepare(in->own, &j->capture, in->dict, in->level, j->arena, &j->out, &j->prepared, err);
        return rc == PM_OK ? PM_DONE : rc;
    }
    if (rc == PM_OK)
        rc = pm_manifest_find_uid(in->manifest, row->uid, &held, err);
    if (rc == PM_OK)
        in->result->held++;
    if (rc != PM_DONE)
        return rc;
    rc = pm_manifest_get(in->manifest, number, &original, err);
    if (rc != PM_OK)
        return rc;
    row->original = original.capture;
    row->text = original.text;
    pm_buf_reset(&j->out);
    rc = pm_prepare_revisit(in->own, &whole, &original, in->dict, in->level, &j->out, &j->prepared, err);
    if (rc == PM_OK)
        rc = have_room(in, j, err);
    if (rc == PM_OK)
        rc = store_frames(in, j, err);
    if (rc != PM_OK)
        return rc;
    in->result->captures++;
    in->result->revisits++;
    in->result->payload_bytes += row->payload_size;
    in->batch_captures++;
    return PM_OK;
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

static int
store(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc;

    if (j->capture.origin != PM_ORIGIN_OPAQUE)
        return store_capture(in, j, err);
    if (!pm_str_ieq(j->capture.record_type, PM_STR("revisit")))
        return store_opaque(in, j, err);
    rc = store_resolved(in, j, err);
    if (rc != PM_DONE)
        return rc;
    /* Nothing here is what it repeats: it is kept as it is, and can be told by its type. */
    return store_opaque(in, j, err);
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

static void
tell_noted(struct ingest *in, const struct pm_capture *cap)
{
    struct pm_err text;

    if (in->options->noted == NULL)
        return;
    (void)pm_fail(&text, PM_OK, "'" PM_STR_FMT "': " PM_STR_FMT, PM_STR_ARG(cap->source), PM_STR_ARG(cap->note));
    in->options->noted(in->options->ctx, text.text);
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
            rc = store(in, j, err);
    }
    if (rc == PM_OK && (in->batch_bytes >= COMMIT_BYTES || in->batch_captures >= COMMIT_CAPTURES))
        rc = commit_batch(in, err);
    give_back(in, j);
    return rc;
}

/* ---- reader ---- */

/* The next capture into `j`. What cannot be read is told and passed over. PM_DONE at the end. */
static int
next_capture(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc;

    do {
        pm_arena_reset(j->arena);
        rc = pm_input_next(in->input, j->arena, &j->capture, err);
        in->result->passed = pm_input_passed(in->input);
        if (rc == PM_OK && j->capture.note.ptr != NULL)
            tell_noted(in, &j->capture);
        if (rc != PM_SKIP)
            return rc;
        tell_skipped(in, PM_STR_NULL, err);
        rc = tell_progress(in, err);
    } while (rc == PM_OK);
    return rc;
}

/* Hand a job to the workers; it is the pool's, or idle again, whatever is returned. */
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
    if (rc < 0) {
        give_back(in, j);
        return rc;
    }
    in->bytes_underway += j->bytes;
    pm_pool_submit(in->pool, j);
    return PM_OK;
}

static int
read_all(struct ingest *in, struct pm_err *err)
{
    int rc = PM_OK;

    while (rc == PM_OK) {
        struct job *j;

        if (in->idle == NULL || pm_pool_full(in->pool)) {
            rc = collect(in, err);
            if (rc == PM_OK)
                rc = tell_progress(in, err);
            continue;
        }
        j = take_idle(in);
        rc = next_capture(in, j, err);
        if (rc == PM_OK)
            rc = submit(in, j, err);
        else
            give_back(in, j);
    }
    return rc == PM_DONE ? PM_OK : rc;
}

/* ---- dictionary ---- */

static int
use_dict(struct ingest *in, struct pm_err *err)
{
    struct pm_str raw = pm_buf_span(&in->dict_raw);
    struct pm_digester *digester = NULL;
    int rc = pm_dict_new(&in->dict, raw, in->level, err);

    if (rc == PM_OK)
        rc = pm_digester_new(&digester, err);
    if (rc == PM_OK)
        rc = pm_digest_sha256(digester, &raw, 1, &in->dict_sha, err);
    pm_digester_free(digester);
    return rc;
}

/* Make a dictionary of what was gathered; none when it does not pay. */
static int
make_dict(struct ingest *in, const struct job *first, size_t n, struct pm_err *err)
{
    struct pm_str *samples = calloc(n ? n : 1, sizeof(*samples));
    size_t i = 0, total = 0;
    int rc;

    if (samples == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (const struct job *j = first; j != NULL; j = j->next) {
        samples[i] = j->capture.record_block.ptr ? j->capture.record_block : j->capture.payload;
        total += samples[i++].len;
    }
    rc = pm_dict_make(samples, n, total / DICT_SHARE < DICT_BYTES ? total / DICT_SHARE : DICT_BYTES, DICT_SLICE, in->level, &in->dict_raw, err);
    free(samples);
    if (rc == PM_SKIP)
        return PM_OK;
    if (rc == PM_OK)
        rc = use_dict(in, err);
    in->fresh = rc == PM_OK;
    return rc;
}

/* Read the first captures, make the dictionary, then submit them. PM_DONE when the input ended in it. */
static int
gather(struct ingest *in, struct pm_err *err)
{
    struct job *first = NULL, **last = &first;
    size_t n = 0, bytes = 0;
    int rc = PM_OK;

    while (rc == PM_OK && n < GATHER_CAPTURES && bytes < GATHER_BYTES) {
        struct job *j = new_job(in);

        if (j == NULL) {
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
            break;
        }
        rc = next_capture(in, j, err);
        if (rc != PM_OK) {
            free_job(j);
            break;
        }
        bytes += j->capture.payload.len;
        *last = j;
        last = &j->next;
        n++;
        rc = tell_progress(in, err);
    }
    if (rc == PM_OK || rc == PM_DONE) {
        int made = make_dict(in, first, n, err);

        rc = made == PM_OK ? rc : made;
    }
    while (first != NULL) {
        struct job *j = first;
        int submitted;

        first = j->next;
        j->next = NULL;
        if (rc < 0 && rc != PM_ECANCELED) {
            free_job(j);
            continue;
        }
        submitted = pm_pool_full(in->pool) ? collect(in, err) : PM_OK;
        if (submitted == PM_OK)
            submitted = submit(in, j, err);
        else
            free_job(j);
        rc = submitted == PM_OK ? rc : submitted;
    }
    return rc;
}

/* Go on with the dictionary of the bundle that is open, if it has one. */
static int
reuse_dict(struct ingest *in, int root, struct pm_err *err)
{
    struct pm_bundle_state state = pm_bundle_writer_state(in->writer);
    struct pm_bundle_reader *reader = NULL;
    int rc;

    if (state.bundle == 0)
        return PM_OK;
    rc = pm_bundle_reader_open(&reader, root, err);
    if (rc == PM_OK)
        rc = pm_bundle_dict(reader, state.bundle, &in->dict_raw, err);
    if (rc == PM_OK && in->dict_raw.len > 0)
        rc = use_dict(in, err);
    pm_bundle_reader_free(reader);
    return rc;
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
    unsigned contexts = in->options->jobs ? in->options->jobs : 1;
    int rc = PM_OK;

    in->preparers = calloc(contexts, sizeof(struct pm_preparer *));
    if (in->preparers == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (; rc == PM_OK && in->workers < contexts; in->workers += rc == PM_OK)
        rc = pm_preparer_new(&in->preparers[in->workers], in->payload_max, in->options->agencies, err);
    if (rc == PM_OK)
        rc = pm_preparer_new(&in->own, in->payload_max, in->options->agencies, err);
    if (rc == PM_OK)
        rc = pm_codec_new(&in->codec, err);
    in->n_jobs = (size_t)contexts * JOBS_PER_WORKER;
    for (size_t i = 0; rc == PM_OK && i < in->n_jobs; i++) {
        struct job *j = new_job(in);

        if (j == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        give_back(in, j);
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&in->pool, in->options->jobs, (unsigned)in->n_jobs, work,
                         (void *const *)in->preparers, err);
    return rc;
}

static void
release(struct ingest *in)
{
    if (in->pool != NULL)
        for (struct job *j; (j = pm_pool_collect(in->pool)) != NULL;)
            free_job(j);
    pm_pool_free(in->pool);
    while (in->n_idle > 0)
        free_job(take_idle(in));
    for (unsigned i = 0; i < in->workers; i++)
        pm_preparer_free(in->preparers[i]);
    free(in->preparers);
    pm_preparer_free(in->own);
    pm_resolver_free(in->resolver);
    pm_dict_free(in->dict);
    pm_buf_release(&in->dict_raw);
    pm_codec_free(in->codec);
    pm_bundle_writer_free(in->writer);
    pm_input_free(in->input);
}

int
pm_ingest(struct pm_manifest *m, int root, const char *const *paths, size_t n_paths,
          const struct pm_ingest_options *options, struct pm_ingest_result *dst, struct pm_err *err)
{
    struct ingest in = {.manifest = m,
                        .root = root,
                        .options = options,
                        .result = dst,
                        .dict_raw = PM_BUF_INIT(PM_DICT_MAX),
                        .payload_max = options->input.payload_max ? options->input.payload_max
                                                                  : DEFAULT_PAYLOAD,
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
        rc = reuse_dict(&in, root, err);
    if (rc == PM_OK && in.dict == NULL)
        rc = gather(&in, err);
    if (rc == PM_OK)
        rc = read_all(&in, err);
    rc = rc == PM_DONE ? PM_OK : rc;
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
