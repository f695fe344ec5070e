/*
 * clean_facts.h - what the head of a page says of its text. Internal to the HTML cleaner.
 */
#ifndef PM_CLEAN_FACTS_H
#define PM_CLEAN_FACTS_H

#include "clean_score.h"

/* `known`: the fields of the page found so far, borrowed. */
void pm_page_facts_find(const struct pm_page *page, const struct pm_article *known, struct pm_page_facts *dst);

#endif
