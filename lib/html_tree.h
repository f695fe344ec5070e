/*
 * html_tree.h - from start tags, end tags and text to the flat array of nodes.
 *
 * Internal to the HTML parser. Each call costs amortised constant time, whatever the page (see html_tree.c).
 */
#ifndef PM_HTML_TREE_H
#define PM_HTML_TREE_H

#include "html.h"

struct pm_open_element {
    uint32_t node;
    uint32_t below;   /* stack position + 1 of the next lower element of the same tag; 0: none */
    uint32_t special; /* stack position + 1 of the highest special element up to this one */
    uint8_t tag;
};

struct pm_html_tree {
    struct pm_node *nodes;
    size_t n_nodes, cap_nodes;
    struct pm_open_element *stack;
    size_t n_stack, cap_stack;
    uint32_t top[PM_TAG_COUNT]; /* stack position + 1 of the highest open element of a tag; 0: none */
    size_t memory_max;          /* of nodes and stack */
    bool body_seen, head_seen;
    bool at_edge; /* white space here stands beside the edge of a block */
    int failed;   /* sticks */
};

/* A tag as the tokenizer saw it; the tree keeps the pointers. */
struct pm_html_tag {
    uint8_t tag;
    uint8_t n_attrs;
    struct pm_str name; /* as written */
    const struct pm_attr *attrs;
};

void pm_html_tree_begin(struct pm_html_tree *t);
void pm_html_tree_start(struct pm_html_tree *t, const struct pm_html_tag *tag);
void pm_html_tree_end(struct pm_html_tree *t, uint8_t tag, struct pm_str name);
/* Text, entities decoded, not empty. */
void pm_html_tree_text(struct pm_html_tree *t, struct pm_str text);
/* An element whose whole content is `text` (absent: nothing). */
void pm_html_tree_leaf(struct pm_html_tree *t, const struct pm_html_tag *tag, struct pm_str text);
void pm_html_tree_finish(struct pm_html_tree *t);
void pm_html_tree_release(struct pm_html_tree *t);

#endif
