/*
 * clean_html.h - the body of an HTML page.
 *
 * The page is cut into blocks of text; one element of it is found to be the body; each block in it gets a score from
 * its shape, its markup, its neighbours and its place, and those above 0 are kept. Pure; time and memory are linear in
 * the page.
 */
#ifndef PM_CLEAN_HTML_H
#define PM_CLEAN_HTML_H

#include "article.h"
#include "html.h"

struct pm_phrases;

struct pm_html_cleaner; /* tables, read-only once made */

int pm_html_cleaner_new(struct pm_html_cleaner **dst, struct pm_err *err) PM_MUST_USE;
void pm_html_cleaner_free(struct pm_html_cleaner *c);
/* The interface phrases that it uses, borrowed. */
const struct pm_phrases *pm_html_cleaner_phrases(const struct pm_html_cleaner *c);

/* Groups of features, to learn what each is worth. */
enum pm_feature_group {
    PM_GROUP_NONE,
    PM_GROUP_SHAPE,   /* length, punctuation, capitals, bold */
    PM_GROUP_ELEMENT, /* p, div, li, h2, ... */
    PM_GROUP_LINKS,
    PM_GROUP_PHRASES,    /* words of interfaces */
    PM_GROUP_PLACE,      /* before the first prose, behind the last, like most prose, ... */
    PM_GROUP_FACTS,      /* headline, description and authors known from the page's head */
    PM_GROUP_KIND,       /* what the page says it is */
    PM_GROUP_NEIGHBOURS, /* blocks around */
    PM_GROUP_CLASS,      /* words of class and id */
    PM_GROUP_SECOND,     /* the second round */
    PM_GROUP_COUNT,
};

/* Never again score with a group of features: for measuring only. */
void pm_html_cleaner_without(struct pm_html_cleaner *c, enum pm_feature_group group);

/*
 * Fill dst->blocks, all blocks of the page in document order, kept or dropped; other fields of *dst are only
 * read: title, standfirst and byline, to know them again in the text. A page may have no block, or none that is kept.
 */
int pm_clean_html(const struct pm_html_cleaner *c, const struct pm_html *html, struct pm_arena *arena,
                  struct pm_article *dst, struct pm_err *err) PM_MUST_USE;

#endif
