/*
 * report_source.h - which member of a cluster the others most likely come from, how sure that is, and why.
 *
 * One thread; memory grows with the largest cluster and with the agencies.
 */
#ifndef PM_REPORT_SOURCE_H
#define PM_REPORT_SOURCE_H

#include "corpus.h"
#include "manifest.h"
#include "terms.h"

/* A member as a candidate for the source. */
struct pm_source_member {
    uint32_t text;
    double holds; /* mean share of the others' shingles that it has */
    double score;
    bool own_agency;    /* the page of the agency itself */
    bool credits_other; /* names an agency that it is not */
};

struct pm_source_finder {
    struct pm_manifest *manifest; /* borrowed, as are the next three */
    struct pm_corpus *corpus;
    const double *holds;  /* by text: sum over the others of the share of their text that it has */
    const uint32_t *same; /* by text that is the first of its kind: how many have its words */
    struct pm_source_member *members;
    struct pm_terms *agencies;
    uint32_t *named; /* by number of the agency: how many of the members name it */
    size_t cap_members, cap_named, n_named;
    struct pm_buf reasons; /* for the last cluster, a line */
    struct pm_err *err;
};

int pm_source_finder_init(struct pm_source_finder *f, struct pm_manifest *m, struct pm_corpus *c, const double *holds,
                          const uint32_t *same, struct pm_err *err) PM_MUST_USE;
void pm_source_finder_release(struct pm_source_finder *f);

/* Of the texts of a cluster, in order of date: the place of the source among them, and the confidence in it, 0 to 1. */
int pm_source_find(struct pm_source_finder *f, const uint32_t *texts, size_t n, size_t *source,
                   double *confidence) PM_MUST_USE;

#endif
