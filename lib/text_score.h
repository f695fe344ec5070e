/*
 * text_score.h - how likely a line of a text page is part of the story.
 *
 * Each line gives a few dozen features of itself, of its neighbours and of its place; a score is
 * their weighted sum, in log-odds: above 0 more likely kept. The weights (text_weights.c) were
 * fitted on pages of many publishers and languages. No feature knows a site or a word outside
 * phrases.h.
 */
#ifndef PM_TEXT_SCORE_H
#define PM_TEXT_SCORE_H

#include "buf.h"

struct pm_line; /* lines.h */

enum pm_text_feature {
    PM_F_BIAS,
    /* length, one of these */
    PM_F_WORDS_3,
    PM_F_WORDS_8,
    PM_F_WORDS_15,
    PM_F_WORDS_25,
    PM_F_WORDS_50,
    PM_F_WORDS_MORE,
    /* shape */
    PM_F_END_STOP,
    PM_F_END_DOTS,
    PM_F_END_COLON,
    PM_F_END_WORD,
    PM_F_END_OTHER,
    PM_F_STOP_LONG,
    PM_F_QUESTION,
    PM_F_STOPS_2,
    PM_F_STOPS_4,
    PM_F_COMMAS,
    PM_F_QUOTED,
    PM_F_LOW,
    PM_F_DIGITS,
    PM_F_CAPS,
    PM_F_UPPER,
    PM_F_GLUED,
    PM_F_BARS,
    PM_F_BULLET,
    PM_F_TABS,
    PM_F_LINK,
    PM_F_PAREN,
    PM_F_SYMBOL,
    PM_F_GLUED_ONE,
    /* white space, against what is usual for the prose of the page */
    PM_F_DEEPER,
    PM_F_LESS_DEEP,
    PM_F_GAP_ODD,
    PM_F_GAP_AFTER_ODD,
    /* vocabulary and roles */
    PM_F_DATE,
    PM_F_BYLINE,
    PM_F_NAME,
    PM_F_CAPTION,
    PM_F_CREDIT,
    PM_F_PROMO,
    PM_F_INTERFACE,
    PM_F_COVER,
    PM_F_MORE,
    PM_F_LIST,
    PM_F_SHARE,
    PM_F_SIGN,
    PM_F_TALK,
    PM_F_LEGAL,
    PM_F_CONTACT,
    PM_F_AD,
    PM_F_PHOTO,
    PM_F_SOURCE,
    PM_F_BY,
    PM_F_WHEN,
    PM_F_IN_MORE,
    PM_F_IN_SIGN,
    PM_F_IN_LEGAL,
    PM_F_IN_PHOTO,
    PM_F_IN_TALK,
    /* the page around it */
    PM_F_REPEATS,
    PM_F_PREV_PROSE,
    PM_F_NEXT_PROSE,
    PM_F_PREV_3,
    PM_F_NEXT_3,
    PM_F_AROUND,
    PM_F_BEFORE,
    PM_F_BEHIND,
    PM_F_PREV_DATE,
    PM_F_NEXT_DATE,
    PM_F_PREV_POINTS,
    PM_F_PREV_SHORT,
    PM_F_NEXT_SHORT,
    PM_F_HEADS_PROSE,
    PM_F_PREV_COLON,
    PM_F_LEXICAL,
    PM_F_TEASER,
    PM_F_RUN,
    PM_F_RUN_SHARE,
    PM_F_LONE_RUN,
    PM_F_META_BELOW,
    PM_F_NEXT_NAME,
    PM_F_PREV_CAPTION,
    PM_F_OF_TITLE,
    PM_F_ABOVE_TITLE,
    PM_F_UNDER_TITLE,
    PM_F_NEAR_TITLE,
    PM_F_STANDFIRST,
    PM_F_LEAD,
    PM_F_TAIL_NEAR,
    PM_F_TAIL_WORDS,
    PM_F_DASH,
    PM_F_OF_WRITERS,
    PM_F_ECHO,
    PM_F_LABELS,
    PM_F_UPPER_LABEL,
    PM_F_NEXT_CREDIT,
    PM_F_DATELINE,
    PM_F_NEXT_DATELINE,
    PM_F_NO_LEAD,
    PM_F_SEEN_TALK,
    PM_F_SEEN_LEGAL,
    PM_F_SEEN_LISTS,
    PM_F_SEEN_DATES,
    PM_F_MARKS,
    /* second round: how likely the lines around it are */
    PM_F_SCORE,
    PM_F_SCORE_PREV,
    PM_F_SCORE_NEXT,
    PM_F_SCORE_PREV_3,
    PM_F_SCORE_NEXT_3,
    PM_F_SCORE_PREV_8,
    PM_F_SCORE_NEXT_8,
    PM_F_SCORE_PREV_20,
    PM_F_SCORE_NEXT_20,
    /* third round: its place in the story */
    PM_F_SPAN,
    PM_F_SPAN_IN,
    PM_F_BEGINS,
    PM_F_ENDS,
    PM_F_NEXT_BEGINS,
    PM_F_BEGUN,
    PM_F_OVER,
    PM_F_INSIDE,
    PM_F_FIRST,
    PM_F_SECOND,
    PM_F_LAST,
    PM_F_LAST_2,
    PM_F_LAST_4,
    /* of the first line, of the last two */
    PM_F_FIRST_ALONE,
    PM_F_FIRST_LONG,
    PM_F_FIRST_NEXT,
    PM_F_FIRST_META,
    PM_F_FIRST_UNDER,
    PM_F_FIRST_GAP,
    PM_F_FIRST_TITLE,
    PM_F_FIRST_SHORT,
    PM_F_FIRST_STOPS,
    PM_F_FIRST_DATE,
    PM_F_FIRST_ECHO,
    PM_F_FIRST_NO_LEAD,
    PM_F_FIRST_DATELINE,
    PM_F_FIRST_UP_TO_50,
    PM_F_LAST_STOP,
    PM_F_LAST_PAREN,
    PM_F_LAST_LINK,
    PM_F_LAST_SIGN,
    PM_F_LAST_GAP,
    PM_F_LAST_LEXICAL,
    PM_F_LAST_TAIL,
    PM_F_LAST_STOPS,
    PM_F_LAST_WRITERS,
    PM_F_LAST_TITLE,
    PM_F_COUNT
};

struct pm_text_weights {
    float w[PM_F_COUNT];
};
/*
 * The rounds. `find`: each line by itself and its neighbours. `span`, `begin`, `end`: one run of
 * lines is the story; a run's score is the sum of `span` over its lines, `begin` of its first line,
 * `above` of the line over that, `end` of its last line and `below` of the line under that.
 * `choose`: which lines belong to it.
 */
extern const struct pm_text_weights pm_text_weights_find, pm_text_weights_span,
    pm_text_weights_begin, pm_text_weights_above, pm_text_weights_end, pm_text_weights_below,
    pm_text_weights_choose;

/* Short name of a feature: the rule that decided. */
const char *pm_text_feature_name(enum pm_text_feature f);

struct pm_text_seen {
    uint8_t talk, legal, lists, dates;
};

/* What scoring needs to know of a line beside its shape. */
struct pm_text_line {
    struct pm_line *line;
    float prose;      /* 0..1: how much it reads like a paragraph */
    float lexical;    /* 0..1: share of its words that the page's prose uses elsewhere */
    float run;        /* prose of the run of paragraphs it stands in; headings do not end a run */
    float of_title;   /* 0..1: share of the headline's words that it has */
    float of_writers; /* 1: it has a writer's name, far below the byline */
    float echo;       /* 0..1: share of its words that the prose right below has too */
    uint32_t labels;  /* lines, it among them, that begin with its label */
    struct pm_text_seen
        seen;        /* above it, since the first prose under the headline; each at most 9 */
    bool meta_below; /* a date or a name stands between it and the prose below */
    size_t first_word, n_words; /* in the page's words */
};

struct pm_text_page {
    struct pm_text_line *v;
    size_t n;
    float *sums;     /* n + 1 prefix sums of prose */
    uint32_t *words; /* hashes of the words of all lines */
    size_t title;    /* the headline, SIZE_MAX if none is known */
    size_t main_run; /* where most of the prose begins */
    uint32_t indent; /* usual for prose */
    bool gap;
    /* of the first round; NULL while not known */
    float *scores;
    float *mass, *size; /* n + 1 prefix sums: likelihood times weight, weight */
    /* of the second; NULL while not known */
    float *inside;        /* likelihood that the line is in the story */
    float *begins, *ends; /* that it is its first, its last line */
    float *begun, *over;  /* that the story begins with it or above; that it ended above */
    size_t begin, end;    /* the best run: lines [begin, end) */
};

/* Fill *dst (arrays in `arena`) from lines. `url` may be absent; it helps to tell the headline. */
int pm_text_page_make(struct pm_line *lines, size_t n, struct pm_str url, struct pm_arena *arena,
                      struct pm_text_page *dst, struct pm_err *err) PM_MUST_USE;

/* The first round. */
int pm_text_page_find(struct pm_text_page *page, struct pm_arena *arena,
                      struct pm_err *err) PM_MUST_USE;
/* The second; after the first. */
int pm_text_page_span(struct pm_text_page *page, struct pm_arena *arena,
                      struct pm_err *err) PM_MUST_USE;

/* Features of line `i`, of as many rounds as the page has behind it. */
void pm_text_features(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT]);

float pm_text_dot(const struct pm_text_weights *w, const float f[PM_F_COUNT]);

/* Log-odds; *why is the feature that did most for the side it came out on. */
float pm_text_score(const struct pm_text_weights *w, const float f[PM_F_COUNT],
                    enum pm_text_feature *why);

#endif
