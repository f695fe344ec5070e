/*
 * phrases.c - an index of the phrase table by hash, and the scan of a line.
 *
 * A line becomes tokens: words in lower case, and single characters of the scripts that do not put
 * spaces between words. A phrase is a run of tokens. The index knows for each first token how many
 * tokens its longest phrase has; most words of a line begin none, which one bit tells.
 */
#include "phrases.h"

#include <stdlib.h>
#include <xxhash.h>

#include "ascii.h"
#include "chars.h"
#include "text.h"

enum { TOKENS_MAX = 192, PHRASE_TOKENS_MAX = 24, FIRST_BITS = 16 };

#define HASH_SEED UINT64_C(0x2545F4914F6CDD1D)

struct slot {
    uint64_t hash;    /* 0: empty */
    uint32_t classes; /* of the phrase with this hash; 0: none, only a first token */
    uint32_t longest; /* tokens of the longest phrase that begins with this token */
};

struct pm_phrases {
    struct slot *slots;
    size_t mask, used;
    uint64_t first[1 << (FIRST_BITS - 6)]; /* bits of the hashes of first tokens: most words of a
                                              line are none */
};

/* The tokens of a line. */
struct tokens {
    size_t n;
    bool whole; /* all of the line is in it */
    struct token {
        uint64_t hash;  /* of its characters in lower case */
        uint64_t full;  /* of those and of apostrophes behind it, which count inside a phrase */
        uint16_t until; /* where it ends in the line */
        bool dense, number;
    } t[TOKENS_MAX];
};

static uint64_t
hash_char(uint64_t h, uint32_t c)
{
    return (h ^ c) * UINT64_C(0x9E3779B97F4A7C15);
}

static uint64_t
hash_token(uint64_t h, uint64_t token)
{
    h = (h ^ token ^ token >> 32) * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 32;
}

/* Scripts written without spaces: each character is a token. */
static bool
is_dense(uint32_t cp)
{
    return (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) || (cp >= 0x1780 && cp <= 0x17FF) ||
           (cp >= 0x2E80 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* A letter, mark or digit beyond ASCII in lower case; 0 for anything else. */
static uint32_t
fold_wide(uint32_t cp, bool *digit)
{
    enum pm_char_kind k = pm_char_kind(cp);

    *digit = k == PM_CHAR_DIGIT;
    if (pm_char_kind_is_letter(k))
        return pm_char_lower_of(cp, k);
    return *digit ? cp : 0;
}

/* One more token, open for characters; NULL when there are too many. */
static struct token *
add_token(struct tokens *dst, bool dense)
{
    struct token *t;

    if (dst->n == TOKENS_MAX) {
        dst->whole = false;
        return NULL;
    }
    t = &dst->t[dst->n++];
    t->full = HASH_SEED;
    t->dense = dense;
    t->number = true;
    return t;
}

/* Letters and digits of ASCII, in lower case; 0 for all else. */
static const unsigned char fold[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8',
    ['9'] = '9', ['a'] = 'a', ['A'] = 'a', ['b'] = 'b', ['B'] = 'b', ['c'] = 'c', ['C'] = 'c', ['d'] = 'd', ['D'] = 'd',
    ['e'] = 'e', ['E'] = 'e', ['f'] = 'f', ['F'] = 'f', ['g'] = 'g', ['G'] = 'g', ['h'] = 'h', ['H'] = 'h', ['i'] = 'i',
    ['I'] = 'i', ['j'] = 'j', ['J'] = 'j', ['k'] = 'k', ['K'] = 'k', ['l'] = 'l', ['L'] = 'l', ['m'] = 'm', ['M'] = 'm',
    ['n'] = 'n', ['N'] = 'n', ['o'] = 'o', ['O'] = 'o', ['p'] = 'p', ['P'] = 'p', ['q'] = 'q', ['Q'] = 'q', ['r'] = 'r',
    ['R'] = 'r', ['s'] = 's', ['S'] = 's', ['t'] = 't', ['T'] = 't', ['u'] = 'u', ['U'] = 'u', ['v'] = 'v', ['V'] = 'v',
    ['w'] = 'w', ['W'] = 'w', ['x'] = 'x', ['X'] = 'x', ['y'] = 'y', ['Y'] = 'y', ['z'] = 'z', ['Z'] = 'z',
};

/* The letters and digits of ASCII from s[i] on go to `t`; where they end. */
static size_t
take_ascii(struct pm_str s, size_t i, struct token *t)
{
    uint64_t h = t->full;
    unsigned char c, seen = 0;

    for (; i < s.len && (c = fold[(unsigned char)s.ptr[i]]) != 0; i++) {
        seen |= c;
        h = hash_char(h, c);
    }
    t->hash = t->full = h;
    t->number = t->number && !(seen & 0x40); /* a bit that all letters have and no digit */
    t->until = (uint16_t)i;
    return i;
}

static void
tokenise(struct pm_str line, struct tokens *dst)
{
    struct pm_str s = PM_STRN(line.ptr, line.len > PM_PHRASE_SPAN ? PM_PHRASE_SPAN : line.len);
    struct token *open = NULL;
    size_t i = 0;

    dst->n = 0;
    dst->whole = s.len == line.len;
    while (i < s.len) {
        bool digit, dense;
        uint32_t cp, low;

        if (pm_ascii_alnum(s.ptr[i])) {
            if (open == NULL || open->dense)
                open = add_token(dst, false);
            if (open == NULL)
                return;
            i = take_ascii(s, i, open);
            continue;
        }
        cp = pm_utf8_next(s, &i);
        if (open != NULL && (cp == '\'' || cp == 0x2019)) {
            open->full = hash_char(open->full, '\'');
            continue;
        }
        low = cp < 0x80 ? 0 : fold_wide(cp, &digit);
        dense = low != 0 && is_dense(cp);
        if (low == 0 || dense || (open != NULL && open->dense))
            open = NULL;
        if (low == 0)
            continue;
        if (open == NULL)
            open = add_token(dst, dense);
        if (open == NULL)
            return;
        open->hash = open->full = hash_char(open->full, low);
        open->until = (uint16_t)i;
        open->number = open->number && digit;
    }
}

static struct slot *
find_slot(const struct pm_phrases *p, uint64_t hash)
{
    size_t i = hash & p->mask;

    while (p->slots[i].hash != 0 && p->slots[i].hash != hash)
        i = (i + 1) & p->mask;
    return &p->slots[i];
}

/* The hash of a span of tokens of which `before` is that of all but the last; never 0. */
static uint64_t
span_hash(uint64_t before, const struct token *last)
{
    return hash_token(before, last->hash) | 1;
}

static size_t
first_bit(uint64_t token)
{
    return token >> (64 - FIRST_BITS);
}

static void
add_phrase(struct pm_phrases *p, struct pm_str phrase, uint32_t classes)
{
    uint64_t before = HASH_SEED, hash;
    struct tokens t;
    struct slot *s;

    tokenise(phrase, &t);
    if (t.n == 0 || t.n > PHRASE_TOKENS_MAX)
        return;
    for (size_t i = 0; i + 1 < t.n; i++)
        before = hash_token(before, t.t[i].full);
    hash = span_hash(before, &t.t[t.n - 1]);
    s = find_slot(p, hash);
    s->hash = hash;
    s->classes |= classes;
    hash = span_hash(HASH_SEED, &t.t[0]);
    s = find_slot(p, hash);
    s->hash = hash;
    if (s->longest < t.n)
        s->longest = (uint32_t)t.n;
    p->first[first_bit(t.t[0].hash) / 64] |= UINT64_C(1) << first_bit(t.t[0].hash) % 64;
}

static size_t
count_phrases(void)
{
    size_t n = 0;

    for (size_t r = 0; r < pm_phrase_table_rows; r++) {
        n++;
        for (const char *c = pm_phrase_table[r].phrases; *c; c++)
            n += *c == '|';
    }
    return n;
}

static void
add_row(struct pm_phrases *p, const struct pm_phrase_row *row)
{
    struct pm_str rest = pm_str_of(row->phrases);

    for (;;) {
        size_t bar = pm_str_find(rest, PM_STR("|"), 0);

        add_phrase(p, PM_STRN(rest.ptr, bar == SIZE_MAX ? rest.len : bar), row->classes);
        if (bar == SIZE_MAX)
            return;
        rest = PM_STRN(rest.ptr + bar + 1, rest.len - bar - 1);
    }
}

int
pm_phrases_new(struct pm_phrases **dst, struct pm_err *err)
{
    struct pm_phrases *p = calloc(1, sizeof(*p));
    size_t want = count_phrases() * 4, size = 64;

    *dst = NULL;
    while (size < want)
        size *= 2;
    if (p != NULL)
        p->slots = calloc(size, sizeof(*p->slots));
    if (p == NULL || p->slots == NULL) {
        pm_phrases_free(p);
        return pm_fail(err, PM_ENOMEM, "out of memory");
    }
    p->mask = size - 1;
    for (size_t r = 0; r < pm_phrase_table_rows; r++)
        add_row(p, &pm_phrase_table[r]);
    *dst = p;
    return PM_OK;
}

void
pm_phrases_free(struct pm_phrases *p)
{
    if (p == NULL)
        return;
    free(p->slots);
    free(p);
}

/* The longest phrase that begins at token `i`: its number of tokens (0: none) and *classes. */
static size_t
longest_at(const struct pm_phrases *p, const struct tokens *t, size_t i, uint32_t *classes)
{
    size_t bit = first_bit(t->t[i].hash), n, best = 0;
    uint64_t before = HASH_SEED;

    if (!(p->first[bit / 64] >> bit % 64 & 1))
        return 0;
    n = find_slot(p, span_hash(before, &t->t[i]))->longest;
    if (n > t->n - i)
        n = t->n - i;
    for (size_t k = 0; k < n; k++) {
        const struct slot *s = find_slot(p, span_hash(before, &t->t[i + k]));

        if (s->classes != 0) {
            *classes = s->classes;
            best = k + 1;
        }
        before = hash_token(before, t->t[i + k].full);
    }
    return best;
}

/* Where the text behind a phrase begins: behind its punctuation and spaces. */
static uint32_t
behind(struct pm_str line, size_t from)
{
    while (from < line.len && line.ptr[from] != '\0' && strchr(" :.-|/>=,", line.ptr[from]) != NULL)
        from++;
    if (pm_str_starts(PM_STRN(line.ptr + from, line.len - from), PM_STR("\xEF\xBC\x9A"))) /* U+FF1A */
        from += 3;
    return (uint32_t)from;
}

/* Of all tokens, the last one's apostrophes too; never 0. */
static uint64_t
tokens_hash(const struct tokens *t)
{
    uint64_t h = HASH_SEED;

    for (size_t i = 0; i < t->n; i++)
        h = hash_token(h, t->t[i].full);
    return h | 1;
}

void
pm_phrases_scan(const struct pm_phrases *p, struct pm_str line, struct pm_phrase_hits *dst)
{
    struct tokens t;
    size_t i = 0, numbers = 0;

    *dst = (struct pm_phrase_hits){0};
    tokenise(line, &t);
    dst->tokens = (uint32_t)t.n;
    if (t.n == 0)
        return;
    dst->hash = t.whole ? tokens_hash(&t) : XXH3_64bits(line.ptr, line.len);
    while (i < t.n) {
        uint32_t classes = 0;
        size_t n = longest_at(p, &t, i, &classes);

        if (n == 0) {
            if (t.t[i].number) {
                numbers++;
                dst->covered++;
            }
            i++;
            continue;
        }
        dst->covered += (uint32_t)n;
        dst->covering |= classes;
        if (i == 0) {
            dst->start = classes;
            dst->start_len = behind(line, t.t[n - 1].until);
        }
        if (n > 1 && (!t.t[i].dense || n > 2))
            dst->inside |= classes;
        i += n;
        if (i == t.n && t.whole)
            dst->end = classes;
        if (n + numbers == t.n && t.whole)
            dst->whole = classes;
    }
    /* "Comments 12": the phrase came before its number. */
    if (dst->covered == dst->tokens && dst->whole == 0 && t.whole && dst->start == dst->covering)
        dst->whole = dst->start;
}
