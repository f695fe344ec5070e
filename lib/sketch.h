/*
 * sketch.h - what fingerprints alone say of two texts.
 *
 * A fingerprint is a fair sample of a text's shingles, so containment in the sample is an estimate of containment in
 * the text, with known bounds. Where all that lies within the bounds leads to the same verdict, the texts need not be
 * read. Pure.
 */
#ifndef PM_SKETCH_H
#define PM_SKETCH_H

#include "likeness.h"

/*
 * A fingerprint without boilerplate; each array ascending, each hash once. 32 bits of them tell what two texts share.
 */
struct pm_sketch {
    uint32_t *h5, *hc, *numbers; /* one allocation, h5 first */
    size_t bytes;
    uint32_t limit_h5, limit_hc; /* hashes above these were not kept */
    uint32_t n_h5, n_hc, n_numbers;
    uint32_t words;   /* about as many without boilerplate */
    bool form;        /* boilerplate is no small part of it */
    bool all_numbers; /* it has no more than these */
};

/* Free with pm_sketch_release(). `boilerplate` may be NULL. */
int pm_sketch_make(const struct pm_fingerprint *f, const struct pm_boilerplate *boilerplate, struct pm_sketch *dst,
                   struct pm_err *err) PM_MUST_USE;
void pm_sketch_release(struct pm_sketch *s);

/* How many hashes of words and of letters both have. */
size_t pm_sketch_shared(const struct pm_sketch *a, const struct pm_sketch *b);

enum pm_sketch_answer {
    PM_SKETCH_NO_PAIR, /* they share so little that they are no candidates */
    PM_SKETCH_CLEAR,   /* *dst holds estimates, *like the verdict */
    PM_SKETCH_UNSURE,  /* *dst holds estimates; the texts must be compared */
};

enum pm_sketch_answer pm_sketch_judge(const struct pm_sketch *a, const struct pm_sketch *b,
                                      const struct pm_like_limits *limits, struct pm_likeness *dst, enum pm_like *like,
                                      const char **reason);

#endif
