/*
 * report_page_own.h - what the parts of the report page share; private to report_*.c.
 */
#ifndef PM_REPORT_PAGE_OWN_H
#define PM_REPORT_PAGE_OWN_H

#include "page.h"
#include "report_page.h"
#include "story.h"
#include "tally.h"

enum {
    PM_PAGE_MEMBERS_MAX = 500, /* of a story */
    PM_PAGE_TITLE_MAX = 300,   /* bytes */
    PM_PAGE_NAME_MAX = 100,
    PM_PAGE_STATIC_ROWS = 50, /* of tables that the script fills */
};

struct pm_reporter {
    struct pm_manifest *manifest;
    struct pm_bundle_reader *bundles;
    const struct pm_report_page_options *options;
    struct pm_report_page_result *result;
    struct pm_page *page;
    struct pm_tally *tally;
    struct pm_arena *arena; /* of one story */
    struct pm_buf json;     /* of one story */
    struct pm_err *err;
};

/* Words for the kinds of pages. */
extern const char *const pm_report_kinds[PM_TALLY_KINDS];

/* "41 %"; "<1 %" where rounding would make nothing of something. */
void pm_report_share(struct pm_page *p, uint64_t part, uint64_t whole);
/* A bar of the kinds of pages, for the eye alone: the numbers stand beside it. */
void pm_report_bar(struct pm_page *p, const uint64_t pages[PM_TALLY_KINDS], uint64_t whole);

uint64_t pm_report_sum(const uint64_t pages[PM_TALLY_KINDS]);
/* The cells of a row, and their heads: all pages, the share of wire, each kind. */
void pm_report_kind_cells(struct pm_page *p, const uint64_t pages[PM_TALLY_KINDS]);
void pm_report_kind_heads(struct pm_page *p);
/* The name of an outlet or agency, or that there is none. */
void pm_report_name(struct pm_page *p, struct pm_str name);

/* Names in an order of numbers: largest first, then by name. */
struct pm_report_ranked {
    uint64_t n;
    struct pm_str name;
    uint32_t number;
};
/* Those of `names` that `count` finds more than 0 of. NULL, and the page has failed, without
 * memory; free it. */
struct pm_report_ranked *pm_report_rank(struct pm_reporter *r, const struct pm_terms *names,
                                        uint64_t (*count)(const struct pm_tally *t, size_t i), size_t *n);

void pm_report_overview(struct pm_reporter *r);
void pm_report_days(struct pm_reporter *r);
/* Who follows whom among the outlets with most pages in stories. */
int pm_report_matrix(struct pm_reporter *r) PM_MUST_USE;

/* The stories that the page shows, largest first; `stage` is told to the progress. */
int pm_report_each_story(struct pm_reporter *r, const char *stage, uint64_t max,
                         int (*each)(void *ctx, const struct pm_story *s), void *ctx) PM_MUST_USE;
/* The sections of stories and of missing credits, and the data for both. */
int pm_report_stories(struct pm_reporter *r) PM_MUST_USE;
/* The texts of stories, side by side, one block of data a story. */
int pm_report_texts(struct pm_reporter *r) PM_MUST_USE;

#endif
