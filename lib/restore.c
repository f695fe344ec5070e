/*
 * Many captures at once. The calling thread walks the manifest, names files and writes them; workers read records,
 * unpack and check them. Results come back in order, so the bytes are the same for any number of workers.
 */
#include "restore.h"

#include <stdlib.h>

#include "pool.h"
#include "restore_big.h"
#include "restore_give.h"
#include "restore_name.h"
#include "restore_table.h"
#include "restore_target.h"

enum {
    RECORD_MAX = (1 << 30) + (64 << 20),
    JOBS_PER_WORKER = 8,
    LABEL_MAX = 1 << 20,
    NAME_MAX_BYTES = 1 << 12,
    EXPAND_MAX = 1000, /* bytes that a body may unpack to, per byte of it */
};
static const uint64_t UNDERWAY_BYTES = 64ULL << 20; /* of payload */

int
pm_restore_bytes(struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_row *row,
                 enum pm_restore_as as, struct pm_buf *dst, struct pm_err *err)
{
    struct pm_furnisher *f = NULL;
    struct pm_giver *g = NULL;
    struct pm_wanted wanted;
    int rc = as == PM_RESTORE_TEXT ? pm_furnisher_new(&f, m, err) : PM_OK;

    if (rc == PM_OK)
        rc = pm_wanted_find(m, f, row, &wanted, err);
    if (rc == PM_OK)
        rc = pm_giver_new(&g, b, err);
    if (rc == PM_OK)
        rc = pm_give(g, &wanted, as, dst, err);
    pm_giver_free(g);
    pm_furnisher_free(f);
    return rc;
}

/* ---- workers ---- */

struct job {
    struct job *next; /* in the list of idle ones */
    struct pm_wanted wanted;
    enum pm_restore_as as;
    struct pm_buf bytes, name, label; /* label: the capture in messages */
    int64_t when_us;
    uint64_t size; /* of the payload */
    bool held_short;  /* to PM_BIG_MIN bytes, for more of which it is asked again */
    bool in_target;   /* it did not fit `bytes`, and is there already: */
    uint64_t written; /* so many bytes */
    int status;
    struct pm_err err;
};

struct worker {
    struct pm_bundle_reader *bundles;
    struct pm_giver *giver;
};

static void
work(void *context, void *arg)
{
    struct worker *w = context;
    struct job *j = arg;

    pm_buf_reset(&j->bytes);
    j->status = pm_give(w->giver, &j->wanted, j->as, &j->bytes, &j->err);
    if (j->status == PM_ELIMIT && j->held_short)
        return;
    if (j->status == PM_ELIMIT && j->as == PM_RESTORE_RAW)
        (void)pm_fail(&j->err, PM_SKIP, "it unpacks to more than %d times its size; with its HTTP header it can be had as it came",
                      EXPAND_MAX);
    if (j->status < 0 && j->status != PM_ENOMEM)
        j->status = PM_SKIP; /* damage in one place is no reason to keep the rest back */
}

/* A body that unpacks to more than many workers at once may hold: once more by itself, as far as a page can be packed. */
static void
work_alone(struct worker *w, struct job *j)
{
    j->held_short = false;
    j->bytes.max = j->size < RECORD_MAX / EXPAND_MAX ? (size_t)j->size * EXPAND_MAX : RECORD_MAX;
    work(w, j);
}

/* ---- the run ---- */

struct run {
    const struct pm_chosen *chosen;
    const struct pm_restore_options *options;
    struct pm_restore_result *result;
    struct pm_err *err;
    struct pm_furnisher *furnisher; /* NULL: texts are not asked for */
    struct pm_target *target;
    struct pm_namer namer;
    bool noted; /* it knows all names already */
    struct worker *workers; /* and behind them one of the calling thread */
    void **contexts;
    unsigned n_workers;
    struct pm_pool *pool;
    struct job *idle;
    uint64_t underway;
    uint64_t done, total; /* payload bytes */
};

static void
tell_skipped(struct run *r, struct job *j)
{
    r->result->skipped++;
    (void)pm_err_prefix(&j->err, "'" PM_STR_FMT "'", PM_STR_ARG(pm_buf_span(&j->label)));
    if (r->options->skipped != NULL)
        r->options->skipped(r->options->ctx, j->err.text);
}

static int
write_job(struct run *r, struct job *j)
{
    int rc = j->status;

    if (rc == PM_OK && !j->in_target)
        rc = pm_target_add(r->target, pm_buf_z(&j->name), j->when_us, pm_buf_span(&j->bytes), &j->err);
    if (rc == PM_OK) {
        r->result->captures++;
        r->result->bytes += j->in_target ? j->written : j->bytes.len;
    } else if (rc == PM_SKIP) {
        tell_skipped(r, j);
    } else {
        return pm_fail(r->err, rc, "%s", j->err.text);
    }
    r->done += j->size;
    if (r->options->progress != NULL && r->options->progress(r->options->ctx, r->done, r->total) != 0)
        return pm_fail(r->err, PM_ECANCELED, "stopped on request");
    return PM_OK;
}

/* Take the oldest job back and write it. PM_DONE when none is under way. */
static int
collect(struct run *r)
{
    struct job *j = pm_pool_collect(r->pool);
    int rc;

    if (j == NULL)
        return PM_DONE;
    r->underway -= j->size;
    if (j->status == PM_ELIMIT)
        work_alone(&r->workers[r->n_workers], j);
    rc = write_job(r, j);
    if (j->bytes.cap > PM_BIG_MIN)
        pm_buf_release(&j->bytes);
    j->next = r->idle;
    r->idle = j;
    return rc;
}

static int
drain(struct run *r)
{
    int rc;

    do
        rc = collect(r);
    while (rc == PM_OK);
    return rc == PM_DONE ? PM_OK : rc;
}

/* What the job needs to know of its capture; PM_SKIP when it cannot be given under any name. */
static int
fill_job(struct run *r, struct job *j, const struct pm_row *row)
{
    int rc;

    j->as = r->options->as;
    j->in_target = false;
    j->held_short = j->as == PM_RESTORE_RAW;
    j->bytes.max = j->held_short ? (size_t)PM_BIG_MIN : RECORD_MAX;
    j->when_us = row->when_us;
    j->size = row->payload_size;
    pm_buf_reset(&j->label);
    pm_buf_str(&j->label, row->key.len > 0 ? row->key : row->url);
    rc = pm_buf_check(&j->label, &j->err);
    if (rc == PM_OK)
        rc = r->noted ? pm_namer_noted(&r->namer, row, j->as, &j->name, &j->err)
                      : pm_namer_choose(&r->namer, row, j->as, &j->name, &j->err);
    return rc == PM_OK ? pm_wanted_find(r->chosen->manifest, r->furnisher, row, &j->wanted, &j->err) : rc;
}

/* ---- captures too large for memory: one at a time, behind all that is under way ---- */

struct big_target {
    struct run *run;
    struct job *job;
    bool begun;
    uint64_t size;
};

static int
begin_big(void *ctx, uint64_t size, struct pm_err *err)
{
    struct big_target *t = ctx;
    int rc = pm_target_begin(t->run->target, pm_buf_z(&t->job->name), t->job->when_us, size, err);

    t->begun = rc == PM_OK;
    t->size = size;
    return rc;
}

static int
take_big(void *ctx, struct pm_str piece, struct pm_err *err)
{
    return pm_target_piece(((struct big_target *)ctx)->run->target, piece, err);
}

/* The job is used, and idle again. */
static int
restore_big(struct run *r, struct job *j)
{
    struct big_target t = {r, j, false, 0};
    struct pm_taker taker = {begin_big, take_big, &t};
    int rc = drain(r);

    if (rc == PM_OK) {
        j->status = pm_give_big(r->workers[r->n_workers].bundles, &j->wanted, j->as, &taker, &j->err);
        if (j->status == PM_OK)
            j->status = pm_target_end(r->target, &j->err);
        if (j->status < 0 && j->status != PM_ENOMEM && !t.begun)
            j->status = PM_SKIP; /* as in work(); but what was begun cannot be taken back */
        pm_buf_reset(&j->bytes);
        j->in_target = true;
        j->written = t.size;
        rc = write_job(r, j);
    }
    j->next = r->idle;
    r->idle = j;
    return rc;
}

static int
restore_row(void *ctx, const struct pm_row *row)
{
    struct run *r = ctx;
    struct job *j;
    int rc = PM_OK;

    while (rc == PM_OK && (r->idle == NULL || pm_pool_full(r->pool) ||
                           (r->underway > 0 && r->underway + row->payload_size > UNDERWAY_BYTES)))
        rc = collect(r);
    if (rc != PM_OK && rc != PM_DONE)
        return rc;
    j = r->idle;
    r->idle = j->next;
    rc = fill_job(r, j, row);
    if (rc == PM_OK && j->size > PM_BIG_MIN && j->as != PM_RESTORE_TEXT)
        return restore_big(r, j);
    if (rc == PM_OK) {
        r->underway += j->size;
        pm_pool_submit(r->pool, j);
        return PM_OK;
    }
    j->next = r->idle;
    r->idle = j;
    if (rc != PM_SKIP)
        return pm_fail(r->err, rc, "%s", j->err.text);
    rc = drain(r); /* what is told comes in order */
    if (rc == PM_OK)
        tell_skipped(r, j);
    return rc;
}

/* ---- set-up ---- */

static int
open_workers(struct run *r, int root)
{
    unsigned depth;
    int rc = PM_OK;

    r->n_workers = r->options->jobs > 0 ? r->options->jobs : 1;
    depth = r->n_workers > 1 ? r->n_workers * JOBS_PER_WORKER : 1;
    r->workers = calloc(r->n_workers + 1, sizeof(*r->workers));
    r->contexts = calloc(r->n_workers, sizeof(*r->contexts));
    if (r->workers == NULL || r->contexts == NULL)
        return pm_fail(r->err, PM_ENOMEM, "out of memory");
    for (unsigned i = 0; rc == PM_OK && i < r->n_workers + 1; i++) {
        if (i < r->n_workers)
            r->contexts[i] = &r->workers[i];
        rc = pm_bundle_reader_open(&r->workers[i].bundles, root, r->err);
        if (rc == PM_OK)
            rc = pm_giver_new(&r->workers[i].giver, r->workers[i].bundles, r->err);
    }
    for (unsigned i = 0; rc == PM_OK && i < depth + 1; i++) {
        struct job *j = calloc(1, sizeof(*j));

        if (j == NULL)
            return pm_fail(r->err, PM_ENOMEM, "out of memory");
        j->bytes = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
        j->name = (struct pm_buf)PM_BUF_INIT(NAME_MAX_BYTES);
        j->label = (struct pm_buf)PM_BUF_INIT(LABEL_MAX);
        j->next = r->idle;
        r->idle = j;
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&r->pool, r->n_workers > 1 ? r->n_workers : 0, depth, work, r->contexts, r->err);
    return rc;
}

static void
release(struct run *r)
{
    struct job *j;

    if (r->pool != NULL)
        while ((j = pm_pool_collect(r->pool)) != NULL) {
            j->next = r->idle;
            r->idle = j;
        }
    pm_pool_free(r->pool);
    while ((j = r->idle) != NULL) {
        r->idle = j->next;
        pm_buf_release(&j->bytes);
        pm_buf_release(&j->name);
        pm_buf_release(&j->label);
        free(j);
    }
    for (unsigned i = 0; r->workers != NULL && i < r->n_workers + 1; i++) {
        pm_giver_free(r->workers[i].giver);
        pm_bundle_reader_free(r->workers[i].bundles);
    }
    free(r->workers);
    free(r->contexts);
    pm_furnisher_free(r->furnisher);
    pm_target_free(r->target);
    pm_namer_release(&r->namer);
}

/*
 * ---- a whole archive into a directory ----
 * Nobody sees in which order the files come, so that is the one in which the records lie: each dictionary is opened once.
 */

static int
note_row(void *ctx, const struct pm_row *row)
{
    struct run *r = ctx;

    r->total += row->payload_size;
    return pm_namer_note(&r->namer, row, r->options->as, &r->idle->name, r->err);
}

static int
restore_place(void *ctx, int64_t capture)
{
    struct run *r = ctx;
    struct pm_row row;
    int rc = pm_manifest_get(r->chosen->manifest, capture, &row, r->err);

    return rc == PM_OK ? restore_row(r, &row) : rc;
}

static int
restore_in_place(struct run *r)
{
    int rc = pm_chosen_each(r->chosen, note_row, r, r->err);

    r->noted = true;
    return rc == PM_OK ? pm_manifest_each_place(r->chosen->manifest, restore_place, r, r->err) : rc;
}

/* ---- set-up of the target ---- */

/* The table goes first, so that it is known when the files come. */
static int
put_table(struct run *r)
{
    struct pm_buf table = PM_BUF_INIT(RECORD_MAX);
    uint64_t rows = 0;
    int rc = pm_restore_table(r->chosen, r->options->as, &table, &rows, r->err);

    if (rc == PM_OK && rows > 0)
        rc = pm_target_add(r->target, PM_RESTORE_TABLE, PM_WHEN_NONE, pm_buf_span(&table), r->err);
    if (rc == PM_OK)
        rc = pm_namer_reserve(&r->namer, PM_STR(PM_RESTORE_TABLE), r->err);
    pm_buf_release(&table);
    return rc;
}

int
pm_restore(const struct pm_chosen *chosen, int root, const struct pm_restore_options *options,
           struct pm_restore_result *dst, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct run r = {.chosen = chosen,
                    .options = options,
                    .result = dst,
                    .err = err ? err : &own,
                    .namer = PM_NAMER_INIT};
    bool in_place = options->form == PM_RESTORE_DIR && !options->table && pm_chosen_all(chosen);
    int rc;

    *dst = (struct pm_restore_result){0};
    rc = open_workers(&r, root);
    if (rc == PM_OK && options->as == PM_RESTORE_TEXT)
        rc = pm_furnisher_new(&r.furnisher, chosen->manifest, r.err);
    if (rc == PM_OK && options->progress != NULL && !in_place)
        rc = pm_chosen_size(chosen, &r.total, r.err);
    if (rc == PM_OK)
        rc = pm_target_open(&r.target, options, r.err);
    if (rc == PM_OK && options->table)
        rc = put_table(&r);
    if (rc == PM_OK)
        rc = in_place ? restore_in_place(&r) : pm_chosen_each(chosen, restore_row, &r, r.err);
    if (rc == PM_OK)
        rc = drain(&r);
    /* A tar or zip without a file in it is not made. */
    if (rc == PM_OK && (dst->captures > 0 || options->form == PM_RESTORE_DIR))
        rc = pm_target_close(r.target, r.err);
    release(&r);
    return rc;
}
