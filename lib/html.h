/*
 * html.h - an HTML page as one flat array of nodes in document order.
 *
 * Input is UTF-8 of any size up to the arena's ceiling. Scripts (other than JSON-LD), styles, SVG and
 * comments are passed over before the parser sees them. Depth of the page costs no stack. A parser belongs to
 * one thread; its result is valid until the next parse and lives in the parser's arena or in the input.
 */
#ifndef PM_HTML_H
#define PM_HTML_H

#include "buf.h"

struct pm_html_parser;

/* Tags that the library looks at by name; others are PM_TAG_OTHER. */
enum pm_tag {
    PM_TAG_TEXT, /* a text node, entities decoded */
    PM_TAG_OTHER,
    PM_TAG_HTML, PM_TAG_HEAD, PM_TAG_BODY, PM_TAG_TITLE, PM_TAG_META, PM_TAG_LINK, PM_TAG_SCRIPT,
    PM_TAG_A, PM_TAG_ABBR, PM_TAG_ADDRESS, PM_TAG_ARTICLE, PM_TAG_ASIDE, PM_TAG_AUDIO, PM_TAG_B, PM_TAG_BLOCKQUOTE,
    PM_TAG_BR, PM_TAG_BUTTON, PM_TAG_CAPTION, PM_TAG_CENTER, PM_TAG_CITE, PM_TAG_CODE, PM_TAG_DD, PM_TAG_DETAILS, PM_TAG_DIV,
    PM_TAG_DL, PM_TAG_DT, PM_TAG_EM, PM_TAG_FIGCAPTION, PM_TAG_FIGURE, PM_TAG_FONT, PM_TAG_FOOTER, PM_TAG_FORM,
    PM_TAG_H1, PM_TAG_H2, PM_TAG_H3, PM_TAG_H4, PM_TAG_H5, PM_TAG_H6, PM_TAG_HEADER, PM_TAG_HR, PM_TAG_I,
    PM_TAG_IFRAME, PM_TAG_IMG, PM_TAG_INPUT, PM_TAG_LABEL, PM_TAG_LI, PM_TAG_MAIN, PM_TAG_MENU, PM_TAG_NAV, PM_TAG_NOSCRIPT, PM_TAG_OL,
    PM_TAG_OPTION, PM_TAG_P, PM_TAG_PICTURE, PM_TAG_PRE, PM_TAG_Q, PM_TAG_S, PM_TAG_SECTION, PM_TAG_SELECT, PM_TAG_SMALL,
    PM_TAG_SPAN, PM_TAG_STRONG, PM_TAG_SUB, PM_TAG_SUMMARY, PM_TAG_SUP, PM_TAG_TABLE, PM_TAG_TBODY, PM_TAG_TD,
    PM_TAG_TEMPLATE, PM_TAG_TEXTAREA, PM_TAG_TH, PM_TAG_THEAD, PM_TAG_TIME, PM_TAG_TR, PM_TAG_U, PM_TAG_UL, PM_TAG_VIDEO,
    PM_TAG_COUNT,
};

struct pm_attr {
    struct pm_str name;  /* lower case */
    struct pm_str value; /* entities decoded */
};

struct pm_node {
    enum pm_tag tag;
    uint32_t parent; /* index; the root is its own parent */
    uint32_t end;    /* index behind the last descendant */
    uint32_t depth;
    struct pm_str text; /* of PM_TAG_TEXT, and raw content of JSON-LD scripts, titles */
    const struct pm_attr *attrs;
    uint32_t n_attrs;
};

struct pm_html {
    const struct pm_node *nodes; /* nodes[0] is the root */
    size_t n_nodes;
};

int pm_html_parser_new(struct pm_html_parser **dst, size_t memory_max, struct pm_err *err) PM_MUST_USE;
void pm_html_parser_free(struct pm_html_parser *p);

/* `utf8` is borrowed until the next parse. PM_ELIMIT when the page needs more than memory_max. */
int pm_html_parse(struct pm_html_parser *p, struct pm_str utf8, struct pm_html *dst,
                  struct pm_err *err) PM_MUST_USE;

/* Value of an attribute; absent when the node has none of that name. */
struct pm_str pm_node_attr(const struct pm_node *n, struct pm_str name);

#endif
