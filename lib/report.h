/*
 * report.h - what is told of each cluster: its likely source and why, what each member kept, cut and added.
 *
 * Fills the cluster tables of the manifest from a resolved graph. Nothing depends on the order in which
 * captures came in. One thread.
 */
#ifndef PM_REPORT_H
#define PM_REPORT_H

#include "graph.h"
#include "manifest.h"

struct pm_report_result {
    uint64_t stories, versions, edges, partial;
};

struct pm_report_options {
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total); /* may be NULL; not 0 stops */
    void *ctx;
};

/* The caller has begun a transaction and emptied the tables. */
int pm_report_put(struct pm_manifest *m, struct pm_corpus *c, struct pm_graph *g,
                  const struct pm_report_options *options, struct pm_report_result *dst,
                  struct pm_err *err) PM_MUST_USE;

#endif
