/*
 * repack.h - the same records in smaller bundles.
 *
 * Captures are put in order of site, month and URL; each new bundle begins with a dictionary of the pages that it holds, so
 * a page costs what is new in it. Every record is compared with what the manifest says of it before it is written,
 * and again when the new bundles are verified.
 */
#ifndef PM_REPACK_H
#define PM_REPACK_H

#include "manifest.h"

#define PM_REPACK_DIR "tmp/repack"

struct pm_repack_options {
    unsigned jobs;
    int level;           /* zstd level; 0: the default */
    uint64_t bundle_max; /* bytes; 0: 1 GiB */
    int (*progress)(void *ctx, uint64_t done, uint64_t total); /* bytes of payload */
    void *ctx;
};

struct pm_repack_result {
    uint64_t bundles, records, old_bytes, new_bytes;
};

/*
 * Write new bundles and a new manifest below PM_REPACK_DIR; nothing else of the archive is touched. `path` is the
 * archive's, for SQLite. PM_ECORRUPT when a record is damaged: an archive must be sound to be repacked.
 */
int pm_repack_write(struct pm_manifest *m, int root, const char *path, const struct pm_repack_options *options,
                    struct pm_repack_result *dst, struct pm_err *err) PM_MUST_USE;

/* From here on the new bundles count: pm_repack_recover() finishes what an interruption leaves. */
int pm_repack_commit(int root, struct pm_manifest *m, struct pm_err *err) PM_MUST_USE;

/*
 * Finish a repack that was committed, or take away what is left of one that was not. For whoever takes the writer's lock,
 * before the manifest is opened. PM_OK also when there is nothing to do.
 */
int pm_repack_recover(int root, struct pm_err *err) PM_MUST_USE;

#endif
