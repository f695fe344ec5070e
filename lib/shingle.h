/*
 * shingle.h - from cleaned text to its fingerprint (design, section 5).
 *
 * h5: hashes of five successive words; hc: hashes of twelve successive letters and digits. A fingerprint keeps
 * those whose hash falls in a fixed part of the range (FracMinHash: Irber et al. 2022), of a long text in a smaller one, so
 * containment can be estimated from it directly. Pure; a handle (scratch memory) belongs to one thread.
 */
#ifndef PM_SHINGLE_H
#define PM_SHINGLE_H

#include "hashes.h"

/* Goes into every warcinfo; grows when the same text gives another fingerprint. */
#define PM_FINGERPRINT_VERSION 3

enum {
    PM_H5_FRACTION = 8,
    PM_HC_FRACTION = 16,
    /*
     * Low bits of a hash that are 0. What is left, 36 bits, is spread over 10^8 hashes of a million captures: one hash in a hundred
     * that a fingerprint keeps has a stranger in its list, which proposes some 10^5 pairs too many, of 10^7, and no verdict.
     */
    PM_HASH_FREE = 28,
    PM_NUMBER_FREE = 40, /* of a number's, which is compared between two texts only */
    PM_SHORT_WORDS = 40,
    PM_SHINGLE_WORDS = 5,
    PM_SHINGLE_CHARS = 12,
    PM_PROFILE_CHARS = 4,
    /* What a fingerprint holds: of more, those with the least hashes, which are as good a sample of a long text. */
    PM_H5_KEPT = 192,
    PM_HC_KEPT = 192,
    PM_NUMBERS_KEPT = 64,
};

#define PM_H5_LIMIT (UINT64_MAX / PM_H5_FRACTION)
#define PM_HC_LIMIT (UINT64_MAX / PM_HC_FRACTION)

struct pm_shingler;

/* Each array ascending, each hash once. Valid until the next call on the handle. */
struct pm_fingerprint {
    const uint64_t *h5, *hc;
    const uint64_t *numbers; /* of two digits or more */
    size_t n_h5, n_hc, n_numbers;
    uint32_t words;
    uint64_t exact; /* XXH3-64 of the whole word stream: equal texts, whatever their punctuation */
};

int pm_shingler_new(struct pm_shingler **dst, struct pm_err *err) PM_MUST_USE;
void pm_shingler_free(struct pm_shingler *s);

/* The sampled fingerprint of a text (UTF-8). */
int pm_fingerprint(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst,
                   struct pm_err *err) PM_MUST_USE;

/* So many words, characters and numbers of the text up to the end of a line, and so many of its hc that start there. */
struct pm_line_end {
    uint32_t word, character, number, hc;
};

/*
 * Shingles of a text, in its order and with repeats: h5[i] stands for words i to i + 4, hc[i] for characters at_hc[i] to
 * at_hc[i] + 11. All of h5; of hc, of which there are five to a word, a fair sample of one in PM_PROFILE_CHARS.
 */
struct pm_shingles {
    const uint64_t *h5, *hc;
    const uint32_t *at_hc;
    uint64_t *numbers; /* may be overwritten */
    const struct pm_line_end *lines;
    uint32_t n_h5, n_hc, n_numbers, n_lines;
    uint32_t words;
};

/* Valid until the next call on the handle. PM_ELIMIT for a text beyond all measure. */
int pm_shingles(struct pm_shingler *s, struct pm_str text, struct pm_shingles *dst, struct pm_err *err) PM_MUST_USE;

/* Would the fingerprint of a short text keep it? */
static inline bool
pm_h5_sampled(uint64_t hash)
{
    return hash <= PM_H5_LIMIT;
}

static inline bool
pm_hc_sampled(uint64_t hash)
{
    return hash <= PM_HC_LIMIT;
}

/* The form in which the manifest stores a fingerprint, but for `exact`: appended to `dst`, 0.8 KB for a usual page. */
void pm_fingerprint_pack(const struct pm_fingerprint *f, struct pm_buf *dst);
/* Back, with `exact` 0; arrays in `arena`. PM_ECORRUPT on bytes that we did not write. */
int pm_fingerprint_unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst,
                          struct pm_err *err) PM_MUST_USE;

#endif
