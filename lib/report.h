/*
 * report.h - what is told of each cluster: its likely source and why, what each member kept, cut and added.
 *
 * Fills the cluster tables of the manifest from a resolved graph. Nothing depends on the order in which
 * captures came in. One thread.
 */
#ifndef PM_REPORT_H
#define PM_REPORT_H

#include "manifest.h"
#include "state.h"

struct pm_report_result {
    uint64_t stories, versions, edges, partial;
    struct pm_state_story *marks; /* of the stories, ascending by uid; the caller frees them, whatever happened */
};

struct pm_report_edge {
    int64_t a, b; /* captures */
};

struct pm_report_options {
    /* NULL: the tables are empty. Else they hold what the last run found; stories of it are ascending by uid. */
    const struct pm_state *was;
    const struct pm_report_edge *gone; /* edges that it had, and the links do not */
    size_t n_gone;
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total); /* may be NULL; not 0 stops */
    void *ctx;
};

/* The caller has begun a transaction. */
int pm_report_put(struct pm_manifest *m, struct pm_corpus *c, struct pm_graph *g,
                  const struct pm_report_options *options, struct pm_report_result *dst,
                  struct pm_err *err) PM_MUST_USE;

#endif
