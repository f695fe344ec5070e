#include "graph.h"

#include <stdlib.h>

enum {
    GROUPS_MAX = 6,     /* groups of neighbours that are looked at: the ones that cover most */
    PART_SHINGLES = 25, /* of a part of a composite */
};
static const float ALIKE = 0.12F;     /* two neighbours that share so much belong together */
static const float BEYOND = 1.25F;      /* times what each shares with the text between them */
static const float MADE_OF = 0.45F;     /* a text that another covers so far hangs on it */
static const double MOSTLY = 0.75;    /* a text that one neighbour covers so far is a copy of it, no composite */
static const double PART = 0.15;      /* a further source worth the name */

struct pm_graph {
    uint32_t n;
    struct pm_link *links;
    size_t n_links, cap;
    size_t *first;        /* n + 1: where a text's neighbours start */
    uint32_t *neighbours; /* numbers of links, by text */
    uint32_t *story, *version; /* union-find: parent, the least text is the root */
    uint32_t *group;      /* scratch: union-find over the neighbours of one text; itself when not in use */
    uint32_t *shared;     /* scratch: by neighbour, what it shares with one text */
};

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
    if (g->shared == NULL || g->first == NULL || g->story == NULL || g->version == NULL || g->group == NULL) {
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

const struct pm_link *
pm_graph_links(const struct pm_graph *g, size_t *n)
{
    *n = g->n_links;
    return g->links;
}

const struct pm_link *
pm_graph_find(const struct pm_graph *g, uint32_t a, uint32_t b)
{
    /* By the end with fewer links: a source may have thousands, and is asked for with each of them. */
    uint32_t from = g->first[a + 1] - g->first[a] <= g->first[b + 1] - g->first[b] ? a : b;

    for (size_t i = g->first[from]; i < g->first[from + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];

        if ((l->a == a && l->b == b) || (l->a == b && l->b == a))
            return l;
    }
    return NULL;
}

/* ---- union-find; the root is the least member ---- */

static uint32_t
root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void
unite(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

uint32_t
pm_graph_story(struct pm_graph *g, uint32_t text)
{
    return root_of(g->story, text);
}

uint32_t
pm_graph_version(struct pm_graph *g, uint32_t text)
{
    return root_of(g->version, text);
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

static uint32_t
other_end(const struct pm_link *l, uint32_t text)
{
    return l->a == text ? l->b : l->a;
}

/* Share of `text` that the other end covers. */
static float
cover_of(const struct pm_link *l, uint32_t text)
{
    return l->a == text ? l->cover_a : l->cover_b;
}

static float
containment(const struct pm_link *l)
{
    return l->contain_h5 > l->contain_hc ? l->contain_h5 : l->contain_hc;
}

/* ---- composites and bridges ---- */

struct group {
    uint32_t root;   /* in g->group */
    uint32_t best;   /* the neighbour that covers most of the text */
    float cover;
    float likeness;  /* the highest Jaccard of a link that holds; 0: none does */
};

/*
 * Two neighbours of a text belong together when they are copies of each other or share a part. `strict`: clearly more
 * than what each shares with that text, which may be just the quotation that both hold.
 */
static bool
are_alike(const struct pm_link *l, uint32_t shared_a, uint32_t shared_b, bool strict)
{
    uint32_t less = shared_a < shared_b ? shared_a : shared_b;

    return l->like >= PM_LIKE_STORY ||
           (containment(l) >= ALIKE && (!strict || (float)l->shared_hc >= BEYOND * (float)less));
}

/*
 * Group the neighbours of a text by what they share among themselves. `mark` holds, for each neighbour, the text (so
 * that others are told apart at a glance); the groups that cover most come first.
 */
static size_t
group_neighbours(struct pm_graph *g, uint32_t text, bool strict, uint32_t *mark, struct group *groups)
{
    uint32_t *shared = g->shared;
    size_t n = 0;

    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];

        mark[other_end(l, text)] = text + 1;
        shared[other_end(l, text)] = l->shared_hc;
    }
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        uint32_t y = other_end(&g->links[g->neighbours[i]], text);

        for (size_t k = g->first[y]; k < g->first[y + 1]; k++) {
            const struct pm_link *l = &g->links[g->neighbours[k]];
            uint32_t z = other_end(l, y);

            if (z > y && mark[z] == text + 1 && are_alike(l, shared[y], shared[z], strict))
                unite(g->group, y, z);
        }
    }
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];
        uint32_t y = other_end(l, text), root = root_of(g->group, y);
        float likeness = l->like >= PM_LIKE_STORY ? l->jaccard + 1e-6F : 0.0F;
        size_t k = 0;

        while (k < n && groups[k].root != root)
            k++;
        if (k == n) {
            if (n == GROUPS_MAX)
                continue;
            groups[n++] = (struct group){.root = root, .best = y, .cover = -1.0F};
        }
        if (cover_of(l, text) > groups[k].cover) {
            groups[k].cover = cover_of(l, text);
            groups[k].best = y;
        }
        if (likeness > groups[k].likeness)
            groups[k].likeness = likeness;
    }
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && groups[k].cover > groups[k - 1].cover; k--) {
            struct group swap = groups[k];

            groups[k] = groups[k - 1];
            groups[k - 1] = swap;
        }
    return n;
}

/* Undo the unions, which touched neighbours only. Called once the groups were used. */
static void
ungroup(struct pm_graph *g, uint32_t text)
{
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        uint32_t y = other_end(&g->links[g->neighbours[i]], text);

        g->group[y] = y;
    }
}

/* Mark in `covered` the shingles of `x` that are in `y`; how many were not marked before. */
static size_t
cover(const uint64_t *x, size_t n_x, const uint64_t *y, size_t n_y, bool *covered)
{
    size_t fresh = 0;

    for (size_t i = 0, k = 0; i < n_x && k < n_y;) {
        if (x[i] == y[k] && !covered[i]) {
            covered[i] = true;
            fresh++;
        }
        if (x[i] < y[k])
            i++;
        else if (x[i] > y[k])
            k++;
        else
            i++, k++;
    }
    return fresh;
}

/* How much of a text a second source adds to what the first one covers, by word shingles. */
static int
measure_parts(struct pm_corpus *c, uint32_t text, const struct group *groups, size_t n, double *first,
              double *further, struct pm_err *err)
{
    const struct pm_profile *x, *y;
    bool *covered = NULL;
    int rc = PM_OK;

    *first = *further = 0.0;
    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        size_t fresh;

        rc = pm_corpus_profile(c, text, &x, err); /* again each time: only the last two are sure to stay */
        if (rc == PM_OK)
            rc = pm_corpus_profile(c, groups[i].best, &y, err);
        if (rc != PM_OK || x->n_h5 == 0)
            break;
        if (covered == NULL)
            covered = calloc(x->n_h5, sizeof(*covered));
        if (covered == NULL) {
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
            break;
        }
        fresh = cover(x->h5, x->n_h5, y->h5, y->n_h5, covered);
        if (i == 0)
            *first = (double)fresh / x->n_h5;
        else if (fresh >= PART_SHINGLES) /* less is a teaser, a quotation */
            *further += (double)fresh / x->n_h5;
    }
    free(covered);
    return rc;
}

/* Set aside the links of a text that its neighbours' groups speak against. */
static int
examine(struct pm_graph *g, struct pm_corpus *c, uint32_t text, uint32_t *mark, uint64_t *composites,
        struct pm_err *err)
{
    struct group groups[GROUPS_MAX];
    size_t n, home = 0, holding = 0;
    bool composite = false;
    double first, further;
    int rc = PM_OK;

    for (size_t i = g->first[text]; i < g->first[text + 1]; i++)
        holding += g->links[g->neighbours[i]].like >= PM_LIKE_STORY;
    if (holding == 0 || g->first[text + 1] - g->first[text] < 2)
        return PM_OK;
    n = group_neighbours(g, text, false, mark, groups);
    ungroup(g, text);
    if (n > 1) {
        rc = measure_parts(c, text, groups, n, &first, &further, err);
        composite = rc == PM_OK && first < MOSTLY && further >= PART;
        *composites += composite;
    }
    memset(groups, 0, sizeof(groups));
    n = group_neighbours(g, text, true, mark, groups);
    for (size_t i = 1; i < n; i++)
        if (groups[i].likeness > groups[home].likeness)
            home = i;
    for (size_t i = g->first[text]; rc == PM_OK && n > 1 && i < g->first[text + 1]; i++) {
        struct pm_link *l = &g->links[g->neighbours[i]];
        uint32_t root = root_of(g->group, other_end(l, text));

        /* A part that unlike texts hold stays with one of them; what is made of this text stays with it. */
        if (l->like >= PM_LIKE_STORY &&
            (composite || (root != groups[home].root && cover_of(l, other_end(l, text)) < MADE_OF)))
            l->partial = true;
    }
    ungroup(g, text);
    return rc;
}

int
pm_graph_resolve(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err)
{
    uint32_t *mark = calloc((size_t)g->n + 1, sizeof(*mark));
    int rc = mark ? index_neighbours(g, err) : pm_fail(err, PM_ENOMEM, "out of memory");

    *composites = 0;
    for (uint32_t i = 0; rc == PM_OK && i < g->n; i++)
        rc = examine(g, c, i, mark, composites, err);
    for (size_t i = 0; rc == PM_OK && i < g->n_links; i++) {
        const struct pm_link *l = &g->links[i];

        if (l->partial || l->like < PM_LIKE_STORY)
            continue;
        unite(g->story, l->a, l->b);
        if (l->like == PM_LIKE_VERSION)
            unite(g->version, l->a, l->b);
    }
    for (uint32_t i = 0; rc == PM_OK && i < g->n; i++) {
        uint32_t same = pm_corpus_text(c, i)->same;

        if (same != i) {
            unite(g->story, same, i);
            unite(g->version, same, i);
        }
    }
    free(mark);
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
