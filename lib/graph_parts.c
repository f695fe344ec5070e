#include "graph_own.h"

#include <stdlib.h>

enum {
    BRIEFS_MIN = 3, /* parts by which a page of briefs is known when it has versions itself */
};
static const float ALIKE = 0.12F;  /* two neighbours that share so much belong together */
static const float SAME = 0.25F;   /* times what either shares with the text: less is a line that both have besides */
static const float BEYOND = 1.25F; /* times what each shares with the text between them */
static const float FIRM = 0.60F;   /* two texts that share so much of one hang together, whatever others share */
static const float SAME_PART = 0.80F; /* of a shared passage: others share it too */
static const float MADE_OF = 0.45F;   /* a text that another covers so far hangs on it */
static const double MOSTLY = 0.75;    /* a text that one neighbour covers so far is a copy of it, no composite */
static const double PART = 0.15;      /* a further source worth the name */
static const float SIBLING = 0.40F;   /* two texts that cover so much of each other are tellings of one text */

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

/* It ties two texts together, as far as is known. */
static bool
holds(const struct pm_link *l)
{
    return l->like >= PM_LIKE_STORY && !l->bridge;
}

static float
containment(const struct pm_link *l)
{
    return l->contain_h5 > l->contain_hc ? l->contain_h5 : l->contain_hc;
}

enum grouping {
    GROUP_LOOSE,  /* neighbours that share a part belong together, */
    GROUP_STRICT, /* if it is clearly more than what each shares with the text */
    GROUP_PARTS,  /* as loose, but of those only that were made of the text, or it of them, and are no sibling of it */
};

/*
 * Two neighbours of a text belong together when they are copies of each other or share a part. Strictly: clearly more
 * than what each shares with that text, which may be just the quotation that both hold.
 */
static bool
are_alike(const struct pm_link *l, uint32_t shared_a, uint32_t shared_b, enum grouping how)
{
    float less = (float)(shared_a < shared_b ? shared_a : shared_b),
          more = (float)(shared_a > shared_b ? shared_a : shared_b);

    return holds(l) ||
           (containment(l) >= ALIKE && (float)l->shared_hc >= (how == GROUP_STRICT ? BEYOND * less : SAME * more));
}

static bool
are_siblings(const struct pm_link *l)
{
    return holds(l) && l->cover_a >= SIBLING && l->cover_b >= SIBLING;
}

/*
 * Is a text put together from others that have nothing to do with each other? What it is then: a page of parts, which
 * may have versions of its own, or none.
 */
enum composite { COMPOSITE_NOT, COMPOSITE_ALONE, COMPOSITE_WITH_SIBLINGS };

/* A neighbour that is a page of parts is none of a story's tellings, and does not bring two together. */
static bool
counts(const struct pm_graph *g, const struct pm_link *l, uint32_t neighbour, enum grouping how)
{
    return g->parts[neighbour] != COMPOSITE_ALONE && (how != GROUP_PARTS || (holds(l) && !are_siblings(l)));
}

/*
 * Group the neighbours of a text by what they share among themselves. `mark` holds, for each neighbour, the text (so
 * that others are told apart at a glance); the groups that cover most come first.
 */
static size_t
group_neighbours(struct pm_graph *g, struct pm_corpus *c, uint32_t text, enum grouping how, uint32_t *mark,
                 struct pm_group *groups)
{
    uint32_t *shared = g->shared;
    size_t n = 0;

    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];

        mark[other_end(l, text)] = counts(g, l, other_end(l, text), how) ? text + 1 : 0;
        shared[other_end(l, text)] = l->shared_hc;
    }
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        uint32_t y = other_end(&g->links[g->neighbours[i]], text);

        for (size_t k = g->first[y]; mark[y] == text + 1 && k < g->first[y + 1]; k++) {
            const struct pm_link *l = &g->links[g->neighbours[k]];
            uint32_t z = other_end(l, y);

            if (z > y && mark[z] == text + 1 && are_alike(l, shared[y], shared[z], how))
                pm_graph_unite(g->group, y, z);
        }
    }
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        const struct pm_link *l = &g->links[g->neighbours[i]];
        uint32_t y = other_end(l, text), root = pm_graph_root(g->group, y);
        float likeness = holds(l) ? l->jaccard + 1e-6F : 0.0F;
        size_t k = 0;

        if (!counts(g, l, y, how))
            continue;
        while (k < n && groups[k].root != root)
            k++;
        if (k == n) {
            if (n == PM_GROUPS_MAX)
                continue;
            groups[n++] = (struct pm_group){.root = root, .best = y, .cover = -1.0F, .inside = y};
        }
        if (cover_of(l, text) > groups[k].cover) {
            groups[k].cover = cover_of(l, text);
            groups[k].covered = cover_of(l, y);
            groups[k].best = y;
        }
        if (cover_of(l, y) > groups[k].most) {
            groups[k].most = cover_of(l, y);
            groups[k].inside = y;
        }
        if (likeness > groups[k].likeness)
            groups[k].likeness = likeness;
        groups[k].elsewhere |= pm_corpus_text(c, y)->outlet != pm_corpus_text(c, text)->outlet;
    }
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && groups[k].cover > groups[k - 1].cover; k--) {
            struct pm_group swap = groups[k];

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

static int
judge_composite(struct pm_graph *g, struct pm_corpus *c, uint32_t text, uint32_t *mark, enum composite *what,
                struct pm_err *err)
{
    struct pm_group groups[PM_GROUPS_MAX] = {{0}};
    size_t n = group_neighbours(g, c, text, GROUP_LOOSE, mark, groups);
    double first, further;
    int rc = PM_OK;

    *what = COMPOSITE_NOT;
    ungroup(g, text);
    if (n > 1) {
        rc = pm_graph_measure(g, c, text, groups, n, &first, &further, err);
        if (rc == PM_OK && first < MOSTLY && further >= PART)
            *what = COMPOSITE_ALONE;
        if (rc != PM_OK || *what != COMPOSITE_NOT)
            return rc;
    }
    /* Its versions hold the same parts, and so bring them together. */
    n = group_neighbours(g, c, text, GROUP_PARTS, mark, groups);
    ungroup(g, text);
    if (n < 2 || (n < BRIEFS_MIN && (pm_group_is_whole(&groups[0]) || pm_group_is_whole(&groups[1]))))
        return PM_OK;
    rc = pm_graph_measure(g, c, text, groups, n, &first, &further, err);
    if (rc == PM_OK && first < MOSTLY && further >= PART)
        *what = COMPOSITE_WITH_SIBLINGS;
    return rc;
}

static bool
is_tied(const struct pm_graph *g, uint32_t text)
{
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++)
        if (holds(&g->links[g->neighbours[i]]))
            return true;
    return false;
}

static bool
is_near_parts(const struct pm_graph *g, uint32_t text)
{
    for (size_t i = g->first[text]; i < g->first[text + 1]; i++)
        if (g->parts[other_end(&g->links[g->neighbours[i]], text)] == COMPOSITE_ALONE)
            return true;
    return false;
}

/*
 * Find the pages of parts, in two rounds: the second one sees through those that the first one found. Two that took the
 * same leads would bring these together, each in the other's view.
 */
static int
find_composites(struct pm_graph *g, struct pm_corpus *c, uint32_t *mark, uint64_t *composites, struct pm_err *err)
{
    uint8_t *late = calloc((size_t)g->n + 1, sizeof(*late));
    int rc = late ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");

    for (int round = 0; rc == PM_OK && round < 2; round++) {
        for (uint32_t i = 0; rc == PM_OK && i < g->n; i++) {
            enum composite what = COMPOSITE_NOT;

            if (is_tied(g, i) && (round == 0 || (g->parts[i] == COMPOSITE_NOT && is_near_parts(g, i))))
                rc = judge_composite(g, c, i, mark, &what, err);
            late[i] = (uint8_t)what;
        }
        for (uint32_t i = 0; rc == PM_OK && i < g->n; i++) {
            g->parts[i] |= late[i];
            *composites += late[i] != COMPOSITE_NOT;
        }
    }
    free(late);
    return rc;
}

/* Set aside the links of a text that its neighbours' groups speak against. */
static int
examine(struct pm_graph *g, struct pm_corpus *c, uint32_t text, uint32_t *mark, struct pm_err *err)
{
    struct pm_group groups[PM_GROUPS_MAX] = {{0}};
    size_t n = group_neighbours(g, c, text, GROUP_STRICT, mark, groups), home = 0;
    int rc = PM_OK;

    for (size_t i = 1; i < n; i++)
        if (groups[i].likeness > groups[home].likeness)
            home = i;
    for (size_t i = g->first[text]; rc == PM_OK && i < g->first[text + 1]; i++) {
        struct pm_link *l = &g->links[g->neighbours[i]];
        uint32_t other = other_end(l, text), root = pm_graph_root(g->group, other);
        bool opening = false, elsewhere = g->parts[text] == COMPOSITE_NOT && n > 1 && root != groups[home].root &&
                                          cover_of(l, other) < MADE_OF;

        if (!holds(l))
            continue;
        if (elsewhere)
            rc = pm_graph_start_alike(c, text, other, &opening, err);
        /* A part that unlike texts hold stays with one of them; what is made of this text stays with it. */
        if (g->parts[text] == COMPOSITE_ALONE || (g->parts[text] == COMPOSITE_WITH_SIBLINGS && !are_siblings(l)) ||
            (elsewhere && !opening))
            l->partial = true;
    }
    ungroup(g, text);
    return rc;
}

/* `text` has this link, of two, to look at: by the end with more links, so that those are marked once. */
static bool
is_bridge_suspect(const struct pm_graph *g, const struct pm_link *l, uint32_t text)
{
    uint32_t other = other_end(l, text);
    size_t here = g->first[text + 1] - g->first[text], there = g->first[other + 1] - g->first[other];

    return l->like == PM_LIKE_STORY && containment(l) < FIRM && (here > there || (here == there && text < other));
}

/*
 * Two texts that share a caption, a quotation or background may share half of a short text by it. Where each has
 * another text that it shares clearly more with, and that one holds the passage too, the passage is all that the
 * two stories have in common.
 */
static void
find_bridges(struct pm_graph *g, uint32_t text, uint32_t *mark)
{
    bool marked = false;

    for (size_t i = g->first[text]; i < g->first[text + 1]; i++) {
        struct pm_link *l = &g->links[g->neighbours[i]];
        uint32_t y = other_end(l, text);
        bool from_here = false, from_there = false;

        if (!is_bridge_suspect(g, l, text))
            continue;
        for (size_t k = g->first[text]; !marked && k < g->first[text + 1]; k++) {
            const struct pm_link *m = &g->links[g->neighbours[k]];

            mark[other_end(m, text)] = text + 1;
            g->shared[other_end(m, text)] = m->shared_hc;
        }
        marked = true;
        for (size_t k = g->first[y]; k < g->first[y + 1]; k++) {
            const struct pm_link *m = &g->links[g->neighbours[k]];
            uint32_t z = other_end(m, y);
            float passage = (float)l->shared_hc, here, there = (float)m->shared_hc;

            if (z == text || mark[z] != text + 1)
                continue;
            here = (float)g->shared[z];
            from_here |= here >= BEYOND * passage && there >= SAME_PART * passage;
            from_there |= there >= BEYOND * passage && here >= SAME_PART * passage;
        }
        l->bridge = l->partial = from_here && from_there;
    }
}

int
pm_graph_set_aside(struct pm_graph *g, struct pm_corpus *c, uint64_t *composites, struct pm_err *err)
{
    uint32_t *mark = calloc((size_t)g->n + 1, sizeof(*mark));
    int rc = mark ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");

    for (uint32_t i = 0; rc == PM_OK && i < g->n; i++)
        find_bridges(g, i, mark);
    if (rc == PM_OK)
        memset(mark, 0, ((size_t)g->n + 1) * sizeof(*mark));
    if (rc == PM_OK)
        rc = find_composites(g, c, mark, composites, err);
    for (uint32_t i = 0; rc == PM_OK && i < g->n; i++)
        if (is_tied(g, i))
            rc = examine(g, c, i, mark, err);
    pm_graph_sort_memos(g);
    free(mark);
    return rc;
}
