#include "repack_kin.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    MARKS = 64,        /* of a site: the lowest hashes of its page's pieces */
    PIECE_MIN = 12,    /* bytes between line ends and brackets that tell one page from another */
    SHARED_MOST = 100, /* sites; what more have tells nothing */
    RECENT = 4,        /* sites that the next one is compared with */
    RECORD_MAX = (1 << 30) + (64 << 20),
};
/* What likeness to the last site counts, to the one before, ... */
static const uint64_t NEARNESS[RECENT] = {12, 6, 4, 3};

struct mark {
    uint64_t hash;
    uint32_t site;
};

/* Sites that share a mark: marks[first] to marks[first + n - 1]. */
struct shared {
    size_t first;
    uint32_t n, weight;
};

struct site {
    size_t place, n_places;
    uint32_t shared[MARKS], n; /* indices: what it shares with others */
    uint64_t likeness;         /* to the recent ones */
    bool ranked;
};

struct kin {
    struct site *sites;
    size_t n, cap;
    struct mark *marks;
    size_t n_marks, cap_marks;
    struct shared *shared;
    size_t n_shared, cap_shared;
    struct pm_buf page;
    struct pm_err *err;
};

static int
no_memory(struct kin *k)
{
    return pm_fail(k->err, PM_ENOMEM, "out of memory");
}

/* ---- marks ---- */

static int
by_hash(const void *a, const void *b)
{
    const struct mark *p = a, *q = b;

    if (p->hash != q->hash)
        return p->hash < q->hash ? -1 : 1;
    return (p->site > q->site) - (p->site < q->site);
}

static int
add_mark(struct kin *k, uint64_t hash, uint32_t site)
{
    struct mark *grown = pm_grow(k->marks, &k->cap_marks, k->n_marks + 1, sizeof(*grown));

    if (grown == NULL)
        return no_memory(k);
    k->marks = grown;
    grown[k->n_marks++] = (struct mark){hash, site};
    return PM_OK;
}

/* Of the marks from `from` on the lowest, each once. */
static void
keep_lowest(struct kin *k, size_t from)
{
    size_t n = from;

    if (k->n_marks > from)
        qsort(k->marks + from, k->n_marks - from, sizeof(*k->marks), by_hash);
    for (size_t i = from; i < k->n_marks && n < from + MARKS; i++)
        if (n == from || k->marks[i].hash != k->marks[n - 1].hash)
            k->marks[n++] = k->marks[i];
    k->n_marks = n;
}

static int
mark_page(struct kin *k, uint32_t site)
{
    struct pm_str page = pm_buf_span(&k->page);
    size_t from = k->n_marks, start = 0;
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < page.len; i++) {
        if (page.ptr[i] != '\n' && page.ptr[i] != '<' && page.ptr[i] != '>')
            continue;
        if (i - start >= PIECE_MIN)
            rc = add_mark(k, XXH3_64bits(page.ptr + start, i - start), site);
        start = i + 1;
    }
    keep_lowest(k, from);
    return rc;
}

static int
add_site(struct kin *k, struct pm_manifest *m, struct pm_bundle_reader *b, const struct pm_place *places, size_t at)
{
    struct site *grown = pm_grow(k->sites, &k->cap, k->n + 1, sizeof(*grown));
    struct pm_row row;
    struct pm_loc page;
    int rc;

    if (grown == NULL)
        return no_memory(k);
    k->sites = grown;
    grown[k->n++] = (struct site){.place = at};
    rc = pm_manifest_get(m, places[at].capture, &row, k->err);
    if (rc != PM_OK || row.page.bundle == 0)
        return rc;
    page = row.page;
    pm_buf_reset(&k->page);
    rc = pm_bundle_start(b, &page, &k->page, k->err);
    return rc == PM_OK ? mark_page(k, (uint32_t)(k->n - 1)) : rc;
}

/* ---- what they share ---- */

static uint32_t
log2_of(size_t n)
{
    uint32_t bits = 0;

    while (n >>= 1)
        bits++;
    return bits;
}

static int
add_shared(struct kin *k, size_t first, size_t n)
{
    struct shared *grown = pm_grow(k->shared, &k->cap_shared, k->n_shared + 1, sizeof(*grown));

    if (grown == NULL)
        return no_memory(k);
    k->shared = grown;
    for (size_t i = first; i < first + n; i++) {
        struct site *s = &k->sites[k->marks[i].site];

        s->shared[s->n++] = (uint32_t)k->n_shared;
    }
    grown[k->n_shared++] = (struct shared){first, (uint32_t)n, 1 + log2_of(k->n / n)};
    return PM_OK;
}

static int
find_shared(struct kin *k)
{
    int rc = PM_OK;

    if (k->n_marks > 0)
        qsort(k->marks, k->n_marks, sizeof(*k->marks), by_hash);
    for (size_t i = 0, end; rc == PM_OK && i < k->n_marks; i = end) {
        for (end = i + 1; end < k->n_marks && k->marks[end].hash == k->marks[i].hash; end++)
            ;
        if (end - i > 1 && end - i <= SHARED_MOST)
            rc = add_shared(k, i, end - i);
    }
    return rc;
}

/* ---- the chain ---- */

/* Count what site `s` shares with others into their likeness; `best` is the likest of all so far. */
static void
compare(struct kin *k, const struct site *s, uint64_t nearness, struct site **best)
{
    for (uint32_t i = 0; i < s->n; i++) {
        const struct shared *shared = &k->shared[s->shared[i]];

        for (size_t j = shared->first; j < shared->first + shared->n; j++) {
            struct site *other = &k->sites[k->marks[j].site];

            other->likeness += nearness * shared->weight;
            if (!other->ranked && (*best == NULL || other->likeness > (*best)->likeness ||
                                   (other->likeness == (*best)->likeness && other < *best)))
                *best = other;
        }
    }
}

static void
forget_likeness(struct kin *k, const struct site *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        const struct shared *shared = &k->shared[s->shared[i]];

        for (size_t j = shared->first; j < shared->first + shared->n; j++)
            k->sites[k->marks[j].site].likeness = 0;
    }
}

/* The site that is most like the last ones; the first that has no rank when none is. */
static struct site *
next_site(struct kin *k, struct site *const *recent, size_t *unranked)
{
    struct site *best = NULL;

    for (size_t i = 0; i < RECENT && recent[i] != NULL; i++)
        compare(k, recent[i], NEARNESS[i], &best);
    for (size_t i = 0; i < RECENT && recent[i] != NULL; i++)
        forget_likeness(k, recent[i]);
    while (best == NULL && k->sites[*unranked].ranked)
        ++*unranked;
    return best != NULL ? best : &k->sites[*unranked];
}

static void
rank(struct kin *k, struct pm_place *places)
{
    struct site *recent[RECENT] = {NULL};
    size_t unranked = 0;

    for (uint64_t r = 0; r < k->n; r++) {
        struct site *s = next_site(k, recent, &unranked);

        s->ranked = true;
        memmove(recent + 1, recent, (RECENT - 1) * sizeof(struct site *));
        recent[0] = s;
        for (size_t i = s->place; i < s->place + s->n_places; i++)
            places[i].site = r;
    }
}

int
pm_kin_rank(struct pm_manifest *m, struct pm_bundle_reader *b, struct pm_place *places, size_t n, struct pm_err *err)
{
    struct pm_err own = PM_ERR_INIT;
    struct kin k = {.page = PM_BUF_INIT(RECORD_MAX), .err = err ? err : &own};
    int rc = PM_OK;

    for (size_t i = 0; rc == PM_OK && i < n; i++) {
        if (i == 0 || places[i].site != places[i - 1].site)
            rc = add_site(&k, m, b, places, i);
        if (rc == PM_OK)
            k.sites[k.n - 1].n_places++;
    }
    if (rc == PM_OK)
        rc = find_shared(&k);
    if (rc == PM_OK)
        rank(&k, places);
    free(k.sites);
    free(k.marks);
    free(k.shared);
    pm_buf_release(&k.page);
    return rc;
}
