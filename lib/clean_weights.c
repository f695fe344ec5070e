/* clean_weights.c - weights of the features and their names. Fitted: made by a program, see tests/bench. */
#include "clean_score.h"

const struct pm_clean_weights pm_clean_weights_first = {{
    [PM_FEAT_BIAS] = -1, [PM_FEAT_LEN_160] = 1, [PM_FEAT_LEN_320] = 2, [PM_FEAT_LEN_MORE] = 3, [PM_FEAT_P] = 1, [PM_FEAT_SAME_SIGN] = 1,
    [PM_FEAT_SAME_PARENT] = 1, [PM_FEAT_LINK_HALF] = -2, [PM_FEAT_HEAD_PROSE] = 1.5f, [PM_FEAT_IS_TITLE] = -3,
    [PM_FEAT_BEFORE] = -1, [PM_FEAT_BEHIND] = -2,
}};
const struct pm_clean_weights pm_clean_weights_second = {{[PM_FEAT_S_OWN] = 1}};

static const char *const names[PM_FEAT_MARK_0] = {
    "bias", "len-20", "len-40", "len-80", "len-160", "len-320", "len-more", "p", "div", "item",
    "h1", "h2", "h3", "h4", "quote-tag", "row", "pre", "inline", "end-stop", "end-dots",
    "end-colon", "end-word", "end-other", "stops-2", "short-stop", "short-colon", "commas",
    "quoted", "low", "digits", "caps", "upper", "bars", "bullet", "paren", "no-letters", "link-all",
    "link-half", "link-some", "links-3", "link-long", "link-strong", "strong", "strong-start", "em",
    "strong-stop", "date", "whole", "cover", "w-more", "w-list", "w-share", "w-sign", "w-talk",
    "w-legal", "w-contact", "w-ad", "w-photo", "w-source", "w-by", "w-when", "w-nav", "i-more",
    "i-sign", "i-legal", "i-photo", "i-talk", "i-by", "more-link", "e-photo", "same-parent",
    "same-sign", "deeper", "deeper-3", "shallower", "parent-good", "parent-poor", "alone", "first",
    "before", "before-long", "behind", "last", "last-3", "late", "before-title", "no-title-yet",
    "is-title", "is-lead", "lead-before", "repeats", "next-title", "author-name", "prev-good",
    "next-good", "prev-3", "next-3", "prev-short", "next-short", "head-prose", "head-none",
    "after-list-head", "item-poor", "item-rich",
};

const char *
pm_feature_name(enum pm_feature f)
{
    static const char *const context[] = {"first-score", "before", "behind", "before-3", "behind-3", "all-before",
                                          "all-behind", "sibling-before", "sibling-behind", "parent", "heading-of"};

    if (f < PM_FEAT_MARK_0)
        return names[f];
    if (f < PM_FEAT_MARK_END)
        return pm_mark_name(1u << (f - PM_FEAT_MARK_0));
    if (f < PM_FEAT_NEAR_END)
        return pm_mark_name(1u << (f - PM_FEAT_NEAR_0));
    return context[f - PM_FEAT_S_OWN];
}
