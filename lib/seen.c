#include "seen.h"

#include <stdlib.h>

enum { FIRST_CAP = 1024 };

void
pm_seen_release(struct pm_seen *s)
{
    free(s->slots);
    *s = (struct pm_seen)PM_SEEN_INIT;
}

/* The slot of `number`, or the empty one where it belongs. */
static uint64_t *
slot_of(uint64_t *slots, size_t cap, uint64_t number)
{
    /* Numbers in a row must not lie in a row. Multiplier: 2^64 divided by the golden ratio. */
    size_t i = (size_t)((number * 0x9E3779B97F4A7C15ULL) >> 20) & (cap - 1);

    while (slots[i] != 0 && slots[i] != number)
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static int
grow(struct pm_seen *s, struct pm_err *err)
{
    size_t cap = s->cap ? s->cap * 2 : FIRST_CAP;
    uint64_t *slots = calloc(cap, sizeof(*slots));

    if (slots == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (size_t i = 0; i < s->cap; i++)
        if (s->slots[i] != 0)
            *slot_of(slots, cap, s->slots[i]) = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->cap = cap;
    return PM_OK;
}

int
pm_seen_add(struct pm_seen *s, uint64_t number, struct pm_err *err)
{
    uint64_t *slot;
    int rc;

    if (number == 0) {
        rc = s->zero ? PM_DONE : PM_OK;
        s->zero = true;
        return rc;
    }
    if (s->n >= s->cap / 4 * 3) {
        rc = grow(s, err);
        if (rc != PM_OK)
            return rc;
    }
    slot = slot_of(s->slots, s->cap, number);
    if (*slot == number)
        return PM_DONE;
    *slot = number;
    s->n++;
    return PM_OK;
}

bool
pm_seen_has(const struct pm_seen *s, uint64_t number)
{
    if (number == 0)
        return s->zero;
    return s->cap > 0 && *slot_of(s->slots, s->cap, number) == number;
}
