/*
 * html_tree.c - tree construction (WHATWG HTML, 13.2.6), simplified and flat.
 *
 * The stack of open elements links each element to the next lower one of its tag, and knows the
 * highest special one, so every question about scope is a comparison of stack positions: no walk
 * down a deep stack for an end tag that has no start. All positions here count from 1, 0 means
 * none.
 */
#include "html_tree.h"

#include <stdlib.h>

#include "html_name.h"
#include "scan.h"

enum {
    REOPEN_MAX = 4, /* blocks that are split when a formatting element ends inside them */
    OTHER_MAX = 16, /* open elements of unknown names that an end tag looks at */
};

static uint32_t
max2(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Position of the highest element that end tags inside it do not leave. */
static uint32_t
scope(const struct pm_html_tree *t)
{
    const uint32_t *top = t->top;
    uint32_t cell = max2(max2(top[PM_TAG_TD], top[PM_TAG_TH]), top[PM_TAG_CAPTION]);

    return max2(max2(cell, top[PM_TAG_TABLE]), max2(top[PM_TAG_TEMPLATE], top[PM_TAG_OBJECT]));
}

static void
pop_to(struct pm_html_tree *t, uint32_t position)
{
    while (t->n_stack >= position && t->n_stack > 1) {
        struct pm_open_element *o = &t->stack[--t->n_stack];

        t->nodes[o->node].end = (uint32_t)t->n_nodes;
        t->top[o->tag] = o->below;
    }
}

static bool
room(struct pm_html_tree *t)
{
    size_t bytes = (t->n_nodes + 1) * sizeof(*t->nodes) + (t->n_stack + 1) * sizeof(*t->stack);
    void *grown;

    if (t->failed)
        return false;
    if (bytes > t->memory_max || t->n_nodes + 1 >= UINT32_MAX) {
        t->failed = PM_ELIMIT;
        return false;
    }
    if (t->n_nodes == t->cap_nodes) {
        grown = pm_grow(t->nodes, &t->cap_nodes, t->n_nodes + 1, sizeof(*t->nodes));
        if (grown == NULL)
            goto nomem;
        t->nodes = grown;
    }
    if (t->n_stack == t->cap_stack) {
        grown = pm_grow(t->stack, &t->cap_stack, t->n_stack + 1, sizeof(*t->stack));
        if (grown == NULL)
            goto nomem;
        t->stack = grown;
    }
    return true;
nomem:
    t->failed = PM_ENOMEM;
    return false;
}

/* A node under the current element; NULL when it failed. */
static struct pm_node *
add_node(struct pm_html_tree *t, uint8_t tag)
{
    struct pm_node *n;

    if (!room(t))
        return NULL;
    n = &t->nodes[t->n_nodes++];
    memset(n, 0, sizeof(*n));
    n->tag = tag;
    n->end = (uint32_t)t->n_nodes;
    if (t->n_stack > 0) {
        n->parent = t->stack[t->n_stack - 1].node;
        n->depth = t->nodes[n->parent].depth + 1;
    }
    return n;
}

static void
push(struct pm_html_tree *t, const struct pm_html_tag *tag)
{
    struct pm_node *n = add_node(t, tag->tag);
    struct pm_open_element *o;

    if (n == NULL)
        return;
    n->attrs = tag->attrs;
    n->n_attrs = tag->n_attrs;
    if (tag->tag == PM_TAG_OTHER)
        n->text = tag->name;
    if (pm_tag_flags[tag->tag] & PM_TAGF_VOID)
        return;
    o = &t->stack[t->n_stack];
    o->node = (uint32_t)(t->n_nodes - 1);
    o->tag = tag->tag;
    o->below = t->top[tag->tag];
    o->special = pm_tag_flags[tag->tag] & PM_TAGF_SPECIAL ? (uint32_t)(t->n_stack + 1)
                 : t->n_stack > 0                         ? t->stack[t->n_stack - 1].special
                                                          : 0;
    t->n_stack++;
    t->top[tag->tag] = (uint32_t)t->n_stack;
}

/*
 * End the formatting element at `position`. Blocks opened inside it and still open are split: they
 * end with it and go on behind it. So an unclosed link does not swallow the page.
 */
static void
end_formatting(struct pm_html_tree *t, uint32_t position)
{
    struct pm_html_tag again[REOPEN_MAX];
    size_t n = 0;

    for (uint32_t p = t->stack[t->n_stack - 1].special; p > position; p = t->stack[p - 2].special) {
        const struct pm_node *node = &t->nodes[t->stack[p - 1].node];

        if (n == REOPEN_MAX)
            return;
        again[n++] = (struct pm_html_tag){node->tag, node->n_attrs, node->text, node->attrs};
    }
    pop_to(t, position);
    while (n > 0)
        push(t, &again[--n]);
}

static void
close_p(struct pm_html_tree *t)
{
    uint32_t p = t->top[PM_TAG_P];

    if (p > max2(scope(t), t->top[PM_TAG_BUTTON]))
        pop_to(t, p);
}

/* Special elements, other than address, div and p, through which a new li, dt or dd does not end an
 * old one. */
static uint32_t
item_scope(const struct pm_html_tree *t)
{
    static const uint8_t stops[] = {
        PM_TAG_UL,    PM_TAG_OL,     PM_TAG_MENU,    PM_TAG_DL,         PM_TAG_SECTION,  PM_TAG_ARTICLE,
        PM_TAG_ASIDE, PM_TAG_NAV,    PM_TAG_HEADER,  PM_TAG_FOOTER,     PM_TAG_MAIN,     PM_TAG_FIGURE,
        PM_TAG_FORM,  PM_TAG_CENTER, PM_TAG_DETAILS, PM_TAG_BLOCKQUOTE, PM_TAG_FIELDSET,
    };
    uint32_t s = scope(t);

    for (size_t i = 0; i < sizeof(stops); i++)
        s = max2(s, t->top[stops[i]]);
    return s;
}

static void
pop_if_above(struct pm_html_tree *t, uint8_t tag, uint32_t position)
{
    if (t->top[tag] > position)
        pop_to(t, t->top[tag]);
}

static void
end_rows(struct pm_html_tree *t, bool sections)
{
    uint32_t table = t->top[PM_TAG_TABLE];

    pop_if_above(t, PM_TAG_CAPTION, table);
    pop_if_above(t, PM_TAG_COLGROUP, table);
    pop_if_above(t, PM_TAG_TR, table);
    pop_if_above(t, PM_TAG_TD, table);
    pop_if_above(t, PM_TAG_TH, table);
    if (!sections)
        return;
    pop_if_above(t, PM_TAG_TBODY, table);
    pop_if_above(t, PM_TAG_THEAD, table);
    pop_if_above(t, PM_TAG_TFOOT, table);
}

/* What the start of `tag` ends. */
static void
implied_ends(struct pm_html_tree *t, uint8_t tag)
{
    uint32_t table = t->top[PM_TAG_TABLE];
    uint8_t now = t->stack[t->n_stack - 1].tag;

    if (pm_tag_flags[tag] & PM_TAGF_CLOSES_P && t->top[PM_TAG_P] > 0)
        close_p(t);
    switch (tag) {
    case PM_TAG_H1:
    case PM_TAG_H2:
    case PM_TAG_H3:
    case PM_TAG_H4:
    case PM_TAG_H5:
    case PM_TAG_H6:
        now = t->stack[t->n_stack - 1].tag;
        if (now >= PM_TAG_H1 && now <= PM_TAG_H6)
            pop_to(t, (uint32_t)t->n_stack);
        break;
    case PM_TAG_LI:
        pop_if_above(t, PM_TAG_LI, item_scope(t));
        break;
    case PM_TAG_DT:
    case PM_TAG_DD:
        pop_if_above(t, PM_TAG_DT, item_scope(t));
        pop_if_above(t, PM_TAG_DD, item_scope(t));
        break;
    case PM_TAG_TD:
    case PM_TAG_TH:
        pop_if_above(t, PM_TAG_TD, table);
        pop_if_above(t, PM_TAG_TH, table);
        break;
    case PM_TAG_TR:
        end_rows(t, false);
        break;
    case PM_TAG_TBODY:
    case PM_TAG_THEAD:
    case PM_TAG_TFOOT:
    case PM_TAG_CAPTION:
    case PM_TAG_COLGROUP:
        end_rows(t, true);
        break;
    case PM_TAG_OPTION:
        if (now == PM_TAG_OPTION)
            pop_to(t, (uint32_t)t->n_stack);
        break;
    case PM_TAG_OPTGROUP:
        pop_if_above(t, PM_TAG_OPTION, t->top[PM_TAG_SELECT]);
        pop_if_above(t, PM_TAG_OPTGROUP, t->top[PM_TAG_SELECT]);
        break;
    case PM_TAG_RT:
    case PM_TAG_RP:
        if (now == PM_TAG_RT || now == PM_TAG_RP)
            pop_to(t, (uint32_t)t->n_stack);
        break;
    case PM_TAG_BUTTON:
        pop_if_above(t, PM_TAG_BUTTON, scope(t));
        break;
    case PM_TAG_A:
        if (t->top[PM_TAG_A] > scope(t))
            end_formatting(t, t->top[PM_TAG_A]);
        break;
    default:
        break;
    }
}

/* The parts of a page that are there once. True when the tag is done with. */
static bool
page_part(struct pm_html_tree *t, const struct pm_html_tag *tag)
{
    switch (tag->tag) {
    case PM_TAG_HTML:
        if (t->n_nodes > 0 && t->nodes[0].attrs == NULL) {
            t->nodes[0].attrs = tag->attrs;
            t->nodes[0].n_attrs = tag->n_attrs;
        }
        return true;
    case PM_TAG_HEAD:
        if (!t->head_seen && !t->body_seen)
            push(t, tag);
        t->head_seen = true;
        return true;
    case PM_TAG_BODY:
        if (!t->body_seen) {
            pop_to(t, 2);
            push(t, tag);
        }
        t->body_seen = true;
        return true;
    default:
        break;
    }
    if (t->top[PM_TAG_HEAD] == t->n_stack && !(pm_tag_flags[tag->tag] & PM_TAGF_HEAD))
        pop_to(t, t->top[PM_TAG_HEAD]);
    return false;
}

void
pm_html_tree_start(struct pm_html_tree *t, const struct pm_html_tag *tag)
{
    if (t->failed || page_part(t, tag))
        return;
    if (pm_tag_flags[tag->tag] & PM_TAGF_TABLE && t->top[PM_TAG_TABLE] == 0)
        return;
    implied_ends(t, tag->tag);
    push(t, tag);
    if (pm_tag_flags[tag->tag] & PM_TAGF_BLOCK)
        t->at_edge = true;
}

void
pm_html_tree_leaf(struct pm_html_tree *t, const struct pm_html_tag *tag, struct pm_str text)
{
    struct pm_node *n;

    if (t->failed || page_part(t, tag))
        return;
    implied_ends(t, tag->tag);
    n = add_node(t, tag->tag);
    if (n == NULL)
        return;
    n->attrs = tag->attrs;
    n->n_attrs = tag->n_attrs;
    if (!(pm_tag_flags[tag->tag] & PM_TAGF_RCDATA)) {
        n->text = text;
    } else if (text.len > 0) {
        uint32_t parent = (uint32_t)(t->n_nodes - 1);
        struct pm_node *child = add_node(t, PM_TAG_TEXT);

        if (child == NULL)
            return;
        child->parent = parent;
        child->depth = t->nodes[parent].depth + 1;
        child->text = text;
        t->nodes[parent].end = (uint32_t)t->n_nodes;
    }
    if (pm_tag_flags[tag->tag] & PM_TAGF_BLOCK)
        t->at_edge = true;
}

void
pm_html_tree_text(struct pm_html_tree *t, struct pm_str text)
{
    struct pm_node *n;
    const char *p = text.ptr, *end = text.ptr + text.len;

    while (p < end && pm_byte_is(*p, PM_BYTE_SPACE))
        p = pm_scan_over_space(p + 1, end);
    if (p == end) {
        if (t->at_edge)
            return;
        text = PM_STR(" ");
    } else {
        t->at_edge = false;
        if (t->top[PM_TAG_HEAD] > 0 && t->top[PM_TAG_HEAD] == t->n_stack)
            pop_to(t, t->top[PM_TAG_HEAD]);
    }
    n = add_node(t, PM_TAG_TEXT);
    if (n != NULL)
        n->text = text;
}

/* End tag of an element unknown by name: the nearest open one of that name, if no special element
 * is in between. */
static void
end_other(struct pm_html_tree *t, struct pm_str name)
{
    uint32_t p = t->top[PM_TAG_OTHER], special = t->stack[t->n_stack - 1].special;

    for (int i = 0; i < OTHER_MAX && p > special; i++) {
        if (pm_str_ieq(t->nodes[t->stack[p - 1].node].text, name)) {
            pop_to(t, p);
            return;
        }
        p = t->stack[p - 1].below;
    }
}

static uint32_t
top_heading(const struct pm_html_tree *t)
{
    uint32_t p = 0;

    for (int tag = PM_TAG_H1; tag <= PM_TAG_H6; tag++)
        p = max2(p, t->top[tag]);
    return p;
}

void
pm_html_tree_end(struct pm_html_tree *t, uint8_t tag, struct pm_str name)
{
    uint16_t flags = pm_tag_flags[tag];
    uint32_t p = t->top[tag];

    if (t->failed || tag == PM_TAG_HTML || tag == PM_TAG_BODY)
        return;
    if (flags & PM_TAGF_BLOCK)
        t->at_edge = true;
    if (tag == PM_TAG_OTHER) {
        end_other(t, name);
    } else if (tag == PM_TAG_BR || (tag == PM_TAG_P && p <= scope(t))) {
        /* "</br>" is "<br>", and "</p>" alone an empty p: both part the text. */
        struct pm_html_tag empty = {tag, 0, name, NULL};

        pm_html_tree_start(t, &empty);
        if (tag == PM_TAG_P)
            pop_to(t, t->top[PM_TAG_P]);
    } else if (tag >= PM_TAG_H1 && tag <= PM_TAG_H6) {
        p = top_heading(t);
        if (p > scope(t))
            pop_to(t, p);
    } else if (tag == PM_TAG_TABLE || tag == PM_TAG_TEMPLATE || tag == PM_TAG_OBJECT || tag == PM_TAG_HEAD) {
        if (p > 0)
            pop_to(t, p);
    } else if (flags & PM_TAGF_TABLE) {
        pop_if_above(t, tag, t->top[PM_TAG_TABLE]);
    } else if (flags & PM_TAGF_FORMAT) {
        if (p > scope(t))
            end_formatting(t, p);
    } else if (tag == PM_TAG_LI) {
        pop_if_above(t, tag, max2(scope(t), max2(t->top[PM_TAG_UL], t->top[PM_TAG_OL])));
    } else if (flags & PM_TAGF_SPECIAL) {
        pop_if_above(t, tag, scope(t));
    } else if (p > t->stack[t->n_stack - 1].special) {
        pop_to(t, p);
    }
}

void
pm_html_tree_begin(struct pm_html_tree *t)
{
    struct pm_html_tag root = {PM_TAG_HTML, 0, PM_STR_NULL, NULL};

    t->n_nodes = t->n_stack = 0;
    memset(t->top, 0, sizeof(t->top));
    t->body_seen = t->head_seen = false;
    t->at_edge = true;
    t->failed = 0;
    push(t, &root);
}

void
pm_html_tree_finish(struct pm_html_tree *t)
{
    if (t->n_stack == 0)
        return;
    pop_to(t, 2);
    t->nodes[0].end = (uint32_t)t->n_nodes;
}

void
pm_html_tree_release(struct pm_html_tree *t)
{
    free(t->nodes);
    free(t->stack);
    t->nodes = NULL;
    t->stack = NULL;
    t->n_nodes = t->n_stack = t->cap_nodes = t->cap_stack = 0;
}
