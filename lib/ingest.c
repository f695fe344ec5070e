/* The reader's half of ingest: it reads, keeps the workers busy and hands results to the writer's half. */
#include "ingest_own.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"
#include "learn.h"

enum {
    DEFAULT_LEVEL = 6,     /* with the dictionary below: the knee of size against time */
    GATHER_CAPTURES = 400, /* the first captures wait until a dictionary was made of them */
    GATHER_BYTES = 24 << 20,
    JOBS_PER_WORKER = 8,  /* under way at once, so that a slow page does not stall the others */
    KEEP_BYTES = 1 << 20, /* of an idle job's output buffer */
};
static const uint64_t DEFAULT_BUNDLE = 1ULL << 30;
static const uint64_t UNDERWAY_BYTES = 32ULL << 20; /* payloads in memory, but for one that is larger */
/* Of a payload, if it goes through a file; and of one that must be in memory. */
static const uint64_t DEFAULT_PAYLOAD = 16ULL << 30, MEMORY_PAYLOAD = 1ULL << 30;
static const char SPOOL_DIR[] = "tmp";
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

    j->status = pm_prepare(worker, &j->capture, j->dict, j->level, j->arena, &j->out, &j->prepared, &j->err);
}
/* ---- telling, collecting ---- */

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
tell_noted(struct ingest *in, const struct pm_capture *cap, struct pm_str note)
{
    struct pm_err text;

    if (in->options->noted == NULL)
        return;
    (void)pm_fail(&text, PM_OK, "'" PM_STR_FMT "': " PM_STR_FMT, PM_STR_ARG(cap->source), PM_STR_ARG(note));
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
        if (j->prepared.odd != NULL)
            tell_noted(in, &j->capture, pm_str_of(j->prepared.odd));
        rc = pm_ingest_begin(in, err);
        if (rc == PM_OK)
            rc = pm_ingest_store(in, j, err);
    }
    if (rc == PM_OK && pm_ingest_due(in))
        rc = pm_ingest_commit(in, err);
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
            tell_noted(in, &j->capture, j->capture.note);
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

/* A capture that is too large for memory goes alone, behind all that is under way. The job is idle again. */
static int
take_big(struct ingest *in, struct job *j, struct pm_err *err)
{
    int rc;

    do
        rc = collect(in, err);
    while (rc == PM_OK);
    if (rc == PM_DONE)
        rc = pm_ingest_begin(in, err);
    if (rc == PM_OK)
        rc = pm_ingest_big(in, j, err);
    if (rc == PM_OK && pm_ingest_due(in))
        rc = pm_ingest_commit(in, err);
    if (rc == PM_OK)
        rc = tell_progress(in, err);
    give_back(in, j);
    return rc;
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
        if (rc != PM_OK)
            give_back(in, j);
        else
            rc = j->capture.big != NULL ? take_big(in, j, err) : submit(in, j, err);
    }
    return rc == PM_DONE ? PM_OK : rc;
}

/* Read the first captures, make the dictionary, then submit them. PM_DONE when the input ended in it. */
static int
gather(struct ingest *in, struct pm_err *err)
{
    struct job *first = NULL, **last = &first, *big = NULL;
    size_t n = 0, bytes = 0;
    int rc = PM_OK;

    while (rc == PM_OK && big == NULL && n < GATHER_CAPTURES && bytes < GATHER_BYTES) {
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
        if (j->capture.big != NULL) { /* it cannot wait */
            big = j;
            break;
        }
        bytes += j->capture.payload.len;
        *last = j;
        last = &j->next;
        n++;
        rc = tell_progress(in, err);
    }
    if (rc == PM_OK || rc == PM_DONE) {
        int made = pm_ingest_make_dict(in, first, n, err);

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
    if (big != NULL && rc == PM_OK)
        return take_big(in, big, err);
    if (big != NULL)
        free_job(big);
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
open_input(struct ingest *in, const char *const *paths, size_t n_paths, uint64_t payload_max, struct pm_err *err)
{
    struct pm_input_options o = in->options->input;
    int rc = pm_fs_mkdir(in->root, SPOOL_DIR, err);

    if (rc != PM_OK)
        return rc;
    in->spool_dir = openat(in->root, SPOOL_DIR, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (in->spool_dir < 0)
        return pm_fail_errno(err, "cannot open '%s'", SPOOL_DIR);
    o.spool_dir = in->spool_dir;
    o.big_max = payload_max;
    o.payload_max = in->payload_max;
    return pm_input_open(&in->input, paths, n_paths, &o, err);
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
        rc = pm_pool_new(&in->pool, in->options->jobs > 1 ? in->options->jobs : 0, (unsigned)in->n_jobs, work,
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
    pm_buf_release(&in->dict_packed);
    pm_codec_free(in->codec);
    pm_bundle_writer_free(in->writer);
    pm_input_free(in->input);
    if (in->spool_dir >= 0)
        close(in->spool_dir);
}

int
pm_ingest(struct pm_manifest *m, int root, const char *const *paths, size_t n_paths,
          const struct pm_ingest_options *options, struct pm_ingest_result *dst, struct pm_err *err)
{
    uint64_t payload_max = options->payload_max ? options->payload_max : DEFAULT_PAYLOAD;
    struct ingest in = {.manifest = m,
                        .root = root,
                        .spool_dir = -1,
                        .options = options,
                        .result = dst,
                        .dict_raw = PM_BUF_INIT(PM_DICT_MAX),
                        .dict_packed = PM_BUF_INIT(PM_DICT_MAX),
                        .payload_max = (size_t)(payload_max < MEMORY_PAYLOAD ? payload_max : MEMORY_PAYLOAD),
                        .level = options->level ? options->level : DEFAULT_LEVEL};
    struct pm_err later = PM_ERR_INIT;
    int rc;

    *dst = (struct pm_ingest_result){0};
    rc = open_writer(&in, root, err);
    if (rc == PM_OK)
        rc = make_jobs(&in, err);
    if (rc == PM_OK)
        rc = open_input(&in, paths, n_paths, payload_max, err);
    if (rc == PM_OK)
        rc = pm_ingest_reuse_dict(&in, err);
    if (rc == PM_OK && in.dict == NULL)
        rc = gather(&in, err);
    if (rc == PM_OK)
        rc = read_all(&in, err);
    rc = rc == PM_DONE ? PM_OK : rc;
    if (rc == PM_OK || rc == PM_ECANCELED) {
        int end = drain(&in, &later);

        if (end == PM_OK)
            end = pm_ingest_commit(&in, &later);
        if (end == PM_OK)
            end = pm_learn(m, root, &later);
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
