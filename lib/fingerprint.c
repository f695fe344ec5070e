#include "shingle.h"

enum {
    HASH_BITS_CUT = 16, /* low bits that hashes have free, */
    NUMBER_BITS_CUT = 32,
    VARINT_MAX = 10,
};

/* ---- stored form: words, exact, then the lists as counts and gaps, all LEB128 ---- */

static void
put_varint(struct pm_buf *dst, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        pm_buf_putc(dst, (char)(v | 0x80));
    pm_buf_putc(dst, (char)v);
}

static void
put_list(struct pm_buf *dst, const uint64_t *v, size_t n, unsigned bits_cut)
{
    uint64_t last = 0;

    put_varint(dst, n);
    for (size_t i = 0; i < n; i++) {
        put_varint(dst, (v[i] - last) >> bits_cut);
        last = v[i];
    }
}

void
pm_fingerprint_pack(const struct pm_fingerprint *f, struct pm_buf *dst)
{
    put_varint(dst, f->words);
    pm_buf_le64(dst, f->exact);
    put_list(dst, f->h5, f->n_h5, HASH_BITS_CUT);
    put_list(dst, f->hc, f->n_hc, HASH_BITS_CUT);
    put_list(dst, f->numbers, f->n_numbers, NUMBER_BITS_CUT);
}

static bool
get_varint(struct pm_str *src, uint64_t *v)
{
    *v = 0;
    for (size_t i = 0; i < VARINT_MAX && i < src->len; i++) {
        unsigned char c = (unsigned char)src->ptr[i];

        if (i == VARINT_MAX - 1 && c > 1)
            return false;
        *v |= (uint64_t)(c & 0x7F) << (7 * i);
        if (c < 0x80) {
            src->ptr += i + 1;
            src->len -= i + 1;
            return true;
        }
    }
    return false;
}

/* Strictly ascending, as put_list() wrote it; each hash took at least a byte, which bounds the array. */
static bool
get_list(struct pm_str *src, struct pm_arena *arena, unsigned bits_cut, const uint64_t **dst, size_t *n)
{
    uint64_t count, gap, last = 0, *v;

    if (!get_varint(src, &count) || count > src->len)
        return false;
    v = pm_arena_array(arena, count ? count : 1, sizeof(*v));
    for (uint64_t i = 0; v != NULL && i < count; i++) {
        if (!get_varint(src, &gap) || (i > 0 && gap == 0) ||
            gap > (UINT64_MAX - last) >> bits_cut)
            return false;
        last += gap << bits_cut;
        v[i] = last;
    }
    *dst = v;
    *n = (size_t)count;
    return v != NULL;
}

/* The form has no version of its own: one of an earlier version does not fit, as a damaged one does not. */
static int
misfit(struct pm_err *err)
{
    return pm_fail(err, PM_ECORRUPT, "a fingerprint is damaged or of an earlier version: 'pressmark rebuild' makes it anew");
}

int
pm_fingerprint_unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst,
                      struct pm_err *err)
{
    uint64_t words;

    *dst = (struct pm_fingerprint){0};
    if (!get_varint(&packed, &words) || words > UINT32_MAX || packed.len < 8)
        return misfit(err);
    dst->words = (uint32_t)words;
    for (int i = 0; i < 8; i++)
        dst->exact |= (uint64_t)(unsigned char)packed.ptr[i] << (8 * i);
    packed.ptr += 8;
    packed.len -= 8;
    if (!get_list(&packed, arena, HASH_BITS_CUT, &dst->h5, &dst->n_h5) ||
        !get_list(&packed, arena, HASH_BITS_CUT, &dst->hc, &dst->n_hc) ||
        !get_list(&packed, arena, NUMBER_BITS_CUT, &dst->numbers, &dst->n_numbers) || packed.len != 0)
        return pm_arena_check(arena, err) != PM_OK ? err->code : misfit(err);
    return PM_OK;
}
