/*
 * clean_body.h - which element of a page holds the body. Internal to the HTML cleaner.
 */
#ifndef PM_CLEAN_BODY_H
#define PM_CLEAN_BODY_H

#include "clean_page.h"

/* Marks of parts of a page that are never a body, unless they hold most of its text. */
#define PM_MARKS_OUTSIDE                                                                                               \
    (PM_MARK_NAV | PM_MARK_FOOTER | PM_MARK_SIDE | PM_MARK_COMMENT | PM_MARK_RELATED | PM_MARK_SIGN | PM_MARK_SHARE |  \
     PM_MARK_CONSENT | PM_MARK_AD | PM_MARK_HIDDEN)

/*
 * Find the element whose blocks are worth most: prose adds, links and other short text take off. 0 (the root) when the
 * page has no prose. Sets the marks of all blocks relative to the root.
 */
int pm_body_find(struct pm_page *page, uint32_t *body, struct pm_err *err) PM_MUST_USE;

#endif
