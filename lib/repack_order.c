#include "repack_order.h"

#include <stdlib.h>
#include <xxhash.h>

#include "repack_kin.h"
#include "url.h"

static const int64_t SPELL_US = 30LL * 24 * 3600 * 1000000;

struct gather {
    struct pm_manifest *manifest;
    struct pm_order *order;
    uint32_t count;
    struct pm_err *err;
};

static uint64_t
hash(struct pm_str s)
{
    return s.len > 0 ? XXH3_64bits(s.ptr, s.len) : 0;
}

static int
add_repeat(struct gather *g, const struct pm_row *row)
{
    struct pm_order *o = g->order;
    struct pm_repeat *grown = pm_grow(o->repeats, &o->cap_repeats, o->n_repeats + 1, sizeof(*grown));

    if (grown == NULL)
        return pm_fail(g->err, PM_ENOMEM, "out of memory");
    o->repeats = grown;
    o->repeats[o->n_repeats++] = (struct pm_repeat){row->original, row->capture};
    return PM_OK;
}

/* By URL, but captures of one spell come before those of the next: pages of a site change with the years. */
static uint64_t
order_of(struct gather *g, int64_t when_us)
{
    uint64_t spell = when_us > 0 ? (uint64_t)(when_us / SPELL_US) : 0; /* before 1970, or not known */

    return spell << 32 | g->count++;
}

static int
add_place(void *ctx, int64_t capture)
{
    struct gather *g = ctx;
    struct pm_order *o = g->order;
    struct pm_place *grown;
    struct pm_str site, story;
    struct pm_row row;
    uint64_t order;
    int rc = pm_manifest_get(g->manifest, capture, &row, g->err);

    if (rc != PM_OK)
        return rc;
    if (row.original != 0)
        return add_repeat(g, &row);
    site = pm_url_site(row.url);
    order = order_of(g, row.when_us);
    grown = pm_grow(o->places, &o->cap, o->n + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(g->err, PM_ENOMEM, "out of memory");
    o->places = grown;
    grown[o->n] = (struct pm_place){.capture = capture,
                                    .site = hash(site.len > 0 ? site : row.outlet),
                                    .size = row.payload_size,
                                    .at = order,
                                    .order = order};
    rc = pm_manifest_cluster_of(g->manifest, capture, PM_LEVEL_STORY, &story, g->err);
    if (rc == PM_OK)
        grown[o->n].story = hash(story);
    o->n++;
    return rc == PM_DONE ? PM_OK : rc;
}

static int
compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int
by_story(const void *a, const void *b)
{
    const struct pm_place *p = a, *q = b;
    int c = compare(p->site, q->site);

    c = c ? c : compare(p->story, q->story);
    return c ? c : compare(p->order, q->order);
}

static int
by_place(const void *a, const void *b)
{
    const struct pm_place *p = a, *q = b;
    int c = compare(p->site, q->site);

    c = c ? c : compare(p->at, q->at);
    return c ? c : compare(p->order, q->order);
}

static int
by_original(const void *a, const void *b)
{
    const struct pm_repeat *p = a, *q = b;

    if (p->original != q->original)
        return p->original < q->original ? -1 : 1;
    return (p->capture > q->capture) - (p->capture < q->capture);
}

int
pm_order_make(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_order *dst, struct pm_err *err)
{
    struct gather g = {m, dst, 0, err};
    int rc = pm_manifest_each_by_url(m, add_place, &g, err);

    if (rc != PM_OK)
        return rc;
    if (dst->n > 0)
        qsort(dst->places, dst->n, sizeof(*dst->places), by_story);
    for (size_t i = 1; i < dst->n; i++)
        if (dst->places[i].story != 0 && dst->places[i].story == dst->places[i - 1].story &&
            dst->places[i].site == dst->places[i - 1].site)
            dst->places[i].at = dst->places[i - 1].at;
    rc = pm_kin_rank(m, b, dst->places, dst->n, err);
    if (dst->n > 0)
        qsort(dst->places, dst->n, sizeof(*dst->places), by_place);
    if (dst->n_repeats > 0)
        qsort(dst->repeats, dst->n_repeats, sizeof(*dst->repeats), by_original);
    return rc;
}

void
pm_order_release(struct pm_order *o)
{
    free(o->places);
    free(o->repeats);
    *o = (struct pm_order)PM_ORDER_INIT;
}

const struct pm_repeat *
pm_order_repeats(const struct pm_order *o, int64_t original, size_t *n)
{
    size_t low = 0, high = o->n_repeats;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (o->repeats[mid].original < original)
            low = mid + 1;
        else
            high = mid;
    }
    for (high = low; high < o->n_repeats && o->repeats[high].original == original; high++)
        ;
    *n = high - low;
    return o->repeats + low;
}
