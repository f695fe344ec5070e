/*
 * fields_gather.h - everything in a page's markup that may be a field, by one pass over it.
 *
 * Internal to fields.
 */
#ifndef PM_FIELDS_GATHER_H
#define PM_FIELDS_GATHER_H

#include "fields_own.h"

enum { PM_GATHER_SCRIPTS = 32, PM_GATHER_HEADINGS = 8, PM_GATHER_MARKED = 12 };

/* Fields that meta elements and microdata give; each keeps the value of its best name. */
enum pm_slot {
    PM_SLOT_OG_TITLE,
    PM_SLOT_CARD_TITLE,
    PM_SLOT_TITLE,
    PM_SLOT_DESCRIPTION,
    PM_SLOT_PUBLISHED,
    PM_SLOT_MODIFIED,
    PM_SLOT_SECTION,
    PM_SLOT_SITE,
    PM_SLOT_LOCALE,
    PM_SLOT_URL,
    PM_SLOT_AUTHOR,
    PM_SLOT_SOURCE,
    PM_SLOT_COUNT,
};

/* What one pass over the page finds. */
struct pm_gather {
    const struct pm_html *page;
    struct pm_arena *arena;
    struct pm_str slot[PM_SLOT_COUNT];
    uint8_t rank[PM_SLOT_COUNT]; /* of the value in slot; 0: none */
    struct pm_names meta_authors, meta_sources;
    struct pm_str scripts[PM_GATHER_SCRIPTS];
    size_t n_scripts;
    uint32_t headings[PM_GATHER_HEADINGS]; /* h1 */
    size_t n_headings;
    struct pm_str item_headline, item_published, item_modified;
    uint32_t item_authors[PM_GATHER_MARKED]; /* elements with itemprop or rel "author" */
    size_t n_item_authors;
    struct pm_str times[PM_GATHER_MARKED]; /* datetime of time elements, in their order */
    size_t n_times;
    uint32_t captions[PM_FIELD_CAPTIONS_MAX];
    size_t n_captions;
    struct pm_str canonical, language, title;
};

void pm_gather_page(struct pm_gather *g, const struct pm_html *page, struct pm_arena *arena);

#endif
