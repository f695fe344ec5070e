/*
 * text_score.h - how likely a line of a text page is part of the story.
 *
 * Each line gives a few dozen features of itself, of its neighbours and of its place; a score is
 * their weighted sum, in log-odds: above 0 more likely kept. The weights (text_weights.c) were fitted on pages of many
 * publishers and languages. No feature knows a site or a word outside phrases.h.
 */
#ifndef PM_TEXT_SCORE_H
#define PM_TEXT_SCORE_H

#include "buf.h"

struct pm_line; /* lines.h */

enum pm_text_feature {
    PM_F_BIAS,
    /* length, one of these */
    PM_F_WORDS_3, PM_F_WORDS_8, PM_F_WORDS_15, PM_F_WORDS_25, PM_F_WORDS_50, PM_F_WORDS_MORE,
    /* shape */
    PM_F_END_STOP, PM_F_END_DOTS, PM_F_END_COLON, PM_F_END_WORD, PM_F_END_OTHER, PM_F_STOP_LONG,
    PM_F_STOPS_2, PM_F_STOPS_4, PM_F_COMMAS, PM_F_QUOTED, PM_F_LOW, PM_F_DIGITS, PM_F_CAPS, PM_F_UPPER, PM_F_GLUED,
    PM_F_BARS, PM_F_BULLET, PM_F_INDENT, PM_F_TABS, PM_F_GAP, PM_F_GAP_AFTER, PM_F_LINK, PM_F_DATE, PM_F_PAREN,
    /* vocabulary */
    PM_F_WHOLE, PM_F_COVER, PM_F_MORE, PM_F_LIST, PM_F_SHARE, PM_F_SIGN, PM_F_TALK, PM_F_LEGAL, PM_F_CONTACT, PM_F_AD,
    PM_F_PHOTO, PM_F_SOURCE, PM_F_BY, PM_F_WHEN, PM_F_IN_MORE, PM_F_IN_SIGN, PM_F_IN_LEGAL, PM_F_IN_PHOTO,
    PM_F_IN_TALK,
    /* the page around it */
    PM_F_REPEATS, PM_F_PREV_PROSE, PM_F_NEXT_PROSE, PM_F_PREV_3, PM_F_NEXT_3, PM_F_AROUND, PM_F_BEFORE, PM_F_BEHIND,
    PM_F_PREV_DATE, PM_F_NEXT_DATE, PM_F_PREV_POINTS, PM_F_PREV_SHORT, PM_F_NEXT_SHORT, PM_F_HEADS_PROSE,
    PM_F_LEXICAL, PM_F_TEASER,
    /* its place in the story, once that was found */
    PM_F_FIRST, PM_F_SECOND, PM_F_LAST, PM_F_LAST_2, PM_F_LAST_4, PM_F_LONE, PM_F_INDENT_ODD, PM_F_GAP_ODD,
    PM_F_COUNT
};

struct pm_text_weights {
    float w[PM_F_COUNT];
};
extern const struct pm_text_weights pm_text_weights_find;   /* to find where the story is */
extern const struct pm_text_weights pm_text_weights_choose; /* to choose lines inside it */

/* Short name of a feature: the rule that decided. */
const char *pm_text_feature_name(enum pm_text_feature f);

/* What scoring needs to know of a line beside its shape. */
struct pm_text_line {
    struct pm_line *line;
    float prose;   /* 0..1: how much it reads like a paragraph */
    float lexical; /* 0..1: share of its words that the page's prose uses elsewhere */
    bool date;     /* holds little but a date or a time */
};

struct pm_text_page {
    struct pm_text_line *v;
    size_t n;
    size_t begin, end; /* the story: lines [begin, end); both 0 while it is not known */
    float *sums;       /* n + 1 prefix sums of prose */
};

/* Fill *dst (arrays in `arena`) from lines. */
int pm_text_page_make(struct pm_line *lines, size_t n, struct pm_arena *arena, struct pm_text_page *dst,
                      struct pm_err *err) PM_MUST_USE;

void pm_text_features(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT]);

/* Log-odds; *why is the feature that did most for the side it came out on. */
float pm_text_score(const struct pm_text_weights *w, const float f[PM_F_COUNT], enum pm_text_feature *why);

#endif
