/*
 * fields.h - title, byline, dates and the like, from the markup of an HTML page.
 *
 * Read from JSON-LD, meta elements, microdata, time elements, headings and elements that are marked
 * as bylines, in that order of trust where they disagree. All of it is what a stranger wrote:
 * lengths and counts have ceilings, and time and memory are linear in the page. Pure.
 */
#ifndef PM_FIELDS_H
#define PM_FIELDS_H

#include "article.h"
#include "html.h"

/* What the page says of its makers, for pm_credit_input; all in the arena or in the page. */
struct pm_fields_extra {
    const struct pm_str *authors; /* as written, before names are told apart; what the text is said
                                     to come from too, a URL perhaps */
    size_t n_authors;
    struct pm_str publisher;
};

/*
 * Fill title, standfirst, byline, published, modified, section, site, language, canonical and
 * captions of *dst, and *extra; what the page does not give is left absent, other members of *dst
 * are left alone. `url`: the page's own, may be absent. Results live as long as `arena` and `page`.
 */
int pm_fields_html(const struct pm_html *page, struct pm_str url, struct pm_arena *arena, struct pm_article *dst,
                   struct pm_fields_extra *extra, struct pm_err *err) PM_MUST_USE;

#endif
