/* Fixity: workers read, unpack and digest batches of records; the calling thread walks the manifest and tells. */
#include <stdlib.h>

#include "maint.h"
#include "payload.h"
#include "pool.h"
#include "record.h"

enum {
    BATCH_RECORDS = 256,
    BATCH_BYTES = 4 << 20, /* of frames */
    BATCHES_PER_WORKER = 3,
    LIST_MAX = 256 << 20,
    RECORD_MAX = (1 << 30) + (64 << 20),
    WHAT_MAX = 200,
};

enum verdict { GOOD, DAMAGED, MISSING, STRAY, LEFTOVER };

struct item {
    struct pm_loc loc;
    uint64_t size, check, payload_size;
    struct pm_sha256 sha, payload;
    bool is_dict, has_payload;
    int64_t capture;
    enum verdict verdict; /* of the walk if it is not GOOD, else of the worker */
    char what[WHAT_MAX];
};

struct batch {
    struct batch *next;
    struct item items[BATCH_RECORDS];
    size_t n;
    uint64_t bytes;
    int status; /* PM_OK, or why the work cannot go on */
    struct pm_err err;
};

struct worker {
    struct pm_bundle_reader *bundles;
    struct pm_digester *digester;
    struct pm_buf frame, record;
};

struct verify {
    struct pm_manifest *manifest;
    const struct pm_maint_options *options;
    struct pm_verify_result *result;
    struct pm_err *err;
    struct worker *workers;
    void **contexts;
    unsigned n_workers;
    struct pm_pool *pool;
    struct batch *idle, *filling;
    struct pm_arena *arena;
    struct pm_bundle_file *files;   /* what there is on disk */
    struct pm_bundle_state *states; /* what the manifest counts */
    size_t n_files, n_states, cap_states;
    uint64_t at, file_size; /* of the bundle being walked: end of the last record, size on disk */
    uint64_t counted;       /* of the same: bytes that the manifest counted when the walk began */
    uint64_t done, total;
    bool damage;
};

/* ---- workers ---- */

static void
set_verdict(struct item *it, enum verdict verdict, const char *what)
{
    it->verdict = verdict;
    memset(it->what, 0, sizeof(it->what));
    memcpy(it->what, what, strnlen(what, sizeof(it->what) - 1));
}

static int
check_digest(struct worker *w, struct pm_str bytes, const struct pm_sha256 *want, struct pm_err *err)
{
    struct pm_sha256 got;
    int rc = pm_digest_sha256(w->digester, &bytes, 1, &got, err);

    return rc != PM_OK ? rc : memcmp(got.byte, want->byte, sizeof(got.byte)) == 0 ? PM_OK : PM_DONE;
}

/* The raw dictionary of a bundle is what its record row describes. */
static int
check_dict(struct worker *w, struct item *it, struct pm_err *err)
{
    int rc = pm_bundle_dict(w->bundles, it->loc.bundle, &w->record, err);

    if (rc == PM_OK)
        rc = check_digest(w, pm_buf_span(&w->record), &it->sha, err);
    if (rc == PM_DONE)
        set_verdict(it, DAMAGED, "dictionary does not match its SHA-256");
    return rc;
}

static int
check_record(struct worker *w, struct item *it, struct pm_err *err)
{
    struct pm_str record, head, block;
    struct pm_http http;
    int rc = pm_bundle_unpack(w->bundles, &it->loc, pm_buf_span(&w->frame), &w->record, err);

    if (rc != PM_OK)
        return rc;
    record = pm_buf_span(&w->record);
    rc = check_digest(w, record, &it->sha, err);
    if (rc == PM_OK && record.len != it->size)
        rc = PM_DONE;
    if (rc == PM_DONE)
        set_verdict(it, DAMAGED, "record does not match its SHA-256");
    if (rc != PM_OK || !it->has_payload)
        return rc;
    rc = pm_record_split(record, &head, &block) ? pm_payload_find(w->digester, block, &it->payload, &http, err)
                                                : PM_DONE;
    if (rc == PM_DONE)
        set_verdict(it, DAMAGED, "payload does not match the SHA-256 of its capture");
    return rc;
}

static bool
same(const struct pm_sha256 *a, const struct pm_sha256 *b)
{
    return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}

/* A record too large for memory, in one pass over its frames. */
static int
check_big(struct worker *w, struct item *it, bool *whole, struct pm_err *err)
{
    uint64_t check, payload = it->has_payload ? it->payload_size : PM_BIG_UNKNOWN;
    struct pm_big_facts facts;
    struct pm_big *big = NULL;
    int rc = pm_big_new(&big, payload, NULL, NULL, err);

    if (rc == PM_OK)
        rc = pm_bundle_stream(w->bundles, &it->loc, pm_big_add, big, &check, err);
    if (rc == PM_OK)
        rc = pm_big_end(big, &facts, err);
    *whole = rc == PM_OK && check == it->check;
    if (rc == PM_OK && (facts.size != it->size || !same(&facts.sha, &it->sha)))
        set_verdict(it, DAMAGED, "record does not match its SHA-256");
    else if (rc == PM_OK && it->has_payload && !same(&facts.payload_sha, &it->payload))
        set_verdict(it, DAMAGED, "payload does not match the SHA-256 of its capture");
    pm_big_free(big);
    return rc;
}

/* The stored bytes, and what they hold. */
static int
check_whole(struct worker *w, struct item *it, bool *whole, struct pm_err *err)
{
    int rc = pm_bundle_read_frame(w->bundles, &it->loc, &w->frame, err);

    *whole = rc == PM_OK && pm_frame_check(pm_buf_span(&w->frame)) == it->check;
    if (rc != PM_OK)
        return rc;
    return it->is_dict ? check_dict(w, it, err) : check_record(w, it, err);
}

static int
check_item(struct worker *w, struct item *it)
{
    struct pm_err err = PM_ERR_INIT;
    bool whole, big = !it->is_dict && it->size > PM_BIG_MIN;
    int rc;

    if (it->verdict != GOOD)
        return PM_OK;
    pm_buf_reset(&w->frame);
    pm_buf_reset(&w->record);
    rc = big ? check_big(w, it, &whole, &err) : check_whole(w, it, &whole, &err);
    if (rc == PM_ENOMEM)
        return rc;
    if (rc < 0)
        set_verdict(it, DAMAGED, err.text);
    else if (it->verdict == GOOD && !whole)
        set_verdict(it, DAMAGED,
                    it->is_dict
                        ? "the dictionary is damaged; it is mended whenever it is read, and for good by 'repack'"
                        : "frame has changed, though its record has not");
    return PM_OK;
}

static void
work(void *worker, void *job)
{
    struct batch *b = job;

    b->status = PM_OK;
    for (size_t i = 0; i < b->n && b->status == PM_OK; i++)
        b->status = check_item(worker, &b->items[i]);
    if (b->status != PM_OK)
        (void)pm_fail(&b->err, b->status, "out of memory");
}

/* ---- telling ---- */

static void
count(struct verify *v, const struct item *it)
{
    switch (it->verdict) {
    case GOOD:
        break;
    case DAMAGED:
        v->result->damaged++;
        break;
    case MISSING:
        v->result->missing++;
        return;
    case STRAY:
    case LEFTOVER:
        v->result->stray++;
        return;
    }
    v->result->records += !it->is_dict;
    v->result->bytes += it->loc.length;
}

static int
tell(struct verify *v, const struct item *it)
{
    struct pm_damage d = {.loc = it->loc, .what = pm_str_of(it->what)};
    struct pm_row row;

    count(v, it);
    if (it->verdict == GOOD)
        return PM_OK;
    v->damage = v->damage || it->verdict != LEFTOVER;
    if (it->capture != 0) {
        int rc = pm_manifest_get(v->manifest, it->capture, &row, v->err);

        if (rc == PM_OK)
            d.url = row.url;
        else if (rc != PM_ENOTFOUND)
            return rc;
    }
    if (v->options->damage != NULL)
        v->options->damage(v->options->ctx, &d);
    return PM_OK;
}

/* Take the oldest batch back and tell what is wrong in it. PM_DONE when none is under way. */
static int
collect(struct verify *v)
{
    struct batch *b = pm_pool_collect(v->pool);
    int rc = PM_OK;

    if (b == NULL)
        return PM_DONE;
    if (b->status != PM_OK)
        rc = pm_fail(v->err, b->status, "%s", b->err.text);
    for (size_t i = 0; rc == PM_OK && i < b->n; i++)
        rc = tell(v, &b->items[i]);
    v->done += b->bytes;
    b->next = v->idle;
    v->idle = b;
    if (rc == PM_OK && v->options->progress != NULL && v->options->progress(v->options->ctx, v->done, v->total) != 0)
        rc = pm_fail(v->err, PM_ECANCELED, "stopped on request");
    return rc;
}

static int
submit(struct verify *v)
{
    int rc = PM_OK;

    if (v->filling == NULL)
        return PM_OK;
    while (rc == PM_OK && pm_pool_full(v->pool))
        rc = collect(v);
    if (rc != PM_OK)
        return rc;
    pm_pool_submit(v->pool, v->filling);
    v->filling = NULL;
    return PM_OK;
}

/* A new item, zeroed, at the end of the batch that is being filled. */
static int
add_item(struct verify *v, struct item **dst)
{
    struct batch *b;
    int rc = PM_OK;

    if (v->filling != NULL && (v->filling->n == BATCH_RECORDS || v->filling->bytes >= BATCH_BYTES))
        rc = submit(v);
    while (rc == PM_OK && v->filling == NULL && v->idle == NULL)
        rc = collect(v);
    if (rc != PM_OK)
        return rc;
    if (v->filling == NULL) {
        b = v->filling = v->idle;
        v->idle = b->next;
        b->n = 0;
        b->bytes = 0;
    }
    b = v->filling;
    *dst = &b->items[b->n++];
    memset(*dst, 0, sizeof(**dst));
    return PM_OK;
}

/* ---- the walk ---- */

static int
add_finding(struct verify *v, const struct pm_loc *loc, enum verdict verdict, const char *what)
{
    struct item *it;
    int rc = add_item(v, &it);

    if (rc != PM_OK)
        return rc;
    it->loc = *loc;
    set_verdict(it, verdict, what);
    return PM_OK;
}

static int
add_payload(struct verify *v, const struct pm_stored *rec, struct item *it)
{
    struct pm_row row;
    int rc = rec->capture != 0 ? pm_manifest_get(v->manifest, rec->capture, &row, v->err) : PM_DONE;

    if (rc == PM_ENOTFOUND) {
        set_verdict(it, DAMAGED, "the manifest has lost its capture");
        return PM_OK;
    }
    if (rc != PM_OK)
        return rc == PM_DONE ? PM_OK : rc;
    it->has_payload = row.original == 0 && row.page.bundle == rec->loc.bundle && row.page.offset == rec->loc.offset;
    it->payload = row.payload_sha;
    it->payload_size = row.payload_size;
    return PM_OK;
}

static int
each_record(void *ctx, const struct pm_stored *rec)
{
    struct verify *v = ctx;
    struct item *it;
    uint64_t end = rec->loc.offset + rec->loc.length;
    int rc = PM_OK;

    if (rec->loc.offset >= v->counted)
        return PM_OK; /* written meanwhile */
    if (rec->loc.offset > v->at)
        rc = add_finding(v, &(struct pm_loc){rec->loc.bundle, v->at, rec->loc.offset - v->at}, STRAY,
                         "bytes that belong to no record");
    if (rc == PM_OK)
        rc = add_item(v, &it);
    if (rc != PM_OK)
        return rc;
    it->loc = rec->loc;
    it->size = rec->size;
    it->check = rec->check;
    it->sha = rec->sha;
    it->capture = rec->capture;
    it->is_dict = pm_str_eq(rec->type, PM_STR("dictionary"));
    if (end < rec->loc.offset || end > v->file_size)
        set_verdict(it, MISSING, "the bundle ends before this record");
    else if (rec->loc.offset < v->at)
        set_verdict(it, DAMAGED, "the manifest has two records in one place");
    v->filling->bytes += rec->loc.length;
    v->at = end > v->at ? end : v->at;
    return it->verdict == GOOD ? add_payload(v, rec, it) : PM_OK;
}

static int
verify_bundle(struct verify *v, const struct pm_bundle_state *state, uint64_t file_size, bool last)
{
    uint64_t behind;
    int rc;

    v->at = 0;
    v->file_size = file_size;
    v->counted = state->size;
    v->result->bundles++;
    rc = pm_manifest_each_record(v->manifest, state->bundle, each_record, v, v->err);
    behind = file_size > v->at ? file_size - v->at : 0;
    if (rc == PM_OK && behind > 0) {
        bool tail = last && v->at >= state->size;

        rc = add_finding(v, &(struct pm_loc){state->bundle, v->at, behind}, tail ? LEFTOVER : STRAY,
                         tail ? "bytes that an interrupted run left; the next one takes them away"
                              : "bytes that belong to no record");
    }
    return rc;
}

/* A file that the manifest does not know: what a crash can leave is the one after the last. */
static int
stray_bundle(struct verify *v, const struct pm_bundle_file *file, uint32_t last)
{
    bool leftover = file->bundle == last + 1;

    return add_finding(v, &(struct pm_loc){file->bundle, 0, file->size}, leftover ? LEFTOVER : STRAY,
                       leftover ? "a bundle that an interrupted run left; the next one takes it away"
                                : "a bundle that the manifest does not know; 'rebuild' takes it in");
}

/* Both lists are in order of number. */
static int
walk(struct verify *v)
{
    uint32_t last = v->n_states > 0 ? v->states[v->n_states - 1].bundle : 0;
    size_t f = 0;
    int rc = PM_OK;

    for (size_t s = 0; rc == PM_OK && s < v->n_states; s++) {
        const struct pm_bundle_state *state = &v->states[s];

        for (; rc == PM_OK && f < v->n_files && v->files[f].bundle < state->bundle; f++)
            rc = stray_bundle(v, &v->files[f], last);
        if (rc == PM_OK) {
            bool there = f < v->n_files && v->files[f].bundle == state->bundle;

            rc = verify_bundle(v, state, there ? v->files[f].size : 0, state->bundle == last);
            f += there;
        }
    }
    for (; rc == PM_OK && f < v->n_files; f++)
        rc = stray_bundle(v, &v->files[f], last);
    return rc;
}

/* ---- set-up ---- */

static int
note_state(void *ctx, const struct pm_bundle_state *state)
{
    struct verify *v = ctx;
    struct pm_bundle_state *grown = pm_grow(v->states, &v->cap_states, v->n_states + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(v->err, PM_ENOMEM, "out of memory");
    v->states = grown;
    v->states[v->n_states++] = *state;
    return PM_OK;
}

static int
open_worker(struct worker *w, int root, struct pm_err *err)
{
    int rc;

    w->frame = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    w->record = (struct pm_buf)PM_BUF_INIT(RECORD_MAX);
    rc = pm_bundle_reader_open(&w->bundles, root, err);
    return rc == PM_OK ? pm_digester_new(&w->digester, err) : rc;
}

static int
set_up(struct verify *v, int root)
{
    unsigned depth;
    int rc = PM_OK;

    v->n_workers = v->options->jobs > 0 ? v->options->jobs : 1;
    depth = v->n_workers * BATCHES_PER_WORKER;
    v->workers = calloc(v->n_workers, sizeof(*v->workers));
    v->contexts = calloc(v->n_workers, sizeof(*v->contexts));
    v->arena = pm_arena_new(LIST_MAX);
    if (v->workers == NULL || v->contexts == NULL || v->arena == NULL)
        return pm_fail(v->err, PM_ENOMEM, "out of memory");
    for (unsigned i = 0; rc == PM_OK && i < v->n_workers; i++) {
        v->contexts[i] = &v->workers[i];
        rc = open_worker(&v->workers[i], root, v->err);
    }
    for (unsigned i = 0; rc == PM_OK && i < depth + 1; i++) { /* one is being filled */
        struct batch *b = calloc(1, sizeof(*b));

        if (b == NULL)
            return pm_fail(v->err, PM_ENOMEM, "out of memory");
        b->next = v->idle;
        v->idle = b;
    }
    if (rc == PM_OK)
        rc = pm_pool_new(&v->pool, v->options->jobs > 1 ? v->options->jobs : 0, depth, work, v->contexts, v->err);
    /* The manifest first: what a writer adds meanwhile lies behind what it counts. */
    if (rc == PM_OK)
        rc = pm_manifest_each_bundle(v->manifest, note_state, v, v->err);
    if (rc == PM_OK)
        rc = pm_bundle_list(root, v->arena, &v->files, &v->n_files, v->err);
    for (size_t i = 0; rc == PM_OK && i < v->n_files; i++)
        v->total += v->files[i].size;
    return rc;
}

static void
release(struct verify *v)
{
    struct batch *b;

    if (v->pool != NULL)
        while ((b = pm_pool_collect(v->pool)) != NULL) {
            b->next = v->idle;
            v->idle = b;
        }
    pm_pool_free(v->pool);
    while ((b = v->idle) != NULL) {
        v->idle = b->next;
        free(b);
    }
    free(v->filling);
    for (unsigned i = 0; v->workers != NULL && i < v->n_workers; i++) {
        pm_bundle_reader_free(v->workers[i].bundles);
        pm_digester_free(v->workers[i].digester);
        pm_buf_release(&v->workers[i].frame);
        pm_buf_release(&v->workers[i].record);
    }
    free(v->workers);
    free(v->contexts);
    free(v->states);
    pm_arena_free(v->arena);
}

int
pm_verify(struct pm_manifest *m, int root, const struct pm_maint_options *options, struct pm_verify_result *dst,
          struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct verify v = {.manifest = m, .options = options, .result = dst, .err = err ? err : &own};
    int rc;

    *dst = (struct pm_verify_result){0};
    rc = set_up(&v, root);
    if (rc == PM_OK)
        rc = walk(&v);
    if (rc == PM_OK)
        rc = submit(&v);
    while (rc == PM_OK)
        rc = collect(&v);
    if (rc == PM_DONE)
        rc = v.damage ? pm_fail(v.err, PM_DONE, "damage was found") : PM_OK;
    release(&v);
    return rc;
}
