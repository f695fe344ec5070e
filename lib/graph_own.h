/*
 * graph_own.h - what the parts of the graph share; internal to them.
 */
#ifndef PM_GRAPH_OWN_H
#define PM_GRAPH_OWN_H

#include "graph.h"

struct pm_graph {
    uint32_t n;
    struct pm_link *links;
    size_t n_links, cap;
    size_t *first;        /* n + 1: where a text's neighbours start */
    uint32_t *neighbours; /* numbers of links, by text */
    uint32_t *story, *version; /* union-find: parent, the least text is the root */
    uint32_t *group;      /* scratch: union-find over the neighbours of one text; itself when not in use */
    uint32_t *shared;     /* scratch: by neighbour, what it shares with one text */
    uint8_t *parts;       /* scratch: by text, what it is as a page of parts, as far as is known */
    const struct pm_graph_memo *known; /* of the last run */
    struct pm_graph_memo *memos;
    size_t n_known, n_memos, cap_memos;
};

/* Union-find: the root is the least member. */
static inline uint32_t
pm_graph_root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static inline void
pm_graph_unite(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = pm_graph_root(parent, a);
    b = pm_graph_root(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

/*
 * Set `partial` of the links that would bring unlike texts together; *composites counts the texts that are put together
 * from others. Neighbours are indexed, nothing is united yet.
 */
int pm_graph_set_aside(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err) PM_MUST_USE;

#endif
