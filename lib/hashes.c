#include "hashes.h"

enum {
    TINY = 24,   /* hashes that are not worth a pass */
    FEW = 128,   /* that a pass over few buckets puts nearly in order */
    SOME = 1024, /* that one pass over all buckets does */
    MOVES = 8,   /* of a hash, while what is nearly in order is put in order */
};

/* One pass of a radix sort on the `bits` at `shift`; false when all hashes have the same there. */
static bool
radix_pass(const uint64_t *src, uint64_t *dst, size_t n, unsigned shift, unsigned bits)
{
    uint32_t count[256] = {0}, at = 0, buckets = 1u << bits;
    uint64_t mask = buckets - 1;

    for (size_t i = 0; i < n; i++)
        count[src[i] >> shift & mask]++;
    if (count[src[0] >> shift & mask] == n)
        return false;
    for (size_t i = 0; i < buckets; i++) {
        uint32_t c = count[i];

        count[i] = at;
        at += c;
    }
    for (size_t i = 0; i < n; i++)
        dst[count[src[i] >> shift & mask]++] = src[i];
    return true;
}

/* False, with the array as good as it was, when more than `budget` moves would be needed. */
static bool
insertion_sort(uint64_t *v, size_t n, size_t budget)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t x = v[i];
        size_t k = i;

        for (; k > 0 && v[k - 1] > x; k--)
            v[k] = v[k - 1];
        v[k] = x;
        if (i - k > budget)
            return false;
        budget -= i - k;
    }
    return true;
}

/* Passes on the bytes from `shift` up to `end`; the array they end in. */
static uint64_t *
radix_sort(uint64_t *src, uint64_t *dst, size_t n, unsigned shift, unsigned end)
{
    for (; shift < end; shift += 8)
        if (radix_pass(src, dst, n, shift, end - shift < 8 ? end - shift : 8)) {
            uint64_t *swap = src;

            src = dst;
            dst = swap;
        }
    return src;
}

/* The highest bits leave hashes nearly in order; numbers that are no hashes go through all passes. */
static uint64_t *
order(uint64_t *v, size_t n, uint64_t *scratch)
{
    uint64_t all = 0, *at;
    unsigned top = 64, bits = n < FEW ? 6 : n < SOME ? 8 : 16;

    for (size_t i = 0; i < n; i++)
        all |= v[i];
    top = all ? 64 - (unsigned)__builtin_clzll(all) : 1;
    at = radix_sort(v, scratch, n, top > bits ? top - bits : 0, top);
    if (!insertion_sort(at, n, MOVES * n))
        at = radix_sort(at, at == v ? scratch : v, n, 0, 64);
    return at;
}

size_t
pm_hashes_sort(uint64_t *v, size_t n, uint64_t *scratch)
{
    size_t out = 0;

    if (n < TINY) {
        (void)insertion_sort(v, n, SIZE_MAX);
    } else {
        uint64_t *at = order(v, n, scratch);

        if (at != v)
            memcpy(v, at, n * sizeof(*v));
    }
    for (size_t i = 0; i < n; i++)
        if (out == 0 || v[i] != v[out - 1])
            v[out++] = v[i];
    return out;
}

size_t
pm_hashes_shared(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b)
{
    size_t i = 0, k = 0, shared = 0;

    while (i < n_a && k < n_b) {
        uint64_t x = a[i], y = b[k];

        shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    return shared;
}

size_t
pm_places_size(uint32_t n)
{
    size_t size = 16;

    while (size < 2 * (size_t)n)
        size *= 2;
    return size;
}

uint32_t
pm_places_make(struct pm_places *dst, const uint64_t *v, uint32_t n, uint32_t *table, bool *first)
{
    size_t size = pm_places_size(n);
    uint32_t mask = (uint32_t)(size - 1), distinct = 0;

    memset(table, 0xFF, size * sizeof(*table));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)(v[i] >> 32) & mask;

        while (table[at] != PM_NO_PLACE && v[table[at]] != v[i])
            at = (at + 1) & mask;
        if (first != NULL)
            first[i] = table[at] == PM_NO_PLACE;
        distinct += table[at] == PM_NO_PLACE;
        if (table[at] == PM_NO_PLACE)
            table[at] = i;
    }
    *dst = (struct pm_places){v, table, mask};
    return distinct;
}
