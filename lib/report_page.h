/*
 * report_page.h - the report on near copies as one self-contained HTML page.
 *
 * Read without a script it holds the overview, the largest stories and who follows whom; its own
 * script adds every story, their versions side by side, sorting and filters. The same archive gives
 * the same bytes. Memory does not grow with the archive but by its outlets and days. One thread.
 */
#ifndef PM_REPORT_PAGE_H
#define PM_REPORT_PAGE_H

#include "manifest.h"

struct pm_report_page_options {
    const char *target;   /* a file, which is replaced, or "-" */
    int out_fd;           /* for "-" */
    struct pm_str title;  /* absent: one of our own */
    uint64_t stories_max; /* 0: 10,000 */
    uint64_t members_min; /* of a story; 0: 2 */
    size_t texts_max;     /* bytes of texts side by side; 0: 32 MiB */
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total); /* may be NULL; not 0 stops */
    void *ctx;
};

struct pm_report_page_result {
    uint64_t stories, stories_left_out; /* in the page, and for want of room not in it */
    uint64_t texts, texts_left_out;     /* stories of the page with and without their texts */
    uint64_t bytes;
};

/* PM_DONE when near copies were not looked for yet; nothing is made then. */
int pm_report_page(struct pm_manifest *m, struct pm_bundle_reader *bundles,
                   const struct pm_report_page_options *options, struct pm_report_page_result *dst,
                   struct pm_err *err) PM_MUST_USE;

#endif
