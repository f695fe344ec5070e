/*
 * ingest.h - take captures in: read, clean, fingerprint, digest, compress, store.
 *
 * Workers are pure; the calling thread reads, and is the one writer. What is committed is durable; the same
 * input gives the same archive bytes whatever the number of jobs. A capture that is there already is not stored twice.
 */
#ifndef PM_INGEST_H
#define PM_INGEST_H

#include "bundle.h"
#include "credit.h"
#include "input.h"
#include "manifest.h"

struct pm_ingest_options {
    struct pm_input_options input;
    unsigned jobs;       /* worker threads; 0 or 1: all in this thread */
    int level;           /* zstd level; 0: the default */
    uint64_t bundle_max; /* bytes; 0: 1 GiB */
    uint64_t
        payload_max; /* bytes of one payload; 0: 16 GiB. What must be in memory as a whole may have 1 GiB at most */
    const struct pm_agencies *agencies;
    /* Called for each input that was skipped; `text` as in struct pm_err. */
    void (*skipped)(void *ctx, const char *text);
    /* Called for what was taken though something is odd about it: mended, a digest that is wrong. */
    void (*noted)(void *ctx, const char *text);
    /* Called now and then; a return other than 0 stops: what came in so far is committed, PM_ECANCELED returned. */
    int (*progress)(void *ctx, uint64_t captures, uint64_t bytes, uint64_t total);
    void *ctx;
};

struct pm_ingest_result {
    uint64_t captures;                         /* stored, revisits included */
    uint64_t revisits, held, skipped, records; /* held: were there already; records: stored in all */
    uint64_t passed;                           /* files of directories and archives that are no pages */
    uint64_t payload_bytes, stored_bytes;
};

/* `root`: descriptor of the archive directory; the caller holds the lock. */
int pm_ingest(struct pm_manifest *m, int root, const char *const *paths, size_t n_paths,
              const struct pm_ingest_options *options, struct pm_ingest_result *dst, struct pm_err *err) PM_MUST_USE;

#endif
