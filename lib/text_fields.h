/*
 * text_fields.h - title, standfirst, byline, date, section and captions of a text page, once its story was found.
 */
#ifndef PM_TEXT_FIELDS_H
#define PM_TEXT_FIELDS_H

#include "article.h"
#include "text_score.h"

/* What a line is, where that can be told from the line alone. */
enum pm_text_role {
    PM_ROLE_NONE,
    PM_ROLE_DATE,
    PM_ROLE_BYLINE,
    PM_ROLE_CAPTION,
    PM_ROLE_SOURCE,
    PM_ROLE_PROMO,     /* "READ MORE: ...", "Related articles" */
    PM_ROLE_INTERFACE, /* share bars, sign-up lines, advertisement marks, ... */
};

enum pm_text_role pm_text_role_of(const struct pm_text_line *t);

/* Index of the headline above the story, or SIZE_MAX. `url` may be absent. */
size_t pm_text_find_title(const struct pm_text_page *page, struct pm_str url);

/* Fill title, standfirst, byline, published, section of *dst; `title` from pm_text_find_title(). */
int pm_text_fields(const struct pm_text_page *page, size_t title, struct pm_arena *arena,
                   struct pm_article *dst, struct pm_err *err) PM_MUST_USE;

#endif
