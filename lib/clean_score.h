/*
 * clean_score.h - how likely a block of an HTML page is part of the body.
 *
 * Each block gives features of its shape, its markup, its neighbours and its place; a score is their weighted sum, in
 * log-odds: above 0 is kept. The weights (clean_weights.c) were fitted on pages of many publishers and
 * languages. No feature knows a site or a word outside phrases.h and clean_vocab.h. Internal to the HTML cleaner.
 */
#ifndef PM_CLEAN_SCORE_H
#define PM_CLEAN_SCORE_H

#include "clean_html.h"
#include "clean_page.h"

enum pm_feature {
    PM_FEAT_BIAS,
    /* length, one of these */
    PM_FEAT_LEN_20, PM_FEAT_LEN_40, PM_FEAT_LEN_80, PM_FEAT_LEN_160, PM_FEAT_LEN_320, PM_FEAT_LEN_MORE,
    /* element */
    PM_FEAT_P, PM_FEAT_DIV, PM_FEAT_ITEM, PM_FEAT_H1, PM_FEAT_H2, PM_FEAT_H3, PM_FEAT_H4, PM_FEAT_QUOTE_TAG,
    PM_FEAT_ROW, PM_FEAT_PRE, PM_FEAT_INLINE,
    /* shape */
    PM_FEAT_END_STOP, PM_FEAT_END_DOTS, PM_FEAT_END_COLON, PM_FEAT_END_WORD, PM_FEAT_END_OTHER,
    PM_FEAT_STOPS_2, PM_FEAT_SHORT_STOP, PM_FEAT_SHORT_COLON, PM_FEAT_COMMAS, PM_FEAT_QUOTED, PM_FEAT_LOW, PM_FEAT_DIGITS, PM_FEAT_CAPS, PM_FEAT_UPPER,
    PM_FEAT_BARS, PM_FEAT_BULLET, PM_FEAT_PAREN, PM_FEAT_NO_LETTERS,
    PM_FEAT_LINK_ALL, PM_FEAT_LINK_HALF, PM_FEAT_LINK_SOME, PM_FEAT_LINKS_3, PM_FEAT_LINK_LONG, PM_FEAT_LINK_STRONG,
    PM_FEAT_STRONG, PM_FEAT_STRONG_START, PM_FEAT_EM, PM_FEAT_STRONG_STOP,
    PM_FEAT_DATE,
    /* vocabulary of interfaces */
    PM_FEAT_WHOLE, PM_FEAT_COVER, PM_FEAT_W_MORE, PM_FEAT_W_LIST, PM_FEAT_W_SHARE, PM_FEAT_W_SIGN, PM_FEAT_W_TALK,
    PM_FEAT_W_LEGAL, PM_FEAT_W_CONTACT, PM_FEAT_W_AD, PM_FEAT_W_PHOTO, PM_FEAT_W_SOURCE, PM_FEAT_W_BY, PM_FEAT_W_WHEN,
    PM_FEAT_W_NAV, PM_FEAT_I_MORE, PM_FEAT_I_SIGN, PM_FEAT_I_LEGAL, PM_FEAT_I_PHOTO, PM_FEAT_I_TALK, PM_FEAT_I_BY,
    PM_FEAT_MORE_LINK, PM_FEAT_E_PHOTO,
    /* place */
    PM_FEAT_SAME_PARENT, PM_FEAT_SAME_SIGN, PM_FEAT_DEEPER, PM_FEAT_DEEPER_3, PM_FEAT_SHALLOWER, PM_FEAT_PARENT_GOOD, PM_FEAT_PARENT_POOR,
    PM_FEAT_ALONE, PM_FEAT_FIRST, PM_FEAT_BEFORE, PM_FEAT_BEFORE_LONG, PM_FEAT_BEHIND, PM_FEAT_LAST, PM_FEAT_LAST_3, PM_FEAT_LATE,
    PM_FEAT_BEFORE_TITLE, PM_FEAT_NO_TITLE_YET, PM_FEAT_IS_TITLE, PM_FEAT_IS_LEAD, PM_FEAT_LEAD_BEFORE, PM_FEAT_REPEATS, PM_FEAT_NEXT_TITLE,
    PM_FEAT_AUTHOR_NAME, PM_FEAT_LEAD_SAME, PM_FEAT_OTHER_ARTICLE, PM_FEAT_OTHER_LONG, PM_FEAT_NEXT_OTHER, PM_FEAT_SAME_PATH, PM_FEAT_SAME_PATH_NOT_SIGN,
    PM_FEAT_SECTION_UI, PM_FEAT_SECTION_SIGN, PM_FEAT_PASSED_UI, PM_FEAT_AFTER_IMG, PM_FEAT_AFTER_IMG_SHORT, PM_FEAT_PARENT_LINKED, PM_FEAT_PARENT_MIXED, PM_FEAT_SHORT_PARENT_LINKED,
    /* what kind of page it is, and what that changes: a news page, a page of little prose */
    PM_FEAT_NEWS, PM_FEAT_NEWS_LEAD, PM_FEAT_NEWS_BEFORE, PM_FEAT_NEWS_ITEM, PM_FEAT_NEWS_SHORT, PM_FEAT_NEWS_EM, PM_FEAT_NEWS_HEAD,
    PM_FEAT_NEWS_BEHIND,
    PM_FEAT_LD, PM_FEAT_LD_LEAD, PM_FEAT_LD_BEFORE, PM_FEAT_LD_ITEM, PM_FEAT_LD_SHORT, PM_FEAT_LD_EM, PM_FEAT_LD_HEAD, PM_FEAT_LD_BEHIND,
    PM_FEAT_THIN, PM_FEAT_THIN_SHORT, PM_FEAT_THIN_ITEM, PM_FEAT_THIN_ROW, PM_FEAT_THIN_HEAD, PM_FEAT_THIN_BEHIND,
    /* neighbours */
    PM_FEAT_PREV_GOOD, PM_FEAT_NEXT_GOOD, PM_FEAT_PREV_3, PM_FEAT_NEXT_3, PM_FEAT_PREV_SHORT, PM_FEAT_NEXT_SHORT,
    PM_FEAT_HEAD_PROSE, PM_FEAT_HEAD_NONE, PM_FEAT_AFTER_LIST_HEAD, PM_FEAT_ITEM_POOR, PM_FEAT_ITEM_RICH,
    /* marks on the way from the body down to the block */
    PM_FEAT_MARK_0, /* PM_MARK_COUNT of them */
    PM_FEAT_MARK_END = PM_FEAT_MARK_0 + PM_MARK_COUNT,
    /* marks of the block's own element or its parent */
    PM_FEAT_NEAR_0 = PM_FEAT_MARK_END,
    PM_FEAT_NEAR_END = PM_FEAT_NEAR_0 + PM_MARK_COUNT,
    /* marks of long blocks of prose */
    PM_FEAT_LONG_0 = PM_FEAT_NEAR_END,
    PM_FEAT_LONG_END = PM_FEAT_LONG_0 + PM_MARK_COUNT,
    /* what a first round said of the blocks around; used in the second */
    PM_FEAT_S_OWN = PM_FEAT_LONG_END, PM_FEAT_S_PREV, PM_FEAT_S_NEXT, PM_FEAT_S_PREV_3, PM_FEAT_S_NEXT_3, PM_FEAT_S_BEFORE,
    PM_FEAT_S_BEHIND, PM_FEAT_S_PARENT, PM_FEAT_S_SIGN, PM_FEAT_S_HEAD_NEXT,
    PM_FEAT_COUNT
};

struct pm_clean_weights {
    float w[PM_FEAT_COUNT];
};
extern const struct pm_clean_weights pm_clean_weights_first, pm_clean_weights_second;

/* What the page's head and headline say, to know them again in the text. Hashes are those of pm_phrase_hits. */
struct pm_page_facts {
    uint64_t titles[8];
    size_t n_titles;
    struct pm_str leads[4]; /* descriptions */
    size_t n_leads;
    struct pm_str authors[8];
    size_t n_authors;
    bool news;         /* it says that it is an article */
    bool news_article; /* its JSON-LD says that it is a news article */
};

struct pm_scorer;

/* Look at the blocks of `body`, once; the rest is in the page's arena. NULL on failure of the arena. */
struct pm_scorer *pm_scorer_new(struct pm_page *page, uint32_t body, const struct pm_page_facts *facts);

/* A sum of weighted features in log-odds, and the features that did most for it and against it. */
struct pm_score {
    float sum, most, least;
    enum pm_feature up, down;
};

/* A first round over the blocks of the body, the first of which is 0. */
struct pm_first_round {
    float *score;        /* cut off at 4 and -4 */
    double *sum, *above; /* prefix sums of the scores, of those above 0 */
    float *kin_sum;      /* of each signature, at its first block: sum of scores */
    uint32_t *kin_n;     /* and number */
    struct pm_score *second; /* the second round's, but for what the first says of the blocks around */
};

/* Run the first round; NULL on failure of the arena. */
struct pm_first_round *pm_scorer_first(const struct pm_scorer *s, const struct pm_clean_weights *first,
                                       const struct pm_clean_weights *second);

/* Run the second: score, kept and rule of the body's blocks. `out` is all blocks of the page. */
void pm_scorer_second(const struct pm_scorer *s, const struct pm_first_round *r,
                      const struct pm_clean_weights *second, struct pm_block *out);

/* Which of the groups of clean_html.h it belongs to. */
enum pm_feature_group pm_feature_group_of(enum pm_feature f);

/* Short name of a feature: the rule that decided. */
const char *pm_feature_name(enum pm_feature f);

#endif
