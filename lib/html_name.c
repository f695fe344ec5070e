/*
 * html_name.c - the names of tags and attributes, and what the HTML standard says of each tag.
 */
#include "html_name.h"

#define V PM_TAGF_VOID
#define S PM_TAGF_SPECIAL
#define P PM_TAGF_CLOSES_P
#define F PM_TAGF_FORMAT
#define B PM_TAGF_BLOCK
#define R PM_TAGF_RAW
#define T PM_TAGF_RCDATA
#define C PM_TAGF_TABLE
#define H PM_TAGF_HEAD

const uint16_t pm_tag_flags[PM_TAG_COUNT] = {
    [PM_TAG_HTML] = S | B, [PM_TAG_HEAD] = S | B, [PM_TAG_BODY] = S | B,
    [PM_TAG_TITLE] = S | B | T | H, [PM_TAG_META] = V | S | H, [PM_TAG_LINK] = V | S | H,
    [PM_TAG_SCRIPT] = S | R | H, [PM_TAG_BASE] = V | S | H, [PM_TAG_A] = F,
    [PM_TAG_ADDRESS] = S | P | B, [PM_TAG_ARTICLE] = S | P | B, [PM_TAG_ASIDE] = S | P | B,
    [PM_TAG_B] = F, [PM_TAG_BIG] = F, [PM_TAG_BLOCKQUOTE] = S | P | B, [PM_TAG_BR] = V | S | B,
    [PM_TAG_BUTTON] = S, [PM_TAG_CAPTION] = S | B | C, [PM_TAG_CENTER] = S | P | B,
    [PM_TAG_CODE] = F, [PM_TAG_COL] = V | S | B | C, [PM_TAG_COLGROUP] = S | B | C,
    [PM_TAG_DD] = S | P | B, [PM_TAG_DETAILS] = S | P | B, [PM_TAG_DIALOG] = P | B,
    [PM_TAG_DIV] = S | P | B, [PM_TAG_DL] = S | P | B, [PM_TAG_DT] = S | P | B, [PM_TAG_EM] = F,
    [PM_TAG_EMBED] = V | S, [PM_TAG_FIELDSET] = S | P | B, [PM_TAG_FIGCAPTION] = S | P | B,
    [PM_TAG_FIGURE] = S | P | B, [PM_TAG_FONT] = F, [PM_TAG_FOOTER] = S | P | B,
    [PM_TAG_FORM] = S | P | B, [PM_TAG_H1] = S | P | B, [PM_TAG_H2] = S | P | B,
    [PM_TAG_H3] = S | P | B, [PM_TAG_H4] = S | P | B, [PM_TAG_H5] = S | P | B,
    [PM_TAG_H6] = S | P | B, [PM_TAG_HEADER] = S | P | B, [PM_TAG_HGROUP] = S | P | B,
    [PM_TAG_HR] = V | S | P | B, [PM_TAG_I] = F, [PM_TAG_IFRAME] = S | R, [PM_TAG_IMG] = V | S,
    [PM_TAG_INPUT] = V | S, [PM_TAG_LEGEND] = B, [PM_TAG_LI] = S | P | B, [PM_TAG_MAIN] = S | P | B,
    [PM_TAG_MENU] = S | P | B, [PM_TAG_NAV] = S | P | B, [PM_TAG_NOEMBED] = S | R,
    [PM_TAG_NOFRAMES] = S | R | H, [PM_TAG_NOSCRIPT] = S | R | H, [PM_TAG_OBJECT] = S,
    [PM_TAG_OL] = S | P | B, [PM_TAG_OPTGROUP] = B, [PM_TAG_OPTION] = B, [PM_TAG_P] = S | P | B,
    [PM_TAG_PARAM] = V | S, [PM_TAG_PRE] = S | P | B, [PM_TAG_S] = F, [PM_TAG_SEARCH] = S | P | B,
    [PM_TAG_SECTION] = S | P | B, [PM_TAG_SELECT] = S | B, [PM_TAG_SMALL] = F,
    [PM_TAG_SOURCE] = V | S, [PM_TAG_STRIKE] = F, [PM_TAG_STRONG] = F, [PM_TAG_STYLE] = S | R | H,
    [PM_TAG_SUMMARY] = S | P | B, [PM_TAG_TABLE] = S | P | B, [PM_TAG_TBODY] = S | B | C,
    [PM_TAG_TD] = S | B | C, [PM_TAG_TEMPLATE] = S | B | H, [PM_TAG_TEXTAREA] = S | B | T,
    [PM_TAG_TFOOT] = S | B | C, [PM_TAG_TH] = S | B | C, [PM_TAG_THEAD] = S | B | C,
    [PM_TAG_TR] = S | B | C, [PM_TAG_TRACK] = V | S, [PM_TAG_U] = F, [PM_TAG_UL] = S | P | B,
    [PM_TAG_WBR] = V | S, [PM_TAG_XMP] = S | P | B | R,
};

static const char *const tag_names[PM_TAG_COUNT] = {
    [PM_TAG_HTML] = "html", [PM_TAG_HEAD] = "head", [PM_TAG_BODY] = "body",
    [PM_TAG_TITLE] = "title", [PM_TAG_META] = "meta", [PM_TAG_LINK] = "link",
    [PM_TAG_SCRIPT] = "script", [PM_TAG_BASE] = "base", [PM_TAG_A] = "a", [PM_TAG_ABBR] = "abbr",
    [PM_TAG_ADDRESS] = "address", [PM_TAG_ARTICLE] = "article", [PM_TAG_ASIDE] = "aside",
    [PM_TAG_AUDIO] = "audio", [PM_TAG_B] = "b", [PM_TAG_BIG] = "big",
    [PM_TAG_BLOCKQUOTE] = "blockquote", [PM_TAG_BR] = "br", [PM_TAG_BUTTON] = "button",
    [PM_TAG_CANVAS] = "canvas", [PM_TAG_CAPTION] = "caption", [PM_TAG_CENTER] = "center",
    [PM_TAG_CITE] = "cite", [PM_TAG_CODE] = "code", [PM_TAG_COL] = "col",
    [PM_TAG_COLGROUP] = "colgroup", [PM_TAG_DATALIST] = "datalist", [PM_TAG_DD] = "dd",
    [PM_TAG_DEL] = "del", [PM_TAG_DETAILS] = "details", [PM_TAG_DIALOG] = "dialog",
    [PM_TAG_DIV] = "div", [PM_TAG_DL] = "dl", [PM_TAG_DT] = "dt", [PM_TAG_EM] = "em",
    [PM_TAG_EMBED] = "embed", [PM_TAG_FIELDSET] = "fieldset", [PM_TAG_FIGCAPTION] = "figcaption",
    [PM_TAG_FIGURE] = "figure", [PM_TAG_FONT] = "font", [PM_TAG_FOOTER] = "footer",
    [PM_TAG_FORM] = "form", [PM_TAG_H1] = "h1", [PM_TAG_H2] = "h2", [PM_TAG_H3] = "h3",
    [PM_TAG_H4] = "h4", [PM_TAG_H5] = "h5", [PM_TAG_H6] = "h6", [PM_TAG_HEADER] = "header",
    [PM_TAG_HGROUP] = "hgroup", [PM_TAG_HR] = "hr", [PM_TAG_I] = "i", [PM_TAG_IFRAME] = "iframe",
    [PM_TAG_IMG] = "img", [PM_TAG_INPUT] = "input", [PM_TAG_INS] = "ins", [PM_TAG_LABEL] = "label",
    [PM_TAG_LEGEND] = "legend", [PM_TAG_LI] = "li", [PM_TAG_MAIN] = "main", [PM_TAG_MARK] = "mark",
    [PM_TAG_MATH] = "math", [PM_TAG_MENU] = "menu", [PM_TAG_NAV] = "nav",
    [PM_TAG_NOEMBED] = "noembed", [PM_TAG_NOFRAMES] = "noframes", [PM_TAG_NOSCRIPT] = "noscript",
    [PM_TAG_OBJECT] = "object", [PM_TAG_OL] = "ol", [PM_TAG_OPTGROUP] = "optgroup",
    [PM_TAG_OPTION] = "option", [PM_TAG_OUTPUT] = "output", [PM_TAG_P] = "p",
    [PM_TAG_PARAM] = "param", [PM_TAG_PICTURE] = "picture", [PM_TAG_PRE] = "pre",
    [PM_TAG_PROGRESS] = "progress", [PM_TAG_Q] = "q", [PM_TAG_RP] = "rp", [PM_TAG_RT] = "rt",
    [PM_TAG_RUBY] = "ruby", [PM_TAG_S] = "s", [PM_TAG_SEARCH] = "search",
    [PM_TAG_SECTION] = "section", [PM_TAG_SELECT] = "select", [PM_TAG_SLOT] = "slot",
    [PM_TAG_SMALL] = "small", [PM_TAG_SOURCE] = "source", [PM_TAG_SPAN] = "span",
    [PM_TAG_STRIKE] = "strike", [PM_TAG_STRONG] = "strong", [PM_TAG_STYLE] = "style",
    [PM_TAG_SUB] = "sub", [PM_TAG_SUMMARY] = "summary", [PM_TAG_SUP] = "sup", [PM_TAG_SVG] = "svg",
    [PM_TAG_TABLE] = "table", [PM_TAG_TBODY] = "tbody", [PM_TAG_TD] = "td",
    [PM_TAG_TEMPLATE] = "template", [PM_TAG_TEXTAREA] = "textarea", [PM_TAG_TFOOT] = "tfoot",
    [PM_TAG_TH] = "th", [PM_TAG_THEAD] = "thead", [PM_TAG_TIME] = "time", [PM_TAG_TR] = "tr",
    [PM_TAG_TRACK] = "track", [PM_TAG_U] = "u", [PM_TAG_UL] = "ul", [PM_TAG_VIDEO] = "video",
    [PM_TAG_WBR] = "wbr", [PM_TAG_XMP] = "xmp",
};

static const char *const attr_names[PM_ATTR_COUNT] = {
    [PM_ATTR_ALT] = "alt", [PM_ATTR_ARIA_HIDDEN] = "aria-hidden",
    [PM_ATTR_ARIA_LABEL] = "aria-label", [PM_ATTR_AUTHOR] = "author", [PM_ATTR_CITE] = "cite",
    [PM_ATTR_CLASS] = "class", [PM_ATTR_CONTENT] = "content", [PM_ATTR_DATETIME] = "datetime",
    [PM_ATTR_HIDDEN] = "hidden", [PM_ATTR_HREF] = "href", [PM_ATTR_HREFLANG] = "hreflang",
    [PM_ATTR_HTTP_EQUIV] = "http-equiv", [PM_ATTR_ID] = "id", [PM_ATTR_ITEMPROP] = "itemprop",
    [PM_ATTR_ITEMSCOPE] = "itemscope", [PM_ATTR_ITEMTYPE] = "itemtype", [PM_ATTR_LANG] = "lang",
    [PM_ATTR_NAME] = "name", [PM_ATTR_PROPERTY] = "property", [PM_ATTR_PUBDATE] = "pubdate",
    [PM_ATTR_REL] = "rel", [PM_ATTR_ROLE] = "role", [PM_ATTR_SRC] = "src",
    [PM_ATTR_STYLE] = "style", [PM_ATTR_TITLE] = "title", [PM_ATTR_TYPE] = "type",
    [PM_ATTR_XML_LANG] = "xml:lang", [PM_ATTR_SHADOWROOTMODE] = "shadowrootmode",
    [PM_ATTR_DATA_BLOCK] = "data-block", [PM_ATTR_DATA_COMPONENT] = "data-component",
    [PM_ATTR_DATA_MODULE] = "data-module", [PM_ATTR_DATA_NAME] = "data-name",
    [PM_ATTR_DATA_QA] = "data-qa", [PM_ATTR_DATA_TESTID] = "data-testid",
    [PM_ATTR_DATA_TYPE] = "data-type",
};

#define SPACE (PM_BYTE_SPACE | PM_BYTE_ENDS_TAG | PM_BYTE_ENDS_ATTR | PM_BYTE_ENDS_VALUE | PM_BYTE_BETWEEN)

const uint8_t pm_byte_class[256] = {
    ['\t'] = SPACE, ['\n'] = SPACE, ['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
    ['/'] = PM_BYTE_ENDS_TAG | PM_BYTE_ENDS_ATTR | PM_BYTE_BETWEEN, ['='] = PM_BYTE_ENDS_ATTR,
    ['>'] = PM_BYTE_ENDS_TAG | PM_BYTE_ENDS_ATTR | PM_BYTE_ENDS_VALUE,
};

static void
enter(struct pm_name_slot *slots, const char *name, int value)
{
    size_t len = strlen(name), i;
    struct pm_name_key k = pm_name_key(name, len, name + len);

    for (i = pm_name_slot(k); slots[i].value != 0;)
        i = (i + 1) % PM_NAME_SLOTS;
    slots[i].key = k;
    slots[i].value = (uint8_t)(value + 1);
}

void
pm_name_table_init(struct pm_name_table *t)
{
    memset(t, 0, sizeof(*t));
    for (int i = 0; i < PM_TAG_COUNT; i++)
        if (tag_names[i] != NULL)
            enter(t->tags, tag_names[i], i);
    for (int i = 0; i < PM_ATTR_COUNT; i++)
        enter(t->attrs, attr_names[i], i);
    enter(t->tags, "image", PM_TAG_IMG); /* as the standard has it */
}
