/*
 * html.h - an HTML page as one flat array of nodes in document order.
 *
 * Input is UTF-8 of any size. Scripts (other than JSON-LD), styles, noscript, SVG, comments and the like are
 * passed over by one search for their end and give no node. The tree is the one that browsers build, save for what
 * does not matter to a reader of text: no foster parents, no formatting elements made anew. Depth of the page costs no
 * stack, time and memory are linear in the input. A parser belongs to one thread; its result is valid until the next
 * parse and lives in the parser or in the input.
 */
#ifndef PM_HTML_H
#define PM_HTML_H

#include "buf.h"

struct pm_html_parser;

/* Tags that the library looks at by name; others are PM_TAG_OTHER. */
enum pm_tag {
    PM_TAG_TEXT, /* a text node, entities decoded */
    PM_TAG_OTHER,
    PM_TAG_HTML, PM_TAG_HEAD, PM_TAG_BODY, PM_TAG_TITLE, PM_TAG_META, PM_TAG_LINK, PM_TAG_SCRIPT, PM_TAG_BASE,
    PM_TAG_A, PM_TAG_ABBR, PM_TAG_ADDRESS, PM_TAG_ARTICLE, PM_TAG_ASIDE, PM_TAG_AUDIO, PM_TAG_B, PM_TAG_BIG,
    PM_TAG_BLOCKQUOTE, PM_TAG_BR, PM_TAG_BUTTON, PM_TAG_CANVAS, PM_TAG_CAPTION, PM_TAG_CENTER, PM_TAG_CITE,
    PM_TAG_CODE, PM_TAG_COL, PM_TAG_COLGROUP, PM_TAG_DATALIST, PM_TAG_DD, PM_TAG_DEL, PM_TAG_DETAILS, PM_TAG_DIALOG,
    PM_TAG_DIV, PM_TAG_DL, PM_TAG_DT, PM_TAG_EM, PM_TAG_EMBED, PM_TAG_FIELDSET, PM_TAG_FIGCAPTION, PM_TAG_FIGURE,
    PM_TAG_FONT, PM_TAG_FOOTER, PM_TAG_FORM, PM_TAG_H1, PM_TAG_H2, PM_TAG_H3, PM_TAG_H4, PM_TAG_H5, PM_TAG_H6,
    PM_TAG_HEADER, PM_TAG_HGROUP, PM_TAG_HR, PM_TAG_I, PM_TAG_IFRAME, PM_TAG_IMG, PM_TAG_INPUT, PM_TAG_INS,
    PM_TAG_LABEL, PM_TAG_LEGEND, PM_TAG_LI, PM_TAG_MAIN, PM_TAG_MARK, PM_TAG_MATH, PM_TAG_MENU, PM_TAG_NAV,
    PM_TAG_NOEMBED, PM_TAG_NOFRAMES, PM_TAG_NOSCRIPT, PM_TAG_OBJECT, PM_TAG_OL, PM_TAG_OPTGROUP, PM_TAG_OPTION,
    PM_TAG_OUTPUT, PM_TAG_P, PM_TAG_PARAM, PM_TAG_PICTURE, PM_TAG_PRE, PM_TAG_PROGRESS, PM_TAG_Q, PM_TAG_RP,
    PM_TAG_RT, PM_TAG_RUBY, PM_TAG_S, PM_TAG_SEARCH, PM_TAG_SECTION, PM_TAG_SELECT, PM_TAG_SLOT, PM_TAG_SMALL,
    PM_TAG_SOURCE, PM_TAG_SPAN, PM_TAG_STRIKE, PM_TAG_STRONG, PM_TAG_STYLE, PM_TAG_SUB, PM_TAG_SUMMARY, PM_TAG_SUP,
    PM_TAG_SVG, PM_TAG_TABLE, PM_TAG_TBODY, PM_TAG_TD, PM_TAG_TEMPLATE, PM_TAG_TEXTAREA, PM_TAG_TFOOT, PM_TAG_TH,
    PM_TAG_THEAD, PM_TAG_TIME, PM_TAG_TR, PM_TAG_TRACK, PM_TAG_U, PM_TAG_UL, PM_TAG_VIDEO, PM_TAG_WBR, PM_TAG_XMP,
    PM_TAG_COUNT,
};

/* Attributes that are kept; all others are skipped. */
enum pm_attr_name {
    PM_ATTR_ALT, PM_ATTR_ARIA_HIDDEN, PM_ATTR_ARIA_LABEL, PM_ATTR_AUTHOR, PM_ATTR_CITE, PM_ATTR_CLASS,
    PM_ATTR_CONTENT, PM_ATTR_DATETIME, PM_ATTR_HIDDEN, PM_ATTR_HREF, PM_ATTR_HREFLANG, PM_ATTR_HTTP_EQUIV, PM_ATTR_ID,
    PM_ATTR_ITEMPROP, PM_ATTR_ITEMSCOPE, PM_ATTR_ITEMTYPE, PM_ATTR_LANG, PM_ATTR_NAME, PM_ATTR_PROPERTY,
    PM_ATTR_PUBDATE, PM_ATTR_REL, PM_ATTR_ROLE, PM_ATTR_SRC, PM_ATTR_STYLE, PM_ATTR_TITLE, PM_ATTR_TYPE,
    PM_ATTR_XML_LANG, PM_ATTR_SHADOWROOTMODE,
    /* What makers of templates call their parts, beside class and id. */
    PM_ATTR_DATA_BLOCK, PM_ATTR_DATA_COMPONENT, PM_ATTR_DATA_MODULE, PM_ATTR_DATA_NAME, PM_ATTR_DATA_QA,
    PM_ATTR_DATA_TESTID, PM_ATTR_DATA_TYPE,
    PM_ATTR_COUNT,
};

struct pm_attr {
    enum pm_attr_name name;
    struct pm_str value; /* entities decoded; "" for an attribute without value */
};

struct pm_node {
    uint8_t tag;     /* enum pm_tag */
    uint8_t n_attrs; /* kept ones */
    uint32_t parent; /* index; the root is its own parent */
    uint32_t end;    /* index behind the last descendant */
    uint32_t depth;
    struct pm_str text; /* of PM_TAG_TEXT and of JSON-LD scripts; of PM_TAG_OTHER the tag's name as written */
    const struct pm_attr *attrs;
};

/*
 * nodes[0] is the root, PM_TAG_HTML. Titles and text areas hold a text node. Of text that is white space alone only what stands
 * between inline elements has a node. Text and values are valid UTF-8 without U+0000 where the input is.
 */
struct pm_html {
    const struct pm_node *nodes;
    size_t n_nodes;
};

/* `memory_max`: bytes that one page may need; 0: 1 GiB. */
int pm_html_parser_new(struct pm_html_parser **dst, size_t memory_max, struct pm_err *err) PM_MUST_USE;
void pm_html_parser_free(struct pm_html_parser *p);

/* `utf8` is borrowed until the next parse. PM_ELIMIT when the page needs more than memory_max. */
int pm_html_parse(struct pm_html_parser *p, struct pm_str utf8, struct pm_html *dst,
                  struct pm_err *err) PM_MUST_USE;

/* Value of an attribute; absent when the node has none of that name. */
struct pm_str pm_node_attr(const struct pm_node *n, enum pm_attr_name name);

#endif
