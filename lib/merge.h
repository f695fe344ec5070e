/*
 * merge.h - captures of other archives into this one.
 *
 * Frames are copied as they are stored wherever the bundle they go to has the dictionary of the one they come from;
 * each is compared with what its manifest says before it is. Bundle by bundle, in the order of the source, so a capture
 * never comes before the one whose payload it repeats.
 */
#ifndef PM_MERGE_H
#define PM_MERGE_H

#include "manifest.h"

struct pm_merge_source {
    const char *name;             /* for messages */
    struct pm_manifest *manifest; /* both borrowed; read only */
    int root;
};

struct pm_merge_options {
    int level;                                    /* zstd level of what must be packed again; 0: the default */
    uint64_t bundle_max;                          /* bytes; 0: 1 GiB */
    bool dry_run;                                 /* look and count, write nothing */
    void (*skipped)(void *ctx, const char *text); /* a capture or record that is damaged in its source */
    int (*progress)(void *ctx, uint64_t done, uint64_t total); /* bytes of the sources' bundles */
    void *ctx;
};

struct pm_merge_result {
    uint64_t captures, revisits; /* taken over; revisits are among the captures */
    uint64_t held;               /* captures that were there already */
    uint64_t skipped;            /* captures and records that are damaged */
    uint64_t records, repacked;  /* written; of them, not as they were stored */
    uint64_t bundles, bytes;     /* begun; bytes written */
};

/*
 * Take the captures over that the archive does not have, and the records that belong to no capture. Committed bundle by
 * bundle: interrupted at any point the archive is sound, and the same merge goes on where it was. `root`: descriptor of
 * the archive's directory, whose writer's lock the caller has.
 */
int pm_merge(struct pm_manifest *m, int root, const struct pm_merge_source *sources, size_t n,
             const struct pm_merge_options *options, struct pm_merge_result *dst, struct pm_err *err) PM_MUST_USE;

#endif
