/*
 * clean_text.c - find the story in the lines of a text page, and take out what is no part of it.
 */
#include "clean_text.h"

#include <math.h>

#include "lines.h"
#include "text_fields.h"

/* ---- where the story is ---- */

static float
clip(float x, float most)
{
    return x > most ? most : x < -most ? -most : x;
}

/*
 * The run of lines with the greatest sum of gains (Kadane's). A line gains by its score and its length; what speaks against it
 * counts less than what speaks for it, so that a list or a few promos in a story do not cut it in two.
 */
static void
find_story(struct pm_text_page *page, const float *scores)
{
    float best = 0, sum = 0;
    size_t start = 0;

    for (size_t i = 0; i < page->n; i++) {
        float gain = clip(scores[i], 3) * sqrtf(1 + (float)page->v[i].line->words);

        if (sum <= 0) {
            sum = 0;
            start = i;
        }
        sum += gain < 0 ? gain * 0.6f : gain;
        if (sum > best) {
            best = sum;
            page->begin = start;
            page->end = i + 1;
        }
    }
}

/* ---- what each line becomes ---- */

static enum pm_block_kind
kind_of(const struct pm_line *l)
{
    if (l->tabs)
        return PM_BLOCK_ROW;
    if (l->bullet)
        return PM_BLOCK_ITEM;
    return l->words <= 14 && l->end != PM_END_STOP && l->end != PM_END_COMMA && !l->low ? PM_BLOCK_HEADING : PM_BLOCK_PARA;
}

static const char *
role_rule(enum pm_text_role r)
{
    switch (r) {
    case PM_ROLE_DATE:
        return "date";
    case PM_ROLE_BYLINE:
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

/* A line that is part of the story's span. */
static void
choose_line(const struct pm_text_page *page, size_t i, size_t title, struct pm_block *b)
{
    float f[PM_F_COUNT];
    enum pm_text_feature why;
    enum pm_text_role role = pm_text_role_of(&page->v[i]);
    const struct pm_line *l = page->v[i].line;

    pm_text_features(page, i, f);
    b->score = pm_text_score(&pm_text_weights_choose, f, &why);
    b->kept = b->score > 0;
    b->rule = pm_text_feature_name(why);
    if (title != SIZE_MAX && l->hits.hash == page->v[title].line->hits.hash && l->hits.hash != 0) {
        b->kept = false;
        b->rule = "headline";
    } else if (role != PM_ROLE_NONE) {
        b->kept = false;
        b->rule = role_rule(role);
    }
}

static void
collect_lines(const struct pm_text_page *page, const struct pm_block *blocks, size_t title, struct pm_arena *arena,
              struct pm_article *dst, struct pm_text_sources *sources)
{
    size_t from = title == SIZE_MAX ? page->begin : title, to = page->end + 4 < page->n ? page->end + 4 : page->n;
    struct pm_str *src = pm_arena_array(arena, to - from + 1, sizeof(*src));

    dst->captions = pm_arena_array(arena, to - from + 1, sizeof(*dst->captions));
    if (src == NULL || dst->captions == NULL)
        return;
    for (size_t i = from; i < to; i++) {
        enum pm_text_role role = blocks[i].kept ? PM_ROLE_NONE : pm_text_role_of(&page->v[i]);

        if (role == PM_ROLE_SOURCE)
            src[sources->n++] = page->v[i].line->text;
        else if (role == PM_ROLE_CAPTION && page->v[i].line->words > 3 && i < page->end)
            dst->captions[dst->n_captions++] = page->v[i].line->text;
    }
    sources->v = src;
}

static int
fill(const struct pm_text_page *page, const float *scores, struct pm_str url, struct pm_arena *arena,
     struct pm_article *dst, struct pm_text_sources *sources, struct pm_err *err)
{
    size_t title = page->end > page->begin ? pm_text_find_title(page, url) : SIZE_MAX, kept = 0;

    dst->blocks = pm_arena_array(arena, page->n + 1, sizeof(*dst->blocks));
    if (dst->blocks == NULL)
        return pm_arena_check(arena, err);
    dst->n_blocks = page->n;
    for (size_t i = 0; i < page->n; i++) {
        struct pm_block *b = &dst->blocks[i];

        *b = (struct pm_block){.text = page->v[i].line->text, .kind = kind_of(page->v[i].line), .score = scores[i]};
        b->rule = i == title ? "headline" : i < page->begin ? "above-story" : "below-story";
        if (i >= page->begin && i < page->end)
            choose_line(page, i, title, b);
        else if (pm_text_role_of(&page->v[i]) != PM_ROLE_NONE)
            b->rule = role_rule(pm_text_role_of(&page->v[i]));
        kept += b->kept;
    }
    if (page->end > page->begin) {
        int rc = pm_text_fields(page, title, arena, dst, err);

        if (rc != PM_OK)
            return rc;
        collect_lines(page, dst->blocks, title, arena, dst, sources);
    }
    if (kept == 0)
        return pm_fail(err, PM_SKIP, "no story in the text");
    return pm_arena_check(arena, err);
}

int
pm_clean_text(const struct pm_phrases *phrases, struct pm_str text, struct pm_str url, struct pm_arena *arena,
              struct pm_article *dst, struct pm_text_sources *sources, struct pm_err *err)
{
    struct pm_line *lines;
    struct pm_text_page page;
    float *scores;
    size_t n;
    int rc;

    *dst = (struct pm_article){0};
    *sources = (struct pm_text_sources){0};
    rc = pm_lines_split(text, phrases, arena, &lines, &n, err);
    if (rc != PM_OK)
        return rc;
    rc = pm_text_page_make(lines, n, arena, &page, err);
    if (rc != PM_OK)
        return rc;
    scores = pm_arena_array(arena, n + 1, sizeof(*scores));
    if (scores == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < n; i++) {
        float f[PM_F_COUNT];
        enum pm_text_feature why;

        pm_text_features(&page, i, f);
        scores[i] = pm_text_score(&pm_text_weights_find, f, &why);
    }
    find_story(&page, scores);
    return fill(&page, scores, url, arena, dst, sources, err);
}
