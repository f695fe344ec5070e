/*
 * candidates_own.h - what the parts of the search for candidates share; internal to them.
 */
#ifndef PM_CANDIDATES_OWN_H
#define PM_CANDIDATES_OWN_H

#include "candidates.h"
#include "posting.h"
#include "sorter.h"

enum {
    PM_NEAR_LINKS = 32, /* a text of a long list is paired with so many before it, */
    PM_FIRST_LINKS = 8, /* and with so many at its start */
    PM_PROPOSALS = 2,   /* lists in which two texts must be paired to be a pair */
};

/* Hashes in order. */
struct pm_keys {
    uint64_t *v;
    size_t n, cap;
    size_t at; /* of what is looked up in order */
};

/* What a text of the last run is told of in this one. */
enum {
    PM_FLIP_FURNITURE = 1, /* a hash of it has become furniture, or no longer is */
    PM_FLIP_PHRASE = 2,    /* the same of phrases */
    PM_FLIP_LATE = 4,      /* it is changed, and its pairs are proposed once all lists are known */
};

struct pm_finder {
    struct pm_corpus *corpus;
    const struct pm_candidate_options *options;
    struct pm_phrase_limits limits;
    struct pm_sorter *postings; /* key, number of the text << 1 | 1 when it leaves the list */
    struct pm_sorter *pairs;
    struct pm_posting list;
    int64_t *captures; /* of the list, ascending */
    size_t cap_captures;
    struct pm_buf packed;
    uint64_t *filter; /* pairs proposed lately, each in its place of mask + 1, and whether twice; 0: none */
    uint64_t filter_mask;
    struct pm_keys furniture, all; /* all: with phrases */
    uint64_t done;
    /* Of a last run alone: */
    struct pm_keys was_furniture, was_all; /* borrowed */
    struct pm_keys longer;                 /* lists of stories in which not each is paired with each */
    struct pm_posting before;              /* the list as it was */
    uint32_t *old_places;                  /* of the texts of the list in `before`; PM_NO_PLACE: it was not there */
    uint32_t *new_places;                  /* the other way */
    size_t cap_old, cap_new;
    uint8_t *flips;        /* by text */
    size_t *links;         /* by its number then: where its links to later texts start */
    struct pm_keys turned; /* pairs with a link that a list proposes no more, or without one that it proposes anew */
    bool again;            /* pairs of late texts are proposed now */
    struct pm_err *err;
};

/* Both streams side by side; PM_DONE of either is kept in its `rc`. */
struct pm_list_merge {
    struct pm_state_file *file; /* NULL: there is no last run */
    struct pm_state_list list;
    struct pm_pair pair;
    int rc_list, rc_pair;
};

int pm_list_merge_begin(struct pm_finder *f, struct pm_list_merge *m, struct pm_state_file *file) PM_MUST_USE;
void pm_list_merge_next(struct pm_list_merge *m, struct pm_err *err);

int pm_keys_add(struct pm_keys *k, uint64_t key, struct pm_err *err) PM_MUST_USE;
/* Asked in order of key. */
bool pm_keys_next_is(struct pm_keys *k, uint64_t key);

/* Is a hash one that proposes pairs? */
bool pm_finder_proposes(uint64_t key);
/* Does it propose this one, which are so far apart in time? */
static inline bool
pm_finder_near(const struct pm_finder *f, const struct pm_text *a, const struct pm_text *b, bool characters)
{
    return pm_candidates_near(a, b, characters ? f->options->days_max : f->options->days_far);
}
/* In a list of stories, are the texts at these places paired, i < k? */
static inline bool
pm_places_paired(size_t i, size_t k)
{
    return k - i <= PM_NEAR_LINKS || i < PM_FIRST_LINKS;
}

/* The texts of a list of the last run, into a posting. */
int pm_finder_take(struct pm_finder *f, const struct pm_state_list *l, struct pm_posting *dst) PM_MUST_USE;
int pm_finder_add_hashes(struct pm_finder *f, uint64_t value, const struct pm_fingerprint *fp) PM_MUST_USE;
/* Propose the pairs of the list of which one text is new; if `again`, those of a late text and of none that is new. */
int pm_finder_propose(struct pm_finder *f) PM_MUST_USE;
/* Propose a pair so that it counts, whatever else does. */
int pm_finder_propose_pair(struct pm_finder *f, uint32_t a, uint32_t b) PM_MUST_USE;

/* ---- what differs from the last run: candidates_again.c ---- */

/* Make room for what is noted of the last run. */
int pm_again_begin(struct pm_finder *f) PM_MUST_USE;
void pm_again_release(struct pm_finder *f);
/* `before` and the list are of the kinds given: note what that means for their texts and pairs. */
int pm_again_compare(struct pm_finder *f, enum pm_posting_kind was, enum pm_posting_kind is) PM_MUST_USE;
/* All lists were merged: find the texts that are changed by that, and read the lists that they are in once more. */
int pm_again_spread(struct pm_finder *f, const struct pm_known *known) PM_MUST_USE;

#endif
