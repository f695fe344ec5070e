/*
 * clean_page.h - an HTML page as blocks of text, with what the cleaner needs to know of each.
 *
 * A block is a run of text that no block-level element and no double line break parts. Everything is in arrays that are
 * indexed by node or by block and filled in passes over the flat page, so the time is linear. Internal to the cleaner.
 */
#ifndef PM_CLEAN_PAGE_H
#define PM_CLEAN_PAGE_H

#include "article.h"
#include "clean_vocab.h"
#include "html.h"
#include "lines.h"

enum pm_node_state {
    PM_ST_SKIP = 1u << 0,   /* no text of it counts: controls, fallback content */
    PM_ST_LINK = 1u << 1,   /* inside a link */
    PM_ST_STRONG = 1u << 2, /* inside bold */
    PM_ST_EM = 1u << 3,
    PM_ST_PRE = 1u << 4,
    PM_ST_CELLS = 1u << 5,     /* inside a row whose cells are joined to one block */
    PM_ST_BLOCK = 1u << 6,     /* the element parts text */
    PM_ST_HAS_BLOCK = 1u << 7, /* has such an element inside */
};

struct pm_page_block {
    struct pm_line line;                                /* text and its shape */
    uint32_t node;                                      /* the block-level element it is in */
    uint32_t first;                                     /* its first text node */
    uint32_t last;                                      /* its last text node */
    uint32_t link_chars, strong_chars, em_chars, links; /* characters inside links, ...; number of links */
    uint32_t marks;                                     /* of all elements it is in, set by pm_page_mark() */
    uint8_t kind;                                       /* enum pm_block_kind */
    uint8_t level;                                      /* of a heading, 1 to 6; else 0 */
    bool outside;                                       /* elements around it, up to the root, have PM_MARKS_OUTSIDE */
    bool media; /* an image, video or frame stands between it and the block before */
    float good; /* characters that read like prose, 0 for the rest */
};

struct pm_page {
    const struct pm_html *html;
    struct pm_arena *arena;
    const struct pm_vocab *vocab;
    const struct pm_phrases *phrases;
    uint8_t *state;       /* of each node: enum pm_node_state */
    uint8_t *kind;        /* of each node: block kind + 1 of text in it, 0 for none said */
    uint32_t *block_of;   /* of each node: the nearest block-level element, itself included */
    uint32_t *own;        /* marks that the node's own tag, class and id give */
    uint64_t *class_hash; /* of each node around a block; 0 for no class */
    uint32_t *at;         /* n_nodes + 1: number of blocks that begin before the node */
    struct pm_page_block *blocks;
    size_t n_blocks, cap_blocks;
    double *good; /* n_blocks + 1 prefix sums */
};

/* Segment the page. Arrays live in `arena`; page->html, ->vocab and ->phrases are borrowed. */
int pm_page_make(struct pm_page *page, const struct pm_html *html, const struct pm_vocab *vocab,
                 const struct pm_phrases *phrases, struct pm_arena *arena, struct pm_err *err) PM_MUST_USE;

/*
 * Set the marks of all blocks inside `root`: those of the elements between it and the block. An element that
 * holds more than `most` of the good text of `root` gives no mark: a word in the class of a whole article says nothing.
 */
int pm_page_mark(struct pm_page *page, uint32_t root, float most, struct pm_err *err) PM_MUST_USE;

/* Good text of a node. */
static inline double
pm_page_good(const struct pm_page *page, uint32_t node)
{
    return page->good[page->at[page->html->nodes[node].end]] - page->good[page->at[node]];
}

#endif
