/*
 * bundle_own.h - what the readers of bundles share. Only bundle_*.c include it.
 */
#ifndef PM_BUNDLE_OWN_H
#define PM_BUNDLE_OWN_H

#include "bundle.h"

enum {
    BUNDLE_OPEN_MAX = 16,                      /* files, and dictionaries, that a reader keeps open */
    BUNDLE_STEP = 1 << 20,                     /* bytes read at once */
    BUNDLE_FRAME_MAX = (1 << 30) + (64 << 20), /* a record of 1 GiB that would not shrink */
};

struct open_bundle {
    uint32_t bundle; /* 0: the place is free */
    int fd;
    uint64_t used; /* by r->clock, for eviction */
    bool dict_known;
    bool dict_mended; /* it was damaged when it was read */
    struct pm_dict *dict;
    struct pm_buf raw; /* its bytes */
};

struct pm_bundle_reader {
    int root;
    struct pm_codec *codec;
    struct pm_buf scratch; /* one frame, compressed */
    struct pm_buf window;  /* of pm_bundle_walk(): bytes of win_bundle from win_offset on */
    uint32_t win_bundle;
    uint64_t win_offset;
    uint64_t clock;
    struct open_bundle open[BUNDLE_OPEN_MAX];
};

/* The open file of a bundle, until the next call. */
int pm_bundle_get(struct pm_bundle_reader *r, uint32_t bundle, struct open_bundle **dst,
                  struct pm_err *err) PM_MUST_USE;
/* Have its dictionary ready, if it has one. Uses r->scratch. */
int pm_bundle_get_dict(struct pm_bundle_reader *r, struct open_bundle *b, struct pm_err *err) PM_MUST_USE;

#endif
