/*
 * clean_names.c - the features of HTML blocks by name, and their groups.
 */
#include "clean_score.h"

static const char *const names[PM_FEAT_MARK_0] = {
    "bias",
    "len-20",
    "len-40",
    "len-80",
    "len-160",
    "len-320",
    "len-more",
    "p",
    "div",
    "item",
    "h1",
    "h2",
    "h3",
    "h4",
    "quote-tag",
    "row",
    "pre",
    "inline",
    "end-stop",
    "end-dots",
    "end-colon",
    "end-word",
    "end-other",
    "stops-2",
    "short-stop",
    "short-colon",
    "commas",
    "quoted",
    "low",
    "digits",
    "caps",
    "upper",
    "bars",
    "bullet",
    "paren",
    "no-letters",
    "link-all",
    "link-half",
    "link-some",
    "links-3",
    "link-long",
    "link-strong",
    "strong",
    "strong-start",
    "em",
    "strong-stop",
    "date",
    "whole",
    "cover",
    "w-more",
    "w-list",
    "w-share",
    "w-sign",
    "w-talk",
    "w-legal",
    "w-contact",
    "w-ad",
    "w-photo",
    "w-source",
    "w-by",
    "w-when",
    "w-nav",
    "i-more",
    "i-sign",
    "i-legal",
    "i-photo",
    "i-talk",
    "i-by",
    "more-link",
    "e-photo",
    "same-parent",
    "same-sign",
    "deeper",
    "deeper-3",
    "shallower",
    "parent-good",
    "parent-poor",
    "alone",
    "first",
    "before",
    "before-long",
    "behind",
    "last",
    "last-3",
    "late",
    "before-title",
    "no-title-yet",
    "is-title",
    "is-lead",
    "lead-before",
    "repeats",
    "next-title",
    "author-name",
    "lead-same",
    "other-article",
    "other-long",
    "next-other",
    "same-path",
    "same-path-not-sign",
    "section-ui",
    "section-sign",
    "passed-ui",
    "after-img",
    "after-img-short",
    "parent-linked",
    "parent-mixed",
    "short-parent-linked",
    "news",
    "news-lead",
    "news-before",
    "news-item",
    "news-short",
    "news-em",
    "news-head",
    "news-behind",
    "ld",
    "ld-lead",
    "ld-before",
    "ld-item",
    "ld-short",
    "ld-em",
    "ld-head",
    "ld-behind",
    "thin",
    "thin-short",
    "thin-item",
    "thin-row",
    "thin-head",
    "thin-behind",
    "prev-good",
    "next-good",
    "prev-3",
    "next-3",
    "prev-short",
    "next-short",
    "head-prose",
    "head-none",
    "after-list-head",
    "item-poor",
    "item-rich",
};

enum pm_feature_group
pm_feature_group_of(enum pm_feature f)
{
    if (f >= PM_FEAT_S_OWN)
        return PM_GROUP_SECOND;
    if (f >= PM_FEAT_MARK_0)
        return PM_GROUP_CLASS;
    if (f >= PM_FEAT_PREV_GOOD)
        return PM_GROUP_NEIGHBOURS;
    if (f >= PM_FEAT_NEWS)
        return PM_GROUP_KIND;
    if (f == PM_FEAT_IS_TITLE || f == PM_FEAT_IS_LEAD || f == PM_FEAT_LEAD_BEFORE ||
        f == PM_FEAT_LEAD_SAME || f == PM_FEAT_AUTHOR_NAME)
        return PM_GROUP_FACTS;
    if (f >= PM_FEAT_SECTION_UI && f <= PM_FEAT_PASSED_UI)
        return PM_GROUP_PHRASES;
    if (f >= PM_FEAT_PARENT_LINKED && f <= PM_FEAT_SHORT_PARENT_LINKED)
        return PM_GROUP_LINKS;
    if (f >= PM_FEAT_SAME_PARENT)
        return PM_GROUP_PLACE;
    if (f >= PM_FEAT_WHOLE)
        return PM_GROUP_PHRASES;
    if (f >= PM_FEAT_LINK_ALL && f <= PM_FEAT_LINK_STRONG)
        return PM_GROUP_LINKS;
    if (f >= PM_FEAT_P && f <= PM_FEAT_INLINE)
        return PM_GROUP_ELEMENT;
    return f == PM_FEAT_BIAS ? PM_GROUP_NONE : PM_GROUP_SHAPE;
}

const char *
pm_feature_name(enum pm_feature f)
{
    static const char *const context[] = {"first-score", "before",     "behind",     "before-3",
                                          "behind-3",    "all-before", "all-behind", "parent",
                                          "kin",         "heading-of"};

    if (f < PM_FEAT_MARK_0)
        return names[f];
    if (f < PM_FEAT_MARK_END)
        return pm_mark_name(1u << (f - PM_FEAT_MARK_0));
    if (f < PM_FEAT_NEAR_END)
        return pm_mark_name(1u << (f - PM_FEAT_NEAR_0));
    if (f < PM_FEAT_LONG_END)
        return pm_mark_name(1u << (f - PM_FEAT_LONG_0));
    return context[f - PM_FEAT_S_OWN];
}
