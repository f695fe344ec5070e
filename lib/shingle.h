/*
 * shingle.h - from cleaned text to its fingerprint (design, section 5).
 *
 * h5: hashes of five successive words; hc: hashes of twelve successive letters and digits. A fingerprint keeps
 * those whose hash falls in a fixed part of the range (FracMinHash: Irber et al. 2022), so containment
 * can be estimated from it directly. Pure; a handle (scratch memory) belongs to one thread.
 */
#ifndef PM_SHINGLE_H
#define PM_SHINGLE_H

#include "buf.h"

/* Goes into every warcinfo; grows when the same text gives another fingerprint. */
#define PM_FINGERPRINT_VERSION 1

enum { PM_H5_FRACTION = 8, PM_HC_FRACTION = 16, PM_SHORT_WORDS = 40, PM_SHINGLE_WORDS = 5 };

struct pm_shingler;

/* Ascending, each hash once. Valid until the next call on the handle. */
struct pm_fingerprint {
    const uint64_t *h5, *hc;
    size_t n_h5, n_hc;
    uint32_t words;
    uint64_t exact; /* XXH3-64 of the whole word stream: equal texts, whatever their punctuation */
};

int pm_shingler_new(struct pm_shingler **dst, struct pm_err *err) PM_MUST_USE;
void pm_shingler_free(struct pm_shingler *s);

/* The sampled fingerprint of a text (UTF-8). */
int pm_fingerprint(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst,
                   struct pm_err *err) PM_MUST_USE;

/*
 * All shingles in the order of the text, repeats included: h5[i] stands for words i to i + 4. Otherwise as above.
 */
int pm_shingles(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst,
                struct pm_err *err) PM_MUST_USE;

/* Order an array of hashes and drop repeats; what is left of n. `scratch` has room for n. */
size_t pm_hashes_sort(uint64_t *v, size_t n, uint64_t *scratch);

/* How many hashes two ordered arrays share. */
size_t pm_hashes_shared(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b);

/* The form in which the manifest stores a fingerprint: appended to `dst`, at most 1.5 KB for a usual page. */
void pm_fingerprint_pack(const struct pm_fingerprint *f, struct pm_buf *dst);
/* Back; arrays in `arena`. PM_ECORRUPT on bytes that we did not write. */
int pm_fingerprint_unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst,
                          struct pm_err *err) PM_MUST_USE;

#endif
