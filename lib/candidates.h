/*
 * candidates.h - which pairs of texts may be near copies.
 *
 * Fingerprints become postings (hash, text) sorted on disk. A hash that one outlet uses again and again, or that turns
 * up on many days, is boilerplate; the others bring together the texts that hold them. Memory and time are bounded: a
 * hash that very many texts hold links each to some of the earlier ones only.
 */
#ifndef PM_CANDIDATES_H
#define PM_CANDIDATES_H

#include "boilerplate.h"
#include "state.h"

struct pm_candidate_options {
    int root;          /* the archive directory; overflow goes to tmp/ in it */
    size_t memory;     /* bytes */
    uint32_t days_max; /* most days between two texts of a pair, */
    uint32_t days_far; /* and of one that is proposed by five words in a row: two words are not enough there */
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total); /* may be NULL; not 0 stops */
    void *ctx;
    const struct pm_state *was;     /* of the last run, NULL if there is none, */
    struct pm_state_file *file;     /* and its lists */
    struct pm_state_writer *writer; /* receives the lists of this run; may be NULL when there was no last one */
};

/*
 * Texts are new, or `changed` and `was_first` say how they stand to the last run; more may be found changed. Find
 * boilerplate, tell the corpus and its texts, and call `each` with every candidate pair a < b, in order, of which one
 * is changed or that the last run may not have had: that is every pair when there was none. `known` receives the
 * boilerplate, which the caller releases after the corpus.
 */
int pm_candidates(struct pm_corpus *c, const struct pm_candidate_options *o, struct pm_known *known,
                  int (*each)(void *ctx, uint32_t a, uint32_t b), void *ctx, struct pm_err *err) PM_MUST_USE;

/* Near enough in time to be a pair. What has no date may be near anything. */
bool pm_candidates_near(const struct pm_text *a, const struct pm_text *b, uint32_t days_max);

#endif
