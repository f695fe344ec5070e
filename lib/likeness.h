/*
 * likeness.h - how much of one text is in another.
 *
 * Containment = |A and B| / min(|A|, |B|) on shingles (Broder 1997), which sees a copy cut to a third where Jaccard does not.
 * Pure; a profile may be read by many threads.
 */
#ifndef PM_LIKENESS_H
#define PM_LIKENESS_H

#include "shingle.h"

/* Shingles that are furniture rather than story: ascending; word shingles as they are, character shingles | 1. */
struct pm_boilerplate {
    uint64_t *hashes; /* owned */
    size_t n;
};

/* All shingles of a text, boilerplate lines left out, and its numbers; each array ascending, without repeats. */
struct pm_profile {
    uint64_t *h5, *hc, *numbers; /* one allocation, h5 first */
    uint64_t *order;             /* word shingles in the order of the text, repeats included */
    uint64_t *chars;             /* character shingles in that order */
    uint32_t n_h5, n_hc, n_numbers, n_order, n_chars;
    uint32_t words;       /* of what was left in */
    uint32_t boilerplate; /* words of what was left out, */
    uint32_t template;    /* those of them on lines that also hold what others lack: a form filled in */
};

/* Free with pm_profile_release(). `scratch` is working space. */
int pm_profile_make(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *boilerplate,
                    struct pm_buf *scratch, struct pm_profile *dst, struct pm_err *err) PM_MUST_USE;
void pm_profile_release(struct pm_profile *p);
/* Memory that it holds. */
size_t pm_profile_bytes(const struct pm_profile *p);

struct pm_likeness {
    uint32_t shared_h5, shared_hc;
    double contain_h5, contain_hc, jaccard; /* jaccard of word shingles */
    double aligned;          /* share of the shorter text that runs along the other, small damage passed over; 0: not looked at */
    double cover_a, cover_b; /* share of a's, of b's shingles that the other has: the better of both kinds */
    double numbers;          /* share of the numbers of the text with fewer that the other has; -1: it has none */
    bool templated;          /* many numbers, and most of them differ */
    bool same_form;          /* one form filled in with the same numbers */
};

int pm_likeness(const struct pm_profile *a, const struct pm_profile *b, struct pm_likeness *dst,
                struct pm_err *err) PM_MUST_USE;

/* What a text has in common with another, in its own words. */
struct pm_overlap {
    uint32_t shared;  /* words inside a shingle that the other has too */
    uint32_t own;     /* the others */
    uint32_t longest; /* words of the longest run that is shared */
};
void pm_overlap(const struct pm_profile *text, const struct pm_profile *other, struct pm_overlap *dst);

struct pm_like_limits {
    double story_min, version_min; /* containment */
};

enum pm_like { PM_LIKE_NOT, PM_LIKE_WEAK, PM_LIKE_STORY, PM_LIKE_VERSION };

/* The verdict, and in *reason the rule that decided (static). WEAK is too little for a story but no chance. */
enum pm_like pm_like_judge(const struct pm_profile *a, const struct pm_profile *b, const struct pm_likeness *l,
                           const struct pm_like_limits *limits, const char **reason);

#endif
