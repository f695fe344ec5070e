/* clean_body.c - the element of greatest worth. */
#include "clean_body.h"

#define CLIMB     0.85 /* share of the best worth that an element around may lose */
#define SHORT     0.3  /* worth of a character in a short line, in characters of prose */
#define LEAD      300  /* worth of standing first behind the headline, in the same */
#define LEAD_NEAR 8    /* blocks behind the headline, for a byline, a date and a caption */

static double
worth(const struct pm_page *page, const struct pm_page_block *b, uint32_t idle)
{
    double chars = (double)b->line.chars + 1.5 * (double)b->line.dense;

    if (b->marks & PM_MARKS_OUTSIDE & ~idle)
        return b->good > 0 ? -0.25 * (double)b->good : -10 - 0.1 * (chars < 100 ? chars : 100);
    if (b->good > 0)
        return (double)b->good < 1000 ? (double)b->good : 1000;
    if (b->link_chars * 2 > b->line.chars)
        return -8 - 0.2 * (double)b->link_chars;
    if (b->line.hits.covered * 2 > b->line.hits.tokens)
        return -8;
    /* Short lines of a list, a poem, a table of results: a little, where nothing is linked. */
    if (b->kind == PM_BLOCK_ROW || b->kind == PM_BLOCK_ITEM || page->html->nodes[b->node].tag == PM_TAG_P)
        return chars > 12 ? SHORT * (chars < 200 ? chars : 200) : 0;
    return b->kind == PM_BLOCK_HEADING ? 0 : -4;
}

/*
 * Marks that most of the page's prose has say nothing on this page, and are taken off. Comments and
 * cookie boxes may well be longer than the body.
 */
static uint32_t
idle_marks(const struct pm_page *page)
{
    double mass[PM_MARK_COUNT] = {0}, all = page->good[page->n_blocks];
    uint32_t idle = 0;

    for (size_t i = 0; i < page->n_blocks; i++)
        for (uint32_t m = page->blocks[i].good > 0 ? page->blocks[i].marks : 0; m != 0; m &= m - 1)
            mass[__builtin_ctz(m)] += (double)page->blocks[i].good;
    for (int m = 0; m < PM_MARK_COUNT; m++)
        if (mass[m] > 0.4 * all)
            idle |= 1u << m;
    return idle & ~(uint32_t)(PM_MARK_COMMENT | PM_MARK_CONSENT | PM_MARK_NAV | PM_MARK_FOOTER | PM_MARK_SHARE);
}

/* The first prose behind the page's one headline; n_blocks when there is none. A brief may well be
 * shorter than the footer of its site, and is told from it by that. */
static size_t
find_lead(const struct pm_page *page, uint32_t idle)
{
    size_t headline = page->n_blocks;

    for (size_t i = 0; i < page->n_blocks; i++) {
        if (page->blocks[i].level != 1)
            continue;
        if (headline < page->n_blocks)
            return page->n_blocks;
        headline = i;
    }
    for (size_t i = headline + 1; i < page->n_blocks && i <= headline + LEAD_NEAR; i++)
        if (page->blocks[i].good > 0 && !(page->blocks[i].marks & PM_MARKS_OUTSIDE & ~idle))
            return i;
    return page->n_blocks;
}

/* From the best element upwards as long as little is lost: what is not of the body there is for the
 * score to find. */
static uint32_t
climb(const struct pm_page *page, uint32_t i, const double *sum, double best)
{
    const struct pm_node *nodes = page->html->nodes;

    while (i > 0) {
        uint32_t up = nodes[i].parent;
        double s = sum[page->at[nodes[up].end]] - sum[page->at[up]];
        bool leaf = page->at[nodes[i].end] - page->at[i] < 2;

        if (nodes[up].tag == PM_TAG_HTML || (s < CLIMB * best && !leaf))
            break;
        i = up;
    }
    return i;
}

int
pm_body_find(struct pm_page *page, uint32_t *body, struct pm_err *err)
{
    const struct pm_node *nodes = page->html->nodes;
    double *sum = pm_arena_array(page->arena, page->n_blocks + 1, sizeof(*sum));
    double best = 0;
    uint32_t idle;
    size_t lead;
    int rc;

    *body = 0;
    rc = pm_page_mark(page, 0, 0.5f, err);
    if (rc != PM_OK)
        return rc;
    if (sum == NULL)
        return pm_arena_check(page->arena, err);
    for (size_t i = 0; i < page->n_blocks; i++)
        page->blocks[i].outside = (page->blocks[i].marks & PM_MARKS_OUTSIDE) != 0;
    idle = idle_marks(page);
    lead = find_lead(page, idle);
    for (size_t i = 0; i < page->n_blocks; i++)
        sum[i + 1] = sum[i] + worth(page, &page->blocks[i], idle) + (i == lead ? LEAD : 0);
    for (uint32_t i = 0; i < page->html->n_nodes; i++) {
        double s;

        if (!(page->state[i] & PM_ST_BLOCK) && nodes[i].tag != PM_TAG_OTHER && i > 0)
            continue;
        s = sum[page->at[nodes[i].end]] - sum[page->at[i]];
        if (s > 0 && s >= best) { /* of equals the deepest */
            best = s;
            *body = i;
        }
    }
    *body = climb(page, *body, sum, best);
    return PM_OK;
}
