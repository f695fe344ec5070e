/*
 * graph.h - from likenesses of pairs to stories and versions.
 *
 * Connected components of the edges that hold, after those were set aside that would bring unlike texts together:
 * a composite (a round-up made of parts of others) joins nothing; a text whose neighbours fall into groups that share
 * nothing with each other (a brief, a quotation) stays with the group it is most like.
 */
#ifndef PM_GRAPH_H
#define PM_GRAPH_H

#include "corpus.h"

struct pm_link { /* a pair that shares more than chance, a < b; numbers are estimates where those were clear */
    uint32_t a, b;
    enum pm_like like;  /* WEAK, STORY or VERSION */
    bool partial;       /* set by pm_graph_resolve(): set aside, reuse of a part */
    bool bridge;        /* set there too: one passage that two unlike stories share; partial as well */
    uint8_t was;        /* pm_link_edge() of the last run, which the manifest holds */
    bool unused;        /* no hole in what goes into a file */
    float contain_h5, contain_hc, jaccard, cover_a, cover_b;
    uint32_t shared_h5, shared_hc;
};

/* How much of a text its parts cover, by what the text and the parts are. */
struct pm_graph_memo {
    uint64_t key;
    double first, further;
};

enum { PM_LINK_NO_EDGE, PM_LINK_STORY, PM_LINK_VERSION, PM_LINK_PARTIAL };
uint8_t pm_link_edge(const struct pm_link *l);

struct pm_graph;

int pm_graph_new(struct pm_graph **dst, uint32_t n_texts, struct pm_err *err) PM_MUST_USE;
void pm_graph_free(struct pm_graph *g);

/* Copied. */
int pm_graph_add(struct pm_graph *g, const struct pm_link *link, struct pm_err *err) PM_MUST_USE;

/* All links were added: find composites and bridges, then components. *composites counts the former. */
int pm_graph_resolve(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err) PM_MUST_USE;

/*
 * What the last run measured, ascending by key (borrowed): not measured again where neither the text nor a part of it is
 * changed. And what this one did, likewise; the graph's.
 */
void pm_graph_remember(struct pm_graph *g, const struct pm_graph_memo *memos, size_t n);
struct pm_graph_memo *pm_graph_memos(struct pm_graph *g, size_t *n);

/* A hash of all that the rows of a story of these texts, in order, are made from but the texts themselves. */
uint64_t pm_graph_mark(const struct pm_graph *g, struct pm_corpus *c, const uint32_t *texts, size_t n);

const struct pm_link *pm_graph_links(const struct pm_graph *g, size_t *n);
/* The same for the next run: `was` is the edge that each makes now, other marks are taken off. */
struct pm_link *pm_graph_take_links(struct pm_graph *g, size_t *n);

/* The least text of the component that a text is in. */
uint32_t pm_graph_story(struct pm_graph *g, uint32_t text);
uint32_t pm_graph_version(struct pm_graph *g, uint32_t text);

/* The earlier text that a text is most like, by links that hold; PM_DONE when there is none. */
int pm_graph_previous(const struct pm_graph *g, uint32_t text, uint32_t *previous);

#endif
