/*
 * text_page.c - what scoring knows of a page as a whole: its prose, its words, its runs of
 * paragraphs, its story.
 */
#include <xxhash.h>

#include "lines.h"
#include "text_lexicon.h"
#include "text_score.h"

static float
cover_share(const struct pm_line *l)
{
    return l->hits.tokens ? (float)l->hits.covered / (float)l->hits.tokens : 0;
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
        p *= l->glued * 12 > l->words ? 0.1f : 0.4f;
    if (cover_share(l) > 0.5f)
        p *= 0.2f;
    return p;
}

static void
find_lexical(struct pm_text_page *p, struct pm_lexicon *x)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].prose >= 0.6f)
            pm_lexicon_add(x, p, i, 1);
    /* The words of prose are in the counts themselves. */
    for (size_t i = 0; i < p->n; i++)
        p->v[i].lexical = pm_lexicon_share(x, p, i, p->v[i].prose >= 0.6f ? 2 : 1);
}

/* ---- the headline ---- */

enum { TITLE_WINDOW = 30 };

static bool
is_ascii_word(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

/* Share of the words of `s`, of four letters or more, that the URL has. */
static float
url_share(struct pm_str s, struct pm_str url)
{
    size_t n = 0, hit = 0;

    if (url.len == 0 || s.len > 400 || url.len > 2000)
        return 0;
    for (size_t i = 0; i < s.len;) {
        size_t from = i;

        while (i < s.len && is_ascii_word(s.ptr[i]))
            i++;
        if (i - from >= 4) {
            n++;
            hit += pm_str_ifind(url, PM_STRN(s.ptr + from, i - from), 0) != SIZE_MAX;
        }
        i += i == from;
    }
    return n > 1 ? (float)hit / (float)n : 0;
}

/* A date or a name stands between line i and the prose below it, which is near. */
static bool
has_meta_below(const struct pm_text_page *p, size_t i)
{
    bool meta = false;

    for (size_t k = i + 1; k < p->n && k <= i + 8; k++) {
        enum pm_line_role r = p->v[k].line->role;

        if (p->v[k].prose >= 0.5f && r == PM_ROLE_NONE)
            return meta;
        meta = meta || r == PM_ROLE_DATE || r == PM_ROLE_BYLINE || r == PM_ROLE_NAME;
    }
    return false;
}

static bool
has_date_next(const struct pm_text_page *p, size_t i)
{
    for (size_t k = i + 1; k < p->n && k <= i + 3; k++)
        if (p->v[k].line->role == PM_ROLE_DATE || p->v[k].line->role == PM_ROLE_BYLINE)
            return true;
    return false;
}

static bool
may_be_title(const struct pm_line *l)
{
    return l->words >= 3 && l->words <= 40 && (l->role == PM_ROLE_NONE || l->role == PM_ROLE_NAME) &&
           l->hits.covered * 2 <= l->hits.tokens && l->glued <= 1 && l->bars <= 1 && l->letters > 6;
}

static float
title_score(const struct pm_text_page *p, size_t i, struct pm_lexicon *below, struct pm_str url)
{
    const struct pm_line *l = p->v[i].line, *next = i + 1 < p->n ? p->v[i + 1].line : l;
    float away = i < p->main_run ? (float)(p->main_run - i) : 0;
    size_t to = i + TITLE_WINDOW < p->n ? i + TITLE_WINDOW : p->n;
    float prose = (p->sums[to] - p->sums[i + 1]) / 8, s = 2.5f * pm_lexicon_share(below, p, i, 1);

    s += prose > 1 ? 1.5f : prose * 1.5f;
    s += 3 * url_share(l->text, url);
    s += l->repeats >= 1 && l->repeats <= 3 ? 0.6f : 0;
    s += p->v[i].meta_below ? 0.6f : 0;
    s += has_date_next(p, i) ? 0.5f : 0;
    s += l->words >= 5 && l->words <= 24 ? 0.5f : 0;
    s -= l->end == PM_END_STOP && l->text.ptr[l->text.len - 1] == '.' ? 1.1f : 0;
    s -= l->role == PM_ROLE_NAME ? 0.8f : 0;
    s -= l->stops > 1 ? 0.7f : 0;
    s -= l->low ? 0.5f : 0;
    s -= l->indent > p->indent ? 0.4f : 0;
    s -= i > 0 && p->v[i - 1].prose > 0.6f ? 1.0f : 0;
    /* A standfirst follows: longer, and of the same words. */
    s += next->words > l->words && next->words < 60 && next->role == PM_ROLE_NONE && p->v[i + 1].lexical > 0.5f ? 0.6f
                                                                                                                : 0;
    s -= i > p->main_run + 1 ? 3 : away > 60 ? 1.2f : away * 0.02f;
    return s;
}

/* The line above its prose that shares most words with it. The window slides, so this is linear. */
static void
find_title(struct pm_text_page *p, struct pm_lexicon *x, struct pm_str url)
{
    float most = 1.2f;
    size_t ahead = 1;

    memset(x, 0, sizeof(*x));
    for (size_t i = 0; i < p->n; i++) {
        for (; ahead < p->n && ahead < i + TITLE_WINDOW; ahead++)
            if (p->v[ahead].prose >= 0.4f)
                pm_lexicon_add(x, p, ahead, 1);
        if (i > 0 && p->v[i].prose >= 0.4f)
            pm_lexicon_add(x, p, i, -1);
        if (may_be_title(p->v[i].line)) {
            float s = title_score(p, i, x, url);
            bool again = p->title != SIZE_MAX && i - p->title < TITLE_WINDOW &&
                         p->v[i].line->first == p->v[p->title].line->first;

            if (s > most || (again && s > most - 0.7f)) {
                most = s > most ? s : most;
                p->title = i;
            }
        }
    }
}

/* How much of the headline's words each line has. */
static void
share_title(struct pm_text_page *p, struct pm_lexicon *x)
{
    size_t n = p->title == SIZE_MAX ? 0 : p->v[p->title].n_words;

    memset(x, 0, sizeof(*x));
    if (n == 0)
        return;
    for (size_t k = 0; k < n; k++)
        *pm_lexicon_count(x, p->words[p->v[p->title].first_word + k]) = 1;
    for (size_t i = 0; i < p->n; i++) {
        size_t hit = 0;

        for (size_t k = 0; k < p->v[i].n_words; k++)
            hit += *pm_lexicon_count(x, p->words[p->v[i].first_word + k]);
        p->v[i].of_title = hit >= n ? 1 : (float)hit / (float)n;
    }
}

/* ---- writers, echoes, prefixes ---- */

enum { WRITER_REACH = 12 };

/* How much of the writers' names, as bylines near the headline give them, each line has. */
static void
share_writers(struct pm_text_page *p, struct pm_lexicon *x)
{
    size_t from = p->title > 3 ? p->title - 3 : 0, to = p->title + WRITER_REACH, n = 0;

    if (p->title == SIZE_MAX)
        return;
    memset(x, 0, sizeof(*x));
    for (size_t i = from; i < p->n && i < to; i++) {
        enum pm_line_role r = p->v[i].line->role;

        if (r != PM_ROLE_BYLINE && r != PM_ROLE_NAME)
            continue;
        pm_lexicon_add(x, p, i, 1);
        n += p->v[i].n_words;
    }
    for (size_t i = to; n > 0 && i < p->n; i++) {
        size_t hit = 0;

        for (size_t k = 0; k < p->v[i].n_words; k++)
            hit += *pm_lexicon_count(x, p->words[p->v[i].first_word + k]) != 0;
        p->v[i].of_writers = hit >= 2 ? 1 : 0;
    }
}

/* Share of the words of each line that the next line of prose, which is near, has too. */
static void
find_echoes(struct pm_text_page *p, struct pm_lexicon *x)
{
    memset(x, 0, sizeof(*x));
    for (size_t i = 0; i + 1 < p->n; i++) {
        size_t k = i + 1;

        if (p->v[i].prose < 0.4f)
            continue;
        while (k < p->n && k < i + 8 && p->v[k].prose < 0.4f)
            k++;
        if (k == p->n || k == i + 8)
            continue;
        pm_lexicon_add(x, p, k, 1);
        p->v[i].echo = pm_lexicon_share(x, p, i, 1);
        pm_lexicon_add(x, p, k, -1);
    }
}

static void
bump(uint8_t *counter, bool by)
{
    if (by && *counter < 9)
        ++*counter;
}

/*
 * What came since the first prose under the headline: heads of comments, legal lines, pointers to
 * other articles, dates. Behind those a story seldom goes on.
 */
static void
count_seen(struct pm_text_page *p)
{
    struct pm_text_seen seen = {0};
    bool begun = false;

    for (size_t i = p->title == SIZE_MAX ? 0 : p->title; i < p->n; i++) {
        const struct pm_line *l = p->v[i].line;

        p->v[i].seen = seen;
        begun = begun || (p->v[i].prose > 0.5f && i > p->title) || (p->title == SIZE_MAX && i >= p->main_run);
        if (!begun)
            continue;
        bump(&seen.talk, l->words < 7 && ((l->hits.whole | l->hits.start) & PM_PHRASE_TALK) != 0);
        bump(&seen.legal, ((l->hits.whole | l->hits.inside) & PM_PHRASE_LEGAL) != 0 ||
                              (l->words < 15 && (l->hits.start & PM_PHRASE_LEGAL) != 0));
        bump(&seen.lists, l->role == PM_ROLE_PROMO);
        bump(&seen.dates, l->role == PM_ROLE_DATE);
    }
}

/* Bytes of `s` up to a colon or bar among its first words; 0 when there is none. */
static size_t
prefix_len(struct pm_str s)
{
    size_t spaces = 0;

    for (size_t i = 1; i < s.len && i < 60 && spaces < 6; i++) {
        spaces += s.ptr[i] == ' ';
        if ((s.ptr[i] == ':' || s.ptr[i] == '|') && i + 1 < s.len && s.ptr[i + 1] == ' ')
            return i;
        if (pm_str_starts(PM_STRN(s.ptr + i, s.len - i), PM_STR("\xEF\xBC\x9A"))) /* U+FF1A */
            return i;
    }
    return 0;
}

/* "READ THIS | ...", "See also: ...": lines without a full stop that begin with the same label as
 * others do. */
static void
find_labels(struct pm_text_page *p, struct pm_lexicon *x)
{
    memset(x, 0, sizeof(*x));
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < p->n; i++) {
            const struct pm_line *l = p->v[i].line;
            size_t len = l->words > 30 || l->end == PM_END_STOP ? 0 : prefix_len(l->text);
            uint16_t *c = pm_lexicon_count(x, (uint32_t)XXH3_64bits(l->text.ptr, len));

            if (len == 0)
                continue;
            if (round == 0)
                *c = (uint16_t)(*c + (*c < UINT16_MAX));
            else
                p->v[i].labels = *c;
        }
    }
}

/* ---- runs and what is usual ---- */

enum { RUN_GAP = 2, HEADING_WORDS = 14 };

/* Give each line the prose of its run. A run goes over up to RUN_GAP short lines; those belong to
 * it too. */
static void
find_runs(struct pm_text_page *p)
{
    for (size_t i = 0; i < p->n;) {
        size_t end = i + 1, last = i;
        float sum = p->v[i].prose;

        if (p->v[i].prose < 0.4f) {
            i++;
            continue;
        }
        for (; end < p->n && end - last <= RUN_GAP + 1; end++) {
            if (p->v[end].prose >= 0.4f) {
                sum += p->v[end].prose;
                last = end;
            } else if (p->v[end].line->words > HEADING_WORDS) {
                break;
            }
        }
        for (size_t k = i; k <= last; k++)
            p->v[k].run = sum;
        i = last + 1;
    }
}

/* Where most of the prose begins: the stretch of lines with the greatest sum of prose, less a toll
 * for each line. */
static void
find_main(struct pm_text_page *p)
{
    const float toll = 0.25f;
    float best = 0, sum = 0;
    size_t start = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += p->v[i].prose - toll;
        if (sum > best) {
            best = sum;
            p->main_run = start;
        }
    }
}

/* The indent and spacing that most of the prose has. */
static void
find_usual(struct pm_text_page *p)
{
    enum { DEPTHS = 64 };
    float by_indent[DEPTHS] = {0}, gaps = 0, all = 0;

    for (size_t i = 0; i < p->n; i++) {
        const struct pm_line *l = p->v[i].line;
        float weight = p->v[i].prose * p->v[i].run;

        by_indent[l->indent < DEPTHS ? l->indent : DEPTHS - 1] += weight;
        gaps += l->gap ? weight : 0;
        all += weight;
    }
    for (uint32_t k = 1; k < DEPTHS; k++)
        if (by_indent[k] > by_indent[p->indent])
            p->indent = k;
    p->gap = gaps * 2 > all;
}

int
pm_text_page_make(struct pm_line *lines, size_t n, struct pm_str url, struct pm_arena *arena, struct pm_text_page *dst,
                  struct pm_err *err)
{
    struct pm_lexicon *lex = pm_arena_alloc(arena, sizeof(*lex));
    int rc;

    *dst = (struct pm_text_page){.n = n, .title = SIZE_MAX};
    dst->v = pm_arena_array(arena, n + 1, sizeof(*dst->v));
    dst->sums = pm_arena_array(arena, n + 1, sizeof(*dst->sums));
    if (dst->v == NULL || dst->sums == NULL || lex == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < n; i++) {
        dst->v[i] = (struct pm_text_line){.line = &lines[i], .prose = prose_of(&lines[i])};
        dst->sums[i + 1] = dst->sums[i] + dst->v[i].prose;
    }
    rc = pm_lexicon_read(dst, arena, err);
    if (rc != PM_OK)
        return rc;
    find_lexical(dst, lex);
    find_runs(dst);
    find_usual(dst);
    find_main(dst);
    for (size_t i = 0; i < n; i++)
        dst->v[i].meta_below = has_meta_below(dst, i);
    find_title(dst, lex, url);
    share_title(dst, lex);
    share_writers(dst, lex);
    find_echoes(dst, lex);
    find_labels(dst, lex);
    count_seen(dst);
    pm_text_place_find(dst);
    return PM_OK;
}
