#include "chosen.h"

#include <xxhash.h>

#include "seen.h"

struct walk {
    const struct pm_chosen *chosen;
    int (*each)(void *ctx, const struct pm_row *row);
    void *ctx;
    struct pm_seen captures, stories;
    struct pm_err *err;
};

/* PM_DONE when a capture of its story came already. */
static int
first_of_story(struct walk *w, const struct pm_row *row)
{
    struct pm_str story;
    int rc = pm_manifest_cluster_of(w->chosen->manifest, row->capture, PM_LEVEL_STORY, &story, w->err);

    if (rc == PM_DONE)
        return PM_OK;
    return rc == PM_OK ? pm_seen_add(&w->stories, XXH3_64bits(story.ptr, story.len), w->err) : rc;
}

static int
each_row(void *ctx, const struct pm_row *row)
{
    struct walk *w = ctx;
    /* One query gives no capture twice. */
    int rc = w->chosen->n > 1 ? pm_seen_add(&w->captures, (uint64_t)row->capture, w->err) : PM_OK;

    if (rc == PM_OK && w->chosen->one_per_story)
        rc = first_of_story(w, row);
    if (rc == PM_DONE)
        return PM_OK;
    return rc == PM_OK ? w->each(w->ctx, row) : rc;
}

int
pm_chosen_each(const struct pm_chosen *c, int (*each)(void *ctx, const struct pm_row *row), void *ctx,
               struct pm_err *err)
{
    struct walk w = {c, each, ctx, PM_SEEN_INIT, PM_SEEN_INIT, err};
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < c->n; i++)
        rc = pm_manifest_select(c->manifest, &c->queries[i], each_row, &w, err);
    pm_seen_release(&w.captures);
    pm_seen_release(&w.stories);
    return rc;
}

static int
add_up(void *ctx, const struct pm_row *row)
{
    *(uint64_t *)ctx += row->payload_size;
    return PM_OK;
}

int
pm_chosen_size(const struct pm_chosen *c, uint64_t *bytes, struct pm_err *err)
{
    *bytes = 0;
    return pm_chosen_each(c, add_up, bytes, err);
}

bool
pm_chosen_all(const struct pm_chosen *c)
{
    const struct pm_query *q = c->queries;

    return c->n == 1 && !c->one_per_story && q->id.ptr == NULL && q->url.ptr == NULL && q->outlet.ptr == NULL &&
           q->from_us == PM_WHEN_NONE && q->to_us == PM_WHEN_NONE && q->cluster.ptr == NULL && q->field.ptr == NULL;
}
