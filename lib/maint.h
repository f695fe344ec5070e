/*
 * maint.h - upkeep: verify, rebuild.
 */
#ifndef PM_MAINT_H
#define PM_MAINT_H

#include "manifest.h"

struct pm_damage {
    struct pm_loc loc;
    struct pm_str url;  /* of the capture, absent when not known */
    struct pm_str what; /* "frame checksum is wrong", ... */
};

struct pm_maint_options {
    unsigned jobs;
    void (*damage)(void *ctx, const struct pm_damage *d);
    int (*progress)(void *ctx, uint64_t done, uint64_t total); /* bytes */
    void *ctx;
};

struct pm_verify_result {
    uint64_t bundles, records, bytes, damaged, missing, stray;
};

/*
 * Read every frame, check its checksum, its SHA-256 against the manifest, the digests in the record, the payload digest
 * of its capture, and that manifest and bundles name the same records. PM_OK when all is right, PM_DONE when damage was found.
 */
int pm_verify(struct pm_manifest *m, struct pm_bundle_reader *b, int root,
              const struct pm_maint_options *options, struct pm_verify_result *dst,
              struct pm_err *err) PM_MUST_USE;

/*
 * Make a new manifest (at `m`, empty) from the bundles alone. Damaged records are told and left out.
 */
int pm_rebuild(struct pm_manifest *m, struct pm_bundle_reader *b, int root,
               const struct pm_maint_options *options, struct pm_verify_result *dst,
               struct pm_err *err) PM_MUST_USE;

#endif
