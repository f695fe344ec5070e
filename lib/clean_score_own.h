/*
 * clean_score_own.h - what the scorer knows of the body as a whole, and the features of one block.
 *
 * Shared by clean_score.c, which makes it, and clean_feature.c, which reads it.
 */
#ifndef PM_CLEAN_SCORE_OWN_H
#define PM_CLEAN_SCORE_OWN_H

#include "clean_score.h"

enum { PM_PATH_LEVELS = 4 };

/* What the headings before a block say. */
enum pm_section { PM_SECTION_UI = 1, PM_SECTION_SIGN = 2, PM_SECTION_PASSED = 4 };

struct pm_scorer {
    const struct pm_page *page;
    const struct pm_page_facts *facts;
    uint32_t body, lo, hi;          /* blocks [lo, hi) are the body's */
    uint32_t main_parent;           /* holds the most prose as its own paragraphs */
    uint32_t main_depth;            /* of those paragraphs */
    uint64_t main_sign;             /* tag and class of most prose */
    uint64_t main_path;             /* the same over more elements */
    uint64_t *sign;                 /* of each block, lo first */
    float *linked, *chars;          /* prefix sums of characters in links, of all */
    uint8_t *section;               /* of each block: enum pm_section */
    uint32_t *kin;                  /* of each block: the first one of its signature, counted from lo */
    uint32_t *repeats;              /* of each block: earlier blocks with the same words, cut off at 1 */
    uint32_t first_good, last_good; /* blocks; hi when there is none */
    uint32_t title, second_title;   /* blocks; hi when there is none */
    uint32_t article;               /* element of the first good block that is an article; 0 for none */
    bool thin;                      /* little of the text is prose */
    uint32_t lead;                  /* block that is the page's description; hi when there is none */
};

/*
 * The features of a block: most are on or off, so a set of bits; `value` is that of each that is on.
 * Made for one page and filled for one block after the other.
 */
struct pm_features {
    uint64_t on[PM_FEAT_COUNT / 64 + 1];
    float value[PM_FEAT_COUNT];
};

void pm_features_init(struct pm_features *f);

/* Fill f of a block, but for those that need a first round. */
void pm_features_of(const struct pm_scorer *s, uint32_t block, struct pm_features *f);

/* Fill f with those alone. */
void pm_features_context(const struct pm_scorer *s, uint32_t block, const struct pm_first_round *r,
                         struct pm_features *f);

/* Tag and class of a block's element and of those around it, `levels` in all, as one number. */
uint64_t pm_scorer_sign(const struct pm_page *page, uint32_t node, int levels);

/* The nearest article element around a node, at most some steps up; 0 for none. */
uint32_t pm_scorer_article(const struct pm_page *page, uint32_t node);

/* True when the block is one of the page's titles. */
bool pm_scorer_is_title(const struct pm_scorer *s, const struct pm_page_block *b);

/* Characters, those of scripts without spaces counting two and a half. */
static inline float
pm_block_size(const struct pm_page_block *b)
{
    return (float)b->line.chars + 1.5f * (float)b->line.dense;
}

#endif
