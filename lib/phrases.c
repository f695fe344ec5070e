/*
 * phrases.c - an index of the phrase table by hash, and the scan of a line.
 *
 * A line becomes tokens: words in lower case, and single characters of the scripts that do not put
 * spaces between words. A phrase is a run of tokens. The index knows for each first token how many
 * tokens its longest phrase has, so most words of a line cost one look-up.
 */
#include "phrases.h"

#include <stdlib.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "text.h"

enum { TOKENS_MAX = 192, FOLD_MAX = PM_PHRASE_SPAN * 3 + 16, PHRASE_TOKENS_MAX = 24 };

struct slot {
    uint64_t hash;    /* 0: empty */
    uint32_t classes; /* of the phrase with this hash; 0: none, only a first token */
    uint32_t longest; /* tokens of the longest phrase that begins with this token */
};

struct pm_phrases {
    struct slot *slots;
    size_t mask, used;
};

/* The tokens of a line: spans of `fold`, and where each begins and ends in the line. */
struct tokens {
    char fold[FOLD_MAX];
    size_t fold_len, n;
    bool whole; /* all of the line is in it */
    struct token {
        uint16_t at, end;     /* in fold */
        uint16_t from, until; /* in the line */
        bool dense, number;
    } t[TOKENS_MAX];
};

/* Scripts written without spaces: each character is a token. */
static bool
is_dense(uint32_t cp)
{
    return (cp >= 0x0E00 && cp <= 0x0EFF) || (cp >= 0x1000 && cp <= 0x109F) ||
           (cp >= 0x1780 && cp <= 0x17FF) || (cp >= 0x2E80 && cp <= 0x30FF) ||
           (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* A letter, mark or digit in lower case; 0 for anything else. */
static uint32_t
fold_char(uint32_t cp, bool *digit)
{
    utf8proc_category_t cat;

    *digit = false;
    if (cp < 0x80) {
        if (cp >= '0' && cp <= '9') {
            *digit = true;
            return cp;
        }
        if (cp >= 'A' && cp <= 'Z')
            return cp + 32;
        return cp >= 'a' && cp <= 'z' ? cp : 0;
    }
    cat = utf8proc_category((utf8proc_int32_t)cp);
    if (cat >= UTF8PROC_CATEGORY_LU && cat <= UTF8PROC_CATEGORY_ME)
        return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    if (cat >= UTF8PROC_CATEGORY_ND && cat <= UTF8PROC_CATEGORY_NO) {
        *digit = true;
        return cp;
    }
    return 0;
}

static size_t
put_utf8(char *dst, uint32_t cp)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)dst);
}

static void
tokenise(struct pm_str line, struct tokens *dst)
{
    struct pm_str s = PM_STRN(line.ptr, line.len > PM_PHRASE_SPAN ? PM_PHRASE_SPAN : line.len);
    struct token *open = NULL;
    size_t i = 0;

    dst->fold_len = dst->n = 0;
    dst->whole = s.len == line.len;
    while (i < s.len) {
        size_t from = i;
        bool digit, dense;
        uint32_t cp = pm_utf8_next(s, &i), low;

        if (open != NULL && (cp == '\'' || cp == 0x2019)) {
            dst->fold[dst->fold_len++] = '\'';
            continue;
        }
        low = fold_char(cp, &digit);
        dense = low != 0 && is_dense(cp);
        if (low == 0 || dense || (open != NULL && open->dense))
            open = NULL;
        if (low == 0)
            continue;
        if (open == NULL) {
            if (dst->n == TOKENS_MAX) {
                dst->whole = false;
                return;
            }
            if (dst->n && !(dense && dst->t[dst->n - 1].dense))
                dst->fold[dst->fold_len++] = ' ';
            open = &dst->t[dst->n++];
            *open = (struct token){.at = (uint16_t)dst->fold_len,
                                   .from = (uint16_t)from,
                                   .dense = dense,
                                   .number = true};
        }
        dst->fold_len += put_utf8(dst->fold + dst->fold_len, low);
        open->end = (uint16_t)dst->fold_len;
        open->until = (uint16_t)i;
        if (!digit)
            open->number = false;
    }
}

static uint64_t
span_hash(const struct tokens *t, size_t first, size_t n)
{
    uint64_t h =
        XXH3_64bits(t->fold + t->t[first].at, (size_t)(t->t[first + n - 1].end - t->t[first].at));

    return h ? h : 1;
}

static struct slot *
find_slot(const struct pm_phrases *p, uint64_t hash)
{
    size_t i = hash & p->mask;

    while (p->slots[i].hash != 0 && p->slots[i].hash != hash)
        i = (i + 1) & p->mask;
    return &p->slots[i];
}

static void
add_phrase(struct pm_phrases *p, struct pm_str phrase, uint32_t classes)
{
    struct tokens t;
    struct slot *s;

    tokenise(phrase, &t);
    if (t.n == 0 || t.n > PHRASE_TOKENS_MAX)
        return;
    s = find_slot(p, span_hash(&t, 0, t.n));
    s->hash = span_hash(&t, 0, t.n);
    s->classes |= classes;
    s = find_slot(p, span_hash(&t, 0, 1));
    s->hash = span_hash(&t, 0, 1);
    if (s->longest < t.n)
        s->longest = (uint32_t)t.n;
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
    size_t n = find_slot(p, span_hash(t, i, 1))->longest;

    if (n > t->n - i)
        n = t->n - i;
    for (; n > 0; n--) {
        const struct slot *s = find_slot(p, span_hash(t, i, n));

        if (s->classes != 0) {
            *classes = s->classes;
            return n;
        }
    }
    return 0;
}

/* Where the text behind a phrase begins: behind its punctuation and spaces. */
static uint32_t
behind(struct pm_str line, size_t from)
{
    while (from < line.len && line.ptr[from] != '\0' && strchr(" :.-|/>=,", line.ptr[from]) != NULL)
        from++;
    if (pm_str_starts(PM_STRN(line.ptr + from, line.len - from),
                      PM_STR("\xEF\xBC\x9A"))) /* U+FF1A */
        from += 3;
    return (uint32_t)from;
}

void
pm_phrases_scan(const struct pm_phrases *p, struct pm_str line, struct pm_phrase_hits *dst)
{
    struct tokens t;
    size_t i = 0, numbers = 0, first = 0;

    *dst = (struct pm_phrase_hits){0};
    tokenise(line, &t);
    dst->tokens = (uint32_t)t.n;
    if (t.n == 0)
        return;
    dst->hash = t.whole ? XXH3_64bits(t.fold, t.fold_len) : XXH3_64bits(line.ptr, line.len);
    while (first < t.n && t.t[first].number)
        first++;
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
