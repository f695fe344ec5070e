/*
 * text_score.h - how likely a line of a text page is part of the story.
 *
 * Each line gives a few dozen features of itself, of its neighbours and of its place; their
 * weighted sums, in log-odds, say how well it fits above the story, in it, between its lines or
 * below it, and a chain over the lines finds the likeliest story. The weights (text_weights.c) were
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
    /* place under the headline */
    PM_F_AT_1,
    PM_F_AT_2,
    PM_F_AT_4,
    PM_F_AT_10,
    PM_F_AT_MORE,
    PM_F_SINCE_LITTLE,
    PM_F_SINCE_ONE,
    /* share of the page's prose above it and below */
    PM_F_MASS_ABOVE,
    PM_F_MASS_BELOW,
    PM_F_NONE_ABOVE,
    PM_F_LITTLE_ABOVE,
    PM_F_NONE_BELOW,
    PM_F_LITTLE_BELOW,
    PM_F_SUM_ABOVE,
    PM_F_SUM_BELOW,
    /* words, beside what is usual for paragraphs of the page: five steps */
    PM_F_USUAL,
    /* of a paragraph: how many came since the headline; lines up to the one above and below; words
     * beside those of the next one, and of the next five */
    PM_F_NTH = PM_F_USUAL + 5,
    PM_F_GAP_ABOVE = PM_F_NTH + 4,
    PM_F_GAP_BELOW = PM_F_GAP_ABOVE + 4,
    PM_F_TO_NEXT = PM_F_GAP_BELOW + 5,
    PM_F_TO_MEAN = PM_F_TO_NEXT + 4,
    /* of the first and the second */
    PM_F_LEAD_NEAR = PM_F_TO_MEAN + 4,
    PM_F_LEAD_APART,
    PM_F_LEAD_BRIEF, /* two steps */
    PM_F_AFTER_LEAD_APART = PM_F_LEAD_BRIEF + 2,
    PM_F_AFTER_LEAD_NEAR,
    PM_F_COUNT
};

/*
 * A page is a chain of four states: above the story, in it, between its lines, below it. Above is
 * the measure of the others: a line's score in a state is how much likelier than above.
 */
enum pm_text_state { PM_STATE_ABOVE, PM_STATE_STORY, PM_STATE_BETWEEN, PM_STATE_BELOW, PM_STATES };

/* What a weight counts for: a line in a state, or beside the edge of the story. */
enum pm_text_part {
    PM_PART_STORY,
    PM_PART_BETWEEN,
    PM_PART_BELOW,
    PM_PART_FIRST, /* the story begins with it */
    PM_PART_OVER,  /* ... with the next line */
    PM_PART_LAST,  /* it ends with it */
    PM_PART_UNDER, /* ... with the line before */
    PM_PARTS = 8,  /* one to spare: they are added up side by side */
};

struct pm_text_weights {
    float w[PM_F_COUNT][PM_PARTS];
    float leave, stay, enter; /* from the story to between, from there to there, and back */
};
extern const struct pm_text_weights pm_text_weights;

/* Short name of a feature: the rule that decided. */
const char *pm_text_feature_name(enum pm_text_feature f);

/* Groups of features, to learn what each is worth. */
enum pm_text_group {
    PM_TEXT_GROUP_NONE,
    PM_TEXT_GROUP_SHAPE,      /* length, punctuation, capitals, numbers */
    PM_TEXT_GROUP_SPACE,      /* indent and blank lines */
    PM_TEXT_GROUP_PHRASES,    /* roles and words of interfaces */
    PM_TEXT_GROUP_SEEN,       /* marks of a page's tail above or right below it */
    PM_TEXT_GROUP_NEIGHBOURS, /* lines around */
    PM_TEXT_GROUP_WORDS,      /* what it has in common with other lines */
    PM_TEXT_GROUP_TITLE,      /* where it stands to the headline */
    PM_TEXT_GROUP_PLACE,      /* where it stands among the paragraphs (text_place.c) */
    PM_TEXT_GROUP_EDGES,      /* weights of the first and last line, and of those beside them */
    PM_TEXT_GROUP_COUNT,
};

/* Take a group out of *w: for measuring only. */
void pm_text_weights_without(struct pm_text_weights *w, enum pm_text_group group);

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
    uint8_t nth;     /* paragraphs since the headline, at most 3 */
    uint8_t gap_above, gap_below; /* lines up to the next paragraph; 99: there is none near */
    float next_words, mean_words; /* of the paragraph below, of the five below */
    size_t first_word, n_words;   /* in the page's words */
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
    float usual_words; /* of a paragraph */
    /* once the chain was followed */
    float *story;      /* likelihood that the line is in the story */
    uint8_t *state;    /* enum pm_text_state: the likeliest */
    uint16_t *why;     /* PM_STATES a line: the feature that speaks most for each state */
    float least;       /* lines whose likelihood is this or more are the story */
    size_t begin, end; /* of the story: lines [begin, end) */
};

/* Fill *dst (arrays in `arena`) from lines. `url` may be absent; it helps to tell the headline. */
int pm_text_page_make(struct pm_line *lines, size_t n, struct pm_str url, struct pm_arena *arena,
                      struct pm_text_page *dst, struct pm_err *err) PM_MUST_USE;

/* Where a line stands among the paragraphs (text_place.c): fill what is known of it, and its
 * features. */
void pm_text_place_find(struct pm_text_page *page);
void pm_text_place_set(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT]);

/* Features of line `i`. */
void pm_text_features(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT]);

/* Follow the chain (text_chain.c): fill the last six members. `w` is borrowed for the call. */
int pm_text_chain_follow(struct pm_text_page *page, const struct pm_text_weights *w,
                         struct pm_arena *arena, struct pm_err *err) PM_MUST_USE;

#endif
