/*
 * tally.h - how much of the coverage is wire: counts by outlet, agency and day, and which outlet
 * follows which.
 *
 * A page is a capture with text; other captures are counted and left alone. One thread; memory
 * grows with the outlets, agencies and days, not with the captures.
 */
#ifndef PM_TALLY_H
#define PM_TALLY_H

#include "manifest.h"
#include "terms.h"

/* What a page is, the first that holds. */
enum pm_tally_kind {
    PM_TALLY_CREDITED, /* it credits an agency */
    PM_TALLY_SILENT,   /* it credits none, but is in a story with a page that does */
    PM_TALLY_SHARED,   /* it is in a story of two outlets or more, none of which credits an agency */
    PM_TALLY_OWN,      /* the rest */
    PM_TALLY_KINDS,
};

struct pm_tally_outlet {
    uint64_t pages[PM_TALLY_KINDS];
    uint64_t in_stories;
};

struct pm_tally_agency {
    uint64_t pages;   /* that credit it */
    uint64_t outlets; /* of those pages */
    uint64_t stories; /* in which a page credits it */
    uint64_t silent;  /* pages of those stories that credit none, where it is the agency credited most */
};

struct pm_tally_day {
    int32_t day; /* since 1970 */
    uint64_t pages[PM_TALLY_KINDS];
};

struct pm_tally {
    struct pm_terms *outlet_names, *agency_names; /* "" is a page without an outlet */
    struct pm_tally_outlet *outlets;              /* by number of the name */
    struct pm_tally_agency *agencies;
    struct pm_tally_day *days; /* ascending, days with pages alone */
    size_t n_outlets, n_agencies, n_days;
    uint64_t pages[PM_TALLY_KINDS], undated[PM_TALLY_KINDS];
    uint64_t all, captures, stories, in_stories;
    int64_t first_us, last_us; /* of pages with a date */
    struct pm_tally_own *own;
};

/* Count all captures and stories of `m`. Release it whatever comes back. */
int pm_tally_make(struct pm_tally *t, struct pm_manifest *m,
                  int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total), void *ctx,
                  struct pm_err *err) PM_MUST_USE;
void pm_tally_release(struct pm_tally *t);

/* Pages of outlet `to` whose text follows a page of outlet `from`. */
uint64_t pm_tally_follows(const struct pm_tally *t, uint32_t from, uint32_t to);

/* Calls `each` with each agency of a credit, "AFP, Reuters". */
int pm_tally_each_agency(struct pm_str credit, int (*each)(void *ctx, struct pm_str agency), void *ctx);

#endif
