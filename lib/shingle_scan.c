#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "ascii.h"
#include "shingle_own.h"
#include "text.h"

enum { BLOCK = 64 }; /* bytes looked at together: a bit each in a word */

static const uint64_t NUMBER_MASK = ~(uint64_t)0 << PM_NUMBER_FREE;
static const uint64_t MUL_END = 0x6A09E667F3BCC909ULL; /* odd, its bits well spread: of the square root of 2 */

static void
add_word(struct pm_shingle_scan *t, uint64_t word)
{
    if (t->new_words == PM_STREAM_WORDS)
        pm_shingle_words(t);
    t->s->words[t->new_words++] = word;
    t->n_words++;
}

static void
add_char(struct pm_shingle_scan *t, unsigned char c)
{
    if (t->new_chars == PM_STREAM_CHARS)
        pm_shingle_chars(t);
    t->s->chars[t->new_chars++] = c;
    t->n_chars++;
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
 * Of a word of at most PM_WORD_PAIR bytes. `fold`: bits that make small letters of all its letters, which are ASCII,
 * with its digits as they are; or 0, the word is folded. Behind `p` 8 bytes can be read. No branch on the length, which
 * nobody can guess.
 */
static inline uint64_t
hash_pair(const char *p, size_t n, uint64_t fold)
{
    size_t start = n < 8 ? n : 8;
    uint64_t end = n > 8 ? UINT64_MAX : 0;

    end = ((load(p + n - start) | fold) & end) * MUL_END;
    end = end << 32 | end >> 32;
    return pm_shingle_mix(((load(p) | fold) & UINT64_MAX >> (64 - 8 * start)) * PM_SHINGLE_MUL + end + n);
}

/* The same of any word. */
static uint64_t
hash_word(const char *p, size_t n, uint64_t fold)
{
    char small[PM_WORD_MAX];

    if (n <= PM_WORD_PAIR)
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
add_number(struct pm_shingle_scan *t, const char *p, size_t n)
{
    size_t used = 0;

    while (used < n && (pm_ascii_digit(p[used]) || p[used] == '.'))
        used++;
    if (used < 2 || !pm_shingle_room(t, &t->s->numbers, 1))
        return;
    t->s->numbers.v[t->s->numbers.n++] = hash_word(p, used, 0) & NUMBER_MASK;
}

static void
end_word(struct pm_shingle_scan *t)
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

void
pm_shingle_end_line(struct pm_shingle_scan *t)
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
add_byte(struct pm_shingle_scan *t, char c)
{
    if (t->word_len < PM_WORD_MAX)
        t->word[t->word_len++] = c;
}

static void
add_folded(struct pm_shingle_scan *t, uint32_t cp)
{
    char utf8[4];
    utf8proc_ssize_t n;

    cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    n = utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)utf8);
    for (utf8proc_ssize_t i = 0; i < n; i++)
        add_byte(t, utf8[i]);
    pm_shingle_wide(t, cp);
}

/* In scripts without spaces two characters make a word, so that five words are six characters. */
static void
add_unspaced(struct pm_shingle_scan *t, uint32_t cp)
{
    uint32_t before = t->unspaced;

    if (t->word_len > 0)
        end_word(t);
    if (before != 0)
        add_word(t, pm_shingle_mix(((uint64_t)before << 32 | cp) * PM_SHINGLE_MUL));
    t->unspaced = cp;
    pm_shingle_wide(t, cp);
}

static bool
is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x02BC || cp == 0xFF07;
}

/* A code point outside ASCII. */
static void
add_wide(struct pm_shingle_scan *t, uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
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
scan_slowly(struct pm_shingle_scan *t, size_t i)
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
        } else if ((c == ',' || c == '.') && t->word_len > 0 && inside_number(text, t->word[t->word_len - 1], i)) {
            if (c == '.')
                add_byte(t, '.');
        } else if (c != '\'') {
            end_word(t);
            if (c == '\n')
                pm_shingle_end_line(t);
        }
        i++;
    }
    return i;
}

#ifdef __SSE2__

static const uint64_t SMALL_LETTERS = 0x2020202020202020ULL; /* bit 5 of each byte */

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

/* Whole words: `starts` has their first bytes, `ends` those behind them. From a word's start 16 bytes can be read. */
static void
scan_words(struct pm_shingle_scan *t, const char *p, uint64_t starts, uint64_t ends)
{
    struct pm_shingler *s = t->s;
    size_t words = t->new_words, chars = t->new_chars;

    for (; ends != 0; ends &= ends - 1, starts &= starts - 1) {
        unsigned from = (unsigned)__builtin_ctzll(starts), n = (unsigned)__builtin_ctzll(ends) - from;

        if (n <= PM_WORD_PAIR) {
            memcpy(s->chars + chars, p + from, PM_WORD_PAIR);
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
scan_lines(struct pm_shingle_scan *t, const char *p, const struct block *b, uint64_t whole)
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
        pm_shingle_end_line(t);
        starts &= ~part;
        ends &= ~part;
        lines &= lines - 1;
    }
}

/* Whole words of the block at `i`, where a word may start, as far as there is nothing special; bytes used. */
static size_t
scan_block(struct pm_shingle_scan *t, size_t i)
{
    const char *p = t->text.ptr + i;
    size_t left = t->text.len - i, n;
    char tail[BLOCK + PM_WORD_PAIR] = {0};
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
    if (t->new_words + BLOCK / 2 > PM_STREAM_WORDS)
        pm_shingle_words(t);
    if (t->new_chars + BLOCK > PM_STREAM_CHARS)
        pm_shingle_chars(t);
    scan_lines(t, p, &b, UINT64_MAX >> (BLOCK - n));
    return n < left ? n : left;
}

#else

static size_t
scan_block(struct pm_shingle_scan *t, size_t i)
{
    (void)t;
    (void)i;
    return 0;
}

#endif

void
pm_shingle_scan(struct pm_shingle_scan *t)
{
    struct pm_str text = t->text;

    for (size_t i = 0, n; i < text.len && !t->failed; i += n) {
        n = t->word_len > 0 || t->unspaced != 0 ? 0 : scan_block(t, i);
        if (n == 0)
            n = scan_slowly(t, i) - i;
    }
    end_word(t);
    pm_shingle_words(t);
    pm_shingle_chars(t);
}
