/*
 * clean_text.c - find the story in the lines of a text page, and take out what is no part of it.
 */
#include "clean_text.h"

#include <math.h>

#include "lines.h"
#include "text_fields.h"

/* ---- what each line becomes ---- */

static enum pm_block_kind
kind_of(const struct pm_line *l)
{
    if (l->tabs)
        return PM_BLOCK_ROW;
    if (l->bullet)
        return PM_BLOCK_ITEM;
    return l->words <= 14 && l->end != PM_END_STOP && l->end != PM_END_COMMA && !l->low ? PM_BLOCK_HEADING
                                                                                        : PM_BLOCK_PARA;
}

static const char *
role_rule(enum pm_line_role r)
{
    switch (r) {
    case PM_ROLE_DATE:
        return "date";
    case PM_ROLE_BYLINE:
    case PM_ROLE_NAME:
        return "byline";
    case PM_ROLE_CAPTION:
        return "caption";
    case PM_ROLE_SOURCE:
        return "source";
    case PM_ROLE_PROMO:
        return "read-more";
    case PM_ROLE_INTERFACE:
        return "interface";
    default:
        return "body";
    }
}

/* Headlines, promos and the like stay out whatever their score. */
static bool
is_fixed(enum pm_line_role r)
{
    return r != PM_ROLE_NONE && r != PM_ROLE_NAME;
}

/* Interface words that the last lines of a bare text may have: "all rights reserved", "sign up
 * for". */
enum { BARE_TAIL = 6 };

static bool
is_chrome(const struct pm_line *l)
{
    if (l->role == PM_ROLE_SOURCE)
        return false;
    return l->role >= PM_ROLE_PROMO || l->role == PM_ROLE_DATE || l->glued > 1 ||
           l->hits.covered * 2 > l->hits.tokens || (l->words <= 3 && l->stops == 0);
}

/*
 * A text without a page around it, as a feed or a person gives it: hardly a line of interface.
 * There the scores, which were fitted on pages, do not count; all of it is the story but lines
 * whose role says otherwise.
 */
static bool
is_bare(const struct pm_text_page *page)
{
    size_t chrome = 0, words = 0, prose = 0;

    for (size_t i = 0; i < page->n; i++) {
        const struct pm_line *l = page->v[i].line;

        chrome += is_chrome(l);
        words += l->words;
        prose += l->stops > 0 ? l->words : 0;
    }
    return words >= 20 && (chrome * 20 <= page->n || (chrome * 5 <= page->n && prose * 10 >= words * 7));
}

static void
choose_bare(const struct pm_text_page *page, size_t i, struct pm_block *b)
{
    const uint32_t tail = PM_PHRASE_SIGN | PM_PHRASE_LEGAL | PM_PHRASE_TALK;
    const struct pm_line *l = page->v[i].line;

    b->kept = true;
    b->rule = "bare-text";
    if (i == page->title) {
        b->kept = false;
        b->rule = "headline";
    } else if (l->role >= PM_ROLE_CAPTION || l->role == PM_ROLE_DATE || l->role == PM_ROLE_BYLINE) {
        b->kept = false;
        b->rule = role_rule(l->role);
    } else if (page->n - i <= BARE_TAIL && i > 0 && (l->hits.inside & tail) != 0) {
        b->kept = false;
        b->rule = "tail-words";
    }
}

/* The rule of a line is the feature that did most for the state it is in, else the state. */
static const char *
rule_of(const struct pm_text_page *page, size_t i, bool kept)
{
    static const char *const names[] = {"above-story", "body", "between", "below-story"};
    enum pm_text_state s = kept ? PM_STATE_STORY : page->state[i] == PM_STATE_STORY ? PM_STATE_BETWEEN : page->state[i];
    uint16_t why = page->why[i * PM_STATES + s];

    return why != 0 ? pm_text_feature_name((enum pm_text_feature)why) : names[s];
}

static void
choose_line(const struct pm_text_page *page, size_t i, struct pm_block *b)
{
    const struct pm_line *l = page->v[i].line;
    float x = page->story[i] < 1e-6f ? 1e-6f : page->story[i] > 0.999999f ? 0.999999f : page->story[i];

    b->score = logf(x / (1 - x));
    b->kept = page->story[i] >= page->least;
    b->rule = rule_of(page, i, b->kept);
    if (page->title != SIZE_MAX && l->hits.hash == page->v[page->title].line->hits.hash && l->hits.hash != 0) {
        b->kept = false;
        b->rule = "headline";
    } else if (is_fixed(l->role)) {
        b->kept = false;
        b->rule = role_rule(l->role);
    }
}

static void
collect_lines(const struct pm_text_page *page, const struct pm_block *blocks, struct pm_arena *arena,
              struct pm_article *dst, struct pm_text_sources *sources)
{
    size_t from = page->title == SIZE_MAX || page->title > page->begin ? page->begin : page->title,
           to = page->end + 4 < page->n ? page->end + 4 : page->n;
    struct pm_str *src = pm_arena_array(arena, to - from + 1, sizeof(*src));

    dst->captions = pm_arena_array(arena, to - from + 1, sizeof(*dst->captions));
    if (src == NULL || dst->captions == NULL)
        return;
    for (size_t i = from; i < to; i++) {
        enum pm_line_role role = blocks[i].kept ? PM_ROLE_NONE : page->v[i].line->role;

        if (role == PM_ROLE_SOURCE)
            src[sources->n++] = page->v[i].line->text;
        else if (role == PM_ROLE_CAPTION && page->v[i].line->words > 3 && i < page->end)
            dst->captions[dst->n_captions++] = page->v[i].line->text;
    }
    sources->v = src;
}

static int
fill(const struct pm_text_page *page, bool bare, struct pm_arena *arena, struct pm_article *dst,
     struct pm_text_sources *sources, struct pm_err *err)
{
    size_t kept = 0;
    int rc;

    dst->blocks = pm_arena_array(arena, page->n + 1, sizeof(*dst->blocks));
    if (dst->blocks == NULL)
        return pm_arena_check(arena, err);
    dst->n_blocks = page->n;
    for (size_t i = 0; i < page->n; i++) {
        struct pm_block *b = &dst->blocks[i];

        *b = (struct pm_block){.text = page->v[i].line->text, .kind = kind_of(page->v[i].line)};
        b->rule = "no-story";
        if (bare)
            choose_bare(page, i, b);
        else if (page->end > page->begin)
            choose_line(page, i, b);
        kept += b->kept;
    }
    if (page->end > page->begin) {
        rc = pm_text_fields(page, page->title, arena, dst, err);
        if (rc != PM_OK)
            return rc;
        collect_lines(page, dst->blocks, arena, dst, sources);
    }
    if (kept == 0)
        return pm_fail(err, PM_SKIP, "no story in the text");
    return pm_arena_check(arena, err);
}

int
pm_clean_text(const struct pm_phrases *phrases, const struct pm_text_weights *weights, struct pm_str text,
              struct pm_str url, struct pm_arena *arena, struct pm_article *dst, struct pm_text_sources *sources,
              struct pm_err *err)
{
    struct pm_line *lines;
    struct pm_text_page page;
    bool bare;
    size_t n;
    int rc;

    *dst = (struct pm_article){0};
    *sources = (struct pm_text_sources){0};
    rc = pm_lines_split(text, phrases, arena, &lines, &n, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_text_page_make(lines, n, url, arena, &page, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_text_chain_follow(&page, weights, arena, err);
    if (rc != PM_OK)
        return rc;
    bare = is_bare(&page);
    if (bare) {
        /* A headline may stand on top of it, but a sentence there is its first. */
        if (page.title != 0 || lines[0].stops > 0)
            page.title = SIZE_MAX;
        page.begin = page.title == SIZE_MAX ? 0 : page.title + 1;
        page.end = n;
    }
    return fill(&page, bare, arena, dst, sources, err);
}
