/*
 * text_fields.h - title, standfirst, byline, date, section and captions of a text page, once its
 * story was found.
 */
#ifndef PM_TEXT_FIELDS_H
#define PM_TEXT_FIELDS_H

#include "article.h"
#include "text_score.h"

/* Fill title, standfirst, byline, published, section of *dst; `title`: index of the headline or
 * SIZE_MAX. */
int pm_text_fields(const struct pm_text_page *page, size_t title, struct pm_arena *arena, struct pm_article *dst,
                   struct pm_err *err) PM_MUST_USE;

#endif
