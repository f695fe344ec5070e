#include "story.h"

#include <stdlib.h>

struct loader {
    struct pm_manifest *manifest;
    struct pm_arena *arena;
    struct pm_story *story;
    size_t max;
    bool has_source;
    struct pm_err *err;
};

static int
add_member(void *ctx, const struct pm_member_row *link, const struct pm_row *row)
{
    struct loader *l = ctx;
    struct pm_story *s = l->story;
    bool is_source = row->capture == s->cluster.source;
    struct pm_story_member *m = &s->members[s->n];

    /* The last place is kept for the source. */
    if (s->n == l->max || (s->n + 1 == l->max && !l->has_source && !is_source))
        return PM_OK;
    pm_row_keep(row, l->arena, &m->row);
    m->link = *link;
    m->previous = SIZE_MAX;
    if (is_source) {
        s->source = s->n;
        l->has_source = true;
    }
    s->n++;
    return pm_arena_check(l->arena, l->err);
}

struct place {
    int64_t capture;
    size_t at;
};

static int
by_capture(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return x->capture < y->capture ? -1 : x->capture > y->capture;
}

static int
find_previous(struct loader *l)
{
    struct pm_story *s = l->story;
    struct place *places = pm_arena_array(l->arena, s->n ? s->n : 1, sizeof(*places));
    int rc = pm_arena_check(l->arena, l->err);

    if (rc != PM_OK)
        return rc;
    for (size_t i = 0; i < s->n; i++)
        places[i] = (struct place){s->members[i].row.capture, i};
    qsort(places, s->n, sizeof(*places), by_capture);
    for (size_t i = 0; rc >= 0 && i < s->n; i++) {
        struct place wanted = {s->members[i].link.previous, 0}, *found;
        struct pm_edge edge;

        found = wanted.capture ? bsearch(&wanted, places, s->n, sizeof(*places), by_capture) : NULL;
        if (found == NULL)
            continue;
        s->members[i].previous = found->at;
        rc = pm_manifest_edge(l->manifest, wanted.capture, s->members[i].row.capture, &edge, l->err);
        if (rc == PM_OK)
            s->members[i].follows = edge.contain_h5 > edge.contain_hc ? edge.contain_h5 : edge.contain_hc;
        else if (rc == PM_DONE)
            s->members[i].follows = 1.0; /* the same words: such pairs have no edge */
    }
    return rc < 0 ? rc : PM_OK;
}

static int
find_versions(struct loader *l)
{
    struct pm_story *s = l->story;
    int rc = PM_OK;

    for (size_t i = 0; rc >= 0 && i < s->n; i++) {
        struct pm_str id;

        rc = pm_manifest_cluster_of(l->manifest, s->members[i].row.capture, PM_LEVEL_VERSION, &id, l->err);
        if (rc == PM_OK)
            s->members[i].version = pm_arena_str(l->arena, id);
    }
    return rc < 0 ? rc : pm_arena_check(l->arena, l->err);
}

int
pm_story_load(struct pm_manifest *m, const struct pm_cluster_row *row, size_t max, struct pm_arena *arena,
              struct pm_story *dst, struct pm_err *err)
{
    struct loader l = {.manifest = m, .arena = arena, .story = dst, .err = err};
    int rc;

    l.max = max == 0 || row->members < max ? row->members : max;
    *dst = (struct pm_story){.cluster = *row};
    dst->cluster.id = pm_arena_str(arena, row->id);
    dst->cluster.story = pm_arena_str(arena, row->story);
    dst->cluster.reasons = pm_arena_str(arena, row->reasons);
    dst->members = pm_arena_array(arena, l.max ? l.max : 1, sizeof(*dst->members));
    rc = pm_arena_check(arena, err);
    if (rc == PM_OK)
        rc = pm_manifest_each_member(m, dst->cluster.id, add_member, &l, err);
    if (rc == PM_OK && !l.has_source)
        rc =
            pm_fail(err, PM_ECORRUPT, "manifest: cluster " PM_STR_FMT " lacks its source", PM_STR_ARG(dst->cluster.id));
    if (rc == PM_OK)
        rc = find_previous(&l);
    return rc == PM_OK ? find_versions(&l) : rc;
}
