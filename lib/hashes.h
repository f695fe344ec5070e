/*
 * hashes.h - sets of hashes: ordered arrays, and tables over arrays that keep their order.
 *
 * Hashes are well mixed in their high bits; other numbers work too, slower. Pure.
 */
#ifndef PM_HASHES_H
#define PM_HASHES_H

#include "buf.h"

/* Order an array of hashes and drop repeats; what is left of n. `scratch` has room for n. */
size_t pm_hashes_sort(uint64_t *v, size_t n, uint64_t *scratch);

/* How many hashes two ordered arrays share. */
size_t pm_hashes_shared(const uint64_t *a, size_t n_a, const uint64_t *b, size_t n_b);

#define PM_NO_PLACE UINT32_MAX

/* Where in an array in any order a hash first stands. Borrows the array; the places have one owner, whoever made them.
 */
struct pm_places {
    const uint64_t *v;
    uint32_t *table; /* mask + 1 places, at most half of them in use */
    uint32_t mask;
};

/* Places that the table of `n` hashes takes, n at most UINT32_MAX / 4. */
size_t pm_places_size(uint32_t n);
/* Fill a table of that size. `first` (n, or NULL) receives which hashes had not been there before; how many were. */
uint32_t pm_places_make(struct pm_places *dst, const uint64_t *v, uint32_t n, uint32_t *table, bool *first);

static inline uint32_t
pm_places_find(const struct pm_places *p, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 32) & p->mask;

    while (p->table[at] != PM_NO_PLACE && p->v[p->table[at]] != hash)
        at = (at + 1) & p->mask;
    return p->table[at];
}

#endif
