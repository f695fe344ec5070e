/* clean_html.c - the steps from a flat page to the kept blocks. */
#include "clean_html.h"

#include <stdlib.h>

#include "clean_body.h"
#include "clean_facts.h"
#include "clean_score.h"

enum { FALLBACK_RATIO = 8, SMALL_PAGE = 500 };

struct pm_html_cleaner {
    struct pm_vocab *vocab;
    struct pm_phrases *phrases;
    struct pm_clean_weights first, second;
};

int
pm_html_cleaner_new(struct pm_html_cleaner **dst, struct pm_err *err)
{
    struct pm_html_cleaner *c = calloc(1, sizeof(*c));
    int rc;

    if (c == NULL)
        return pm_fail(err, PM_ENOMEM, "out of memory");
    rc = pm_vocab_new(&c->vocab, err);
    if (rc == PM_OK)
        rc = pm_phrases_new(&c->phrases, err);
    if (rc == PM_OK)
        *dst = c;
    else
        pm_html_cleaner_free(c);
    if (rc == PM_OK) {
        c->first = pm_clean_weights_first;
        c->second = pm_clean_weights_second;
    }
    return rc;
}

void
pm_html_cleaner_without(struct pm_html_cleaner *c, enum pm_feature_group group)
{
    for (int i = 0; i < PM_FEAT_COUNT; i++)
        if (pm_feature_group_of((enum pm_feature)i) == group)
            c->first.w[i] = c->second.w[i] = 0;
    if (group == PM_GROUP_SECOND)
        c->second = c->first;
}

void
pm_html_cleaner_free(struct pm_html_cleaner *c)
{
    if (c == NULL)
        return;
    pm_vocab_free(c->vocab);
    pm_phrases_free(c->phrases);
    free(c);
}

const struct pm_phrases *
pm_html_cleaner_phrases(const struct pm_html_cleaner *c)
{
    return c->phrases;
}

static int
score_blocks(const struct pm_html_cleaner *c, struct pm_page *page, uint32_t body, const struct pm_page_facts *facts,
             struct pm_block *out, struct pm_err *err)
{
    struct pm_scorer *s = pm_scorer_new(page, body, facts);
    struct pm_first_round *first = s != NULL ? pm_scorer_first(s, &c->first, &c->second) : NULL;

    if (first == NULL)
        return pm_arena_check(page->arena, err);
    pm_scorer_second(s, first, &c->second, out);
    return PM_OK;
}

/*
 * When little was kept and there is far more prose outside menus, comments and the like, the wrong
 * element was taken for the body or its blocks look odd: that prose is the body then. Where there
 * is no prose at all, longer lines without links are, and on a very small page all lines unless
 * most of it was kept.
 */
static void
fall_back(const struct pm_page *page, struct pm_block *out)
{
    double kept = 0, all = 0, chars = 0;

    for (size_t i = 0; i < page->n_blocks; i++) {
        const struct pm_page_block *b = &page->blocks[i];

        kept += out[i].kept ? (double)b->line.chars + 1.5 * (double)b->line.dense : 0;
        all += b->outside ? 0 : (double)b->good;
        chars += (double)b->line.chars;
    }
    if (kept > 0 && (all > 0 || chars >= SMALL_PAGE ? kept * FALLBACK_RATIO >= all : kept * 2 >= chars))
        return;
    for (size_t i = 0; i < page->n_blocks; i++) {
        const struct pm_page_block *b = &page->blocks[i];
        bool prose =
            all > 0 ? b->good > 0 : chars < SMALL_PAGE || (b->line.chars > 25 && b->link_chars * 2 < b->line.chars);

        if (!prose || b->outside || b->level == 1)
            continue;
        out[i].kept = true;
        out[i].rule = "fallback";
        out[i].score = all > 0 ? b->good : 1;
    }
}

int
pm_clean_html(const struct pm_html_cleaner *c, const struct pm_html *html, struct pm_arena *arena,
              struct pm_article *dst, struct pm_err *err)
{
    struct pm_page page;
    struct pm_page_facts facts;
    uint32_t body;
    int rc;

    rc = pm_page_make(&page, html, c->vocab, c->phrases, arena, err);
    if (rc != PM_OK)
        return rc;
    dst->n_blocks = page.n_blocks;
    dst->blocks = pm_arena_array(arena, page.n_blocks + 1, sizeof(*dst->blocks));
    if (dst->blocks == NULL)
        return pm_arena_check(arena, err);
    for (size_t i = 0; i < page.n_blocks; i++)
        dst->blocks[i] = (struct pm_block){
            .text = page.blocks[i].line.text, .kind = (enum pm_block_kind)page.blocks[i].kind, .rule = "outside"};
    rc = pm_body_find(&page, &body, err);
    if (rc == PM_OK)
        rc = pm_page_mark(&page, body, 0.5f, err);
    if (rc != PM_OK)
        return rc;
    pm_page_facts_find(&page, dst, &facts);
    rc = score_blocks(c, &page, body, &facts, dst->blocks, err);
    if (rc == PM_OK)
        fall_back(&page, dst->blocks);
    return rc;
}
