#include "shingle.h"

#include <stdlib.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "text.h"

enum {
    WORDS = PM_SHINGLE_WORDS,
    CHARS = 12,          /* of a character shingle */
    WORD_MAX = 64,       /* bytes of a word that count; longer ones are no words of a language */
    STREAM_WORDS = 64,   /* word hashes gathered before they go into the exact hash */
    HASH_BITS_CUT = 16,  /* hashes keep 48 bits: enough for 10^8 captures, and a third less to store */
    VARINT_MAX = 10,
    SMALL_SORT = 64,     /* hashes that are not worth a pass */
};

static const uint64_t HASH_MASK = ~(uint64_t)0 << HASH_BITS_CUT;
static const uint64_t LIMIT_H5 = UINT64_MAX / PM_H5_FRACTION;
static const uint64_t LIMIT_HC = UINT64_MAX / PM_HC_FRACTION;
/* Odd multipliers with well spread bits (powers of the golden ratio's, as in Fibonacci hashing). */
static const uint64_t MUL = 0x9E3779B97F4A7C15ULL;

struct hashes {
    uint64_t *v;
    size_t n, cap;
};

struct pm_shingler {
    struct hashes h5, hc, scratch;
    XXH3_state_t *exact;
    uint64_t char_out; /* MUL^CHARS: what a character weighs when it leaves the window */
};

/* One text on its way through. */
struct scan {
    struct pm_shingler *s;
    uint64_t limit_h5, limit_hc;
    uint64_t words[WORDS];      /* ring of the last word hashes */
    uint64_t chars[CHARS];      /* ring of the last characters */
    uint64_t char_hash;         /* polynomial in MUL over the ring */
    uint64_t n_words, n_chars;
    uint64_t stream[STREAM_WORDS];
    size_t n_stream;
    XXH3_state_t *exact;
    char word[WORD_MAX + 8];    /* the word under way, folded; 8 bytes more can be read */
    size_t word_len;
    uint32_t unspaced;          /* the character before, in a script without spaces; 0 if none */
    bool failed;
};

int
pm_shingler_new(struct pm_shingler **dst, struct pm_err *err)
{
    struct pm_shingler *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    s->exact = XXH3_createState();
    if (s->exact == NULL) {
        free(s);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    s->char_out = 1;
    for (int i = 0; i < CHARS; i++)
        s->char_out *= MUL;
    *dst = s;
    return PM_OK;
}

void
pm_shingler_free(struct pm_shingler *s)
{
    if (s == NULL)
        return;
    (void)XXH3_freeState(s->exact);
    free(s->h5.v);
    free(s->hc.v);
    free(s->scratch.v);
    free(s);
}

/* ---- hashes ---- */

/* The finaliser of MurmurHash3 (Appleby, public domain): every bit of x reaches every bit of the result. */
static uint64_t
mix(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCDULL;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53ULL;
    return x ^ x >> 33;
}

static void
keep(struct scan *t, struct hashes *h, uint64_t hash)
{
    if (h->n == h->cap) {
        uint64_t *grown = pm_grow(h->v, &h->cap, h->n + 1, sizeof(*h->v));

        if (grown == NULL) {
            t->failed = true;
            return;
        }
        h->v = grown;
    }
    h->v[h->n++] = hash & HASH_MASK;
}

static void
add_char(struct scan *t, uint32_t cp)
{
    uint64_t *slot = &t->chars[t->n_chars % CHARS];
    uint64_t hash;

    t->char_hash = t->char_hash * MUL + cp - *slot * t->s->char_out;
    *slot = cp;
    if (++t->n_chars < CHARS)
        return;
    hash = mix(t->char_hash);
    if (hash <= t->limit_hc)
        keep(t, &t->s->hc, hash);
}

static void
add_word(struct scan *t, uint64_t word)
{
    uint64_t hash = 0;

    t->stream[t->n_stream++] = word;
    if (t->n_stream == STREAM_WORDS) {
        (void)XXH3_64bits_update(t->exact, t->stream, sizeof(t->stream));
        t->n_stream = 0;
    }
    t->words[t->n_words++ % WORDS] = word;
    if (t->n_words < WORDS)
        return;
    for (uint64_t i = 0; i < WORDS; i++)
        hash = (hash + t->words[(t->n_words + i) % WORDS]) * MUL;
    hash = mix(hash);
    if (hash <= t->limit_h5)
        keep(t, &t->s->h5, hash);
}

/* ---- words ---- */

static void
end_word(struct scan *t)
{
    uint64_t first;

    t->unspaced = 0;
    if (t->word_len == 0)
        return;
    if (t->word_len <= 8) { /* most words: one multiplication will do */
        memset(t->word + t->word_len, 0, 8);
        memcpy(&first, t->word, 8);
        add_word(t, mix(first * MUL + t->word_len));
    } else {
        add_word(t, XXH3_64bits(t->word, t->word_len));
    }
    t->word_len = 0;
}

static void
add_byte(struct scan *t, char c)
{
    if (t->word_len < WORD_MAX)
        t->word[t->word_len++] = c;
}

static void
add_folded(struct scan *t, uint32_t cp)
{
    char utf8[4];
    utf8proc_ssize_t n;

    cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)utf8);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        add_byte(t, utf8[i]);
    add_char(t, cp);
}

/* In scripts without spaces two characters make a word, so that five words are six characters. */
static void
add_unspaced(struct scan *t, uint32_t cp)
{
    uint32_t before = t->unspaced;

    if (t->word_len > 0)
        end_word(t);
    if (before != 0)
        add_word(t, mix(((uint64_t)before << 32 | cp) * MUL));
    t->unspaced = cp;
    add_char(t, cp);
}

static bool
is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x02BC || cp == 0xFF07;
}

/* A code point outside ASCII. */
static void
add_wide(struct scan *t, uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL:
        if (pm_text_unspaced(cp))
            add_unspaced(t, cp);
        else
            add_folded(t, cp);
        break;
    case UTF8PROC_CATEGORY_CF: /* soft hyphens, joiners: not there for a reader */
        break;
    default:
        if (!is_apostrophe(cp))
            end_word(t);
        break;
    }
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A comma or point between digits belongs to the number; the comma is only looks. */
static bool
inside_number(const struct scan *t, struct pm_str text, size_t i)
{
    return t->word_len > 0 && is_digit(t->word[t->word_len - 1]) && i + 1 < text.len &&
           is_digit(text.ptr[i + 1]);
}

static void
scan_text(struct scan *t, struct pm_str text)
{
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c >= 0x80) {
            add_wide(t, pm_utf8_next(text, &i));
            continue;
        }
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
            add_byte(t, (char)(c | 0x20));
            add_char(t, c | 0x20u);
        } else if (is_digit((char)c)) {
            add_byte(t, (char)c);
            add_char(t, c);
        } else if ((c == ',' || c == '.') && inside_number(t, text, i)) {
            if (c == '.')
                add_byte(t, '.');
        } else if (c != '\'') {
            end_word(t);
        }
        i++;
    }
    end_word(t);
}

/* ---- fingerprints ---- */

/* One pass of a radix sort on the byte at `shift`; false when all hashes have the same byte there. */
static bool
radix_pass(const uint64_t *src, uint64_t *dst, size_t n, unsigned shift)
{
    size_t count[256] = {0}, at = 0;

    for (size_t i = 0; i < n; i++)
        count[src[i] >> shift & 0xFF]++;
    if (count[src[0] >> shift & 0xFF] == n)
        return false;
    for (size_t i = 0; i < 256; i++) {
        size_t c = count[i];

        count[i] = at;
        at += c;
    }
    for (size_t i = 0; i < n; i++)
        dst[count[src[i] >> shift & 0xFF]++] = src[i];
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

/* Passes on the bytes from `shift` up; the array they end in. */
static uint64_t *
radix_sort(uint64_t *src, uint64_t *dst, size_t n, unsigned shift)
{
    for (; shift < 64; shift += 8)
        if (radix_pass(src, dst, n, shift)) {
            uint64_t *swap = src;

            src = dst;
            dst = swap;
        }
    return src;
}

size_t
pm_hashes_sort(uint64_t *v, size_t n, uint64_t *scratch)
{
    size_t out = 0;

    if (n < SMALL_SORT) {
        (void)insertion_sort(v, n, SIZE_MAX);
    } else {
        /* The top 16 bits leave hashes nearly in order. Numbers that are no hashes go through all passes. */
        uint64_t *at = radix_sort(v, scratch, n, 48);

        if (!insertion_sort(at, n, 8 * n))
            at = radix_sort(at, at == v ? scratch : v, n, 0);
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

static bool
sort_unique(struct pm_shingler *s, struct hashes *h)
{
    uint64_t *scratch = pm_grow(s->scratch.v, &s->scratch.cap, h->n, sizeof(*scratch));

    if (scratch == NULL)
        return false;
    s->scratch.v = scratch;
    h->n = pm_hashes_sort(h->v, h->n, scratch);
    return true;
}

/* Scan a text into the handle's lists, hashes up to the limits. */
static int
run(struct pm_shingler *s, struct pm_str text, uint64_t limit_h5, uint64_t limit_hc, struct pm_fingerprint *dst,
    struct pm_err *err)
{
    XXH3_state_t *exact = s->exact;
    struct scan t = {.s = s, .limit_h5 = limit_h5, .limit_hc = limit_hc, .exact = exact};

    (void)XXH3_64bits_reset(exact); /* fails for NULL only */
    s->h5.n = s->hc.n = 0;
    scan_text(&t, text);
    (void)XXH3_64bits_update(exact, t.stream, t.n_stream * sizeof(t.stream[0]));
    dst->words = t.n_words > UINT32_MAX ? UINT32_MAX : (uint32_t)t.n_words;
    dst->exact = XXH3_64bits_digest(exact);
    return t.failed ? pm_fail(err, PM_ENOMEM, "out of memory") : PM_OK;
}

static void
lend(const struct pm_shingler *s, struct pm_fingerprint *dst)
{
    dst->h5 = s->h5.v;
    dst->hc = s->hc.v;
    dst->n_h5 = s->h5.n;
    dst->n_hc = s->hc.n;
}

int
pm_fingerprint(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst, struct pm_err *err)
{
    int rc = run(s, text, LIMIT_H5, LIMIT_HC, dst, err);

    if (rc == PM_OK && (!sort_unique(s, &s->h5) || !sort_unique(s, &s->hc)))
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
    lend(s, dst);
    return rc;
}

int
pm_shingles(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst, struct pm_err *err)
{
    int rc = run(s, text, UINT64_MAX, UINT64_MAX, dst, err);

    lend(s, dst);
    return rc;
}

/* ---- stored form: words, exact, then both lists as counts and gaps, all LEB128 ---- */

static void
put_varint(struct pm_buf *dst, uint64_t v)
{
    for (; v >= 0x80; v >>= 7)
        pm_buf_putc(dst, (char)(v | 0x80));
    pm_buf_putc(dst, (char)v);
}

static void
put_list(struct pm_buf *dst, const uint64_t *v, size_t n)
{
    uint64_t last = 0;

    put_varint(dst, n);
    for (size_t i = 0; i < n; i++) {
        put_varint(dst, (v[i] - last) >> HASH_BITS_CUT);
        last = v[i];
    }
}

void
pm_fingerprint_pack(const struct pm_fingerprint *f, struct pm_buf *dst)
{
    put_varint(dst, f->words);
    pm_buf_le64(dst, f->exact);
    put_list(dst, f->h5, f->n_h5);
    put_list(dst, f->hc, f->n_hc);
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
get_list(struct pm_str *src, struct pm_arena *arena, const uint64_t **dst, size_t *n)
{
    uint64_t count, gap, last = 0, *v;

    if (!get_varint(src, &count) || count > src->len)
        return false;
    v = pm_arena_array(arena, count ? count : 1, sizeof(*v));
    for (uint64_t i = 0; v != NULL && i < count; i++) {
        if (!get_varint(src, &gap) || (i > 0 && gap == 0) ||
            gap > (UINT64_MAX - last) >> HASH_BITS_CUT)
            return false;
        last += gap << HASH_BITS_CUT;
        v[i] = last;
    }
    *dst = v;
    *n = (size_t)count;
    return v != NULL;
}

int
pm_fingerprint_unpack(struct pm_str packed, struct pm_arena *arena, struct pm_fingerprint *dst,
                      struct pm_err *err)
{
    uint64_t words;

    *dst = (struct pm_fingerprint){0};
    if (!get_varint(&packed, &words) || words > UINT32_MAX || packed.len < 8)
        return pm_fail(err, PM_ECORRUPT, "damaged fingerprint");
    dst->words = (uint32_t)words;
    for (int i = 0; i < 8; i++)
        dst->exact |= (uint64_t)(unsigned char)packed.ptr[i] << (8 * i);
    packed.ptr += 8;
    packed.len -= 8;
    if (!get_list(&packed, arena, &dst->h5, &dst->n_h5) ||
        !get_list(&packed, arena, &dst->hc, &dst->n_hc) || packed.len != 0)
        return pm_arena_check(arena, err) != PM_OK ? err->code
                                                   : pm_fail(err, PM_ECORRUPT, "damaged fingerprint");
    return PM_OK;
}
