/*
 * text_score.c - features of the lines of a text page, and their weighted sum.
 */
#include "text_score.h"

#include <math.h>

#include "lines.h"

static float
cover_share(const struct pm_line *l)
{
    return l->hits.tokens ? (float)l->hits.covered / (float)l->hits.tokens : 0;
}

static void
set_length(const struct pm_line *l, float *f)
{
    f[l->words <= 3    ? PM_F_WORDS_3
      : l->words <= 8  ? PM_F_WORDS_8
      : l->words <= 15 ? PM_F_WORDS_15
      : l->words <= 25 ? PM_F_WORDS_25
      : l->words <= 50 ? PM_F_WORDS_50
                       : PM_F_WORDS_MORE] = 1;
}

static bool
has_address(const struct pm_line *l)
{
    return l->words < 40 &&
           (pm_str_find(l->text, PM_STR("@"), 0) != SIZE_MAX || pm_str_find(l->text, PM_STR("://"), 0) != SIZE_MAX ||
            pm_str_find(l->text, PM_STR("www."), 0) != SIZE_MAX);
}

static float
at_most(float x, float most)
{
    return x > most ? most : x;
}

static void
set_shape(const struct pm_line *l, float *f)
{
    float words = (float)(l->words ? l->words : 1);
    char first = l->text.ptr[0], last = l->text.ptr[l->text.len - 1];

    set_length(l, f);
    f[PM_F_END_STOP] = l->end == PM_END_STOP;
    f[PM_F_END_DOTS] = l->end == PM_END_DOTS;
    f[PM_F_END_COLON] = l->end == PM_END_COLON;
    f[PM_F_END_WORD] = l->end == PM_END_WORD;
    f[PM_F_END_OTHER] = l->end == PM_END_OTHER;
    f[PM_F_STOP_LONG] = l->end == PM_END_STOP && l->words > 12;
    f[PM_F_QUESTION] = last == '?' && l->words < 20;
    f[PM_F_STOPS_2] = l->stops >= 2;
    f[PM_F_STOPS_4] = l->stops >= 4;
    f[PM_F_COMMAS] = at_most((float)l->commas * 10 / words, 2);
    f[PM_F_QUOTED] = l->quoted;
    f[PM_F_LOW] = l->low;
    f[PM_F_DIGITS] = (float)l->digits / (float)(l->digits + l->letters + 1);
    f[PM_F_CAPS] = l->cased > 2 ? (float)l->caps / (float)l->cased : 0.3f;
    f[PM_F_UPPER] = l->letters > 3 && l->upper * 10 > l->letters * 7;
    f[PM_F_GLUED] = at_most((float)l->glued * 10 / words, 2);
    f[PM_F_GLUED_ONE] = l->glued == 1 && l->words > 10 && l->words < 90;
    f[PM_F_BARS] = at_most((float)l->bars, 3);
    f[PM_F_BULLET] = l->bullet;
    f[PM_F_TABS] = l->tabs;
    f[PM_F_PAREN] = last == ')' || last == ']';
    f[PM_F_SYMBOL] = first == '*' || first == '+' || first == '#' || first == '>' || first == '|' ||
                     pm_str_starts(l->text, PM_STR("\xC2\xA9"));
    f[PM_F_DASH] = pm_str_starts(l->text, PM_STR("- ")) || pm_str_starts(l->text, PM_STR("\xE2\x80\x93 ")) ||
                   pm_str_starts(l->text, PM_STR("\xE2\x80\x94"));
    f[PM_F_LINK] = has_address(l);
    f[PM_F_MARKS] = pm_str_find(l->text, PM_STR("\xC2\xA9"), 0) != SIZE_MAX || /* copyright, registered, trade mark */
                    pm_str_find(l->text, PM_STR("\xC2\xAE"), 0) != SIZE_MAX ||
                    pm_str_find(l->text, PM_STR("\xE2\x84\xA2"), 0) != SIZE_MAX;
}

/* A phrase at the start counts in a short line, as several words, or with a colon behind it. */
static bool
start_counts(const struct pm_line *l)
{
    struct pm_str head = PM_STRN(l->text.ptr, l->hits.start_len);

    return l->words <= 12 || (l->hits.start & l->hits.inside) != 0 || pm_str_find(head, PM_STR(":"), 0) != SIZE_MAX;
}

static void
set_phrases(const struct pm_line *l, float *f)
{
    static const enum pm_text_feature start[] = {
        PM_F_MORE,    PM_F_LIST, PM_F_SHARE, PM_F_SIGN,   PM_F_TALK, PM_F_LEGAL,
        PM_F_CONTACT, PM_F_AD,   PM_F_PHOTO, PM_F_SOURCE, PM_F_BY,   PM_F_WHEN,
    };
    uint32_t at = start_counts(l) ? l->hits.start | l->hits.whole : 0;

    for (size_t c = 0; c < sizeof(start) / sizeof(start[0]); c++)
        f[start[c]] = (at & 1u << c) != 0;
    f[PM_F_COVER] = cover_share(l);
    f[PM_F_IN_MORE] = (l->hits.inside & PM_PHRASE_MORE) != 0;
    f[PM_F_IN_SIGN] = (l->hits.inside & PM_PHRASE_SIGN) != 0;
    f[PM_F_IN_LEGAL] = (l->hits.inside & PM_PHRASE_LEGAL) != 0;
    f[PM_F_IN_PHOTO] = (l->hits.inside & PM_PHRASE_PHOTO) != 0;
    f[PM_F_IN_TALK] = (l->hits.inside & PM_PHRASE_TALK) != 0;
    f[PM_F_DATE] = l->role == PM_ROLE_DATE;
    f[PM_F_BYLINE] = l->role == PM_ROLE_BYLINE;
    f[PM_F_NAME] = l->role == PM_ROLE_NAME;
    f[PM_F_CAPTION] = l->role == PM_ROLE_CAPTION;
    f[PM_F_CREDIT] = l->role == PM_ROLE_SOURCE;
    f[PM_F_PROMO] = l->role == PM_ROLE_PROMO;
    f[PM_F_INTERFACE] = l->role == PM_ROLE_INTERFACE;
}

/* Sum between lines i + from and i + to of what `sums` counts. */
static float
window(const float *sums, size_t n, size_t i, long from, long to)
{
    long a = (long)i + from, b = (long)i + to, most = (long)n;

    a = a < 0 ? 0 : a > most ? most : a;
    b = b < 0 ? 0 : b > most ? most : b;
    return sums[b] - sums[a];
}

static bool
points_on(const struct pm_line *l)
{
    return l->role == PM_ROLE_PROMO && l->words < 8;
}

static void
set_prose(const struct pm_text_page *p, size_t i, float *f)
{
    const struct pm_text_line *t = &p->v[i];
    float all = p->sums[p->n] > 1 ? p->sums[p->n] : 1;

    f[PM_F_PREV_PROSE] = window(p->sums, p->n, i, -1, 0);
    f[PM_F_NEXT_PROSE] = window(p->sums, p->n, i, 1, 2);
    f[PM_F_PREV_3] = window(p->sums, p->n, i, -4, -1) / 3;
    f[PM_F_NEXT_3] = window(p->sums, p->n, i, 2, 5) / 3;
    f[PM_F_AROUND] = window(p->sums, p->n, i, -5, 6) / 11;
    f[PM_F_BEFORE] = window(p->sums, p->n, i, -16, -4) / 12;
    f[PM_F_BEHIND] = window(p->sums, p->n, i, 5, 17) / 12;
    f[PM_F_RUN] = log1pf(t->run) / 3;
    f[PM_F_RUN_SHARE] = t->run / all;
    f[PM_F_LONE_RUN] = t->run > 0 && t->run < 1.3f;
    f[PM_F_META_BELOW] = t->meta_below;
}

/* "WASHINGTON (AP) — ", "Berlin, 3. Mai - ": capitals, numbers and brackets before a dash near the
 * start. */
static bool
has_dateline(const struct pm_line *l)
{
    static const char *const dashes[] = {" \xE2\x80\x94", " \xE2\x80\x93 ", " - ", " -- ", ") -", ") \xE2\x80\x93"};
    size_t at = SIZE_MAX;
    struct pm_str head = PM_STRN(l->text.ptr, l->text.len > 64 ? 64 : l->text.len);

    if (l->words < 10 || (memchr(head.ptr, '-', head.len) == NULL && memchr(head.ptr, '\xE2', head.len) == NULL))
        return false;
    for (size_t k = 0; k < sizeof(dashes) / sizeof(dashes[0]); k++) {
        size_t found = pm_str_find(head, pm_str_of(dashes[k]), 0);

        at = found < at ? found : at;
    }
    if (at == SIZE_MAX || at < 3)
        return false;
    for (size_t i = 0, start = 1; i < at; i++) {
        char c = head.ptr[i];

        if (start && c >= 'a' && c <= 'z')
            return false;
        start = c == ' ' || c == '(';
    }
    return true;
}

/* The label before a colon or bar is in capitals: "WATCH | ...". */
static bool
has_upper_label(const struct pm_line *l)
{
    size_t upper = 0;

    for (size_t i = 0; i < l->text.len && i < 48; i++) {
        char c = l->text.ptr[i];

        if (c == ':' || c == '|')
            return upper > 3;
        if (c >= 'a' && c <= 'z')
            return false;
        upper += c >= 'A' && c <= 'Z';
    }
    return false;
}

static void
set_around(const struct pm_text_page *p, size_t i, float *f)
{
    const struct pm_text_line *t = &p->v[i], *prev = i ? t - 1 : NULL, *next = i + 1 < p->n ? t + 1 : NULL;
    const struct pm_line *l = t->line, *a = prev ? prev->line : NULL, *b = next ? next->line : NULL;

    f[PM_F_REPEATS] = at_most((float)l->repeats, 2);
    f[PM_F_DEEPER] = l->indent > p->indent ? at_most((float)(l->indent - p->indent), 8) / 4 : 0;
    f[PM_F_LESS_DEEP] = l->indent < p->indent;
    f[PM_F_GAP_ODD] = l->gap != p->gap;
    f[PM_F_GAP_AFTER_ODD] = b ? b->gap != p->gap : 0;
    f[PM_F_PREV_DATE] = a ? a->role == PM_ROLE_DATE : 0;
    f[PM_F_NEXT_DATE] = b ? b->role == PM_ROLE_DATE : 0;
    f[PM_F_NEXT_NAME] = b ? b->role == PM_ROLE_NAME || b->role == PM_ROLE_BYLINE : 0;
    f[PM_F_PREV_CAPTION] = a ? a->role == PM_ROLE_CAPTION : 0;
    f[PM_F_PREV_POINTS] = a ? points_on(a) : 0;
    f[PM_F_PREV_SHORT] = a ? a->words <= 5 : 1;
    f[PM_F_NEXT_SHORT] = b ? b->words <= 5 : 1;
    f[PM_F_PREV_COLON] = a ? a->end == PM_END_COLON && a->words > 5 : 0;
    f[PM_F_HEADS_PROSE] = t->prose < 0.3f && l->words <= 12 && l->role == PM_ROLE_NONE && next && next->prose > 0.6f &&
                          prev && prev->prose > 0.6f;
    f[PM_F_LEXICAL] = l->words > 2 ? t->lexical : 0.3f;
    /* A headline, a sentence, a headline, ... */
    f[PM_F_TEASER] = l->words < 40 && l->stops < 3 && a && b && prev->prose < 0.3f && next->prose < 0.3f &&
                     a->words < 20 && b->words < 20;
    f[PM_F_SEEN_TALK] = at_most(t->seen.talk, 2) / 2;
    f[PM_F_SEEN_LEGAL] = at_most(t->seen.legal, 2) / 2;
    f[PM_F_SEEN_LISTS] = at_most(t->seen.lists, 4) / 4;
    f[PM_F_SEEN_DATES] = at_most(t->seen.dates, 4) / 4;
    f[PM_F_OF_WRITERS] = t->of_writers;
    f[PM_F_ECHO] = t->echo;
    f[PM_F_LABELS] = t->labels > 1;
    f[PM_F_UPPER_LABEL] = has_upper_label(l);
    f[PM_F_NEXT_CREDIT] = b ? b->role == PM_ROLE_CAPTION && b->words < 8 : 0;
    f[PM_F_DATELINE] = has_dateline(l);
    f[PM_F_NEXT_DATELINE] = b ? has_dateline(b) : 0;
    set_prose(p, i, f);
}

static void
set_title(const struct pm_text_page *p, size_t i, float *f)
{
    f[PM_F_OF_TITLE] = i == p->title ? 0 : p->v[i].of_title;
    if (p->title == SIZE_MAX)
        return;
    f[PM_F_ABOVE_TITLE] = i <= p->title;
    f[PM_F_UNDER_TITLE] = i == p->title + 1;
    f[PM_F_NEAR_TITLE] = i > p->title && i <= p->title + 4;
    f[PM_F_STANDFIRST] = f[PM_F_NEAR_TITLE] != 0 && f[PM_F_META_BELOW] != 0;
    /* The first prose under the headline with prose right behind it. */
    f[PM_F_LEAD] = i > p->title && p->v[i].prose > 0.5f && i + 1 < p->n && p->v[i + 1].prose > 0.5f &&
                   p->sums[i] - p->sums[p->title] < 1.6f;
    /* Nothing that could be a standfirst stands between. */
    f[PM_F_NO_LEAD] = i > p->title && p->sums[i] - p->sums[p->title] < 0.25f;
    if (i > p->title) {
        size_t at = i - p->title;
        float since = p->sums[i] - p->sums[p->title];

        f[at == 1 ? PM_F_AT_1 : at == 2 ? PM_F_AT_2 : at <= 4 ? PM_F_AT_4 : at <= 10 ? PM_F_AT_10 : PM_F_AT_MORE] = 1;
        f[PM_F_SINCE_LITTLE] = since < 0.5f;
        f[PM_F_SINCE_ONE] = since >= 0.5f && since < 1.6f;
    }
}

/* What the lines behind say: marks of a page's tail. */
static void
set_tail(const struct pm_text_page *p, size_t i, float *f)
{
    const uint32_t tail = PM_PHRASE_LIST | PM_PHRASE_MORE | PM_PHRASE_SHARE | PM_PHRASE_SIGN | PM_PHRASE_TALK |
                          PM_PHRASE_LEGAL | PM_PHRASE_CONTACT;

    for (size_t k = i + 1; k < p->n && k <= i + 4; k++) {
        const struct pm_line *l = p->v[k].line;

        f[PM_F_TAIL_NEAR] += l->role >= PM_ROLE_PROMO ? 0.25f : 0;
        f[PM_F_TAIL_WORDS] += (l->hits.covering & tail) != 0 && l->words < 15 ? 0.25f : 0;
    }
}

void
pm_text_features(const struct pm_text_page *page, size_t i, float f[PM_F_COUNT])
{
    memset(f, 0, PM_F_COUNT * sizeof(*f));
    f[PM_F_BIAS] = 1;
    set_shape(page->v[i].line, f);
    set_phrases(page->v[i].line, f);
    set_around(page, i, f);
    set_title(page, i, f);
    set_tail(page, i, f);
    pm_text_place_set(page, i, f);
}
