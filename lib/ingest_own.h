/*
 * ingest_own.h - what the two halves of ingest share: ingest.c reads and drives, ingest_store.c writes.
 */
#ifndef PM_INGEST_OWN_H
#define PM_INGEST_OWN_H

#include "ingest.h"
#include "pool.h"
#include "prepare.h"
#include "revisit.h"

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
    struct pm_preparer *own;      /* the writer's, for warcinfo and revisits */
    struct pm_resolver *resolver; /* made for the first revisit record that comes */
    int root, spool_dir;
    struct pm_preparer **preparers;
    unsigned workers;
    struct pm_pool *pool;
    struct job *idle;
    size_t n_idle, n_jobs; /* jobs beyond n_jobs are freed when they come back */
    size_t payload_max;
    struct pm_dict *dict;      /* NULL: none */
    struct pm_buf dict_raw;    /* for the bundles that follow */
    struct pm_buf dict_packed; /* its frame, or empty */
    struct pm_sha256 dict_sha;
    bool fresh; /* the next record begins a bundle, since the one there lacks the dictionary */
    int level;
    uint64_t bytes_underway;
    uint64_t batch_captures, batch_bytes; /* since the last commit */
    bool in_transaction;
    bool began; /* a bundle since the last commit */
};
/* Begin the transaction that what follows belongs to, if none is under way. */
int pm_ingest_begin(struct ingest *in, struct pm_err *err) PM_MUST_USE;
/* Make what was stored durable: bundle bytes reach the disk before the rows that name them. */
int pm_ingest_commit(struct ingest *in, struct pm_err *err) PM_MUST_USE;
/* True when enough was stored since the last commit. */
bool pm_ingest_due(const struct ingest *in);
/* Store what came of a job. */
int pm_ingest_store(struct ingest *in, struct job *j, struct pm_err *err) PM_MUST_USE;
/* Prepare and store the capture of a job that is too large for memory; nothing else is under way. (ingest_big.c) */
int pm_ingest_big(struct ingest *in, struct job *j, struct pm_err *err) PM_MUST_USE;

/* Have a bundle open that takes a capture of so many bytes. */
int pm_ingest_room(struct ingest *in, uint64_t length, int64_t when_us, struct pm_err *err) PM_MUST_USE;
/* Append a frame of `out` to it, as a record of the manifest. */
int pm_ingest_append(struct ingest *in, const struct pm_buf *out, const struct pm_frame *f, int64_t capture,
                     struct pm_loc *loc, struct pm_err *err) PM_MUST_USE;

/* ---- ingest_dict.c ---- */

/* Make a dictionary of the captures of `n` jobs; none when it does not pay. */
int pm_ingest_make_dict(struct ingest *in, const struct job *first, size_t n, struct pm_err *err) PM_MUST_USE;
/* Go on with the dictionary of the bundle that is open, if it has one. */
int pm_ingest_reuse_dict(struct ingest *in, struct pm_err *err) PM_MUST_USE;
/* Have its frame in dict_packed. */
int pm_ingest_pack_dict(struct ingest *in, struct pm_err *err) PM_MUST_USE;

#endif
