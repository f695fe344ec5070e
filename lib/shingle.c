#include "shingle.h"

#include <stdlib.h>
#include <utf8proc.h>
#include <xxhash.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ascii.h"
#include "text.h"

enum {
    WORDS = PM_SHINGLE_WORDS,
    CHARS = PM_SHINGLE_CHARS,
    WORD_MAX = 64,       /* bytes of a word that count; longer ones are no words of a language */
    WORD_PAIR = 16,      /* bytes that two loads see */
    STREAM_WORDS = 512,  /* words hashed before they are put into shingles, */
    STREAM_CHARS = 2048, /* and characters; 16 bytes more can be written */
    CHAR_SHIFT = 5,      /* 12 times 5 bits and 5 times 12 bits: */
    WORD_SHIFT = 12,
    BLOCK = 64,          /* bytes looked at together: a bit each in a word */
    WINDOW_BITS = 60,    /* what an element weighs is shifted out of 64 bits when it leaves the window */
};

static const uint64_t HASH_MASK = ~(uint64_t)0 << PM_HASH_FREE;
static const uint64_t NUMBER_MASK = ~(uint64_t)0 << PM_NUMBER_FREE;
/* Odd multipliers with well spread bits: of the golden ratio (Fibonacci hashing), and of the square root of 2. */
static const uint64_t SMALL_LETTERS = 0x2020202020202020ULL; /* bit 5 of each byte */
static const uint64_t MUL = 0x9E3779B97F4A7C15ULL, MUL_END = 0x6A09E667F3BCC909ULL;

struct hashes {
    uint64_t *v;
    size_t n, cap;
};

struct pm_shingler {
    struct hashes h5, hc, numbers, scratch;
    struct pm_line_end *lines;
    size_t n_lines, cap_lines;
    uint32_t *at_hc; /* cap_at, at least as many as there is room for in hc while they are asked for */
    size_t cap_at;
    XXH3_state_t *exact;
    uint64_t words[STREAM_WORDS];
    unsigned char chars[STREAM_CHARS + WORD_PAIR];
    uint64_t weight[256]; /* of ASCII letters (both cases alike) and digits; 0 for all else */
};

/*
 * One text on its way through. Both windows are sums of weights, shifted up with each element that comes in: a gear hash
 * (Xia et al. 2016) whose weights have their low 4 bits clear, so that it depends on exactly the last 12
 * characters or 5 words, the oldest by its few bits that are left.
 */
struct scan {
    struct pm_shingler *s;
    struct pm_str text;
    uint64_t limit_h5, limit_hc;
    uint64_t char_window, word_window;
    uint64_t n_words, n_chars;  /* up to here, */
    size_t new_words, new_chars; /* of which so many are in no shingle yet */
    char word[WORD_MAX + 8];    /* the word under way, folded; 8 bytes more can be read */
    size_t word_len;
    uint32_t unspaced;          /* the character before, in a script without spaces; 0 if none */
    bool with_lines, failed;
};

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

static uint64_t
weight_of(uint32_t cp)
{
    return mix((cp + 1) * MUL) << (64 - WINDOW_BITS);
}

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
    for (uint32_t c = 'a'; c <= 'z'; c++)
        s->weight[c] = s->weight[c - 'a' + 'A'] = weight_of(c);
    for (uint32_t c = '0'; c <= '9'; c++)
        s->weight[c] = weight_of(c);
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
    free(s->numbers.v);
    free(s->scratch.v);
    free(s->lines);
    free(s->at_hc);
    free(s);
}

/* ---- hashes ---- */

static bool
make_room(struct scan *t, struct hashes *h, size_t more)
{
    uint64_t *grown;

    if (h->cap - h->n >= more)
        return true;
    grown = pm_grow(h->v, &h->cap, h->n + more, sizeof(*h->v));
    if (grown == NULL) {
        t->failed = true;
        return false;
    }
    h->v = grown;
    return true;
}

/* How many of the elements that come next are followed by too few to make a shingle of `window`. */
static size_t
too_early(uint64_t before, size_t n, size_t window)
{
    size_t early = before < window - 1 ? window - 1 - (size_t)before : 0;

    return early < n ? early : n;
}

/* Put the words that were hashed into shingles. */
static void
flush_words(struct scan *t)
{
    struct hashes *h5 = &t->s->h5;
    const uint64_t *words = t->s->words;
    uint64_t window = t->word_window, limit = t->limit_h5;
    size_t n = t->new_words, early = too_early(t->n_words - n, n, WORDS), kept = h5->n;

    t->new_words = 0;
    if (!make_room(t, h5, n + 1))
        return;
    (void)XXH3_64bits_update(t->s->exact, words, n * sizeof(*words));
    for (size_t i = 0; i < n; i++) {
        window = (window << WORD_SHIFT) + (words[i] << (64 - WINDOW_BITS));
        h5->v[kept] = window & HASH_MASK;
        kept += i >= early && window <= limit;
    }
    t->word_window = window;
    h5->n = kept;
}

/* One character more. Both that a shingle is kept and where it starts are written without a branch: a guess would be wrong often. */
static void
add_weight(struct scan *t, uint64_t weight, uint64_t n_chars)
{
    struct hashes *hc = &t->s->hc;

    t->char_window = (t->char_window << CHAR_SHIFT) + weight;
    hc->v[hc->n] = t->char_window & HASH_MASK;
    if (t->with_lines)
        t->s->at_hc[hc->n] = (uint32_t)(n_chars - CHARS);
    hc->n += n_chars >= CHARS && t->char_window <= t->limit_hc;
}

/* Room for the shingles of `n` characters, one of them written in vain. */
static bool
make_room_chars(struct scan *t, size_t n)
{
    struct pm_shingler *s = t->s;
    uint32_t *grown;

    if (!make_room(t, &s->hc, n + 1))
        return false;
    if (!t->with_lines || s->cap_at >= s->hc.cap)
        return true;
    grown = pm_grow(s->at_hc, &s->cap_at, s->hc.cap, sizeof(*grown));
    t->failed = grown == NULL;
    if (grown != NULL)
        s->at_hc = grown;
    return grown != NULL;
}

/* Put the characters that were gathered into shingles. */
static void
flush_chars(struct scan *t)
{
    struct pm_shingler *s = t->s;
    const uint64_t *weights = s->weight;
    uint64_t window, limit = t->limit_hc, before = t->n_chars - t->new_chars, *out;
    size_t n = t->new_chars, i, kept, early = too_early(before, n, CHARS);

    t->new_chars = 0;
    if (!make_room_chars(t, n))
        return;
    for (i = 0; i < early; i++)
        add_weight(t, weights[s->chars[i]], before + i + 1);
    window = t->char_window;
    kept = s->hc.n;
    out = s->hc.v;
    if (t->with_lines)
        for (; i < n; i++) {
            window = (window << CHAR_SHIFT) + weights[s->chars[i]];
            out[kept] = window & HASH_MASK;
            s->at_hc[kept] = (uint32_t)(before + i + 1 - CHARS);
            kept += window <= limit;
        }
    else
        for (; i < n; i++) {
            window = (window << CHAR_SHIFT) + weights[s->chars[i]];
            out[kept] = window & HASH_MASK;
            kept += window <= limit;
        }
    t->char_window = window;
    s->hc.n = kept;
}

static void
add_word(struct scan *t, uint64_t word)
{
    if (t->new_words == STREAM_WORDS)
        flush_words(t);
    t->s->words[t->new_words++] = word;
    t->n_words++;
}

static void
add_char(struct scan *t, unsigned char c)
{
    if (t->new_chars == STREAM_CHARS)
        flush_chars(t);
    t->s->chars[t->new_chars++] = c;
    t->n_chars++;
}

static void
add_wide_char(struct scan *t, uint32_t cp)
{
    flush_chars(t);
    if (make_room_chars(t, 1))
        add_weight(t, weight_of(cp), ++t->n_chars);
}

/* ---- words ---- */

static uint64_t
load(const char *p)
{
    uint64_t v;

    memcpy(&v, p, sizeof(v));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    v = __builtin_bswap64(v); /* the same hashes on every machine */
#endif
    return v;
}

/*
 * Of a word of at most WORD_PAIR bytes. `fold`: bits that make small letters of all its letters, which are ASCII, with its
 * digits as they are; or 0, the word is folded. Behind `p` 8 bytes can be read. No branch on the length, which nobody can guess.
 */
static inline uint64_t
hash_pair(const char *p, size_t n, uint64_t fold)
{
    size_t start = n < 8 ? n : 8;
    uint64_t end = n > 8 ? UINT64_MAX : 0;

    end = ((load(p + n - start) | fold) & end) * MUL_END;
    return mix(((load(p) | fold) & UINT64_MAX >> (64 - 8 * start)) * MUL + (end << 32 | end >> 32) + n);
}

/* The same of any word. */
static uint64_t
hash_word(const char *p, size_t n, uint64_t fold)
{
    char small[WORD_MAX];

    if (n <= WORD_PAIR)
        return hash_pair(p, n, fold);
    for (size_t i = 0; i < n; i++)
        small[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] | 0x20) : p[i];
    return XXH3_64bits(small, n);
}

/*
 * A word that begins with a number, unless that has one digit: those are spelled out by some houses. Thousands
 * separators were dropped, so 1,234 is 1234.
 */
static void
add_number(struct scan *t, const char *p, size_t n)
{
    size_t used = 0;

    while (used < n && (pm_ascii_digit(p[used]) || p[used] == '.'))
        used++;
    if (used < 2 || !make_room(t, &t->s->numbers, 1))
        return;
    t->s->numbers.v[t->s->numbers.n++] = hash_word(p, used, 0) & NUMBER_MASK;
}

static void
end_word(struct scan *t)
{
    t->unspaced = 0;
    if (t->word_len == 0)
        return;
    memset(t->word + t->word_len, 0, 8);
    if (pm_ascii_digit(t->word[0]))
        add_number(t, t->word, t->word_len);
    add_word(t, hash_word(t->word, t->word_len, 0));
    t->word_len = 0;
}

static void
end_line(struct scan *t)
{
    struct pm_shingler *s = t->s;
    struct pm_line_end *grown;

    if (!t->with_lines)
        return;
    grown = pm_grow(s->lines, &s->cap_lines, s->n_lines + 1, sizeof(*grown));
    if (grown == NULL) {
        t->failed = true;
        return;
    }
    s->lines = grown;
    s->lines[s->n_lines++] =
        (struct pm_line_end){(uint32_t)t->n_words, (uint32_t)t->n_chars, (uint32_t)s->numbers.n, 0};
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
    add_wide_char(t, cp);
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
    add_wide_char(t, cp);
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

/* A comma or point between digits belongs to the number; the comma is only looks. */
static bool
inside_number(struct pm_str text, char before, size_t i)
{
    return pm_ascii_digit(before) && i + 1 < text.len && pm_ascii_digit(text.ptr[i + 1]);
}

/*
 * Characters one by one from `i` on, to where a word starts. Returns the offset behind them.
 */
static size_t
scan_slowly(struct scan *t, size_t i)
{
    struct pm_str text = t->text;
    size_t from = i;

    while (i < text.len && !t->failed) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c >= 0x80) {
            add_wide(t, pm_utf8_next(text, &i));
            continue;
        }
        if (t->s->weight[c] != 0) {
            if (t->word_len == 0 && t->unspaced == 0 && i > from)
                return i;
            add_byte(t, (char)(c | 0x20));
            add_char(t, c);
        } else if ((c == ',' || c == '.') && t->word_len > 0 &&
                   inside_number(text, t->word[t->word_len - 1], i)) {
            if (c == '.')
                add_byte(t, '.');
        } else if (c != '\'') {
            end_word(t);
            if (c == '\n')
                end_line(t);
        }
        i++;
    }
    return i;
}

#ifdef __SSE2__

/* What 64 bytes are: a bit each, the first lowest. */
struct block {
    uint64_t alnum, digit, point, line, odd; /* point: comma, full stop; odd: no ASCII, or an apostrophe */
};

static __m128i
between(__m128i v, char low, char high)
{
    return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)(low - 1))),
                         _mm_cmplt_epi8(v, _mm_set1_epi8((char)(high + 1))));
}

static uint64_t
bits_of(__m128i v)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

static void
look_at(const char *p, struct block *b)
{
    *b = (struct block){0};
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i digit = between(v, '0', '9');
        __m128i letter = between(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z');
        /* A comma is a full stop but for one bit. */
        __m128i point = _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(2)), _mm_set1_epi8('.'));

        b->alnum |= bits_of(_mm_or_si128(letter, digit)) << i;
        b->digit |= bits_of(digit) << i;
        b->point |= bits_of(point) << i;
        b->line |= bits_of(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))) << i;
        b->odd |= bits_of(_mm_or_si128(v, _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')))) << i;
    }
}

/* Whole words; of each, `starts` has its first byte and `ends` the one behind it. Behind a word 16 bytes can be read. */
static void
scan_words(struct scan *t, const char *p, uint64_t starts, uint64_t ends)
{
    struct pm_shingler *s = t->s;
    size_t words = t->new_words, chars = t->new_chars;

    for (; ends != 0; ends &= ends - 1, starts &= starts - 1) {
        unsigned from = (unsigned)__builtin_ctzll(starts), n = (unsigned)__builtin_ctzll(ends) - from;

        if (n <= WORD_PAIR) {
            memcpy(s->chars + chars, p + from, WORD_PAIR);
            s->words[words++] = hash_pair(p + from, n, SMALL_LETTERS);
        } else {
            memcpy(s->chars + chars, p + from, n);
            s->words[words++] = hash_word(p + from, n, SMALL_LETTERS);
        }
        chars += n;
    }
    t->n_words += words - t->new_words;
    t->n_chars += chars - t->new_chars;
    t->new_words = words;
    t->new_chars = chars;
}

/* Whole words of the block at `p`, and the lines that end among them. */
static void
scan_lines(struct scan *t, const char *p, const struct block *b, uint64_t whole)
{
    uint64_t starts = b->alnum & ~(b->alnum << 1) & whole, ends = ~b->alnum & b->alnum << 1 & whole;
    uint64_t lines = t->with_lines ? b->line & whole : 0;

    for (;;) {
        uint64_t part = lines != 0 ? lines ^ (lines - 1) : UINT64_MAX; /* up to the end of the line */

        for (uint64_t digits = starts & b->digit & part; digits != 0; digits &= digits - 1) {
            unsigned from = (unsigned)__builtin_ctzll(digits);

            add_number(t, p + from, (unsigned)__builtin_ctzll(ends & UINT64_MAX << from) - from);
        }
        scan_words(t, p, starts & part, ends & part);
        if (lines == 0)
            return;
        end_line(t);
        starts &= ~part;
        ends &= ~part;
        lines &= lines - 1;
    }
}

/* Whole words of the block at `i`, where a word may start, as far as there is nothing special; bytes used. */
static size_t
scan_block(struct scan *t, size_t i)
{
    const char *p = t->text.ptr + i;
    size_t left = t->text.len - i, n;
    char tail[BLOCK + WORD_PAIR] = {0};
    uint64_t odd, apart;
    struct block b;

    if (left < sizeof(tail))
        p = memcpy(tail, p, left);
    look_at(p, &b);
    odd = b.odd | (b.point & b.digit << 1 & (b.digit >> 1 | (uint64_t)pm_ascii_digit(p[BLOCK]) << 63));
    apart = ~b.alnum & (odd != 0 ? (odd & -odd) - 1 : UINT64_MAX);
    if (apart == 0)
        return 0;
    n = BLOCK - (size_t)__builtin_clzll(apart); /* up to the last byte that is in no word, before what is special */
    if (t->new_words + BLOCK / 2 > STREAM_WORDS)
        flush_words(t);
    if (t->new_chars + BLOCK > STREAM_CHARS)
        flush_chars(t);
    scan_lines(t, p, &b, UINT64_MAX >> (BLOCK - n));
    return n < left ? n : left;
}

#else

static size_t
scan_block(struct scan *t, size_t i)
{
    (void)t;
    (void)i;
    return 0;
}

#endif

static void
scan_text(struct scan *t)
{
    struct pm_str text = t->text;

    for (size_t i = 0, n; i < text.len && !t->failed; i += n) {
        n = t->word_len > 0 || t->unspaced != 0 ? 0 : scan_block(t, i);
        if (n == 0)
            n = scan_slowly(t, i) - i;
    }
    end_word(t);
    flush_words(t);
    flush_chars(t);
}

/* Scan a text into the handle's lists, hashes up to the limits. */
static int
run(struct scan *t, struct pm_err *err)
{
    struct pm_shingler *s = t->s;

    (void)XXH3_64bits_reset(s->exact); /* fails for NULL only */
    s->h5.n = s->hc.n = s->numbers.n = s->n_lines = 0;
    scan_text(t);
    return t->failed ? pm_fail(err, PM_ENOMEM, "out of memory") : PM_OK;
}

/* ---- fingerprints ---- */

static bool
sort_unique(struct pm_shingler *s, struct hashes *h, size_t kept)
{
    uint64_t *scratch = pm_grow(s->scratch.v, &s->scratch.cap, h->n, sizeof(*scratch));

    if (scratch == NULL)
        return false;
    s->scratch.v = scratch;
    h->n = pm_hashes_sort(h->v, h->n, scratch);
    if (h->n > kept)
        h->n = kept;
    return true;
}

int
pm_fingerprint(struct pm_shingler *s, struct pm_str text, struct pm_fingerprint *dst, struct pm_err *err)
{
    struct scan t = {.s = s, .text = text, .limit_h5 = PM_H5_LIMIT, .limit_hc = PM_HC_LIMIT};
    int rc = run(&t, err);

    *dst = (struct pm_fingerprint){0};
    if (rc != PM_OK)
        return rc;
    if (!sort_unique(s, &s->h5, PM_H5_KEPT) || !sort_unique(s, &s->hc, PM_HC_KEPT) ||
        !sort_unique(s, &s->numbers, PM_NUMBERS_KEPT))
        return pm_fail(err, PM_ENOMEM, "out of memory");
    *dst = (struct pm_fingerprint){
        .h5 = s->h5.v,
        .hc = s->hc.v,
        .numbers = s->numbers.v,
        .n_h5 = s->h5.n,
        .n_hc = s->hc.n,
        .n_numbers = s->numbers.n,
        .words = t.n_words > UINT32_MAX ? UINT32_MAX : (uint32_t)t.n_words,
        .exact = XXH3_64bits_digest(s->exact),
    };
    return PM_OK;
}

int
pm_shingles(struct pm_shingler *s, struct pm_str text, struct pm_shingles *dst, struct pm_err *err)
{
    struct scan t = {
        .s = s, .text = text, .limit_h5 = UINT64_MAX, .limit_hc = UINT64_MAX / PM_PROFILE_CHARS, .with_lines = true};
    int rc = text.len < UINT32_MAX / 4 ? PM_OK : pm_fail(err, PM_ELIMIT, "text has too many shingles");

    if (rc == PM_OK) {
        rc = run(&t, err);
        end_line(&t); /* the end of the text, once more if its last line ended */
    }
    if (rc == PM_OK && t.failed)
        rc = pm_fail(err, PM_ENOMEM, "out of memory");
    if (rc != PM_OK)
        return rc;
    for (size_t i = 0, k = 0; i < s->n_lines; i++) {
        while (k < s->hc.n && s->at_hc[k] < s->lines[i].character)
            k++;
        s->lines[i].hc = (uint32_t)k;
    }
    *dst = (struct pm_shingles){
        .h5 = s->h5.v,
        .hc = s->hc.v,
        .at_hc = s->at_hc,
        .numbers = s->numbers.v,
        .lines = s->lines,
        .n_h5 = (uint32_t)s->h5.n,
        .n_hc = (uint32_t)s->hc.n,
        .n_numbers = (uint32_t)s->numbers.n,
        .n_lines = (uint32_t)s->n_lines,
        .words = (uint32_t)t.n_words,
    };
    return PM_OK;
}
