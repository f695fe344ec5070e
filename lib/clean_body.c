/* clean_body.c - the element of greatest worth. */
#include "clean_body.h"

static double
worth(const struct pm_page_block *b)
{
    double chars = (double)b->line.chars + 1.5 * (double)b->line.dense;

    if (b->marks & PM_MARKS_OUTSIDE)
        return b->good > 0 ? -0.25 * (double)b->good : -10 - 0.1 * (chars < 100 ? chars : 100);
    if (b->good > 0)
        return (double)b->good < 1000 ? (double)b->good : 1000;
    if (b->kind == PM_BLOCK_HEADING)
        return b->link_chars * 2 > b->line.chars ? -10 : 0;
    return -5 - 0.2 * (chars < 100 ? chars : 100) - 0.2 * (double)b->link_chars;
}

int
pm_body_find(struct pm_page *page, uint32_t *body, struct pm_err *err)
{
    const struct pm_node *nodes = page->html->nodes;
    double *sum = pm_arena_array(page->arena, page->n_blocks + 1, sizeof(*sum));
    double best = 0;
    int rc;

    *body = 0;
    rc = pm_page_mark(page, 0, 0.5f, err);
    if (rc != PM_OK)
        return rc;
    if (sum == NULL)
        return pm_arena_check(page->arena, err);
    for (size_t i = 0; i < page->n_blocks; i++)
        sum[i + 1] = sum[i] + worth(&page->blocks[i]);
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
    return PM_OK;
}
