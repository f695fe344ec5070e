/* Tests of html.c, html_tree.c, html_name.c, html_entity.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "html.h"

static struct pm_html_parser *parser;

static int
setup(void **state)
{
    (void)state;
    return pm_html_parser_new(&parser, 0, NULL);
}

static int
teardown(void **state)
{
    (void)state;
    pm_html_parser_free(parser);
    return 0;
}

static const char *
tag_label(uint8_t tag)
{
    static const struct {
        uint8_t tag;
        const char *label;
    } labels[] = {
        {PM_TAG_P, "p"},         {PM_TAG_DIV, "div"}, {PM_TAG_A, "a"},   {PM_TAG_B, "b"},
        {PM_TAG_LI, "li"},       {PM_TAG_UL, "ul"},   {PM_TAG_TD, "td"}, {PM_TAG_TR, "tr"},
        {PM_TAG_TABLE, "table"}, {PM_TAG_BR, "br"},   {PM_TAG_H2, "h2"}, {PM_TAG_SPAN, "span"},
        {PM_TAG_DT, "dt"},       {PM_TAG_DD, "dd"},   {PM_TAG_OTHER, "other"},
        {PM_TAG_TITLE, "title"}, {PM_TAG_SCRIPT, "script"}, {PM_TAG_IMG, "img"},
        {PM_TAG_HEAD, "head"},   {PM_TAG_BODY, "body"}, {PM_TAG_META, "meta"},
        {PM_TAG_TEXTAREA, "textarea"}, {PM_TAG_IFRAME, "iframe"},
    };

    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++)
        if (labels[i].tag == tag)
            return labels[i].label;
    return "?";
}

/* The page in brackets, "p(one b(two))", parents and depths checked on the way. */
static void
shape(const struct pm_html *page, struct pm_buf *dst)
{
    size_t open[64], n = 0;

    for (size_t i = 1; i < page->n_nodes; i++) {
        const struct pm_node *node = &page->nodes[i];

        while (n > 0 && page->nodes[open[n - 1]].end <= i) {
            pm_buf_putc(dst, ')');
            n--;
        }
        assert_int_equal(node->parent, n > 0 ? open[n - 1] : 0);
        assert_int_equal(node->depth, n + 1);
        if (node->tag == PM_TAG_TEXT) {
            pm_buf_str(dst, node->text);
            continue;
        }
        pm_buf_cstr(dst, tag_label(node->tag));
        pm_buf_putc(dst, '(');
        open[n++] = i;
        if (node->tag == PM_TAG_SCRIPT)
            pm_buf_str(dst, node->text);
    }
    while (n-- > 0)
        pm_buf_putc(dst, ')');
}

static void
trees_are_as_in_browsers(void **state)
{
    static const struct {
        const char *html, *want;
    } cases[] = {
        {"", ""},
        {"one", "one"},
        {"<p>one<p>two", "p(one)p(two)"},
        {"<p>one<div>two</div>", "p(one)div(two)"},
        {"<p>one<span>x<p>two", "p(onespan(x))p(two)"},
        {"one</p>two", "onep()two"},
        {"one</br>two", "onebr()two"},
        {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "ul(li(a)li(bul(li(c)))li(d))e"},
        {"<ul><li>a<div><li>b</ul>", "ul(li(adiv())li(b))"},
        {"<dt>a<dd>b<dt>c", "dt(a)dd(b)dt(c)"},
        {"<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d"},
        {"<table><tr><td><table><tr><td>a</table>b</td></table>c",
         "table(tr(td(table(tr(td(a)))b)))c"},
        {"<div><table><tr><td>a</div>b</table>c", "div(table(tr(td(ab)))c)"},
        {"<td>a</td>b", "ab"},
        {"<a>x<div>y</a>z</div>w", "a(xdiv(y))div(z)w"},
        {"<a>x<a>y", "a(x)a(y)"},
        {"<b><p>x</b>y</p>z", "b(p(x))p(y)z"},
        {"<div></div></div></span>x", "div()x"},
        {"<span><div>x</span>y</div>", "span(div(xy))"},
        {"<h2>a<h2>b</h3>c", "h2(a)h2(b)c"},
        {"<x-y>a<x-z>b</x-y>c", "other(aother(b))c"},
        {"<html><head><title>a &amp; <b></title><meta></head><body>x</body>y",
         "head(title(a & <b>)meta())body(xy)"},
        {"<title>t</title><p>x<body>y", "title(t)p(x)body(y)"},
        {"<head><meta><p>x</head>", "head(meta())p(x)"},
        {"a<script>var x = '<p>';</script>b", "ab"},
        {"a<SCRIPT>'</scriptx>'</script >b", "ab"},
        {"<script><!--<script>x</script>y--></script>b", "b"},
        {"<script><!-- x</script>b", "b"},
        {"<script type='application/ld+json; charset=utf-8'>{\"a\":\"<b>\"}</script>",
         "script({\"a\":\"<b>\"})"},
        {"a<style>b{}</style><noscript><p>c</noscript><iframe><p></iframe>d", "aiframe()d"},
        {"a<svg><path/><svg>b</svg><title>c</title></svg>d", "ad"},
        {"a<svg/>b", "ab"},
        {"a<svg><path><p>b", "ap(b)"},
        {"a<svg><path>b", "aother(b)"},
        {"a<textarea><p>b</textarea>c", "atextarea(<p>b)c"},
        {"a<!-- x -- > <p> -->b<!-->c<!--->d<!-- --!>e<!x>f<?y>g</>h</ i>j", "abcdefghj"},
        {"a<!-- never ends <p>b", "a"},
        {"a < b <3 <", "a < b <3 <"},
        {"<p>a<p class=\"never ends><p>b", "p(a)"},
        {"<p a=1 a=2 =x /b/ c='>' d=\">\" e=>f", "p(f)"},
        {"<p> <b> a</b> <b>b </b> </p> <p>", "p(b( a) b(b ) )p()"},
        {"<img>a<img/>b", "img()aimg()b"},
        {"&lt;p&gt; &amp;amp; &#65;&#x42 &eacute &notit; &notin; &nosuch; &#x80; &#0; &#xD800; &",
         "<p> &amp; AB \xC3\xA9 \xC2\xACit; \xE2\x88\x89 &nosuch; \xE2\x82\xAC \xEF\xBF\xBD "
         "\xEF\xBF\xBD &"},
    };
    struct pm_buf got = PM_BUF_INIT(1 << 16);
    struct pm_html page;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_int_equal(pm_html_parse(parser, pm_str_of(cases[i].html), &page, NULL), PM_OK);
        pm_buf_reset(&got);
        shape(&page, &got);
        assert_string_equal(pm_buf_z(&got), cases[i].want);
    }
    pm_buf_release(&got);
}

static void
attributes_are_kept_by_name(void **state)
{
    struct pm_html page;
    const struct pm_node *a;

    (void)state;
    assert_int_equal(pm_html_parse(parser,
                                   PM_STR("<html LANG=de><A HREF='x?a=1&copy=2&amp;b' id=i class = "
                                          "\"c d\" onclick=x hidden id=j data-testid=t>"),
                                   &page, NULL),
                     PM_OK);
    assert_int_equal(page.n_nodes, 2);
    a = &page.nodes[1];
    assert_int_equal(a->tag, PM_TAG_A);
    assert_int_equal(a->n_attrs, 5);
    assert_true(pm_str_eq(pm_node_attr(a, PM_ATTR_HREF), PM_STR("x?a=1&copy=2&b")));
    assert_true(pm_str_eq(pm_node_attr(a, PM_ATTR_ID), PM_STR("i")));
    assert_true(pm_str_eq(pm_node_attr(a, PM_ATTR_CLASS), PM_STR("c d")));
    assert_true(pm_str_eq(pm_node_attr(a, PM_ATTR_DATA_TESTID), PM_STR("t")));
    assert_non_null(pm_node_attr(a, PM_ATTR_HIDDEN).ptr);
    assert_int_equal(pm_node_attr(a, PM_ATTR_HIDDEN).len, 0);
    assert_null(pm_node_attr(a, PM_ATTR_REL).ptr);
    assert_true(pm_str_eq(pm_node_attr(&page.nodes[0], PM_ATTR_LANG), PM_STR("de")));
}

static void
nul_never_reaches_text(void **state)
{
    static const char html[] = "<p title='a\0b'>x\0y</p><script type=ld+json>{\0}</script>\0";
    struct pm_html page;

    (void)state;
    assert_int_equal(pm_html_parse(parser, PM_STRN(html, sizeof(html) - 1), &page, NULL), PM_OK);
    assert_true(pm_str_eq(pm_node_attr(&page.nodes[1], PM_ATTR_TITLE), PM_STR("ab")));
    assert_true(pm_str_eq(page.nodes[2].text, PM_STR("xy")));
    assert_int_equal(page.nodes[3].tag, PM_TAG_SCRIPT);
    assert_int_equal(page.nodes[3].text.len, 0);
    assert_int_equal(page.n_nodes, 4);
}

static void
memory_has_a_ceiling(void **state)
{
    struct pm_html_parser *small;
    struct pm_buf page = PM_BUF_INIT(1 << 22);
    struct pm_err err = PM_ERR_INIT;
    struct pm_html html;

    (void)state;
    assert_int_equal(pm_html_parser_new(&small, 1 << 20, NULL), PM_OK);
    for (int i = 0; i < 100000; i++)
        pm_buf_cstr(&page, "<div>");
    assert_int_equal(pm_html_parse(small, pm_buf_span(&page), &html, &err), PM_ELIMIT);
    assert_non_null(strstr(err.text, "memory"));
    pm_buf_reset(&page);
    for (int i = 0; i < 300000; i++)
        pm_buf_cstr(&page, "&amp;");
    assert_int_equal(pm_html_parse(small, pm_buf_span(&page), &html, &err), PM_ELIMIT);
    /* and the parser goes on */
    assert_int_equal(pm_html_parse(small, PM_STR("<p>x"), &html, &err), PM_OK);
    assert_int_equal(html.n_nodes, 3);
    pm_html_parser_free(small);
    pm_buf_release(&page);
}

static void
depth_costs_no_stack(void **state)
{
    struct pm_buf page = PM_BUF_INIT(1 << 24);
    struct pm_html html;

    (void)state;
    for (int i = 0; i < 500000; i++)
        pm_buf_cstr(&page, "<b><div>");
    assert_int_equal(pm_html_parse(parser, pm_buf_span(&page), &html, NULL), PM_OK);
    assert_int_equal(html.n_nodes, 1000001);
    assert_int_equal(html.nodes[1000000].depth, 1000000);
    assert_int_equal(html.nodes[1].end, 1000001);
    pm_buf_release(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_are_as_in_browsers), cmocka_unit_test(attributes_are_kept_by_name),
        cmocka_unit_test(nul_never_reaches_text),   cmocka_unit_test(memory_has_a_ceiling),
        cmocka_unit_test(depth_costs_no_stack),
    };

    pm_html_parser_free(NULL);
    return cmocka_run_group_tests(tests, setup, teardown);
}
