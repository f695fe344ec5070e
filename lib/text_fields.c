/*
 * text_fields.c - what the lines around a story say of it.
 */
#include "text_fields.h"

#include "lines.h"
#include "when.h"

enum { TITLE_REACH = 80, HEAD_REACH = 24 };

/* ---- roles ---- */

/* "... / AP Archive", "... [AFP]", "... (Photo: X)", "... | Photo: X": short words behind a mark at the end. */
static bool
has_credit_tail(const struct pm_line *l)
{
    struct pm_str s = l->text;
    size_t at = s.len, spaces = 0;
    char close = s.ptr[s.len - 1], open = close == ')' ? '(' : close == ']' ? '[' : 0;

    if (l->end == PM_END_STOP || s.len > 600)
        return false;
    while (at > 0 && s.len - at < 60) {
        char c = s.ptr[--at];

        spaces += c == ' ';
        if (open != 0 && c == open)
            return at > 0 && spaces < 7 && close == ']';
        if (c == '/' && open == 0)
            return at > 1 && (s.ptr[at - 1] == ' ' || s.ptr[at - 1] == '.') && spaces < 6;
        if (c == '.' || (c == ' ' && spaces > 6))
            return false;
    }
    return false;
}

static bool
is_caption(const struct pm_line *l)
{
    if (l->words > 90)
        return false;
    if ((l->hits.whole & PM_PHRASE_PHOTO) != 0)
        return true;
    if ((l->hits.start & PM_PHRASE_PHOTO) != 0 && l->hits.start_len < l->text.len && l->words < 40 &&
        pm_str_find(PM_STRN(l->text.ptr, l->hits.start_len), PM_STR(":"), 0) != SIZE_MAX)
        return true;
    return has_credit_tail(l) && l->words > 3;
}

static bool
colon_after_phrase(const struct pm_line *l)
{
    struct pm_str head = PM_STRN(l->text.ptr, l->hits.start_len);

    return pm_str_find(head, PM_STR(":"), 0) != SIZE_MAX || pm_str_find(head, PM_STR("\xEF\xBC\x9A"), 0) != SIZE_MAX;
}

static bool
is_source(const struct pm_line *l)
{
    return (l->hits.start & PM_PHRASE_SOURCE) != 0 && l->words <= 14 && l->hits.start_len < l->text.len &&
           (colon_after_phrase(l) || (l->hits.inside & l->hits.start & PM_PHRASE_SOURCE) != 0 || l->words <= 3);
}

static bool
is_byline(const struct pm_line *l)
{
    return (l->hits.start & PM_PHRASE_BY) != 0 && l->words >= 2 && l->words <= 12 && l->end != PM_END_STOP &&
           l->hits.start_len < l->text.len && l->caps * 2 >= l->cased;
}

enum pm_text_role
pm_text_role_of(const struct pm_text_line *t)
{
    const uint32_t interface = PM_PHRASE_SHARE | PM_PHRASE_SIGN | PM_PHRASE_TALK | PM_PHRASE_LEGAL |
                               PM_PHRASE_CONTACT | PM_PHRASE_AD;
    const struct pm_line *l = t->line;

    if (t->date)
        return PM_ROLE_DATE;
    if (is_source(l))
        return PM_ROLE_SOURCE;
    if (is_caption(l))
        return PM_ROLE_CAPTION;
    if ((l->hits.whole & (PM_PHRASE_MORE | PM_PHRASE_LIST)) != 0)
        return PM_ROLE_PROMO;
    if ((l->hits.start & PM_PHRASE_MORE) != 0 && l->words < 40 && colon_after_phrase(l))
        return PM_ROLE_PROMO;
    if ((l->hits.whole & interface) != 0 || (l->hits.covered == l->hits.tokens && l->hits.tokens > 2))
        return PM_ROLE_INTERFACE;
    return is_byline(l) ? PM_ROLE_BYLINE : PM_ROLE_NONE;
}

/* ---- title ---- */

/* Share of the words of `s`, of four letters or more, that the URL has. */
static float
url_share(struct pm_str s, struct pm_str url)
{
    size_t n = 0, hit = 0;

    if (url.len == 0 || s.len > 400 || url.len > 2000)
        return 0;
    for (size_t i = 0; i < s.len;) {
        size_t from = i;

        while (i < s.len && (((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9')))
            i++;
        if (i - from >= 4) {
            n++;
            hit += pm_str_ifind(url, PM_STRN(s.ptr + from, i - from), 0) != SIZE_MAX;
        }
        i += i == from;
    }
    return n > 1 ? (float)hit / (float)n : 0;
}

static float
title_score(const struct pm_text_page *p, size_t i, struct pm_str url)
{
    const struct pm_text_line *t = &p->v[i];
    const struct pm_line *l = t->line;
    size_t away = p->begin > i ? p->begin - i : 0;
    float s = 3 * t->lexical - 0.06f * (float)away + 4 * url_share(l->text, url);

    if (l->words < 3 || l->words > 40 || pm_text_role_of(t) != PM_ROLE_NONE)
        return -1000;
    if (l->hits.covered * 2 > l->hits.tokens || l->glued > 1 || l->bars > 1)
        return -1000;
    s += l->words >= 5 && l->words <= 24 ? 1.0f : 0;
    s += l->repeats == 1 || l->repeats == 2 ? 1.0f : 0;
    s -= l->end == PM_END_STOP && l->text.ptr[l->text.len - 1] == '.' ? 1.0f : 0;
    s -= l->stops > 1 ? 1.0f : 0;
    s -= l->low ? 1.0f : 0;
    return s;
}

size_t
pm_text_find_title(const struct pm_text_page *p, struct pm_str url)
{
    size_t from = p->begin > TITLE_REACH ? p->begin - TITLE_REACH : 0, best = SIZE_MAX;
    float most = 0.5f;

    for (size_t i = from; i < p->begin; i++) {
        float s = title_score(p, i, url);

        /* Of two that are as good the upper one: a standfirst follows its headline. */
        if (s > most) {
            most = s;
            best = i;
        }
    }
    return best;
}

/* ---- the other fields ---- */

static void
set_date(const struct pm_text_page *p, size_t from, size_t to, struct pm_arena *arena, struct pm_article *dst)
{
    struct pm_buf iso = PM_BUF_INIT(64);

    for (size_t i = from; i < to && dst->published.ptr == NULL; i++) {
        const struct pm_line *l = p->v[i].line;
        struct pm_str span;
        int64_t when_us;

        if (l->words > 20 || l->text.len > 240 || !pm_when_find(l->text, &when_us, &span))
            continue;
        if (when_us % PM_DAY_US == 0)
            pm_when_day(&iso, when_us);
        else
            pm_when_iso(&iso, when_us);
        dst->published = iso.failed ? PM_STR_NULL : pm_arena_str(arena, pm_buf_span(&iso));
    }
    pm_buf_release(&iso);
}

/* "2022-09-22 WORLD": one to three words behind the date of a date line. */
static void
set_section(const struct pm_text_page *p, size_t from, size_t to, struct pm_arena *arena, struct pm_article *dst)
{
    for (size_t i = from; i < to && dst->section.ptr == NULL; i++) {
        const struct pm_line *l = p->v[i].line;
        struct pm_str span, rest;
        int64_t when_us;

        if (l->words > 9 || l->text.len > 120 || !pm_when_find(l->text, &when_us, &span))
            continue;
        rest = pm_str_trim(PM_STRN(span.ptr + span.len, (size_t)(l->text.ptr + l->text.len - span.ptr) - span.len));
        if (rest.len > 2 && rest.len < 40 && rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z' &&
            pm_str_find(rest, PM_STR(":"), 0) == SIZE_MAX)
            dst->section = pm_arena_str(arena, rest);
    }
}

/* A headline printed twice may have the standfirst between: begin at the upper one. */
static size_t
first_printed(const struct pm_text_page *p, size_t title)
{
    size_t first = p->v[title].line->first;

    return first < title && title - first <= HEAD_REACH ? first : title;
}

static void
set_standfirst(const struct pm_text_page *p, size_t title, struct pm_arena *arena, struct pm_article *dst)
{
    title = first_printed(p, title);
    for (size_t i = title + 1; i < p->begin && i < title + 8; i++) {
        const struct pm_text_line *t = &p->v[i];

        if (t->line->words < 7 || t->line->repeats > 1 || pm_text_role_of(t) != PM_ROLE_NONE ||
            t->line->hits.hash == p->v[title].line->hits.hash || t->line->hits.covered * 2 > t->line->hits.tokens)
            continue;
        dst->standfirst = pm_arena_str(arena, t->line->text);
        return;
    }
}

/* Length of what divides two names at s[0], 0 if nothing does. */
static size_t
name_break(struct pm_str s)
{
    static const char *const marks[] = {", ", " and ", " & ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " ja ",
                                        " i ", " a ", " és ", " și ", " ve ", " и ", " та ", " και ", " dan ", "、", "，", "・", " / ", " | "};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (pm_str_starts(s, pm_str_of(marks[i])))
            return strlen(marks[i]);
    return 0;
}

enum { NAMES_MAX = 12 };

static void
add_name(struct pm_article *dst, struct pm_str name, struct pm_arena *arena)
{
    name = pm_str_trim(name);
    if (name.len < 3 || name.len > 80 || dst->n_byline == NAMES_MAX)
        return;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] >= '0' && name.ptr[i] <= '9')
            return;
    dst->byline[dst->n_byline++] = pm_arena_str(arena, name);
}

static void
split_names(struct pm_str s, struct pm_arena *arena, struct pm_article *dst)
{
    size_t from = 0;

    for (size_t i = 0; i <= s.len; i++) {
        size_t n = i < s.len ? name_break(PM_STRN(s.ptr + i, s.len - i)) : 1;

        if (n == 0)
            continue;
        add_name(dst, PM_STRN(s.ptr + from, i - from), arena);
        from = i + n;
        i = from - 1;
    }
}

static bool
like_name(const struct pm_line *l)
{
    return l->words >= 2 && l->words <= 5 && l->cased == l->words && l->caps >= 2 && l->caps + 1 >= l->cased &&
           l->digits == 0 && l->end == PM_END_WORD && l->hits.covered == 0 && l->upper * 2 < l->letters;
}

static void
set_byline(const struct pm_text_page *p, size_t from, size_t to, struct pm_arena *arena, struct pm_article *dst)
{
    dst->byline = pm_arena_array(arena, NAMES_MAX, sizeof(*dst->byline));
    if (dst->byline == NULL)
        return;
    for (size_t i = from; i < to && dst->n_byline == 0; i++) {
        const struct pm_line *l = p->v[i].line;

        if (is_byline(l))
            split_names(PM_STRN(l->text.ptr + l->hits.start_len, l->text.len - l->hits.start_len), arena, dst);
    }
    /* A name alone on its line, beside a date. */
    for (size_t i = from; i < to && dst->n_byline == 0; i++)
        if (like_name(p->v[i].line) && ((i + 1 < to && p->v[i + 1].date) || (i > from && p->v[i - 1].date)))
            split_names(p->v[i].line->text, arena, dst);
}

int
pm_text_fields(const struct pm_text_page *p, size_t title, struct pm_arena *arena, struct pm_article *dst,
               struct pm_err *err)
{
    size_t from = title == SIZE_MAX ? p->begin : first_printed(p, title);
    size_t above = from > HEAD_REACH ? from - HEAD_REACH : 0, near = from > 4 ? from - 4 : 0;

    if (title != SIZE_MAX) {
        dst->title = pm_arena_str(arena, p->v[title].line->text);
        set_standfirst(p, title, arena, dst);
    }
    /* Below the headline first, then above it, then behind the story. */
    set_date(p, from, p->begin + (p->end > p->begin), arena, dst);
    set_date(p, near, from, arena, dst);
    set_date(p, p->end, p->end + 6 < p->n ? p->end + 6 : p->n, arena, dst);
    set_section(p, near, p->begin, arena, dst);
    set_byline(p, title == SIZE_MAX ? above : near, p->begin, arena, dst);
    if (dst->n_byline == 0)
        set_byline(p, p->end, p->end + 3 < p->n ? p->end + 3 : p->n, arena, dst);
    return pm_arena_check(arena, err);
}
