#include "sorter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "fs.h"

enum {
    MEMORY_MIN = 1 << 20,
    RUN_READ_MIN = 1024, /* pairs read of a run at once */
    SPLIT_BITS = 11,
    SMALL_PART = 48,     /* pairs that are not worth a pass */
    MOVES = 8,           /* of a pair, while what is nearly in order is put in order */
};

/* A sorted run in the file, and the part of it that is in memory. */
struct run {
    uint64_t next, end; /* offsets of what is still to be read */
    struct pm_pair *pairs;
    size_t at, n, cap;
};

struct pm_sorter {
    int dir, fd; /* fd: the overflow, -1 while there is none */
    char *path;
    struct pm_pair *pairs, *scratch; /* `max` each */
    size_t n, max, at;
    uint64_t written;
    struct run *runs;
    size_t n_runs, cap_runs;
    size_t *heap; /* numbers of runs, the one with the least pair first */
    size_t n_heap;
};

int
pm_sorter_new(struct pm_sorter **dst, int dir, const char *path, size_t memory, struct pm_err *err)
{
    struct pm_sorter *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    if (memory < MEMORY_MIN)
        memory = MEMORY_MIN;
    s->dir = dir;
    s->fd = -1;
    s->max = memory / (2 * sizeof(*s->pairs));
    s->path = strdup(path);
    s->pairs = malloc(s->max * sizeof(*s->pairs));
    s->scratch = malloc(s->max * sizeof(*s->pairs));
    if (s->path == NULL || s->pairs == NULL || s->scratch == NULL) {
        pm_sorter_free(s);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = s;
    return PM_OK;
}

void
pm_sorter_free(struct pm_sorter *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->n_runs; i++)
        free(s->runs[i].pairs);
    if (s->fd >= 0)
        close(s->fd);
    free(s->heap);
    free(s->runs);
    free(s->scratch);
    free(s->pairs);
    free(s->path);
    free(s);
}

/* ---- sorting in memory; all of it is stable ---- */

/* One pass by the `bits` of the key at `shift`. */
static void
sort_pass(const struct pm_pair *src, struct pm_pair *dst, size_t n, unsigned shift, unsigned bits)
{
    size_t count[1 << SPLIT_BITS], at = 0, buckets = (size_t)1 << bits;

    memset(count, 0, buckets * sizeof(*count));
    for (size_t i = 0; i < n; i++)
        count[src[i].key >> shift & (buckets - 1)]++;
    for (size_t i = 0; i < buckets; i++) {
        size_t c = count[i];

        count[i] = at;
        at += c;
    }
    for (size_t i = 0; i < n; i++)
        dst[count[src[i].key >> shift & (buckets - 1)]++] = src[i];
}

/* False, and in no worse order, when more than `budget` moves would be needed. */
static bool
insertion_sort(struct pm_pair *v, size_t n, size_t budget)
{
    for (size_t i = 1; i < n; i++) {
        struct pm_pair x = v[i];
        size_t k = i;

        for (; k > 0 && v[k - 1].key > x.key; k--)
            v[k] = v[k - 1];
        v[k] = x;
        if (i - k > budget)
            return false;
        budget -= i - k;
    }
    return true;
}

/* A part, whose keys are the same from bit `top` up: two passes put it nearly in order unless keys are far from random. */
static void
sort_part(struct pm_pair *v, struct pm_pair *scratch, size_t n, unsigned top)
{
    unsigned shift = top > 16 ? top - 16 : 0;

    if (n >= SMALL_PART) {
        sort_pass(v, scratch, n, shift, 8);
        sort_pass(scratch, v, n, shift + 8, 8);
    }
    if (insertion_sort(v, n, n < SMALL_PART ? SIZE_MAX : MOVES * n))
        return;
    for (shift = 0; shift < top; shift += 16) {
        sort_pass(v, scratch, n, shift, 8);
        sort_pass(scratch, v, n, shift + 8, 8);
    }
}

/* Split by the highest bits into parts that stay in the cache, and sort each. */
struct pm_pair *
pm_pairs_sort(struct pm_pair *v, struct pm_pair *scratch, size_t n)
{
    uint64_t all = 0;
    unsigned top, shift;

    for (size_t i = 0; i < n; i++)
        all |= v[i].key;
    top = all ? 64 - (unsigned)__builtin_clzll(all) : 1;
    shift = top > SPLIT_BITS ? top - SPLIT_BITS : 0;
    sort_pass(v, scratch, n, shift, SPLIT_BITS);
    for (size_t from = 0, to; from < n && shift > 0; from = to) {
        uint64_t part = scratch[from].key >> shift;

        for (to = from + 1; to < n && scratch[to].key >> shift == part;)
            to++;
        sort_part(scratch + from, v + from, to - from, shift);
    }
    return scratch;
}

static void
sort_pairs(struct pm_sorter *s)
{
    struct pm_pair *sorted = pm_pairs_sort(s->pairs, s->scratch, s->n);

    s->scratch = s->pairs;
    s->pairs = sorted;
}

static int
spill(struct pm_sorter *s, struct pm_err *err)
{
    size_t bytes = s->n * sizeof(*s->pairs);
    struct run *grown;
    int rc;

    if (s->fd < 0)
        s->fd = openat(s->dir, s->path, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (s->fd < 0)
        return pm_fail_errno(err, "cannot make a temporary file in '%s'", s->path);
    grown = pm_grow(s->runs, &s->cap_runs, s->n_runs + 1, sizeof(*grown));
    if (grown == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    s->runs = grown;
    sort_pairs(s);
    rc = pm_fs_pwrite(s->fd, s->pairs, bytes, s->written, err);
    if (rc != PM_OK)
        return pm_err_prefix(err, "temporary file");
    s->runs[s->n_runs++] = (struct run){.next = s->written, .end = s->written + bytes};
    s->written += bytes;
    s->n = 0;
    return PM_OK;
}

int
pm_sorter_add(struct pm_sorter *s, uint64_t key, uint64_t value, struct pm_err *err)
{
    int rc = s->n == s->max ? spill(s, err) : PM_OK;

    if (rc != PM_OK)
        return rc;
    s->pairs[s->n++] = (struct pm_pair){key, value};
    return PM_OK;
}

/* ---- merging ---- */

/* PM_DONE when the run is used up. */
static int
refill(struct pm_sorter *s, struct run *r, struct pm_err *err)
{
    uint64_t left = (r->end - r->next) / sizeof(*r->pairs);
    int rc;

    r->at = 0;
    r->n = left < r->cap ? (size_t)left : r->cap;
    if (r->n == 0)
        return PM_DONE;
    rc = pm_fs_pread(s->fd, r->pairs, r->n * sizeof(*r->pairs), r->next, err);
    r->next += r->n * sizeof(*r->pairs);
    return rc;
}

/* Runs were written in the order of adding, so the number of the run decides between equal keys. */
static bool
comes_first(const struct pm_sorter *s, size_t a, size_t b)
{
    uint64_t x = s->runs[a].pairs[s->runs[a].at].key, y = s->runs[b].pairs[s->runs[b].at].key;

    return x < y || (x == y && a < b);
}

static void
sift_down(struct pm_sorter *s, size_t i)
{
    for (;;) {
        size_t least = i;

        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < s->n_heap; child++)
            if (comes_first(s, s->heap[child], s->heap[least]))
                least = child;
        if (least == i)
            return;
        size_t swap = s->heap[i];
        s->heap[i] = s->heap[least];
        s->heap[least] = swap;
        i = least;
    }
}

int
pm_sorter_finish(struct pm_sorter *s, struct pm_err *err)
{
    size_t share;
    int rc;

    if (s->n_runs == 0) {
        sort_pairs(s);
        return PM_OK;
    }
    rc = s->n > 0 ? spill(s, err) : PM_OK;
    if (rc != PM_OK)
        return rc;
    free(s->pairs);
    free(s->scratch);
    s->pairs = s->scratch = NULL;
    share = s->max / s->n_runs;
    s->heap = calloc(s->n_runs, sizeof(*s->heap));
    if (s->heap == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < s->n_runs; i++) {
        struct run *r = &s->runs[i];

        r->cap = share > RUN_READ_MIN ? share : RUN_READ_MIN;
        r->pairs = malloc(r->cap * sizeof(*r->pairs));
        if (r->pairs == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        rc = refill(s, r, err);
        if (rc < 0)
            return rc;
        if (rc == PM_OK)
            s->heap[s->n_heap++] = i;
    }
    for (size_t i = s->n_heap; i > 0; i--)
        sift_down(s, i - 1);
    return PM_OK;
}

int
pm_sorter_next(struct pm_sorter *s, struct pm_pair *dst, struct pm_err *err)
{
    struct run *r;
    int rc;

    if (s->n_runs == 0) {
        if (s->at == s->n)
            return PM_DONE;
        *dst = s->pairs[s->at++];
        return PM_OK;
    }
    if (s->n_heap == 0)
        return PM_DONE;
    r = &s->runs[s->heap[0]];
    *dst = r->pairs[r->at++];
    if (r->at == r->n) {
        rc = refill(s, r, err);
        if (rc < 0)
            return rc;
        if (rc == PM_DONE)
            s->heap[0] = s->heap[--s->n_heap];
    }
    sift_down(s, 0);
    return PM_OK;
}
