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
    size_t *first;                     /* n + 1: where a text's neighbours start */
    uint32_t *neighbours;              /* numbers of links, by text */
    uint32_t *story, *version;         /* union-find: parent, the least text is the root */
    uint32_t *group;                   /* scratch: union-find over the neighbours of one text; itself when not in use */
    uint32_t *shared;                  /* scratch: by neighbour, what it shares with one text */
    uint8_t *parts;                    /* scratch: by text, what it is as a page of parts, as far as is known */
    const struct pm_graph_memo *known; /* of the last run */
    struct pm_graph_memo *memos;
    size_t n_known, n_memos, cap_memos;
};

enum { PM_GROUPS_MAX = 6 }; /* groups of neighbours that are looked at: the ones that cover most */

/* Neighbours of a text that belong together: tellings of what may be a part of it. */
struct pm_group {
    uint32_t root; /* in g->group */
    uint32_t best; /* the neighbour that covers most of the text */
    float cover;
    float covered;   /* how far the text covers that neighbour */
    uint32_t inside; /* the neighbour that the text covers most of: cut from the end, it holds the lead if any does */
    float most;
    float likeness; /* the highest Jaccard of a link that holds; 0: none does */
    bool elsewhere; /* another outlet has one of them too */
};

/* The text holds a group's source whole: one that is covered less far goes on where the text breaks off. */
#define PM_GROUP_WHOLE 0.60F

static inline bool
pm_group_is_whole(const struct pm_group *group)
{
    return group->covered >= PM_GROUP_WHOLE;
}

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

/* ---- graph_cover.c ---- */

/*
 * How much of a text the first of its groups covers, by word shingles, and how much the parts beside the largest part
 * add.
 */
int pm_graph_measure(struct pm_graph *g, struct pm_corpus *c, uint32_t text, const struct pm_group *groups, size_t n,
                     double *first, double *further, struct pm_err *err) PM_MUST_USE;
/* All were measured: put what is remembered of it in order. */
void pm_graph_sort_memos(struct pm_graph *g);
/* Do two texts start alike? Then one was cut from the other: quotations and captions seldom open both. */
int pm_graph_start_alike(struct pm_corpus *c, uint32_t a, uint32_t b, bool *alike, struct pm_err *err) PM_MUST_USE;

#endif
