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
    float contain_h5, contain_hc, jaccard, cover_a, cover_b;
    uint32_t shared_h5, shared_hc;
};

struct pm_graph;

int pm_graph_new(struct pm_graph **dst, uint32_t n_texts, struct pm_err *err) PM_MUST_USE;
void pm_graph_free(struct pm_graph *g);

/* Copied. */
int pm_graph_add(struct pm_graph *g, const struct pm_link *link, struct pm_err *err) PM_MUST_USE;

/* All links were added: find composites and bridges, then components. *composites counts the former. */
int pm_graph_resolve(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err) PM_MUST_USE;

const struct pm_link *pm_graph_links(const struct pm_graph *g, size_t *n);

/* The link of two texts, or NULL. */
const struct pm_link *pm_graph_find(const struct pm_graph *g, uint32_t a, uint32_t b);

/* The least text of the component that a text is in. */
uint32_t pm_graph_story(struct pm_graph *g, uint32_t text);
uint32_t pm_graph_version(struct pm_graph *g, uint32_t text);

/* The earlier text that a text is most like, by links that hold; PM_DONE when there is none. */
int pm_graph_previous(const struct pm_graph *g, uint32_t text, uint32_t *previous);

#endif
