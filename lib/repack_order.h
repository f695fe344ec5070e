/*
 * repack_order.h - in which order captures lie best: by site, within it by month and URL, since pages of one directory
 * are more alike than others, tellings of a story side by side.
 *
 * About 60 bytes a capture. One thread.
 */
#ifndef PM_REPACK_ORDER_H
#define PM_REPACK_ORDER_H

#include "manifest.h"

struct pm_place {
    int64_t capture;
    uint64_t site;  /* a number for each, near that of sites like it */
    uint64_t story; /* hash of the id; 0: in none */
    uint64_t size;  /* of the payload, in bytes */
    uint64_t at;    /* as `order`; of a story within a site, that of its first */
    uint64_t order; /* by month, then URL */
};

struct pm_order {
    struct pm_place *places; /* captures with a payload of their own, in the new order */
    size_t n, cap;
    struct pm_repeat {
        int64_t original, capture;
    } * repeats; /* revisits, in order of `original` */
    size_t n_repeats, cap_repeats;
};

#define PM_ORDER_INIT                                                                                                  \
    {                                                                                                                  \
        NULL, 0, 0, NULL, 0, 0                                                                                         \
    }

/* `b`, borrowed for the call, reads the pages: sites whose pages are alike lie together. */
int pm_order_make(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_order *dst,
                  struct pm_err *err) PM_MUST_USE;
void pm_order_release(struct pm_order *o);

/* The first revisit of `original`, and in *n how many there are. */
const struct pm_repeat *pm_order_repeats(const struct pm_order *o, int64_t original, size_t *n);

#endif
