/*
 * text_score.c - features of the lines of a text page.
 */
#include "text_score.h"

#include <xxhash.h>

#include "lines.h"
#include "text.h"
#include "when.h"

static const char *const names[PM_F_COUNT] = {
    [PM_F_BIAS] = "body", [PM_F_WORDS_3] = "very-short", [PM_F_WORDS_8] = "short",
    [PM_F_WORDS_15] = "short-line", [PM_F_WORDS_25] = "line", [PM_F_WORDS_50] = "paragraph",
    [PM_F_WORDS_MORE] = "long-paragraph", [PM_F_END_STOP] = "sentence", [PM_F_END_DOTS] = "cut-off",
    [PM_F_END_COLON] = "colon", [PM_F_END_WORD] = "no-stop", [PM_F_END_OTHER] = "symbol",
    [PM_F_STOP_LONG] = "long-sentence", [PM_F_STOPS_2] = "sentences", [PM_F_STOPS_4] = "many-sentences",
    [PM_F_COMMAS] = "commas", [PM_F_QUOTED] = "quote", [PM_F_LOW] = "lower-case-start", [PM_F_DIGITS] = "numbers",
    [PM_F_CAPS] = "capitals", [PM_F_UPPER] = "upper-case", [PM_F_GLUED] = "glued-words", [PM_F_BARS] = "bars",
    [PM_F_BULLET] = "bullet", [PM_F_INDENT] = "indent", [PM_F_TABS] = "table", [PM_F_GAP] = "gap-before",
    [PM_F_GAP_AFTER] = "gap-after", [PM_F_LINK] = "address", [PM_F_DATE] = "date", [PM_F_PAREN] = "bracketed",
    [PM_F_WHOLE] = "interface-phrase", [PM_F_COVER] = "interface-words", [PM_F_MORE] = "read-more",
    [PM_F_LIST] = "list-heading", [PM_F_SHARE] = "share", [PM_F_SIGN] = "sign-up", [PM_F_TALK] = "comments",
    [PM_F_LEGAL] = "legal", [PM_F_CONTACT] = "contact", [PM_F_AD] = "advertisement", [PM_F_PHOTO] = "photo-credit",
    [PM_F_SOURCE] = "source", [PM_F_BY] = "byline", [PM_F_WHEN] = "date-words", [PM_F_IN_MORE] = "read-more-inside",
    [PM_F_IN_SIGN] = "sign-up-inside", [PM_F_IN_LEGAL] = "legal-inside", [PM_F_IN_PHOTO] = "photo-inside",
    [PM_F_IN_TALK] = "comments-inside", [PM_F_REPEATS] = "repeated", [PM_F_PREV_PROSE] = "after-prose",
    [PM_F_NEXT_PROSE] = "before-prose", [PM_F_PREV_3] = "prose-above", [PM_F_NEXT_3] = "prose-below",
    [PM_F_AROUND] = "in-prose", [PM_F_BEFORE] = "far-prose-above", [PM_F_BEHIND] = "far-prose-below",
    [PM_F_PREV_DATE] = "after-date", [PM_F_NEXT_DATE] = "before-date", [PM_F_PREV_POINTS] = "after-read-more",
    [PM_F_PREV_SHORT] = "after-short", [PM_F_NEXT_SHORT] = "before-short", [PM_F_HEADS_PROSE] = "sub-heading",
    [PM_F_LEXICAL] = "on-topic", [PM_F_TEASER] = "teaser", [PM_F_FIRST] = "first-line", [PM_F_SECOND] = "second-line",
    [PM_F_LAST] = "last-line", [PM_F_LAST_2] = "near-end", [PM_F_LAST_4] = "towards-end", [PM_F_LONE] = "lone",
    [PM_F_INDENT_ODD] = "odd-indent", [PM_F_GAP_ODD] = "odd-spacing",
};

const char *
pm_text_feature_name(enum pm_text_feature f)
{
    return (unsigned)f < PM_F_COUNT ? names[f] : "body";
}

/* ---- lines of a page ---- */

static float
cover_share(const struct pm_line *l)
{
    return l->hits.tokens ? (float)l->hits.covered / (float)l->hits.tokens : 0;
}

/* Little but a date: its words, the phrases around them ("Published", "min read") and a few more. */
static bool
is_date_line(const struct pm_line *l)
{
    struct pm_str span;
    int64_t when_us;

    if (l->digits == 0 || l->words > 16 || l->stops > 2 || l->text.len > 200)
        return false;
    if (l->hits.covered == l->hits.tokens)
        return true;
    if (l->digits < 3)
        return false;
    if (pm_when_find(l->text, &when_us, &span) && span.len * 2 >= l->text.len)
        return true;
    return l->words <= 8 && l->digits >= 5 && l->letters <= l->digits * 3 && l->end != PM_END_STOP;
}

static float
prose_of(const struct pm_line *l)
{
    float p = (float)l->words / 20.0f;
    bool ends = l->end == PM_END_STOP || l->stops > 1;

    if (p > 1)
        p = 1;
    /* Thai and its neighbours print no full stops. */
    if (!ends && l->dense * 2 > l->letters && l->words >= 25)
        ends = true;
    if (!ends)
        p *= l->end == PM_END_COLON ? 0.6f : 0.3f;
    if (l->glued)
        p *= l->glued * 12 > l->words ? 0.1f : 0.7f;
    if (cover_share(l) > 0.5f)
        p *= 0.2f;
    return p;
}

/*
 * Words that the page's prose uses, as a set of bits: collisions only soften a feature. A word counts when two
 * lines of prose or the same one twice use it, so the mark of a word is a small counter.
 */
enum { LEX_BITS = 14, LEX_LINE = 1200 };

static uint64_t
next_word(struct pm_str s, size_t *i, bool *found)
{
    char fold[64];
    size_t n = 0;

    *found = false;
    while (*i < s.len) {
        unsigned char c = (unsigned char)s.ptr[*i];

        if (c < 0x80 && !((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9')) {
            if (n)
                break;
        } else if (n < sizeof(fold)) {
            fold[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        ++*i;
    }
    *found = n != 0;
    return XXH3_64bits(fold, n);
}

static void
learn_words(const struct pm_text_page *p, uint8_t *lex)
{
    for (size_t k = 0; k < p->n; k++) {
        struct pm_str s = p->v[k].line->text;
        bool found = p->v[k].prose >= 0.6f;

        if (s.len > LEX_LINE)
            s.len = LEX_LINE;
        for (size_t i = 0; found;) {
            uint64_t h = next_word(s, &i, &found);

            if (found && lex[h >> (64 - LEX_BITS)] < 255)
                lex[h >> (64 - LEX_BITS)]++;
        }
    }
}

static float
lexical_of(const struct pm_text_line *t, const uint8_t *lex)
{
    struct pm_str s = t->line->text;
    size_t n = 0, known = 0;
    bool found = true;
    /* Its own words are in the counts when it is prose itself. */
    unsigned least = t->prose >= 0.6f ? 2 : 1;

    if (s.len > LEX_LINE)
        s.len = LEX_LINE;
    for (size_t i = 0; found;) {
        uint64_t h = next_word(s, &i, &found);

        n += found;
        known += found && lex[h >> (64 - LEX_BITS)] >= least;
    }
    return n ? (float)known / (float)n : 0;
}

int
pm_text_page_make(struct pm_line *lines, size_t n, struct pm_arena *arena, struct pm_text_page *dst,
                  struct pm_err *err)
{
    uint8_t *lex = pm_arena_alloc(arena, (size_t)1 << LEX_BITS);

    *dst = (struct pm_text_page){.n = n};
    dst->v = pm_arena_array(arena, n + 1, sizeof(*dst->v));
    dst->sums = pm_arena_array(arena, n + 1, sizeof(*dst->sums));
    if (dst->v == NULL || dst->sums == NULL || lex == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < n; i++) {
        dst->v[i] = (struct pm_text_line){.line = &lines[i], .prose = prose_of(&lines[i])};
        dst->v[i].date = is_date_line(&lines[i]);
        dst->sums[i + 1] = dst->sums[i] + dst->v[i].prose;
    }
    learn_words(dst, lex);
    for (size_t i = 0; i < n; i++)
        dst->v[i].lexical = lexical_of(&dst->v[i], lex);
    return PM_OK;
}

/* ---- features ---- */

static void
set_shape(const struct pm_line *l, float *f)
{
    float words = (float)(l->words ? l->words : 1);
    enum pm_text_feature len = l->words <= 3 ? PM_F_WORDS_3 : l->words <= 8 ? PM_F_WORDS_8 :
                               l->words <= 15 ? PM_F_WORDS_15 : l->words <= 25 ? PM_F_WORDS_25 :
                               l->words <= 50 ? PM_F_WORDS_50 : PM_F_WORDS_MORE;
    char last = l->text.ptr[l->text.len - 1];

    f[len] = 1;
    f[PM_F_END_STOP] = l->end == PM_END_STOP;
    f[PM_F_END_DOTS] = l->end == PM_END_DOTS;
    f[PM_F_END_COLON] = l->end == PM_END_COLON;
    f[PM_F_END_WORD] = l->end == PM_END_WORD;
    f[PM_F_END_OTHER] = l->end == PM_END_OTHER;
    f[PM_F_STOP_LONG] = l->end == PM_END_STOP && l->words > 12;
    f[PM_F_STOPS_2] = l->stops >= 2;
    f[PM_F_STOPS_4] = l->stops >= 4;
    f[PM_F_COMMAS] = (float)l->commas * 10 / words > 2 ? 2 : (float)l->commas * 10 / words;
    f[PM_F_QUOTED] = l->quoted;
    f[PM_F_LOW] = l->low;
    f[PM_F_DIGITS] = (float)l->digits / (float)(l->digits + l->letters + 1);
    f[PM_F_CAPS] = l->cased > 2 ? (float)l->caps / (float)l->cased : 0.3f;
    f[PM_F_UPPER] = l->letters > 3 && l->upper * 10 > l->letters * 7;
    f[PM_F_GLUED] = (float)l->glued * 10 / words > 2 ? 2 : (float)l->glued * 10 / words;
    f[PM_F_BARS] = l->bars > 3 ? 3 : (float)l->bars;
    f[PM_F_BULLET] = l->bullet;
    f[PM_F_INDENT] = l->indent > 8 ? 1 : (float)l->indent / 8;
    f[PM_F_TABS] = l->tabs;
    f[PM_F_GAP] = l->gap;
    f[PM_F_PAREN] = last == ')' || last == ']';
    f[PM_F_LINK] = l->words < 40 && (pm_str_find(l->text, PM_STR("@"), 0) != SIZE_MAX ||
                                     pm_str_find(l->text, PM_STR("://"), 0) != SIZE_MAX ||
                                     pm_str_find(l->text, PM_STR("www."), 0) != SIZE_MAX);
}

static void
set_phrases(const struct pm_line *l, float *f)
{
    static const enum pm_text_feature start[] = {PM_F_MORE, PM_F_LIST, PM_F_SHARE, PM_F_SIGN, PM_F_TALK, PM_F_LEGAL,
        PM_F_CONTACT, PM_F_AD, PM_F_PHOTO, PM_F_SOURCE, PM_F_BY, PM_F_WHEN};
    uint32_t at = l->hits.start | l->hits.whole;
    /* One word at the start of a sentence says nothing, unless a colon follows it. */
    bool counts = l->words <= 12 || (l->hits.start & l->hits.inside) != 0;

    if (l->hits.start_len && !counts && l->hits.start_len < l->text.len) {
        struct pm_str head = PM_STRN(l->text.ptr, l->hits.start_len);

        counts = pm_str_find(head, PM_STR(":"), 0) != SIZE_MAX;
    }
    for (size_t c = 0; c < sizeof(start) / sizeof(start[0]); c++)
        f[start[c]] = counts && (at & 1u << c) != 0;
    f[PM_F_WHOLE] = l->hits.whole != 0;
    f[PM_F_COVER] = cover_share(l);
    f[PM_F_IN_MORE] = (l->hits.inside & PM_PHRASE_MORE) != 0;
    f[PM_F_IN_SIGN] = (l->hits.inside & PM_PHRASE_SIGN) != 0;
    f[PM_F_IN_LEGAL] = (l->hits.inside & PM_PHRASE_LEGAL) != 0;
    f[PM_F_IN_PHOTO] = (l->hits.inside & PM_PHRASE_PHOTO) != 0;
    f[PM_F_IN_TALK] = (l->hits.inside & PM_PHRASE_TALK) != 0;
}

/* Prose in lines [from, to) around i, out of bounds cut off. */
static float
prose_sum(const struct pm_text_page *p, size_t i, long from, long to)
{
    long a = (long)i + from, b = (long)i + to, n = (long)p->n;

    a = a < 0 ? 0 : a > n ? n : a;
    b = b < 0 ? 0 : b > n ? n : b;
    return p->sums[b] - p->sums[a];
}

static bool
points_on(const struct pm_line *l)
{
    uint32_t c = PM_PHRASE_MORE | PM_PHRASE_LIST;

    return (l->hits.whole & c) != 0 || ((l->hits.start & c) != 0 && l->end == PM_END_COLON && l->words < 8);
}

static void
set_around(const struct pm_text_page *p, size_t i, float *f)
{
    const struct pm_text_line *t = &p->v[i], *prev = i ? t - 1 : NULL, *next = i + 1 < p->n ? t + 1 : NULL;
    const struct pm_line *l = t->line;

    f[PM_F_DATE] = t->date;
    f[PM_F_REPEATS] = l->repeats > 2 ? 2 : (float)l->repeats;
    f[PM_F_PREV_PROSE] = prev ? prev->prose : 0;
    f[PM_F_NEXT_PROSE] = next ? next->prose : 0;
    f[PM_F_PREV_3] = prose_sum(p, i, -4, -1) / 3;
    f[PM_F_NEXT_3] = prose_sum(p, i, 2, 5) / 3;
    f[PM_F_AROUND] = prose_sum(p, i, -5, 6) / 11;
    f[PM_F_BEFORE] = prose_sum(p, i, -16, -4) / 12;
    f[PM_F_BEHIND] = prose_sum(p, i, 5, 17) / 12;
    f[PM_F_PREV_DATE] = prev ? prev->date : 0;
    f[PM_F_NEXT_DATE] = next ? next->date : 0;
    f[PM_F_PREV_POINTS] = prev ? points_on(prev->line) : 0;
    f[PM_F_PREV_SHORT] = prev ? prev->line->words <= 5 : 1;
    f[PM_F_NEXT_SHORT] = next ? next->line->words <= 5 : 1;
    f[PM_F_GAP_AFTER] = next ? next->line->gap : 1;
    f[PM_F_HEADS_PROSE] = t->prose < 0.3f && l->words <= 12 && next && next->prose > 0.7f && prev && prev->prose > 0.7f;
    f[PM_F_LEXICAL] = l->words > 2 ? t->lexical : 0.3f;
    /* A headline, a sentence, a headline, ... */
    f[PM_F_TEASER] = l->words < 40 && l->stops < 3 && prev && next && prev->prose < 0.3f && next->prose < 0.3f &&
                     prev->line->words < 20 && next->line->words < 20;
}

static void
set_place(const struct pm_text_page *p, size_t i, float *f)
{
    const struct pm_line *l = p->v[i].line;
    size_t n = p->end - p->begin, at = i - p->begin, middle = p->begin + n / 2;

    if (n == 0)
        return;
    f[PM_F_FIRST] = at == 0;
    f[PM_F_SECOND] = at == 1;
    f[PM_F_LAST] = at + 1 == n;
    f[PM_F_LAST_2] = n - at <= 2;
    f[PM_F_LAST_4] = n - at <= 4;
    f[PM_F_LONE] = n < 4;
    f[PM_F_INDENT_ODD] = l->indent != p->v[middle].line->indent;
    f[PM_F_GAP_ODD] = l->gap != p->v[middle].line->gap;
}

void
pm_text_features(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT])
{
    memset(f, 0, PM_F_COUNT * sizeof(*f));
    f[PM_F_BIAS] = 1;
    set_shape(page->v[i].line, f);
    set_phrases(page->v[i].line, f);
    set_around(page, i, f);
    set_place(page, i, f);
}

float
pm_text_score(const struct pm_text_weights *w, const float f[PM_F_COUNT], enum pm_text_feature *why)
{
    float sum = 0, most = 0;

    for (size_t k = 0; k < PM_F_COUNT; k++)
        sum += w->w[k] * f[k];
    *why = PM_F_BIAS;
    for (size_t k = 1; k < PM_F_COUNT; k++) {
        float part = w->w[k] * f[k] * (sum > 0 ? 1.0f : -1.0f);

        if (part > most) {
            most = part;
            *why = (enum pm_text_feature)k;
        }
    }
    return sum;
}
