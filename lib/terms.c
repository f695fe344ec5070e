#include "terms.h"

#include <stdlib.h>
#include <xxhash.h>

#define EMPTY UINT32_MAX

struct pm_terms {
    struct pm_arena *arena;
    struct pm_str *terms; /* by number */
    size_t n, cap;
    uint32_t *slots; /* numbers by hash; EMPTY where none is */
    size_t n_slots;  /* a power of two, at most half of them full */
};

int
pm_terms_new(struct pm_terms **dst, size_t max, struct pm_err *err)
{
    struct pm_terms *t = calloc(1, sizeof(*t));

    if (t != NULL)
        t->arena = pm_arena_new(max);
    if (t == NULL || t->arena == NULL) {
        pm_terms_free(t);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    *dst = t;
    return PM_OK;
}

void
pm_terms_free(struct pm_terms *t)
{
    if (t == NULL)
        return;
    pm_arena_free(t->arena);
    free(t->terms);
    free(t->slots);
    free(t);
}

static size_t
slot_of(const struct pm_terms *t, struct pm_str term)
{
    size_t i = (size_t)XXH3_64bits(term.ptr, term.len) & (t->n_slots - 1);

    while (t->slots[i] != EMPTY && !pm_str_eq(t->terms[t->slots[i]], term))
        i = (i + 1) & (t->n_slots - 1);
    return i;
}

/* Twice as many slots. */
static int
spread(struct pm_terms *t, struct pm_err *err)
{
    size_t n = t->n_slots ? 2 * t->n_slots : 64;
    uint32_t *slots = n < EMPTY ? calloc(n, sizeof(*slots)) : NULL;

    if (slots == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    memset(slots, 0xff, n * sizeof(*slots));
    free(t->slots);
    t->slots = slots;
    t->n_slots = n;
    for (size_t i = 0; i < t->n; i++)
        t->slots[slot_of(t, t->terms[i])] = (uint32_t)i;
    return PM_OK;
}

int
pm_terms_add(struct pm_terms *t, struct pm_str term, uint32_t *number, struct pm_err *err)
{
    struct pm_str *grown;
    size_t slot;
    int rc = 2 * (t->n + 1) > t->n_slots ? spread(t, err) : PM_OK;

    if (term.ptr == NULL)
        term = PM_STR("");
    if (rc != PM_OK)
        return rc;
    slot = slot_of(t, term);
    if (t->slots[slot] == EMPTY) {
        grown = pm_grow(t->terms, &t->cap, t->n + 1, sizeof(*grown));
        if (grown == NULL)
            return pm_fail(err, PM_ENOMEM, "out of memory");
        t->terms = grown;
        t->terms[t->n] = pm_arena_str(t->arena, term);
        rc = pm_arena_check(t->arena, err);
        if (rc != PM_OK)
            return rc;
        t->slots[slot] = (uint32_t)t->n++;
    }
    *number = t->slots[slot];
    return PM_OK;
}

size_t
pm_terms_size(const struct pm_terms *t)
{
    return t->n;
}

struct pm_str
pm_terms_get(const struct pm_terms *t, uint32_t number)
{
    return t->terms[number];
}
