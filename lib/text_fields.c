/*
 * text_fields.c - what the lines around a story say of it.
 */
#include "text_fields.h"

#include "lines.h"
#include "names.h"
#include "when.h"

enum { HEAD_REACH = 24 };

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
        dst->published = pm_arena_copy(arena, &iso);
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

        if (t->line->words < 7 || t->line->repeats > 1 || t->line->role != PM_ROLE_NONE ||
            t->line->hits.hash == p->v[title].line->hits.hash || t->line->hits.covered * 2 > t->line->hits.tokens)
            continue;
        dst->standfirst = pm_arena_str(arena, t->line->text);
        return;
    }
}

static bool
is_date(const struct pm_text_page *p, size_t i)
{
    return p->v[i].line->role == PM_ROLE_DATE;
}

static void
set_byline(const struct pm_text_page *p, size_t from, size_t to, struct pm_arena *arena, struct pm_article *dst)
{
    struct pm_names names = {.n = 0};

    for (size_t i = from; i < to && names.n == 0; i++) {
        const struct pm_line *l = p->v[i].line;

        if (l->role == PM_ROLE_BYLINE)
            pm_names_split(PM_STRN(l->text.ptr + l->hits.start_len, l->text.len - l->hits.start_len), arena, &names);
    }
    /* A name alone on its line, beside a date. */
    for (size_t i = from; i < to && names.n == 0; i++)
        if (p->v[i].line->role == PM_ROLE_NAME &&
            ((i + 1 < to && is_date(p, i + 1)) || (i > from && is_date(p, i - 1))))
            pm_names_split(p->v[i].line->text, arena, &names);
    dst->byline = pm_arena_array(arena, names.n + 1, sizeof(*dst->byline));
    if (dst->byline == NULL)
        return;
    for (size_t i = 0; i < names.n; i++)
        dst->byline[dst->n_byline++] = pm_arena_str(arena, names.v[i]);
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
