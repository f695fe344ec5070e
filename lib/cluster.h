/*
 * cluster.h - find near copies and group them (design, section 5).
 *
 * Reads fingerprints and cleaned texts, writes edges and clusters, all in one transaction of the manifest. Candidates come from postings
 * sorted on disk in tmp/, so memory has a ceiling whatever the number of captures. The same captures give the same
 * clusters and ids, whatever the order they came in.
 */
#ifndef PM_CLUSTER_H
#define PM_CLUSTER_H

#include "candidates.h"
#include "report.h"

struct pm_cluster_options {
    double story_min, version_min; /* least containment; 0: 0.45 and 0.70 */
    uint32_t days_max;             /* most days between two captures of an edge; 0: 28 */
    size_t memory_max;             /* bytes; 0: 256 MiB */
    bool full;                     /* from scratch, whatever is known from the last run; the result is the same */
    /* Called now and then; a return other than 0 stops the run with PM_ECANCELED. `done` of `total` units. */
    int (*progress)(void *ctx, const char *stage, uint64_t done, uint64_t total);
    void *ctx;
};

struct pm_cluster_result {
    uint64_t captures, short_texts, candidates, edges, partial, stories, versions, composites;
};

/* Texts and how they hang together. */
struct pm_clustering {
    struct pm_corpus *corpus;
    struct pm_graph *graph;
    struct pm_known known;
    struct pm_state *was;           /* the last run, if it is known, */
    struct pm_state_file *file;     /* which this holds */
    struct pm_state_writer *writer; /* for the next one; NULL: nothing is kept */
    struct pm_report_edge *gone;    /* edges of the last run between texts that are compared anew */
    size_t n_gone;
};
#define PM_CLUSTERING_INIT {NULL, NULL, PM_KNOWN_INIT, NULL, NULL, NULL, NULL, 0}

/* Find the clusters of what a source has; the manifest is left alone. Release *dst in any case. */
int pm_cluster_texts(struct pm_clustering *dst, const struct pm_source *source, int root,
                     const struct pm_cluster_options *options, struct pm_cluster_result *result,
                     struct pm_err *err) PM_MUST_USE;
void pm_clustering_release(struct pm_clustering *c);

/* `root`: descriptor of the archive directory. The writer's lock is held by the caller. */
int pm_cluster_run(struct pm_manifest *m, struct pm_bundle_reader *bundles, int root,
                   const struct pm_cluster_options *options, struct pm_cluster_result *dst,
                   struct pm_err *err) PM_MUST_USE;

/* Every number that leads to the verdict on two texts, with or without an edge between them. */
struct pm_verdict {
    uint32_t words_a, words_b;
    uint32_t h5_a, h5_b, h5_shared, hc_a, hc_b, hc_shared; /* clean shingles */
    uint32_t boilerplate; /* words left out as such */
    uint32_t longest;     /* words of the longest run that both have */
    double contain_h5, contain_hc, jaccard;
    double numbers; /* share of the numbers of the one with fewer that the other has; -1 if it has none */
    double days;    /* between the two */
    struct pm_edge edge;
    bool is_edge;
    const char *reason; /* static: the rule that decided */
};
int pm_cluster_explain(struct pm_manifest *m, struct pm_bundle_reader *bundles, int64_t a, int64_t b,
                       const struct pm_cluster_options *options, struct pm_verdict *dst,
                       struct pm_err *err) PM_MUST_USE;

#endif
