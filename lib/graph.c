#include "graph_own.h"

#include <stdlib.h>
#include <xxhash.h>

int
pm_graph_new(struct pm_graph **dst, uint32_t n_texts, struct pm_err *err)
{
    struct pm_graph *g = calloc(1, sizeof(*g));

    if (g == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    g->n = n_texts;
    g->first = calloc((size_t)n_texts + 2, sizeof(*g->first));
    g->story = calloc((size_t)n_texts + 1, sizeof(*g->story));
    g->version = calloc((size_t)n_texts + 1, sizeof(*g->version));
    g->group = calloc((size_t)n_texts + 1, sizeof(*g->group));
    g->shared = calloc((size_t)n_texts + 1, sizeof(*g->shared));
    g->parts = calloc((size_t)n_texts + 1, sizeof(*g->parts));
    if (g->shared == NULL || g->parts == NULL || g->first == NULL || g->story == NULL || g->version == NULL ||
        g->group == NULL) {
        pm_graph_free(g);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    for (uint32_t i = 0; i < n_texts; i++)
        g->story[i] = g->version[i] = g->group[i] = i;
    *dst = g;
    return PM_OK;
}

void
pm_graph_free(struct pm_graph *g)
{
    if (g == NULL)
        return;
    free(g->links);
    free(g->first);
    free(g->neighbours);
    free(g->story);
    free(g->version);
    free(g->group);
    free(g->shared);
    free(g->parts);
    free(g->memos);
    free(g);
}

int
pm_graph_add(struct pm_graph *g, const struct pm_link *link, struct pm_err *err)
{
    struct pm_link *grown = pm_grow(g->links, &g->cap, g->n_links + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    g->links = grown;
    g->links[g->n_links++] = *link;
    return PM_OK;
}

void
pm_graph_remember(struct pm_graph *g, const struct pm_graph_memo *memos, size_t n)
{
    g->known = memos;
    g->n_known = n;
}

struct pm_graph_memo *
pm_graph_memos(struct pm_graph *g, size_t *n)
{
    *n = g->n_memos;
    return g->memos;
}

/* What a row of a text in its story is made from: who it is, and the links that hold to later texts. */
struct mark {
    int64_t capture, other;
    float jaccard, cover_a, cover_b;
    uint32_t like;
};

uint64_t
pm_graph_mark(const struct pm_graph *g, struct pm_corpus *c, const uint32_t *texts, size_t n)
{
    uint64_t hash = n;

    for (size_t i = 0; i < n; i++) {
        const struct pm_text *t = pm_corpus_text(c, texts[i]);
        struct mark m = {.capture = t->capture, .other = pm_corpus_text(c, t->same)->capture};

        hash = XXH3_64bits_withSeed(&m, sizeof(m), hash);
        for (size_t k = g->first[texts[i]]; k < g->first[texts[i] + 1]; k++) {
            const struct pm_link *l = &g->links[g->neighbours[k]];

            if (l->a != texts[i] || l->partial || l->like < PM_LIKE_STORY)
                continue;
            m.other = pm_corpus_text(c, l->b)->capture;
            m.jaccard = l->jaccard;
            m.cover_a = l->cover_a;
            m.cover_b = l->cover_b;
            m.like = (uint32_t)l->like;
            hash = XXH3_64bits_withSeed(&m, sizeof(m), hash);
        }
    }
    return hash;
}

const struct pm_link *
pm_graph_links(const struct pm_graph *g, size_t *n)
{
    *n = g->n_links;
    return g->links;
}

uint8_t
pm_link_edge(const struct pm_link *l)
{
    if (l->like < PM_LIKE_STORY)
        return PM_LINK_NO_EDGE;
    return l->partial ? PM_LINK_PARTIAL : l->like == PM_LIKE_VERSION ? PM_LINK_VERSION : PM_LINK_STORY;
}

struct pm_link *
pm_graph_take_links(struct pm_graph *g, size_t *n)
{
    for (size_t i = 0; i < g->n_links; i++) {
        struct pm_link *l = &g->links[i];

        l->was = pm_link_edge(l);
        l->partial = l->bridge = l->unused = false;
    }
    *n = g->n_links;
    return g->links;
}

uint32_t
pm_graph_story(struct pm_graph *g, uint32_t text)
{
    return pm_graph_root(g->story, text);
}

uint32_t
pm_graph_version(struct pm_graph *g, uint32_t text)
{
    return pm_graph_root(g->version, text);
}

/* ---- neighbours ---- */

static int
index_neighbours(struct pm_graph *g, struct pm_err *err)
{
    size_t *next = calloc((size_t)g->n + 1, sizeof(*next));

    g->neighbours = calloc(2 * g->n_links + 1, sizeof(*g->neighbours));
    if (next == NULL || g->neighbours == NULL || g->n_links > UINT32_MAX / 2) {
        free(next);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    for (size_t i = 0; i < g->n_links; i++) {
        g->first[g->links[i].a + 1]++;
        g->first[g->links[i].b + 1]++;
    }
    for (uint32_t i = 0; i < g->n; i++) {
        g->first[i + 1] += g->first[i];
        next[i] = g->first[i];
    }
    for (size_t i = 0; i < g->n_links; i++) {
        g->neighbours[next[g->links[i].a]++] = (uint32_t)i;
        g->neighbours[next[g->links[i].b]++] = (uint32_t)i;
    }
    free(next);
    return PM_OK;
}

int
pm_graph_resolve(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err)
{
    int rc = index_neighbours(g, err);

    *composites = 0;
    if (rc == PM_OK)
        rc = pm_graph_set_aside(g, c, composites, err);
    for (size_t i = 0; rc == PM_OK && i < g->n_links; i++) {
        const struct pm_link *l = &g->links[i];

        if (l->partial || l->like < PM_LIKE_STORY)
            continue;
        pm_graph_unite(g->story, l->a, l->b);
        if (l->like == PM_LIKE_VERSION)
            pm_graph_unite(g->version, l->a, l->b);
    }
    for (uint32_t i = 0; rc == PM_OK && i < g->n; i++) {
        uint32_t same = pm_corpus_text(c, i)->same;

        if (same != i) {
            pm_graph_unite(g->story, same, i);
            pm_graph_unite(g->version, same, i);
        }
    }
    return rc;
}

int
pm_graph_previous(const struct pm_graph *g, uint32_t text, uint32_t *previous)
{
    float best = -1.0F;

    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];
        bool holds = !l->partial && l->like >= PM_LIKE_STORY;

        if (holds && l->b == text && l->jaccard >= best) { /* of equals the later one */
            best = l->jaccard;
            *previous = l->a;
        }
    }
    return best >= 0.0F ? PM_OK : PM_DONE;
}
