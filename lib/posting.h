/*
 * posting.h - the texts that hold one hash.
 */
#ifndef PM_POSTING_H
#define PM_POSTING_H

#include "corpus.h"

struct pm_posting { /* zeroed at first; pm_posting_release() */
    uint64_t key;
    uint32_t *texts;
    uint64_t *scratch, *sorted; /* for counting distinct values */
    size_t n, cap, cap_scratch, cap_sorted;
};

/* By number, which is in order of date. */
void pm_posting_sort(struct pm_posting *p);
int pm_posting_add(struct pm_posting *p, uint32_t text, struct pm_err *err) PM_MUST_USE;
void pm_posting_release(struct pm_posting *p);

/* When a hash is a phrase: it comes in so many bursts of so many days. */
struct pm_phrase_limits {
    uint32_t bursts, days;
};

/* By how many texts there are, and over how long: the more, the more a phrase is used by chance. */
struct pm_phrase_limits pm_phrase_limits(struct pm_corpus *c);

/* What a hash is by the texts that hold it, which are sorted. */
enum pm_posting_kind {
    PM_POSTING_STORY,
    PM_POSTING_FURNITURE, /* an outlet uses it again and again */
    PM_POSTING_PHRASE,    /* it comes again and again, whoever uses it */
};
int pm_posting_judge(struct pm_posting *p, struct pm_corpus *c, const struct pm_phrase_limits *limits,
                     enum pm_posting_kind *kind, struct pm_err *err) PM_MUST_USE;

#endif
