/*
 * The stored form of a fingerprint. Numbers of words and of hashes are LEB128, then come the lists as one string of
 * bits: the gaps between hashes, Rice coded. Hashes are spread evenly, so that is half a bit a hash from the least that
 * a set of them can take.
 */
#include "shingle.h"

enum {
    VARINT_MAX = 5,
    PLAIN_LEN = 6,  /* bits that say how many bits of a gap are plain */
    LOAD_BITS = 57, /* that a load of eight bytes gives from any bit on */
};

/* One of the lists: hashes up to a limit, their `free` low bits 0. */
struct list {
    const uint64_t *v;
    size_t n;
    uint64_t limit;
    unsigned free;
};

enum { LISTS = 3 };

static void
lists_of(const struct pm_fingerprint *f, struct list dst[LISTS])
{
    dst[0] = (struct list){f->h5, f->n_h5, PM_H5_LIMIT, PM_HASH_FREE};
    dst[1] = (struct list){f->hc, f->n_hc, PM_HC_LIMIT, PM_HASH_FREE};
    dst[2] = (struct list){f->numbers, f->n_numbers, UINT64_MAX, PM_NUMBER_FREE};
}

static unsigned
bits_of(uint64_t v)
{
    return v ? 64 - (unsigned)__builtin_clzll(v) : 0;
}

/* Low bits of a gap that are written as they are: the mean gap is once to twice what they hold. */
static unsigned
choose_plain(const struct list *l)
{
    unsigned all = l->n ? bits_of(l->v[l->n - 1] >> l->free) : 0, n = bits_of(l->n);

    return n < all ? all - n : 0;
}

/* ---- writing ---- */

static void
put_varint(struct pm_buf *dst, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        pm_buf_putc(dst, (char)(v | 0x80));
    pm_buf_putc(dst, (char)v);
}

/* Bits that are not written yet, less than 8 of them, the first lowest. */
struct bit_writer {
    struct pm_buf *dst;
    uint64_t bits;
    unsigned n;
};

/* At most 56 bits. */
static void
put_bits(struct bit_writer *w, uint64_t v, unsigned n)
{
    w->bits |= v << w->n;
    for (w->n += n; w->n >= 8; w->n -= 8, w->bits >>= 8)
        pm_buf_putc(w->dst, (char)w->bits);
}

/* Each hash as its gap from the one before: so many zeros as its high bits say, a one, its plain bits. */
static void
put_list(struct bit_writer *w, const struct list *l)
{
    unsigned plain = choose_plain(l);
    uint64_t last = 0;

    put_bits(w, plain, PLAIN_LEN);
    for (size_t i = 0; i < l->n; i++) {
        uint64_t gap = (l->v[i] - last) >> l->free;

        for (uint64_t zeros = gap >> plain; zeros > 0; zeros--)
            put_bits(w, 0, 1);
        put_bits(w, 1, 1);
        put_bits(w, gap & (((uint64_t)1 << plain) - 1), plain);
        last = l->v[i];
    }
}

void
pm_fingerprint_pack(const struct pm_fingerprint *f, struct pm_buf *dst)
{
    struct bit_writer w = {.dst = dst};
    struct list lists[LISTS];

    lists_of(f, lists);
    put_varint(dst, f->words);
    for (int i = 0; i < LISTS; i++)
        put_varint(dst, lists[i].n);
    for (int i = 0; i < LISTS; i++)
        put_list(&w, &lists[i]);
    put_bits(&w, 0, (8 - w.n) % 8);
}

/* ---- reading ---- */

static bool
get_varint(struct pm_str *src, uint64_t *v)
{
    *v = 0;
    for (size_t i = 0; i < VARINT_MAX && i < src->len; i++) {
        unsigned char c = (unsigned char)src->ptr[i];

        *v |= (uint64_t)(c & 0x7F) << (7 * i);
        if (c < 0x80) {
            src->ptr += i + 1;
            src->len -= i + 1;
            return *v <= UINT32_MAX;
        }
    }
    return false;
}

struct bit_reader {
    const unsigned char *src;
    size_t len; /* bytes */
    size_t at;  /* bits read; may be beyond the end, behind which there are zeros */
};

/* The next LOAD_BITS bits, and maybe more. */
static uint64_t
look(const struct bit_reader *r)
{
    size_t from = r->at / 8;
    uint64_t v = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (r->len >= 8 && from <= r->len - 8) {
        memcpy(&v, r->src + from, sizeof(v));
        return v >> r->at % 8;
    }
#endif
    for (size_t i = 0; i < 8 && from + i < r->len; i++)
        v |= (uint64_t)r->src[from + i] << (8 * i);
    return v >> r->at % 8;
}

/* Zeros up to a one, which is read too. */
static bool
get_zeros(struct bit_reader *r, uint64_t *n)
{
    uint64_t v;

    for (*n = 0; (v = look(r) & (((uint64_t)1 << LOAD_BITS) - 1)) == 0; *n += LOAD_BITS) {
        r->at += LOAD_BITS;
        if (r->at / 8 >= r->len)
            return false;
    }
    *n += (unsigned)__builtin_ctzll(v);
    r->at += (unsigned)__builtin_ctzll(v) + 1;
    return true;
}

/* Strictly ascending, as put_list() wrote it; each hash takes at least a bit, which bounds the array. */
static const uint64_t *
get_list(struct bit_reader *r, struct pm_arena *arena, const struct list *l)
{
    unsigned plain = (unsigned)look(r) & ((1u << PLAIN_LEN) - 1);
    uint64_t mask = ((uint64_t)1 << plain) - 1, max = l->limit >> l->free, last = 0, *v;

    r->at += PLAIN_LEN;
    if (l->n > 8 * r->len || plain > bits_of(max))
        return NULL;
    v = pm_arena_raw(arena, l->n ? l->n : 1, sizeof(*v));
    for (size_t i = 0; v != NULL && i < l->n; i++) {
        uint64_t zeros, gap;

        if (!get_zeros(r, &zeros))
            return NULL;
        gap = zeros << plain | (look(r) & mask);
        r->at += plain;
        if (zeros > max >> plain || gap > max - last || (i > 0 && gap == 0))
            return NULL;
        last += gap;
        v[i] = last << l->free;
    }
    return v;
}

/* The form has no version of its own: what an upgrade of the manifest finds of an earlier version it makes empty. */
static int
misfit(struct pm_err *err)
{
    return pm_fail(err, PM_ECORRUPT,
                   "a fingerprint is damaged or of an earlier version: 'pressmark rebuild' makes it anew");
}

static bool
unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst)
{
    struct list lists[LISTS];
    struct bit_reader r;
    uint64_t n[1 + LISTS];

    for (int i = 0; i <= LISTS; i++)
        if (!get_varint(&packed, &n[i]))
            return false;
    *dst = (struct pm_fingerprint){.words = (uint32_t)n[0], .n_h5 = n[1], .n_hc = n[2], .n_numbers = n[3]};
    lists_of(dst, lists);
    r = (struct bit_reader){.src = (const unsigned char *)packed.ptr, .len = packed.len};
    for (int i = 0; i < LISTS; i++) {
        lists[i].v = get_list(&r, arena, &lists[i]);
        if (lists[i].v == NULL)
            return false;
    }
    dst->h5 = lists[0].v;
    dst->hc = lists[1].v;
    dst->numbers = lists[2].v;
    return (r.at + 7) / 8 == r.len;
}

int
pm_fingerprint_unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst, struct pm_err *err)
{
    if (unpack(packed, arena, dst))
        return PM_OK;
    *dst = (struct pm_fingerprint){0};
    return pm_arena_check(arena, err) != PM_OK ? err->code : misfit(err);
}
