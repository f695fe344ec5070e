/*
 * likeness.h - how much of one text is in another.
 *
 * Containment = |A and B| / min(|A|, |B|) on shingles (Broder 1997), which sees a copy cut to a third where Jaccard does not.
 * Pure; a profile may be read by many threads.
 */
#ifndef PM_LIKENESS_H
#define PM_LIKENESS_H

#include "shingle.h"

static inline size_t
pm_least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static inline double
pm_larger(double a, double b)
{
    return a > b ? a : b;
}

/* Shingles that are furniture rather than story. */
struct pm_boilerplate {
    uint64_t *hashes; /* ascending: word shingles as they are, character shingles | PM_BOILERPLATE_CHARS; owned */
    size_t n;
    struct pm_places places; /* of them; owned */
};

#define PM_BOILERPLATE_CHARS ((uint64_t)1) /* hashes keep their low bits free */

/* `b` may be NULL: nothing is. */
static inline bool
pm_is_boilerplate(const struct pm_boilerplate *b, uint64_t key)
{
    return b != NULL && b->n > 0 && pm_places_find(&b->places, key) != PM_NO_PLACE;
}

/*
 * The shingles of a text, boilerplate lines left out, in its order and with repeats: all of words, a fair sample of characters.
 * And its numbers, ascending.
 */
struct pm_profile {
    void *memory;             /* owned: all that is below */
    uint64_t *h5, *hc;
    uint32_t *at_hc;          /* how many characters come before each */
    uint64_t *numbers;
    bool *first_h5, *first_hc; /* not there before in the text */
    struct pm_places in_h5, in_hc;
    size_t bytes;             /* of all this */
    uint32_t n_h5, n_hc, n_numbers;
    uint32_t distinct_h5, distinct_hc;
    uint32_t characters;
    uint32_t words;       /* of what was left in */
    uint32_t boilerplate; /* words of what was left out, */
    uint32_t template;    /* those of them on lines that also hold what others lack: a form filled in */
};

/* Free with pm_profile_release(). */
int pm_profile_make(struct pm_shingler *s, struct pm_str text, const struct pm_boilerplate *boilerplate,
                    struct pm_profile *dst, struct pm_err *err) PM_MUST_USE;
void pm_profile_release(struct pm_profile *p);

struct pm_likeness {
    uint32_t shared_h5, shared_hc; /* the latter as many as the whole texts share, about */
    double contain_h5, contain_hc, jaccard; /* jaccard of word shingles */
    double aligned;          /* share of the shorter text that runs along the other, small damage passed over; 0: not looked at */
    double cover_a, cover_b; /* share of a's, of b's shingles that the other has: the better of both kinds */
    double numbers;          /* share of the numbers of the text with fewer that the other has; -1: it has none */
    bool templated;          /* many numbers, and most of them differ */
    bool same_form;          /* one form filled in with the same numbers */
};

void pm_likeness(const struct pm_profile *a, const struct pm_profile *b, struct pm_likeness *dst);

/* What a text has in common with another, in its own words. */
struct pm_overlap {
    uint32_t shared;  /* words inside a shingle that the other has too */
    uint32_t own;     /* the others */
    uint32_t longest; /* words of the longest run that is shared */
};
void pm_overlap(const struct pm_profile *text, const struct pm_profile *other, struct pm_overlap *dst);

/* Containment. */
struct pm_like_limits {
    double story_min, version_min;
    double weak_min; /* less is chance */
    double grey_min; /* less is no story, however it runs along the other text */
    double firm_min; /* with less, how a text runs along the other counts, and what else the two are like */
};
#define PM_LIKE_LIMITS_INIT {.story_min = 0.45, .version_min = 0.70, .weak_min = 0.12, .grey_min = 0.25, .firm_min = 0.60}

enum { PM_LIKE_NUMBERS_MIN = 4 };            /* fewer say nothing about a template */
#define PM_LIKE_NUMBERS_AGREE 0.5            /* share of them below which it is one with other numbers */

enum pm_like { PM_LIKE_NOT, PM_LIKE_WEAK, PM_LIKE_STORY, PM_LIKE_VERSION };

/* The verdict, and in *reason the rule that decided (static). WEAK is too little for a story but no chance. */
enum pm_like pm_like_judge(const struct pm_profile *a, const struct pm_profile *b, const struct pm_likeness *l,
                           const struct pm_like_limits *limits, const char **reason);

#endif
