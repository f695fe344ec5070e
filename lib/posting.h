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

int pm_posting_add(struct pm_posting *p, uint32_t text, struct pm_err *err) PM_MUST_USE;
void pm_posting_release(struct pm_posting *p);

/*
 * PM_DONE when the hash is boilerplate: one outlet uses it again and again, or it turns up on many days. Puts the texts in
 * order.
 */
int pm_posting_judge(struct pm_posting *p, struct pm_corpus *c, struct pm_err *err) PM_MUST_USE;

#endif
