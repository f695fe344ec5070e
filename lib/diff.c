#include "diff.h"

#include <stdlib.h>
#include <xxhash.h>

#include "ascii.h"
#include "text.h"
#include "words.h"

enum {
    CELLS_MAX = 1 << 18, /* of the table that aligns what is left between anchors */
    STRAY_WORDS = 2,     /* so few kept words amid changes mean nothing, */
    STRAY_CHANGE = 4,    /* when so many changed on both sides */
    FOLD_MAX = 256,      /* bytes of a word that count */
};
#define NONE UINT32_MAX

/* A word with the punctuation that clings to it. */
struct token {
    const char *ptr;
    uint32_t len;
    bool sentence_end, line_end;
    uint64_t hash; /* of its letters and digits */
};

struct side {
    struct token *tokens;
    uint32_t *match; /* token of the other side, or NONE */
    uint32_t n;
};

struct range {
    uint32_t a, a_end, b, b_end; /* tokens */
};

enum level { LINES, SENTENCES, WORDS, LEVELS };

/* A line, a sentence or a word of a range. */
struct unit {
    uint64_t hash;
    uint32_t first, end; /* tokens */
    uint32_t twin;       /* unit of the other side, or NONE */
};

struct entry { /* for finding what occurs once on each side */
    uint64_t hash;
    uint32_t unit;
    uint32_t side;
};

struct differ {
    struct side a, b;
    enum level deepest; /* no match below it */
    /* Working space for as many units as there are tokens. */
    struct unit *units[LEVELS][2];
    struct entry *entries;
    uint32_t *tails, *before; /* of the longest ascending chain */
    uint8_t *cells;
    uint16_t *rows[2];
};

/* ---- tokens ---- */

static uint64_t
hash_word(const char *ptr, size_t len)
{
    struct pm_str s = PM_STRN(ptr, len);
    char folded[FOLD_MAX];
    size_t n = 0, step;

    for (size_t i = 0; i < len && n + sizeof(uint32_t) <= sizeof(folded); i += step) {
        uint32_t cp = pm_char_at(s, i, &step);

        if (step == 0)
            break;
        if (!pm_char_is_word(cp))
            continue;
        cp = pm_char_lower(cp);
        memcpy(folded + n, &cp, sizeof(cp));
        n += sizeof(cp);
    }
    return n > 0 ? XXH3_64bits(folded, n) : XXH3_64bits_withSeed(ptr, len, 1);
}

/* The end of the word at `i`: white space, or any character in scripts without spaces. */
static size_t
word_end(struct pm_str text, size_t i)
{
    size_t start = i, step;

    while (i < text.len && !pm_ascii_space(text.ptr[i])) {
        bool unspaced = pm_char_is_unspaced(pm_char_at(text, i, &step));

        if (unspaced && i > start)
            break;
        i += step ? step : 1;
        if (unspaced)
            break;
    }
    return i;
}

static bool
ends_sentence(const char *ptr, size_t len)
{
    while (len > 0 && (ptr[len - 1] == '"' || ptr[len - 1] == '\'' || ptr[len - 1] == ')'))
        len--;
    if (len > 0 && (ptr[len - 1] == '.' || ptr[len - 1] == '!' || ptr[len - 1] == '?'))
        return true;
    /* U+3002 and a closing quotation mark (U+201D) behind a full stop. */
    return len > 3 && (memcmp(ptr + len - 3, "\xe3\x80\x82", 3) == 0 ||
                       (memcmp(ptr + len - 3, "\xe2\x80\x9d", 3) == 0 && ptr[len - 4] == '.'));
}

static int
cut_tokens(struct pm_str text, struct side *s, struct pm_arena *arena, struct pm_err *err)
{
    size_t n = 0, i = 0;

    for (size_t k = 0; k < text.len; n++) {
        for (; k < text.len && pm_ascii_space(text.ptr[k]); k++)
            ;
        k = word_end(text, k);
    }
    if (n >= NONE)
        return pm_fail(err, PM_ELIMIT, "text has too many words");
    s->tokens = pm_arena_array(arena, n + 1, sizeof(*s->tokens));
    s->match = pm_arena_array(arena, n + 1, sizeof(*s->match));
    if (s->tokens == NULL || s->match == NULL)
        return pm_arena_check(arena, err);
    while (i < text.len) {
        struct token *t = &s->tokens[s->n];
        size_t end;

        for (; i < text.len && pm_ascii_space(text.ptr[i]); i++)
            if (text.ptr[i] == '\n' && s->n > 0)
                s->tokens[s->n - 1].line_end = true;
        end = word_end(text, i);
        if (end == i)
            break;
        *t = (struct token){.ptr = text.ptr + i,
                            .len = (uint32_t)(end - i),
                            .sentence_end = ends_sentence(text.ptr + i, end - i),
                            .hash = hash_word(text.ptr + i, end - i)};
        s->match[s->n++] = NONE;
        i = end;
    }
    if (s->n > 0)
        s->tokens[s->n - 1].line_end = true;
    return PM_OK;
}

/* ---- units and anchors ---- */

static uint32_t
cut_units(const struct side *s, uint32_t first, uint32_t end, enum level level, struct unit *units)
{
    uint32_t n = 0;

    for (uint32_t i = first, start = first; i < end; i++) {
        const struct token *t = &s->tokens[i];
        bool last = i + 1 == end || level == WORDS || t->line_end || (level == SENTENCES && t->sentence_end);

        if (i == start)
            units[n].hash = 0;
        units[n].hash = (units[n].hash ^ t->hash) * 0x9E3779B97F4A7C15ULL;
        units[n].hash ^= units[n].hash >> 32;
        if (!last)
            continue;
        units[n].first = start;
        units[n].end = i + 1;
        units[n++].twin = NONE;
        start = i + 1;
    }
    return n;
}

static int
by_hash(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    if (a->side != b->side)
        return a->side < b->side ? -1 : 1;
    return a->unit < b->unit ? -1 : a->unit > b->unit;
}

/* Units that occur once on each side are twins. */
static void
pair_unique(struct differ *d, struct unit *a, uint32_t n_a, struct unit *b, uint32_t n_b)
{
    size_t n = 0;

    for (uint32_t i = 0; i < n_a; i++)
        d->entries[n++] = (struct entry){a[i].hash, i, 0};
    for (uint32_t i = 0; i < n_b; i++)
        d->entries[n++] = (struct entry){b[i].hash, i, 1};
    qsort(d->entries, n, sizeof(*d->entries), by_hash);
    for (size_t from = 0, to; from < n; from = to) {
        const struct entry *e = &d->entries[from];

        for (to = from + 1; to < n && d->entries[to].hash == e->hash;)
            to++;
        if (to - from == 2 && e[0].side == 0 && e[1].side == 1) {
            a[e[0].unit].twin = e[1].unit;
            b[e[1].unit].twin = e[0].unit;
        }
    }
}

/* Keep the longest chain of twins that ascends on both sides; undo the others. */
static void
keep_chain(struct differ *d, struct unit *a, uint32_t n_a, struct unit *b)
{
    uint32_t length = 0, at;

    for (uint32_t i = 0; i < n_a; i++) {
        uint32_t low = 0, high = length;

        if (a[i].twin == NONE)
            continue;
        while (low < high) {
            uint32_t mid = low + (high - low) / 2;

            if (a[d->tails[mid]].twin < a[i].twin)
                low = mid + 1;
            else
                high = mid;
        }
        d->before[i] = low > 0 ? d->tails[low - 1] : NONE;
        d->tails[low] = i;
        if (low == length)
            length++;
    }
    at = length > 0 ? d->tails[length - 1] : NONE;
    for (uint32_t i = n_a; i-- > 0;) {
        if (i == at) {
            at = d->before[i];
        } else if (a[i].twin != NONE) {
            b[a[i].twin].twin = NONE;
            a[i].twin = NONE;
        }
    }
}

/* Equal units beside twins are twins too, whether they are unique or not; the ends of the range count as twins. */
static void
spread(struct unit *a, uint32_t n_a, struct unit *b, uint32_t n_b)
{
    uint32_t next_b = 0;

    for (uint32_t i = 0; i < n_a; i++) {
        if (a[i].twin == NONE && next_b < n_b && b[next_b].twin == NONE && a[i].hash == b[next_b].hash) {
            a[i].twin = next_b;
            b[next_b].twin = i;
        }
        next_b = a[i].twin != NONE ? a[i].twin + 1 : n_b;
    }
    next_b = n_b;
    for (uint32_t i = n_a; i-- > 0;) {
        if (a[i].twin == NONE && next_b > 0 && b[next_b - 1].twin == NONE && a[i].hash == b[next_b - 1].hash) {
            a[i].twin = next_b - 1;
            b[next_b - 1].twin = i;
        }
        next_b = a[i].twin != NONE ? a[i].twin : 0;
    }
}

/* ---- what is left between anchors ---- */

/* Longest common subsequence by the table, when that is small enough. */
static void
align_table(struct differ *d, const struct range *r)
{
    uint32_t n_a = r->a_end - r->a, n_b = r->b_end - r->b, i = 0, k = 0;
    enum { DOWN, RIGHT, BOTH };

    if (n_a == 0 || n_b == 0 || n_a > CELLS_MAX / n_b || n_b >= CELLS_MAX / 4)
        return;
    memset(d->rows[0], 0, (n_b + 1) * sizeof(*d->rows[0]));
    for (uint32_t x = n_a; x-- > 0;) {
        uint16_t *below = d->rows[0], *row = d->rows[1];

        row[n_b] = 0;
        for (uint32_t y = n_b; y-- > 0;) {
            if (d->a.tokens[r->a + x].hash == d->b.tokens[r->b + y].hash) {
                row[y] = (uint16_t)(below[y + 1] + 1);
                d->cells[(size_t)x * n_b + y] = BOTH;
            } else {
                bool down = below[y] >= row[y + 1];

                row[y] = down ? below[y] : row[y + 1];
                d->cells[(size_t)x * n_b + y] = down ? DOWN : RIGHT;
            }
        }
        d->rows[0] = row;
        d->rows[1] = below;
    }
    while (i < n_a && k < n_b) {
        uint8_t cell = d->cells[(size_t)i * n_b + k];

        if (cell == BOTH) {
            d->a.match[r->a + i] = r->b + k;
            d->b.match[r->b + k] = r->a + i;
        }
        i += cell != RIGHT;
        k += cell != DOWN;
    }
}

/* Match a range at one level, and what its units leave over at the next. Nests as deep as there are levels. */
static void
match_range(struct differ *d, const struct range *r, enum level level)
{
    struct unit *a, *b;
    struct range gap = {r->a, r->a, r->b, r->b};
    uint32_t n_a, n_b;

    if (r->a == r->a_end || r->b == r->b_end || level > d->deepest)
        return;
    if (level == LEVELS) {
        align_table(d, r);
        return;
    }
    a = d->units[level][0] + r->a; /* ranges of one level never overlap */
    b = d->units[level][1] + r->b;
    n_a = cut_units(&d->a, r->a, r->a_end, level, a);
    n_b = cut_units(&d->b, r->b, r->b_end, level, b);
    pair_unique(d, a, n_a, b, n_b);
    keep_chain(d, a, n_a, b);
    spread(a, n_a, b, n_b);
    for (uint32_t i = 0; i < n_a; i++) {
        const struct unit *twin;

        if (a[i].twin == NONE)
            continue;
        twin = &b[a[i].twin];
        gap.a_end = a[i].first;
        gap.b_end = twin->first;
        match_range(d, &gap, level + 1);
        /* Equal hashes, and for all we know equal words: as many of them unless two hashes collide. */
        for (uint32_t k = 0; k < a[i].end - a[i].first && k < twin->end - twin->first; k++) {
            d->a.match[a[i].first + k] = twin->first + k;
            d->b.match[twin->first + k] = a[i].first + k;
        }
        gap.a = a[i].end;
        gap.b = twin->end;
    }
    gap.a_end = r->a_end;
    gap.b_end = r->b_end;
    match_range(d, &gap, level + 1);
}

/* ---- runs ---- */

/* Tokens from `i` on that have no match. */
static uint32_t
unmatched(const struct side *s, uint32_t i)
{
    uint32_t n = 0;

    while (i + n < s->n && s->match[i + n] == NONE)
        n++;
    return n;
}

/* Undo a match of few words that stands between long changes: they are common words, no common text. */
static void
drop_strays(struct differ *d)
{
    uint32_t i = 0, k = 0;

    for (;;) {
        uint32_t before = unmatched(&d->a, i) + unmatched(&d->b, k), n = 0, after;

        i += unmatched(&d->a, i);
        k += unmatched(&d->b, k);
        if (i >= d->a.n || k >= d->b.n)
            return;
        while (i + n < d->a.n && k + n < d->b.n && d->a.match[i + n] == k + n)
            n++;
        after = unmatched(&d->a, i + n) + unmatched(&d->b, k + n);
        for (uint32_t x = 0; n <= STRAY_WORDS && before >= STRAY_CHANGE && after >= STRAY_CHANGE && x < n; x++)
            d->a.match[i + x] = d->b.match[k + x] = NONE;
        i += n;
        k += n;
    }
}

/* White space but no line end before a token. */
static bool
spaced(const struct side *s, uint32_t i)
{
    return i > 0 && !s->tokens[i - 1].line_end && s->tokens[i - 1].ptr + s->tokens[i - 1].len < s->tokens[i].ptr;
}

/* `n` tokens from `first` as runs, one a line. A space on either side is one. */
static void
add_runs(struct pm_diff *dst, enum pm_diff_op op, const struct side *s, uint32_t first, uint32_t n,
         const struct side *other, uint32_t twin)
{
    for (uint32_t i = 0, start = 0; i < n; i++) {
        const struct token *from = &s->tokens[first + start], *to = &s->tokens[first + i];

        if (!to->line_end && i + 1 < n)
            continue;
        dst->runs[dst->n_runs++] = (struct pm_diff_run){
            .op = op,
            .text = PM_STRN(from->ptr, (size_t)(to->ptr - from->ptr) + to->len),
            .block_end = to->line_end,
            .space_before = spaced(s, first + start) || (other != NULL && spaced(other, twin + start)),
        };
        start = i + 1;
    }
}

static void
make_runs(const struct differ *d, struct pm_diff *dst)
{
    uint32_t i = 0, k = 0;

    while (i < d->a.n || k < d->b.n) {
        uint32_t cut = unmatched(&d->a, i), added = unmatched(&d->b, k), kept = 0;

        add_runs(dst, PM_DIFF_CUT, &d->a, i, cut, NULL, 0);
        add_runs(dst, PM_DIFF_ADD, &d->b, k, added, NULL, 0);
        i += cut;
        k += added;
        while (i + kept < d->a.n && k + kept < d->b.n && d->a.match[i + kept] == k + kept)
            kept++;
        add_runs(dst, PM_DIFF_KEEP, &d->a, i, kept, &d->b, k);
        i += kept;
        k += kept;
        dst->cut_words += cut;
        dst->added_words += added;
        dst->kept_words += kept;
        if (kept > dst->longest_common)
            dst->longest_common = kept;
    }
}

int
pm_diff(struct pm_str old_text, struct pm_str new_text, enum pm_diff_by by, struct pm_arena *arena, struct pm_diff *dst,
        struct pm_err *err)
{
    struct differ d = {.deepest = by == PM_DIFF_SENTENCE ? SENTENCES : LEVELS};
    struct range all;
    size_t n, cells, row;
    int rc = cut_tokens(old_text, &d.a, arena, err);

    *dst = (struct pm_diff){0};
    if (rc == PM_OK)
        rc = cut_tokens(new_text, &d.b, arena, err);
    if (rc != PM_OK)
        return rc;
    n = (size_t)d.a.n + d.b.n + 1;
    for (int level = LINES; level < LEVELS; level++)
        for (int side = 0; side < 2; side++)
            d.units[level][side] = pm_arena_array(arena, n, sizeof(struct unit));
    d.entries = pm_arena_array(arena, n, sizeof(*d.entries));
    d.tails = pm_arena_array(arena, n, sizeof(*d.tails));
    d.before = pm_arena_array(arena, n, sizeof(*d.before));
    cells = (size_t)d.a.n * d.b.n < CELLS_MAX ? (size_t)d.a.n * d.b.n + 1 : CELLS_MAX;
    row = d.b.n < CELLS_MAX / 4 ? (size_t)d.b.n + 1 : CELLS_MAX / 4;
    d.cells = pm_arena_array(arena, cells, sizeof(*d.cells));
    d.rows[0] = pm_arena_array(arena, row, sizeof(*d.rows[0]));
    d.rows[1] = pm_arena_array(arena, row, sizeof(*d.rows[1]));
    dst->runs = pm_arena_array(arena, n, sizeof(*dst->runs));
    rc = pm_arena_check(arena, err);
    if (rc != PM_OK)
        return rc;
    all = (struct range){0, d.a.n, 0, d.b.n};
    match_range(&d, &all, LINES);
    drop_strays(&d);
    make_runs(&d, dst);
    return PM_OK;
}
