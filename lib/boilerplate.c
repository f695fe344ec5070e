#include "boilerplate.h"

#include <stdlib.h>

enum { UNPACKED_MAX = 1 << 30, LENGTH_BYTES = 4 };

int
pm_boilerplate_make(struct pm_boilerplate *dst, uint64_t *hashes, size_t n, struct pm_err *err)
{
    uint32_t *table = NULL;
    int rc = PM_OK;

    *dst = (struct pm_boilerplate){.hashes = hashes, .n = n};
    if (n > UINT32_MAX / 4)
        rc = pm_fail(err, PM_ELIMIT, "too much boilerplate");
    if (rc == PM_OK) {
        table = malloc(pm_places_size((uint32_t)n) * sizeof(*table));
        rc = table ? PM_OK : pm_fail(err, PM_ENOMEM, "out of memory");
    }
    if (rc == PM_OK)
        (void)pm_places_make(&dst->places, dst->hashes, (uint32_t)n, table, NULL);
    else
        pm_boilerplate_release(dst);
    return rc;
}

void
pm_boilerplate_release(struct pm_boilerplate *b)
{
    free(b->hashes);
    free(b->places.table);
    *b = (struct pm_boilerplate){.hashes = NULL};
}

void
pm_known_release(struct pm_known *k)
{
    pm_boilerplate_release(&k->furniture);
    pm_boilerplate_release(&k->all);
}

/* Stored as a fingerprint is, which has the same two lists of hashes. */
static int
pack(const struct pm_boilerplate *b, struct pm_buf *dst, struct pm_err *err)
{
    uint64_t *lists = malloc((b->n + 1) * sizeof(*lists));
    struct pm_fingerprint f = {.h5 = lists};
    size_t n = 0;

    if (lists == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    for (int chars = 0; chars < 2; chars++) {
        f.hc = lists + n;
        for (size_t i = 0; i < b->n; i++)
            if ((b->hashes[i] & PM_BOILERPLATE_CHARS) == (uint64_t)chars)
                lists[n++] = b->hashes[i] & ~PM_BOILERPLATE_CHARS;
        if (chars == 0)
            f.n_h5 = n;
    }
    f.n_hc = n - f.n_h5;
    pm_fingerprint_pack(&f, dst);
    free(lists);
    return pm_buf_check(dst, err);
}

static int
unpack(struct pm_str packed, struct pm_boilerplate *dst, struct pm_err *err)
{
    struct pm_arena *arena = pm_arena_new(UNPACKED_MAX);
    struct pm_fingerprint f = {0};
    uint64_t *hashes = NULL;
    size_t n = 0, i = 0, k = 0;
    int rc;

    *dst = (struct pm_boilerplate){.hashes = NULL};
    if (arena == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_fingerprint_unpack(packed, arena, &f, err);
    if (rc == PM_OK) {
        hashes = malloc((f.n_h5 + f.n_hc + 1) * sizeof(*hashes));
        if (hashes == NULL)
            rc = pm_fail(err, PM_ENOMEM, "out of memory");
    }
    while (rc == PM_OK &&
           (i < f.n_h5 || k < f.n_hc)) /* merge: of equals the word shingle comes first, as its bit is 0 */
        hashes[n++] = k == f.n_hc || (i < f.n_h5 && f.h5[i] <= f.hc[k]) ? f.h5[i++] : f.hc[k++] | PM_BOILERPLATE_CHARS;
    pm_arena_free(arena);
    return rc == PM_OK ? pm_boilerplate_make(dst, hashes, n, err) : rc;
}

/* Furniture, behind its length, then all. */
int
pm_known_pack(const struct pm_known *k, struct pm_buf *dst, struct pm_err *err)
{
    size_t start = dst->len;
    int rc;

    for (int i = 0; i < LENGTH_BYTES; i++)
        pm_buf_putc(dst, 0);
    rc = pack(&k->furniture, dst, err);
    for (int i = 0; rc == PM_OK && i < LENGTH_BYTES; i++)
        dst->data[start + (size_t)i] = (char)((dst->len - start - LENGTH_BYTES) >> (8 * i));
    return rc == PM_OK ? pack(&k->all, dst, err) : rc;
}

int
pm_known_unpack(struct pm_str packed, struct pm_known *dst, struct pm_err *err)
{
    size_t len = 0;
    int rc;

    *dst = (struct pm_known)PM_KNOWN_INIT;
    for (int i = 0; i < LENGTH_BYTES && packed.len >= LENGTH_BYTES; i++)
        len |= (size_t)(unsigned char)packed.ptr[i] << (8 * i);
    if (packed.len < LENGTH_BYTES || len > packed.len - LENGTH_BYTES)
        return pm_fail(err, PM_ECORRUPT, "boilerplate is damaged");
    rc = unpack(PM_STRN(packed.ptr + LENGTH_BYTES, len), &dst->furniture, err);
    if (rc == PM_OK)
        rc = unpack(PM_STRN(packed.ptr + LENGTH_BYTES + len, packed.len - LENGTH_BYTES - len), &dst->all, err);
    if (rc != PM_OK)
        pm_known_release(dst);
    return rc;
}
