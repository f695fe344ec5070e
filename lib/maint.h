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
    uint64_t bundles, records, bytes; /* read; bytes as stored */
    uint64_t damaged, missing;        /* records */
    uint64_t stray;                   /* runs of bytes, and bundles, that the manifest does not name */
};

/*
 * Read every frame; check its bytes against the manifest, its checksum, the SHA-256 of its record and that of the
 * payload of its capture; and that manifest and bundles name the same records. A record whose SHA-256 is right is what
 * was stored, so the digests in it are not computed again. PM_OK when all is right, PM_DONE when damage was found.
 *
 * What an interrupted run left behind the last record is told as stray, and is no damage.
 */
int pm_verify(struct pm_manifest *m, int root, const struct pm_maint_options *options, struct pm_verify_result *dst,
              struct pm_err *err) PM_MUST_USE;

/*
 * Make a new manifest (at `m`, empty) from the bundles alone: the same captures, records and fingerprints, no clusters.
 * No page is cleaned again. Damaged records are told and left out; of a capture whose page is damaged the text stays,
 * of one whose metadata is damaged what its page's record says. PM_DONE when there was damage.
 */
int pm_rebuild(struct pm_manifest *m, struct pm_bundle_reader *b, int root, const struct pm_maint_options *options,
               struct pm_verify_result *dst, struct pm_err *err) PM_MUST_USE;

#endif
